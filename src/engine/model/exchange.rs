//! Currencies beside each other: rates that the user sets, and what they turn amounts into.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Assumptions, Currency, Footprint, FootprintKind, Money, RuleKind, Scenario, SiteFigures};

/// What a currency is worth, as the user set it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ExchangeRate {
    /// Which; not US dollars, in which the rate is.
    pub currency: Currency,
    /// US dollars for one unit, in thousand-millionths: 1,160,000,000 means 1.16.
    pub usd_per_unit_nanos: u64,
    /// Of which day it is, and whose: `2026-11-26, ECB`. Empty: not said.
    pub as_of: String,
}

/// Thousand-millionths in one.
const NANO: u64 = 1_000_000_000;

impl ExchangeRate {
    /// The rate in words: `1 EUR = 1.16 USD (2026-11-26, ECB)`.
    pub fn in_words(&self) -> String {
        let (whole, rest) = (self.usd_per_unit_nanos / NANO, self.usd_per_unit_nanos % NANO);
        let decimals = format!("{rest:09}");
        let number = format!("{whole}.{}", decimals.trim_end_matches('0'));
        let day = if self.as_of.is_empty() { String::new() } else { format!(" ({})", self.as_of) };
        format!("1 {} = {} USD{day}", self.currency.code(), number.trim_end_matches('.'))
    }
}

impl Assumptions {
    /// The rate of a currency; `None` for US dollars, and where none is set.
    pub fn rate(&self, currency: Currency) -> Option<&ExchangeRate> {
        let of = |rate: &&ExchangeRate| rate.currency == currency && rate.usd_per_unit_nanos > 0;
        if currency == Currency::Usd { None } else { self.rates.iter().find(of) }
    }

    /// The currencies that amounts can be in: those with a rate, and that of the totals.
    pub fn currencies(&self) -> Vec<Currency> {
        let known = |currency: &Currency| *currency == self.currency || self.nanos(*currency).is_some();
        Currency::ALL.into_iter().filter(known).collect()
    }

    /// Sets what a currency is worth; nothing takes its rate away.
    pub fn set_rate(&mut self, rate: ExchangeRate) {
        self.rates.retain(|other| other.currency != rate.currency);
        if rate.usd_per_unit_nanos > 0 && rate.currency != Currency::Usd {
            let place = self.rates.partition_point(|other| other.currency < rate.currency);
            self.rates.insert(place, rate);
        }
    }

    /// US dollars for one unit, in thousand-millionths.
    fn nanos(&self, currency: Currency) -> Option<i128> {
        let nanos = if currency == Currency::Usd { NANO } else { self.rate(currency)?.usd_per_unit_nanos };
        Some(i128::from(nanos))
    }

    /// An amount in another currency, in the currency of the totals; `None` where no rate is known. Rounded once.
    pub fn exchange(&self, amount: Money, from: Currency) -> Option<Money> {
        self.between(amount, from, self.currency)
    }

    /// The currency whose rate is missing to turn amounts of `from` into that of the totals; `None` where none is.
    pub fn missing_rate(&self, from: Currency) -> Option<Currency> {
        if from == self.currency {
            return None;
        }
        [from, self.currency].into_iter().find(|&currency| self.nanos(currency).is_none())
    }

    /// An amount of the totals in another currency; `None` where no rate is known. Rounded once.
    pub fn exchange_back(&self, amount: Money, to: Currency) -> Option<Money> {
        self.between(amount, self.currency, to)
    }

    fn between(&self, amount: Money, from: Currency, to: Currency) -> Option<Money> {
        if from == to {
            return Some(amount);
        }
        Some(amount.scale(self.nanos(from)?, self.nanos(to)?))
    }

    /// The rates by which a price in this currency is turned into that of the totals, in words; empty where it is the same.
    pub fn exchange_in_words(&self, from: Currency) -> String {
        if from == self.currency {
            return String::new();
        }
        let rates = [from, self.currency].into_iter().filter_map(|currency| self.rate(currency));
        rates.map(ExchangeRate::in_words).collect::<Vec<_>>().join(", ")
    }

    /// The amounts that are in the currency of the totals.
    fn amounts(&mut self) -> Vec<&mut Money> {
        let site = &mut self.on_premises;
        let mut amounts = vec![
            &mut site.server_per_core,
            &mut site.server_per_gib,
            &mut site.storage_per_gib,
            &mut site.per_kwh,
            &mut site.facilities_per_kw_month,
            &mut site.admin_year,
            &mut site.backup_per_machine_year,
            &mut self.relocate_per_machine,
            &mut self.convert_per_machine,
            &mut self.vmware_per_core_year,
            &mut self.finance.exit_per_host,
        ];
        amounts.extend(&mut self.egress_per_gib);
        amounts.extend(&mut self.finance.windows_per_core_year);
        amounts.extend(self.finance.committed_spend.iter_mut().map(|committed| &mut committed.per_year));
        amounts.extend(&mut self.finance.updates.windows_per_core_year);
        amounts.extend(&mut self.finance.updates.sql_per_core_year);
        amounts.extend(self.finance.services.iter_mut().filter_map(|service| service.quote.as_mut()));
        amounts
    }
}

impl Scenario {
    /// The same scenario with its totals in another currency: what was entered in the one before is turned into it, each amount rounded once. Quotes and price
    /// lists keep their currencies. `None` where a rate is not known.
    pub fn in_currency(&self, to: Currency) -> Option<Self> {
        let before = &self.assumptions;
        before.exchange_back(Money::ZERO, to)?;
        let mut scenario = self.clone();
        let turn = |amount: &mut Money| *amount = before.exchange_back(*amount, to).unwrap_or(*amount);
        scenario.assumptions.amounts().into_iter().for_each(turn);
        for rule in &mut scenario.rules {
            if let RuleKind::Licence { per_core_year, per_host_year, .. } = &mut rule.kind {
                turn(per_core_year);
                turn(per_host_year);
            }
        }
        let sites = scenario.footprints.iter_mut().filter_map(Footprint::site_mut);
        sites.flat_map(SiteFigures::amounts).for_each(turn);
        let witnesses = scenario.footprints.iter_mut().filter_map(|footprint| match &mut footprint.kind {
            FootprintKind::Hosts(hosts) => hosts.stretched.as_mut()?.witness_month.as_mut(),
            FootprintKind::Cluster(_) | FootprintKind::Instances(_) => None,
        });
        witnesses.for_each(turn);
        turn(&mut scenario.objective.per_tonne);
        turn(&mut scenario.objective.per_machine_moved);
        scenario.links.iter_mut().filter_map(|link| link.per_gib.as_mut()).for_each(turn);
        scenario.assumptions.currency = to;
        Some(scenario)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::model::{FootprintId, HostsFootprint, PolicyOverride, Stretched};

    fn rate(currency: Currency, usd_per_unit_nanos: u64) -> ExchangeRate {
        ExchangeRate { currency, usd_per_unit_nanos, as_of: "2026-11-26".to_owned() }
    }

    fn in_euros() -> Assumptions {
        let rates = vec![rate(Currency::Eur, 1_160_000_000), rate(Currency::Jpy, 6_500_000)];
        Assumptions { currency: Currency::Eur, rates, ..Assumptions::default() }
    }

    #[track_caller]
    fn check(amount: i64, from: Currency, expected: Option<&str>) {
        let found = in_euros().exchange(Money::from_units(amount), from);
        assert_eq!(found.map(|found| found.to_string()).as_deref(), expected);
    }

    #[test]
    fn amounts_go_through_dollars_and_are_rounded_once() {
        check(116, Currency::Usd, Some("100"));
        check(7, Currency::Eur, Some("7"));
        // 10,000 × 0.0065 ÷ 1.16 = 56.0344827…
        check(10_000, Currency::Jpy, Some("56.034483"));
        check(1, Currency::Gbp, None);
        let back = in_euros().exchange_back(Money::from_units(100), Currency::Usd);
        assert_eq!(back, Some(Money::from_units(116)));
    }

    #[test]
    fn the_rate_that_is_missing_is_named() {
        assert_eq!(in_euros().missing_rate(Currency::Usd), None);
        assert_eq!(in_euros().missing_rate(Currency::Gbp), Some(Currency::Gbp));
        let without = Assumptions { currency: Currency::Eur, ..Assumptions::default() };
        assert_eq!(without.missing_rate(Currency::Usd), Some(Currency::Eur));
        assert_eq!(without.missing_rate(Currency::Eur), None);
    }

    #[test]
    fn dollars_have_no_rate_and_nothing_is_worth_nothing() {
        let rates = vec![rate(Currency::Usd, 5), rate(Currency::Eur, 0)];
        let assumptions = Assumptions { rates, ..Assumptions::default() };
        let one = Money::from_units(1);
        assert_eq!(assumptions.exchange(one, Currency::Usd), Some(one));
        assert_eq!(assumptions.exchange(one, Currency::Eur), None);
    }

    #[test]
    fn rates_are_set_in_order_and_taken_away() {
        let mut assumptions = Assumptions::default();
        for set in [rate(Currency::Jpy, 7), rate(Currency::Eur, 5), rate(Currency::Jpy, 8), rate(Currency::Usd, 9)] {
            assumptions.set_rate(set);
        }
        assert_eq!(assumptions.rates, [rate(Currency::Eur, 5), rate(Currency::Jpy, 8)]);
        assert_eq!(assumptions.currencies(), [Currency::Usd, Currency::Eur, Currency::Jpy]);
        assumptions.set_rate(rate(Currency::Eur, 0));
        assert_eq!(assumptions.currencies(), [Currency::Usd, Currency::Jpy]);
    }

    #[test]
    fn rates_are_told_in_words() {
        let assumptions = in_euros();
        assert_eq!(assumptions.exchange_in_words(Currency::Eur), "");
        assert_eq!(assumptions.exchange_in_words(Currency::Usd), "1 EUR = 1.16 USD (2026-11-26)");
        let both = "1 JPY = 0.0065 USD (2026-11-26), 1 EUR = 1.16 USD (2026-11-26)";
        assert_eq!(assumptions.exchange_in_words(Currency::Jpy), both);
    }

    #[test]
    fn another_currency_of_the_totals_turns_what_was_entered() {
        let in_dollars = Assumptions { rates: in_euros().rates, ..Assumptions::default() };
        let stretched = Some(Stretched { witness_month: Some(Money::from_units(116)) });
        let kind = FootprintKind::Hosts(HostsFootprint { stretched, ..HostsFootprint::default() });
        let policy = PolicyOverride::default();
        let footprints = vec![Footprint { id: FootprintId(1), name: String::new(), enabled: true, kind, policy }];
        let scenario = Scenario { assumptions: in_dollars, footprints, ..Scenario::default() };
        let turned = scenario.in_currency(Currency::Eur).expect("the rate is known");
        // 350 ÷ 1.16 and 0.19 ÷ 1.16.
        assert_eq!(turned.assumptions.vmware_per_core_year.to_string(), "301.724138");
        assert_eq!(turned.assumptions.on_premises.per_kwh.to_string(), "0.163793");
        let FootprintKind::Hosts(hosts) = &turned.footprints[0].kind else { panic!("hosts stay hosts") };
        assert_eq!(hosts.stretched, Some(Stretched { witness_month: Some(Money::from_units(100)) }));
        assert_eq!(turned.assumptions.currency, Currency::Eur);
        assert_eq!(scenario.in_currency(Currency::Gbp), None);
    }
}

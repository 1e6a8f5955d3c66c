//! What the accounts still hold for hosts that are there.
//!
//! It was paid before, and is written off whatever is decided: month by month while hosts are kept, at once where they are given up. So both ledgers have it,
//! and the solver does not see it: it is no reason to keep a host, nor to give one up.

use std::collections::BTreeMap;

use super::rate::line_total;
use super::{Basis, Ledger, Line, LineKind, Nature, Unit};
use crate::engine::catalog::PriceStatus;
use crate::engine::model::{BookValue, Cluster, Estate, FootprintId, FootprintKind, HostId, Money, Scenario};
use crate::engine::order::arrange;

/// Adds what is written off of the hosts of each cluster whose book value is known; `is_kept` says whether a host is.
pub fn add_book_values(ledger: &mut Ledger, estate: &Estate, scenario: &Scenario, is_kept: &dyn Fn(HostId) -> bool) {
    let mut seen = Vec::new();
    for footprint in &scenario.footprints {
        let FootprintKind::Cluster(chosen) = &footprint.kind else { continue };
        // A cluster that is named twice has its hosts once.
        if seen.contains(&chosen.cluster) {
            continue;
        }
        seen.push(chosen.cluster);
        if let (Some(book), Some(cluster)) = (chosen.book, estate.cluster(chosen.cluster)) {
            write_off(ledger, footprint.id, cluster, book, estate, is_kept);
        }
    }
    arrange(&mut ledger.lines, Line::order);
}

fn write_off(
    ledger: &mut Ledger,
    footprint: FootprintId,
    cluster: &Cluster,
    book: BookValue,
    estate: &Estate,
    is_kept: &dyn Fn(HostId) -> bool,
) {
    // Hosts that are kept and hosts that are given up, by their cores.
    let mut by_cores: BTreeMap<u32, [u64; 2]> = BTreeMap::new();
    for host in estate.hosts_of(cluster.id) {
        by_cores.entry(host.cores).or_default()[usize::from(!is_kept(host.id))] += 1;
    }
    let cores_of_all: u64 = by_cores.iter().map(|(&cores, [kept, gone])| u64::from(cores) * (kept + gone)).sum();
    let maker = Maker { footprint, book, cores_of_all, horizon: ledger.horizon_months };
    let mut kept_any = false;
    for (cores, [kept, gone]) in by_cores {
        kept_any |= kept > 0;
        ledger.lines.extend(maker.kept(cores, kept).into_iter().chain(maker.gone(cores, gone)));
    }
    if kept_any && book.months > ledger.horizon_months {
        ledger.not_priced.push(format!(
            "What the accounts hold for the hosts of {} at the end of the horizon is not counted.",
            cluster.name
        ));
    }
}

struct Maker {
    footprint: FootprintId,
    book: BookValue,
    cores_of_all: u64,
    horizon: u32,
}

impl Maker {
    /// What hosts that are kept are written off by, month by month.
    fn kept(&self, cores: u32, hosts: u64) -> Option<Line> {
        let months = self.book.months.max(1);
        let each = self.share(cores, months);
        let source = format!("{} ÷ {months} months", self.formula(cores));
        let label = format!("Book value written off: hosts of {cores} cores");
        self.line((Nature::Capital, Unit::HostMonth), label, (hosts, each, months.min(self.horizon)), source)
    }

    /// What hosts that are given up are written off by, all at once.
    fn gone(&self, cores: u32, hosts: u64) -> Option<Line> {
        let source = format!("{}, for hosts that are given up", self.formula(cores));
        let label = format!("Book value written off at once: hosts of {cores} cores");
        self.line((Nature::Exit, Unit::Host), label, (hosts, self.share(cores, 1), 1), source)
    }

    fn share(&self, cores: u32, months: u32) -> Money {
        self.book.amount.scale(i128::from(cores), i128::from(self.cores_of_all.max(1)) * i128::from(months))
    }

    fn formula(&self, cores: u32) -> String {
        format!("Accounts: {} × {cores} of {} cores", self.book.amount, self.cores_of_all)
    }

    fn line(
        &self,
        (nature, unit): (Nature, Unit),
        label: String,
        (hosts, unit_price, months): (u64, Money, u32),
        source: String,
    ) -> Option<Line> {
        let quantity_milli = hosts * 1000;
        (hosts > 0 && unit_price > Money::ZERO).then(|| Line {
            footprint: Some(self.footprint),
            kind: LineKind::Hosts,
            nature,
            label,
            quantity_milli: i64::try_from(quantity_milli).unwrap_or(i64::MAX),
            unit,
            unit_price,
            status: PriceStatus::Quote,
            source,
            from_month: 0,
            to_month: months,
            total: line_total(quantity_milli, unit_price, months),
            basis: Basis::Accounts,
        })
    }
}

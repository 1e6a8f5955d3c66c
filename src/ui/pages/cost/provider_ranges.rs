//! Ranges of what is rented from single providers, such as a discount that is still talked about.

use std::collections::BTreeSet;

use yew::prelude::*;

use crate::engine::catalog::{Catalog, Region};
use crate::engine::cost::ranges;
use crate::engine::model::{Finance, FootprintKind, Input, ProviderRange, Scenario};
use crate::store::{Action, Capture, Edit};
use crate::ui::hooks::{use_selector, use_services};
use crate::ui::part::part;
use crate::ui::shared::NumberField;

/// What changes the range of a provider; `None` takes it away.
type Set = Callback<(String, Option<(u32, u32)>)>;

/// A row for each provider that something is rented from.
#[component]
pub fn ProviderRanges() -> Html {
    let store = use_services().store().clone();
    let providers = use_selector(|state| providers(state.scenario()));
    let catalog = use_selector(|state| state.catalog.clone());
    let finance = use_selector(|state| state.scenario().assumptions.finance.clone());
    let set: Set = Callback::from(move |(provider, range): (String, Option<(u32, u32)>)| {
        let mut assumptions = store.state().scenario().assumptions.clone();
        let ranges = &mut assumptions.finance.provider_ranges;
        ranges.retain(|own| own.provider != provider);
        if let Some((low_permille, high_permille)) = range {
            let place = ranges.partition_point(|own| own.provider < provider);
            ranges.insert(place, ProviderRange { provider: provider.clone(), low_permille, high_permille });
        }
        let step = Capture::Coalesce(format!("range of {provider}"));
        store.dispatch(Action::Edit(Edit::Assumptions(assumptions), step));
    });
    if providers.is_empty() {
        return Html::default();
    }
    html! {
        <>
            <h3>{ "Prices of single providers" }</h3>
            <p class="muted">{ "Of all that is rented there, in per cent of what is assumed; they take the place of the ranges of rented things. A discount of 10 to 25 % that is not in the prices yet is 75 to 90 %: then the middle is likely." }</p>
            <div class="fields" data-testid="provider-ranges">{ for providers.iter().map(|provider| row(provider, name_of(catalog.as_deref(), provider), &finance, &set)) }</div>
        </>
    }
}

/// Who something is rented from, and who has a range.
fn providers(scenario: &Scenario) -> BTreeSet<String> {
    let regions = scenario.footprints.iter().filter_map(|footprint| match &footprint.kind {
        FootprintKind::Cluster(_) => None,
        FootprintKind::Hosts(hosts) => Some(&hosts.region),
        FootprintKind::Instances(instances) => Some(&instances.region),
    });
    let rented = regions.filter(|region| region.as_str().contains('/')).map(Region::provider_of);
    let own = scenario.assumptions.finance.provider_ranges.iter().map(|range| range.provider.as_str());
    rented.chain(own).map(str::to_owned).collect()
}

/// What a provider is called, once the catalogue is there.
pub fn name_of<'a>(catalog: Option<&'a Catalog>, provider: &'a str) -> &'a str {
    catalog.map_or(provider, |catalog| catalog.provider_name(provider))
}

fn row(provider: &str, name: &str, finance: &Finance, set: &Set) -> Html {
    let range = finance.provider_ranges.iter().find(|range| range.provider == provider);
    let of_all = ranges(finance)[Input::RentedCompute as usize];
    let (low, high) =
        range.map_or((of_all.low_permille, of_all.high_permille), |own| (own.low_permille, own.high_permille));
    let (for_low, for_high) = (provider.to_owned(), provider.to_owned());
    let on_low = set.reform(move |value: f64| {
        let low = permille(value);
        (for_low.clone(), Some((low, high.max(low))))
    });
    let on_high = set.reform(move |value: f64| {
        let high = permille(value);
        (for_high.clone(), Some((low.min(high), high)))
    });
    let for_reset = provider.to_owned();
    let on_reset = set.reform(move |_event: MouseEvent| (for_reset.clone(), None));
    html! {
        <div class="field-row" key={provider.to_owned()}>
            { part!(<NumberField label={format!("{name}, lowest")} unit="%" decimals=1 value={f64::from(low) / 10.0} max={1000.0} on_change={on_low} />) }
            { part!(<NumberField label={format!("{name}, highest")} unit="%" decimals=1 value={f64::from(high) / 10.0} max={1000.0} on_change={on_high} />) }
            if range.is_some() {
                <button type="button" class="btn btn-s" aria-label={format!("No range of its own for {name}")} onclick={on_reset}>{ "Default" }</button>
            } else {
                <span class="muted">{ "as all that is rented" }</span>
            }
        </div>
    }
}

fn permille(percent: f64) -> u32 {
    (percent * 10.0).round() as u32
}

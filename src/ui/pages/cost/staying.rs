//! The ledger of staying as is.

use yew::prelude::*;

use super::OutcomeProps;
use super::breakdown::{LedgerTable, group};
use crate::ui::hooks::use_selector;
use crate::ui::part::part;
use crate::ui::shared::Card;

/// What staying as is costs.
#[component]
pub fn Staying(props: &OutcomeProps) -> Html {
    let currency = use_selector(|state| state.scenario().assumptions.currency);
    let names = use_selector(|state| {
        state.scenario().footprints.iter().map(|footprint| (footprint.id, footprint.name.clone())).collect::<Vec<_>>()
    });
    let ledger = &props.outcome.staying;
    let groups = names
        .iter()
        .map(|(id, name)| (Some(*id), name.clone()))
        .chain([(None, "All sites together".to_owned())])
        .filter(|(id, _)| ledger.of(*id).next().is_some());
    part!(<Card title="Staying as is" note="the same machines where they are">
            { part!(<LedgerTable ledger={ledger.clone()} {currency}>
                { for groups.map(|(id, name)| group(ledger, id, &name, currency)) }
            </LedgerTable>) }
        </Card>)
}

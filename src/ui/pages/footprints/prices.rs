//! Prices of the user's own: lists are read, what they would change is shown, and then they are applied, or not.

use std::rc::Rc;

use yew::prelude::*;

use super::discount::{DiscountDialog, Discounts};
use super::own::OwnDialog;
use crate::engine::model::Money;
use crate::engine::prices::{Change, Doubt, Proposal, TEMPLATE};
use crate::store::{Action, Capture, Edit, format};
use crate::ui::hooks::{use_selector, use_services};
use crate::ui::part::part;
use crate::ui::shared::{Card, Checkbox, Dialog, FileDrop, Help};

/// The names of the files that are given out.
const TEMPLATE_FILE: &str = "groundwork-prices-template.csv";
const OWN_FILE: &str = "groundwork-prices.csv";

/// What is typed into a form.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Entering {
    Discount,
    Provider,
}

/// The card: what there is, and a place to drop a list.
#[component]
pub fn PricesCard() -> Html {
    let services = use_services();
    let store = services.store().clone();
    let prices = use_selector(|state| Rc::new(state.scenario().prices.clone()));
    let proposal = use_state(|| None::<Rc<Proposal>>);
    let on_files = {
        let (services, proposal) = (services.clone(), proposal.setter());
        Callback::from(move |files: Vec<web_sys::File>| {
            let proposal = proposal.clone();
            services.read_prices(files, Rc::new(move |read| proposal.set(Some(Rc::new(*read)))));
        })
    };
    let on_template = {
        let services = services.clone();
        Callback::from(move |_event: MouseEvent| services.hand_csv(TEMPLATE_FILE, TEMPLATE))
    };
    let on_own = {
        let (prices, services) = (Rc::clone(&prices), services.clone());
        Callback::from(move |_event: MouseEvent| services.hand_csv(OWN_FILE, &prices))
    };
    let set = {
        let store = store.clone();
        Callback::from(move |prices: String| store.dispatch(Action::Edit(Edit::Prices(prices), Capture::Record)))
    };
    let entering = use_state(|| None::<Entering>);
    let enter = |what: Entering| {
        let entering = entering.setter();
        Callback::from(move |_event: MouseEvent| entering.set(Some(what)))
    };
    let stop = {
        let entering = entering.setter();
        Callback::from(move |()| entering.set(None))
    };
    let on_list = {
        let (stop, proposal, services) = (stop.clone(), proposal.setter(), services.clone());
        Callback::from(move |list: String| {
            stop.emit(());
            let proposal = proposal.clone();
            services.read_price_text(OWN_FILE, &list, Rc::new(move |read| proposal.set(Some(Rc::new(*read)))));
        })
    };
    let on_remove = set.reform(|_event: MouseEvent| String::new());
    let close = {
        let proposal = proposal.setter();
        Callback::from(move |()| proposal.set(None))
    };
    let on_without = set.clone();
    let on_apply = {
        let close = close.clone();
        Callback::from(move |csv: String| {
            close.emit(());
            set.emit(csv);
        })
    };
    let rows = rows_of(&prices);
    let help = part!(<Help label="Which lists are understood" text="An AWS offer file of EC2 (CSV or JSON), pages of Azure retail prices (JSON), or a list of your own with the columns of the template. Published lists name thousands of prices: those of instances are taken for the regions of your footprints. Files are read here, in this tab." />);
    part!(<Card title="Prices of your own" note="before those of the catalogue, in every figure" actions={help}>
            <div class="own-prices">
                if rows > 0 {
                    <p class="row">
                        <span>{ format!("{} in use", format::counted(rows, "row of your own is", "rows of your own are")) }</span>
                        <button type="button" class="btn btn-s" onclick={on_own}>{ "Download the list" }</button>
                        <button type="button" class="btn btn-s" onclick={on_remove}>{ "Remove the list" }</button>
                    </p>
                }
                { part!(<Discounts prices={Rc::clone(&prices)} on_list={on_without} />) }
                { part!(<FileDrop label="Drop a price list here" hint="CSV or JSON. What it would change is shown before anything does" accept=".csv,.json" {on_files} />) }
                <p class="muted">{ "To write one yourself: " }<button type="button" class="link-btn" onclick={on_template}>{ "download a template" }</button>{ " with one row of everything. Discounts fit in it too. " }</p>
                <p class="row">
                    <button type="button" class="btn btn-s" onclick={enter(Entering::Discount)}>{ "Enter a discount…" }</button>
                    <button type="button" class="btn btn-s" onclick={enter(Entering::Provider)}>{ "Enter a provider of your own…" }</button>
                </p>
            </div>
            <div class="dialog-layer">
                { match *entering {
                    None => Html::default(),
                    Some(Entering::Discount) => part!(<DiscountDialog {on_list} on_close={stop} />),
                    Some(Entering::Provider) => part!(<OwnDialog {on_list} on_close={stop} />),
                } }
                if let Some(proposal) = &*proposal { { part!(<ProposalDialog proposal={Rc::clone(proposal)} {on_apply} on_close={close} />) } }
            </div>
        </Card>)
}

/// Rows of a list beside remarks and the line of names.
fn rows_of(prices: &str) -> u64 {
    let lines = prices.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()).count() as u64;
    lines.saturating_sub(1)
}

/// Properties of [`ProposalDialog`].
#[derive(PartialEq, Properties)]
struct ProposalDialogProps {
    proposal: Rc<Proposal>,
    on_apply: Callback<String>,
    on_close: Callback<()>,
}

/// What would change.
#[component]
fn ProposalDialog(props: &ProposalDialogProps) -> Html {
    let proposal = &props.proposal;
    let csv = proposal.csv.clone();
    let seen = use_state(|| false);
    let on_seen = {
        let seen = seen.setter();
        Callback::from(move |is_seen: bool| seen.set(is_seen))
    };
    let waits = proposal.doubtful > 0 && !*seen;
    let actions = html! {
        <>
            <button type="button" class="btn" onclick={props.on_close.reform(|_event: MouseEvent| ())}>{ "Cancel" }</button>
            <button type="button" class="btn btn-primary" disabled={waits} onclick={props.on_apply.reform(move |_event: MouseEvent| csv.clone())}>{ "Apply these prices" }</button>
        </>
    };
    let title = match proposal.count {
        0 => "No price changes".to_owned(),
        count => format!("{} would change", format::counted(count, "price", "prices")),
    };
    let more = proposal.count.saturating_sub(proposal.changes.len() as u64);
    let mut told = format!("{} taken from the list", format::counted(proposal.taken, "row", "rows"));
    if proposal.left_out > 0 {
        told.push_str(&format!(
            ", {} left out: of types that the catalogue does not have, or of regions without a footprint here",
            format::count(proposal.left_out)
        ));
    }
    part!(<Dialog {title} wide=true on_close={props.on_close.clone()} {actions}>
            <p class="muted">{ told }</p>
            if proposal.unchecked > 0 {
                <p>{ format!("{} for instance types of regions that are not loaded: whether there are such types is seen when a footprint uses them",
                    format::counted(proposal.unchecked, "row is", "rows are")) }</p>
            }
            if proposal.doubtful > 0 {
                <div class="stack" role="alert">
                    <p><b>{ format!("{} like a mistake", format::counted(proposal.doubtful, "price looks", "prices look")) }</b>{ " They come first in the table, with the reason." }</p>
                    { part!(<Checkbox label="I have looked at them, and they are right" checked={*seen} on_change={on_seen} />) }
                </div>
            }
            if proposal.count == 0 {
                <p>{ "The list says what is reckoned with already, or is about places that no footprint uses" }</p>
            } else {
                <div class="scroll-x scroll-y-md" tabindex="0" role="region" aria-label="Prices that would change">
                    <table class="grid">
                        <thead><tr>
                            <th scope="col">{ "What" }</th><th scope="col">{ "Where" }</th><th scope="col">{ "Price" }</th>
                            <th scope="col" class="num">{ "Now" }</th><th scope="col" class="num">{ "Then" }</th><th scope="col" class="num">{ "Change" }</th>
                        </tr></thead>
                        <tbody>{ for proposal.changes.iter().enumerate().map(|(index, change)| row(index, change)) }</tbody>
                    </table>
                </div>
            }
            if more > 0 { <p class="muted">{ format!("… and {} more", format::count(more)) }</p> }
            <p class="muted">{ "Nothing is changed yet. Undo takes the list out again." }</p>
        </Dialog>)
}

fn row(index: usize, change: &Change) -> Html {
    let currency = change.currency;
    let price = |amount: Option<Money>, nothing: &str| {
        amount.map_or_else(|| nothing.to_owned(), |amount| format::price(amount, currency))
    };
    html! {
        <tr key={index}>
            <th scope="row">{ &change.id }<span class="muted sub">{ &*change.what }</span></th>
            <td>{ change.region.to_string() }</td>
            <td>{ &change.of }</td>
            <td class="num">{ price(change.old, "none") }</td>
            <td class="num">{ price(change.new, "to ask for") }</td>
            <td class="num">{ difference(change) }if let Some(doubt) = change.doubt { <span class="tag tag-warn">{ words_of(doubt) }</span> }</td>
        </tr>
    }
}

/// Why a price looks like a mistake.
const fn words_of(doubt: Doubt) -> &'static str {
    match doubt {
        Doubt::FarAbove => "more than 20 times the price before",
        Doubt::FarBelow => "less than a twentieth of the price before",
        Doubt::Dear => "above all that such a thing costs",
        Doubt::Cheap => "below all that such a thing costs",
    }
}

/// How much more or less, in per cent.
fn difference(change: &Change) -> String {
    match (change.old, change.new) {
        (Some(old), Some(new)) if old > Money::ZERO => {
            let share = format::percent((new - old).as_f64(), old.as_f64());
            if new > old { format!("+{share}") } else { share }
        }
        _ => "–".to_owned(),
    }
}

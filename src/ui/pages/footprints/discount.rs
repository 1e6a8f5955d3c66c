//! Discounts: those in use, and a form for one more.

use std::rc::Rc;

use yew::prelude::*;

use crate::engine::model::Money;
use crate::store::own_discount::{ON, OwnDiscount, TERMS, discounts, without};
use crate::ui::hooks::use_selector;
use crate::ui::part::part;
use crate::ui::shared::{Dialog, MoneyField, SelectField, TextField};

/// All providers, as lists write them.
const ALL: &str = "*";

/// Properties of [`Discounts`].
#[derive(PartialEq, Properties)]
pub struct DiscountsProps {
    /// The price list.
    pub prices: Rc<String>,
    /// Takes the list without one of them.
    pub on_list: Callback<String>,
}

/// The discounts in use, each to be taken out.
#[component]
pub fn Discounts(props: &DiscountsProps) -> Html {
    let catalog = use_selector(|state| state.catalog.clone());
    let name = |id: &str| {
        let known = catalog.as_ref().and_then(|catalog| catalog.providers.iter().find(|known| known.id == id));
        known.map_or_else(|| id.to_owned(), |known| known.name.clone())
    };
    let row = |(line, discount): (usize, OwnDiscount)| {
        let prices = Rc::clone(&props.prices);
        let on_remove = props.on_list.reform(move |_event: MouseEvent| without(&prices, line));
        let from = if discount.provider == ALL { "All providers".to_owned() } else { name(&discount.provider) };
        html! {
            <tr key={line}>
                <th scope="row">{ from }</th>
                <td>{ ON[discount.on].1 }if !discount.item.is_empty() { <span class="muted sub" translate="no">{ discount.item }</span> }</td>
                <td>{ TERMS[discount.term].1 }</td>
                <td class="num">{ format!("{} %", discount.percent) }</td>
                <td><button type="button" class="btn btn-s" onclick={on_remove}>{ "Remove" }</button></td>
            </tr>
        }
    };
    let rows = discounts(&props.prices);
    if rows.is_empty() {
        return Html::default();
    }
    html! {
        <div class="scroll-x" tabindex="0" role="region" aria-label="Discounts in use">
            <table class="grid">
                <thead><tr>
                    <th scope="col">{ "Discounts in use" }</th><th scope="col">{ "On" }</th><th scope="col">{ "Commitment" }</th>
                    <th scope="col" class="num">{ "Discount" }</th><th scope="col"></th>
                </tr></thead>
                <tbody>{ for rows.into_iter().map(row) }</tbody>
            </table>
        </div>
    }
}

/// Properties of [`DiscountDialog`].
#[derive(PartialEq, Properties)]
pub struct DiscountDialogProps {
    /// Takes the price list with the discount in it.
    pub on_list: Callback<String>,
    /// Closes the dialog.
    pub on_close: Callback<()>,
}

/// The form. What it gives is a price list, which is shown before it is applied, as any other.
#[component]
pub fn DiscountDialog(props: &DiscountDialogProps) -> Html {
    let prices = use_selector(|state| state.scenario().prices.clone());
    let catalog = use_selector(|state| state.catalog.clone());
    let known = catalog.as_ref().map_or(&[][..], |catalog| &catalog.providers);
    let ids: Vec<String> = std::iter::once(ALL.to_owned()).chain(known.iter().map(|one| one.id.clone())).collect();
    let names =
        std::iter::once("All providers".into()).chain(known.iter().map(|one| AttrValue::from(one.name.clone())));
    let draft = use_state(|| OwnDiscount { provider: ALL.to_owned(), ..OwnDiscount::default() });
    let provider = ids.iter().position(|id| *id == draft.provider).unwrap_or(0);
    let on_provider = {
        let (draft, setter) = ((*draft).clone(), draft.setter());
        Callback::from(move |choice: usize| setter.set(OwnDiscount { provider: ids[choice].clone(), ..draft.clone() }))
    };
    let on_add = {
        let draft = (*draft).clone();
        props.on_list.reform(move |_event: MouseEvent| draft.added_to(&prices))
    };
    let missing = !draft.is_whole();
    let actions = html! {
        <>
            if missing { <span class="muted" role="status">{ "Still to enter: a share above 0 and below 100 %" }</span> }
            <button type="button" class="btn" onclick={props.on_close.reform(|_event: MouseEvent| ())}>{ "Cancel" }</button>
            <button type="button" class="btn btn-primary" disabled={missing} onclick={on_add}>{ "Show what it changes" }</button>
        </>
    };
    let words = |words: &[(&'static str, &'static str)]| {
        words.iter().map(|(_, word)| AttrValue::from(*word)).collect::<Vec<_>>()
    };
    part!(<Dialog title="A discount" on_close={props.on_close.clone()} {actions}>
            <p class="muted">{ "It comes off the prices of the catalogue; quotes and prices of your own are taken as they are. Each line of the cost says what the price was, the discount, and what is left." }</p>
            <div class="fields">
                { part!(<SelectField label="Provider" options={names.collect::<Vec<AttrValue>>()} selected={provider} on_select={on_provider} />) }
                { part!(<SelectField label="On" options={words(&ON)} selected={draft.on} on_select={with(&draft, |discount, on| discount.on = on)} />) }
                { part!(<TextField label="Only" value={draft.item.clone()} max_length={60} placeholder="all of them"
                    help="One of them by its name, such as gp3, m7i, internet or Direct Connect" on_change={with(&draft, |discount, item| discount.item = item)} />) }
                if draft.has_terms() {
                    { part!(<SelectField label="Commitment" options={words(&TERMS)} selected={draft.term} on_select={with(&draft, |discount, term| discount.term = term)} />) }
                }
                { part!(<MoneyField label="Discount" unit="%" required=false value={Some(draft.percent).filter(|&share| share > Money::ZERO)}
                    on_change={with(&draft, |discount, share: Option<Money>| discount.percent = share.unwrap_or_default())} />) }
                { part!(<TextField label="Where it was agreed" value={draft.source.clone()} max_length={80} on_change={with(&draft, |discount, source| discount.source = source)} />) }
            </div>
        </Dialog>)
}

/// A callback that changes one thing.
fn with<T: 'static>(draft: &UseStateHandle<OwnDiscount>, edit: fn(&mut OwnDiscount, T)) -> Callback<T> {
    let (draft, setter) = ((**draft).clone(), draft.setter());
    Callback::from(move |value: T| {
        let mut draft = draft.clone();
        edit(&mut draft, value);
        setter.set(draft);
    })
}

//! A form for hosts or instances of a provider of the user's own.

use yew::prelude::*;

use crate::engine::model::{Currency, Money};
use crate::store::own_offering::OwnOffering;
use crate::ui::hooks::use_selector;
use crate::ui::part::part;
use crate::ui::shared::{Dialog, MoneyField, NumberField, Segmented, SelectField, Switch, TextField};

/// How vSAN may use the disks of hosts, as lists and as people write it.
const VSAN: [(&str, &str); 3] = [("", "None: storage beside the hosts"), ("osa", "vSAN, OSA"), ("esa", "vSAN, ESA")];

/// Properties of [`OwnDialog`].
#[derive(PartialEq, Properties)]
pub struct OwnDialogProps {
    /// Takes the price list with the offering in it.
    pub on_list: Callback<String>,
    /// Closes the dialog.
    pub on_close: Callback<()>,
}

/// A change of what is typed in.
type Change = Callback<OwnOffering>;

/// The form. What it gives is a price list, which is shown before it is applied, as any other.
#[component]
pub fn OwnDialog(props: &OwnDialogProps) -> Html {
    let prices = use_selector(|state| state.scenario().prices.clone());
    let draft = use_state(|| OwnOffering { min_hosts: 3, max_hosts: 16, currency: "USD", ..OwnOffering::default() });
    let change: Change = {
        let draft = draft.setter();
        Callback::from(move |changed: OwnOffering| draft.set(changed))
    };
    let missing = draft.missing();
    let on_add = {
        let list = (*draft).clone();
        props.on_list.reform(move |_event: MouseEvent| list.added_to(&prices))
    };
    let actions = html! {
        <>
            if let Some(missing) = missing { <span class="muted" role="status">{ format!("Still to enter: {missing}") }</span> }
            <button type="button" class="btn" onclick={props.on_close.reform(|_event: MouseEvent| ())}>{ "Cancel" }</button>
            <button type="button" class="btn btn-primary" disabled={missing.is_some()} onclick={on_add}>{ "Show what it changes" }</button>
        </>
    };
    part!(<Dialog title="A provider of your own" on_close={props.on_close.clone()} {actions}>
            <p class="muted">{ "It becomes a row of your price list, is kept with the project, and goes to other projects with the list." }</p>
            { part!(<Segmented label="What is rented" options={vec!["Hosts", "Instances"]} selected={usize::from(draft.instances)}
                on_select={with(&draft, &change, |own, choice: usize| own.instances = choice == 1)} />) }
            { named(&draft, &change) }
            { size(&draft, &change) }
            { price(&draft, &change) }
        </Dialog>)
}

/// A callback that changes one thing.
fn with<T: 'static>(draft: &OwnOffering, change: &Change, edit: fn(&mut OwnOffering, T)) -> Callback<T> {
    let (draft, change) = (draft.clone(), change.clone());
    Callback::from(move |value: T| {
        let mut draft = draft.clone();
        edit(&mut draft, value);
        change.emit(draft);
    })
}

fn named(draft: &OwnOffering, change: &Change) -> Html {
    let text = |label: &'static str, value: &str, placeholder: &'static str, edit: fn(&mut OwnOffering, String)| part!(<TextField {label} value={value.to_owned()} {placeholder} max_length={60} on_change={with(draft, change, edit)} />);
    let kind = if draft.instances { "Instance type" } else { "Host type" };
    html! {
        <div class="fields">
            { text("Provider", &draft.provider, "Our cloud", |own, text| own.provider = text) }
            { text("Place", &draft.place, "Berlin", |own, text| own.place = text) }
            { text("Country", &draft.country, "DE", |own, text| own.country = text) }
            { text(kind, &draft.name, "Large", |own, text| own.name = text) }
        </div>
    }
}

fn size(draft: &OwnOffering, change: &Change) -> Html {
    let number = |label: &'static str, unit: &'static str, value: u32, max: f64, edit: fn(&mut OwnOffering, f64)| part!(<NumberField {label} {unit} value={f64::from(value)} {max} on_change={with(draft, change, edit)} />);
    let vsan = VSAN.iter().position(|(id, _)| *id == draft.vsan).unwrap_or(0);
    let cores = if draft.instances { "vCPU" } else { "Cores" };
    html! {
        <div class="fields">
            { number(cores, "", draft.cores, 65_536.0, |own, value| own.cores = value as u32) }
            { number("Memory", "GiB", draft.memory_gib, 1_048_576.0, |own, value| own.memory_gib = value as u32) }
            if !draft.instances {
                { number("Disks", "GB", draft.storage_gb, 10_000_000.0, |own, value| own.storage_gb = value as u32) }
                { part!(<SelectField label="Storage" options={VSAN.map(|(_, words)| AttrValue::from(words)).to_vec()} selected={vsan}
                    on_select={with(draft, change, |own, choice: usize| own.vsan = VSAN[choice].0)} />) }
                { number("Fewest hosts", "", draft.min_hosts, 64.0, |own, value| own.min_hosts = value as u32) }
                { number("Most hosts", "", draft.max_hosts, 1_000.0, |own, value| own.max_hosts = value as u32) }
                { part!(<Switch label="VMware is in the price" checked={draft.vmware_included}
                    on_change={with(draft, change, |own, on: bool| own.vmware_included = on)} />) }
            }
        </div>
    }
}

fn price(draft: &OwnOffering, change: &Change) -> Html {
    let selected = Currency::ALL.iter().position(|currency| currency.code() == draft.currency).unwrap_or(0);
    let options = Currency::ALL.map(|currency| AttrValue::from(currency.code())).to_vec();
    let help = if draft.instances { "For one instance" } else { "For one host. Empty: it asks for a quote" };
    html! {
        <div class="fields">
            { part!(<MoneyField label="Price" quoted=true unit={format!("{} an hour", draft.currency)} required=false value={draft.price} {help}
                on_change={with(draft, change, |own, price: Option<Money>| own.price = price)} />) }
            if draft.instances {
                { part!(<MoneyField label="Price of disks" unit={format!("{} a GiB and month", draft.currency)} required=false value={draft.disk_price}
                    on_change={with(draft, change, |own, price: Option<Money>| own.disk_price = price)} />) }
            }
            { part!(<SelectField label="Currency" {options} {selected}
                on_select={with(draft, change, |own, choice: usize| own.currency = Currency::ALL[choice].code())} />) }
            { part!(<TextField label="Where the price comes from" value={draft.source.clone()} max_length={80}
                on_change={with(draft, change, |own, text| own.source = text)} />) }
        </div>
    }
}

//! A part of a page with a title.

use yew::prelude::*;

use super::use_id;

/// Properties of [`Card`].
#[derive(PartialEq, Properties)]
pub struct CardProps {
    /// What it shows.
    pub title: AttrValue,
    /// A few words beside the title.
    #[prop_or_default]
    pub note: AttrValue,
    /// Buttons and switches at the end of the head.
    #[prop_or_default]
    pub actions: Html,
    /// More classes: `card-flush` lets a table reach the edges.
    #[prop_or_default]
    pub class: Classes,
    /// What it holds.
    #[prop_or_default]
    pub children: Html,
}

/// A part of a page with a title, a note and actions.
#[component]
pub fn Card(props: &CardProps) -> Html {
    let id = use_id();
    html! {
        <section class={classes!("card", props.class.clone())} role="group" aria-labelledby={id.clone()}>
            <header class="card-head">
                <h2 {id}>{ &props.title }</h2>
                <p class="card-note">{ &props.note }</p>
                <div class="card-actions">{ props.actions.clone() }</div>
            </header>
            <div class="card-body">{ props.children.clone() }</div>
        </section>
    }
}

/// Properties of [`EmptyState`].
#[derive(PartialEq, Properties)]
pub struct EmptyStateProps {
    /// What is not there.
    pub title: AttrValue,
    /// Why, or what to do.
    #[prop_or_default]
    pub text: AttrValue,
    /// What to do, as buttons.
    #[prop_or_default]
    pub children: Html,
}

/// What stands where there is nothing to show yet.
#[component]
pub fn EmptyState(props: &EmptyStateProps) -> Html {
    html! {
        <div class="empty">
            <p class="empty-title">{ &props.title }</p>
            <p>{ &props.text }</p>
            <div class="empty-actions">{ props.children.clone() }</div>
        </div>
    }
}

//! One component type that stands for all.
//!
//! Yew compiles the life of a component (creation, comparison of properties, rendering, destruction) anew for each component type: about 5 KB of WebAssembly
//! each, most of it the same. [`part!`] mounts a component inside of [`Part`], for which this is compiled once. What stays of each component is its function
//! and the comparison of its properties.

use std::any::Any;
use std::rc::Rc;

use yew::functional::{FunctionComponent, FunctionProvider, HookContext};
use yew::html::{BaseComponent, Context, HtmlResult};
use yew::prelude::*;
use yew::virtual_dom::{Key, VChild, VComp};

/// Writes a component into `html!`, with the syntax of `html!`: `{ part!(<Icon name={IconName::Logo} />) }`.
///
/// A key comes first, because it belongs to the [`Part`]: `part!(key = id, <Row … />)`.
macro_rules! part {
    (key = $key:expr, $($tree:tt)*) => { $crate::ui::part::mount(::yew::html_nested! { $($tree)* }, Some($key.into())) };
    ($($tree:tt)*) => { $crate::ui::part::mount(::yew::html_nested! { $($tree)* }, None) };
}
pub(crate) use part;

/// The component `child`, inside of a [`Part`].
pub fn mount<C: BaseComponent + FunctionProvider<Properties = <C as BaseComponent>::Properties>>(
    child: VChild<C>,
    key: Option<Key>,
) -> Html {
    from_body(Rc::new(Of::<C>(child.props)), key)
}

fn from_body(body: Rc<dyn Body>, key: Option<Key>) -> Html {
    VComp::new::<Part>(Rc::new(PartProps { body }), key).into()
}

/// A component with its properties.
trait Body: Any {
    fn run(&self, hooks: &mut HookContext) -> HtmlResult;

    /// Whether `other` is the same component with equal properties.
    fn is(&self, other: &dyn Body) -> bool;
}

struct Of<C: FunctionProvider>(Rc<C::Properties>);

impl<C: FunctionProvider + 'static> Body for Of<C> {
    fn run(&self, hooks: &mut HookContext) -> HtmlResult {
        C::run(hooks, &self.0)
    }

    fn is(&self, other: &dyn Body) -> bool {
        let other: &dyn Any = other;
        other.downcast_ref::<Self>().is_some_and(|other| Rc::ptr_eq(&self.0, &other.0) || *self.0 == *other.0)
    }
}

/// Properties of [`Part`].
#[derive(Properties)]
pub struct PartProps {
    body: Rc<dyn Body>,
}

impl PartialEq for PartProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.body, &other.body) || self.body.is(&*other.body)
    }
}

/// Any component.
pub struct Part(FunctionComponent<Self>);

impl FunctionProvider for Part {
    type Properties = PartProps;

    fn run(hooks: &mut HookContext, props: &PartProps) -> HtmlResult {
        props.body.run(hooks)
    }
}

impl BaseComponent for Part {
    type Message = ();
    type Properties = PartProps;

    fn create(context: &Context<Self>) -> Self {
        Self(FunctionComponent::new(context))
    }

    fn update(&mut self, _context: &Context<Self>, _message: ()) -> bool {
        true
    }

    fn changed(&mut self, context: &Context<Self>, old: &PartProps) -> bool {
        let (new, old): (&dyn Any, &dyn Any) = (&*context.props().body, &*old.body);
        if new.type_id() != old.type_id() {
            // Yew takes all parts for the same component. Another one that comes to stand in the same place begins with a state of its own.
            self.0.destroy();
            self.0 = FunctionComponent::new(context);
        }
        true
    }

    fn view(&self, context: &Context<Self>) -> HtmlResult {
        self.0.render(context.props())
    }

    fn rendered(&mut self, _context: &Context<Self>, _first: bool) {
        self.0.rendered();
    }

    fn destroy(&mut self, _context: &Context<Self>) {
        self.0.destroy();
    }

    fn prepare_state(&self) -> Option<String> {
        self.0.prepare_state()
    }
}

//! Yew, whose `html!` writes less code for each element.
//!
//! Where `html!` of Yew makes an element, it fills in the whole of it, some 150 bytes of WebAssembly at each of the hundreds of elements of an app. This crate
//! stands in Yew's place (the app's manifest calls it `yew`) and is Yew in all but what `html!` calls for an element and for a text: functions that are
//! compiled once, for the common cases. What is made is the same.

#![cfg(target_arch = "wasm32")]

pub use yew::*;

/// Yew's module, with what `html!` names when an element refers to a node.
pub mod html {
    pub use yew::html::*;

    /// What `html!` gives as the node of an element. Called as Yew's own type is, because `html!` names it so.
    pub type NodeRef = crate::virtual_dom::MaybeNode;

    /// Makes the children of an element or a component.
    #[derive(Debug)]
    pub struct ChildrenRenderer;

    impl ChildrenRenderer {
        /// The children as one.
        #[inline(never)]
        #[expect(clippy::new_ret_no_self, reason = "`html!` names it so")]
        pub fn new(children: Vec<yew::Html>) -> yew::Html {
            yew::html::ChildrenRenderer::new(children).into_prop_value()
        }
    }
}

/// Yew's module, with what `html!` calls to make elements and texts.
pub mod virtual_dom {
    use std::mem::forget;
    use std::rc::Rc;

    use yew::NodeRef;
    use yew::html::IntoPropValue;
    pub use yew::virtual_dom::*;

    /// The node that an element refers to, where it does.
    #[derive(Debug, Default)]
    pub struct MaybeNode(Option<NodeRef>);

    impl IntoPropValue<MaybeNode> for NodeRef {
        fn into_prop_value(self) -> MaybeNode {
            MaybeNode(Some(self))
        }
    }

    /// Makes elements.
    #[derive(Debug)]
    pub struct VTag;

    impl VTag {
        /// An element. The choice is made where this is called, at compile time.
        #[doc(hidden)]
        #[inline(always)]
        #[expect(clippy::inline_always, reason = "what is known where this is called decides what it calls")]
        pub fn __new_other(
            tag: AttrValue,
            node: MaybeNode,
            key: Option<Key>,
            attributes: Attributes,
            listeners: Listeners,
            children: VNode,
        ) -> VNode {
            let AttrValue::Static(name) = tag else { return any(tag, node.0, key, attributes, listeners, children) };
            if node.0.is_some() || !matches!(listeners, Listeners::None) {
                return any(tag, node.0, key, attributes, listeners, children);
            }
            // There is nothing in them; dropping would look whether there is.
            forget((tag, node, listeners));
            match attributes {
                Attributes::Static(list) if key.is_none() => {
                    forget((attributes, key));
                    fixed(name, list, children)
                }
                Attributes::Dynamic { keys, values } => changing(name, key, keys, values, children),
                _ => any(AttrValue::Static(name), None, key, attributes, Listeners::None, children),
            }
        }

        /// An `input`.
        #[doc(hidden)]
        pub fn __new_input(
            value: Option<AttrValue>,
            checked: Option<bool>,
            node: MaybeNode,
            key: Option<Key>,
            attributes: Attributes,
            listeners: Listeners,
        ) -> VNode {
            let node = node.0.unwrap_or_default();
            yew::virtual_dom::VTag::__new_input(value, checked, node, key, attributes, listeners).into()
        }

        /// A `textarea`.
        #[doc(hidden)]
        pub fn __new_textarea(
            value: Option<AttrValue>,
            defaultvalue: Option<AttrValue>,
            node: MaybeNode,
            key: Option<Key>,
            attributes: Attributes,
            listeners: Listeners,
        ) -> VNode {
            let node = node.0.unwrap_or_default();
            yew::virtual_dom::VTag::__new_textarea(value, defaultvalue, node, key, attributes, listeners).into()
        }
    }

    /// An element whose attributes are known when the app is compiled.
    #[inline(never)]
    fn fixed(tag: &'static str, attributes: &'static [(&'static str, AttributeOrProperty)], children: VNode) -> VNode {
        any(AttrValue::Static(tag), None, None, Attributes::Static(attributes), Listeners::None, children)
    }

    /// An element with attributes that change.
    #[inline(never)]
    fn changing(
        tag: &'static str,
        key: Option<Key>,
        keys: &'static [&'static str],
        values: Box<[Option<AttributeOrProperty>]>,
        children: VNode,
    ) -> VNode {
        any(AttrValue::Static(tag), None, key, Attributes::Dynamic { keys, values }, Listeners::None, children)
    }

    #[inline(never)]
    fn any(
        tag: AttrValue,
        node: Option<NodeRef>,
        key: Option<Key>,
        attributes: Attributes,
        listeners: Listeners,
        children: VNode,
    ) -> VNode {
        let node = node.unwrap_or_default();
        VNode::VTag(Rc::new(yew::virtual_dom::VTag::__new_other(tag, node, key, attributes, listeners, children)))
    }

    /// Makes texts.
    #[derive(Debug)]
    pub struct VText;

    impl VText {
        /// A text. The choice is made where this is called, at compile time.
        #[inline(always)]
        #[expect(clippy::inline_always, reason = "what is known where this is called decides what it calls")]
        #[expect(clippy::new_ret_no_self, reason = "`html!` names it so")]
        pub fn new(text: AttrValue) -> VNode {
            let AttrValue::Static(fixed) = text else { return VNode::VText(yew::virtual_dom::VText::new(text)) };
            forget(text);
            fixed_text(fixed)
        }
    }

    /// A text that is known when the app is compiled.
    #[inline(never)]
    fn fixed_text(text: &'static str) -> VNode {
        VNode::VText(yew::virtual_dom::VText::new(text))
    }
}

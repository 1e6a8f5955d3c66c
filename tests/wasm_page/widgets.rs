//! The shared widgets in a real browser.

use std::cell::RefCell;
use std::rc::Rc;

use groundwork::engine::model::Money;
use groundwork::ui::shared::{
    Column, ConfirmDialog, Dialog, MoneyField, NumberField, Segmented, SelectField, SliderField, Switch, VirtualTable,
};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{
    Element, Event, EventInit, HtmlElement, HtmlInputElement, HtmlSelectElement, KeyboardEvent, KeyboardEventInit,
};
use yew::prelude::*;

/// A mounted component, with what it told its page.
struct Mounted<C: BaseComponent> {
    root: Element,
    handle: Option<yew::AppHandle<C>>,
}

impl<C: BaseComponent> Mounted<C>
where
    C::Properties: Clone,
{
    async fn new(props: C::Properties) -> Self {
        let document = groundwork::web::dom::document();
        let root = document.create_element("div").expect("an element");
        document.body().expect("a body").append_child(&root).expect("appended");
        let handle = yew::Renderer::<C>::with_root_and_props(root.clone(), props).render();
        let mounted = Self { root, handle: Some(handle) };
        yew::scheduler::flush().await;
        mounted
    }

    fn find<E: JsCast>(&self, selector: &str) -> E {
        let found = self.root.query_selector(selector).expect("a selector");
        found
            .unwrap_or_else(|| panic!("no {selector} in {}", self.root.inner_html()))
            .dyn_into()
            .unwrap_or_else(|_| panic!("another kind: {selector}"))
    }

    fn count(&self, selector: &str) -> u32 {
        self.root.query_selector_all(selector).expect("a selector").length()
    }
}

impl<C: BaseComponent> Drop for Mounted<C> {
    fn drop(&mut self) {
        if let Some(handle) = self.handle.take() {
            handle.destroy();
        }
        self.root.remove();
    }
}

async fn fire(target: &Element, kind: &str) {
    let init = EventInit::new();
    init.set_bubbles(true);
    let event: Event = if kind == "input" {
        let init = web_sys::InputEventInit::new();
        init.set_bubbles(true);
        web_sys::InputEvent::new_with_event_init_dict(kind, &init).expect("an event").into()
    } else {
        Event::new_with_event_init_dict(kind, &init).expect("an event")
    };
    target.dispatch_event(&event).expect("dispatched");
    yew::scheduler::flush().await;
}

/// Presses a key; whether the page took it.
async fn press(target: &Element, key: &str, is_ctrl: bool) -> bool {
    let init = KeyboardEventInit::new();
    init.set_bubbles(true);
    init.set_cancelable(true);
    init.set_key(key);
    init.set_ctrl_key(is_ctrl);
    let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).expect("an event");
    let went_on = target.dispatch_event(&event).expect("dispatched");
    yew::scheduler::flush().await;
    !went_on
}

async fn type_text(input: &HtmlInputElement, text: &str) {
    input.set_value(text);
    fire(input, "input").await;
}

/// Waits for what the browser does by itself: resize observers, scroll events, focus.
async fn settle() {
    gloo::timers::future::sleep(std::time::Duration::from_millis(60)).await;
    yew::scheduler::flush().await;
}

/// What a widget told its page, in order.
type Told<T> = Rc<RefCell<Vec<T>>>;

#[derive(Clone, PartialEq, Properties)]
struct PageProps {
    told: Told<f64>,
    /// The largest value that this page takes, whatever the field allows.
    most: f64,
}

/// A page that may not take what it is told.
#[component]
fn NumberPage(props: &PageProps) -> Html {
    let value = use_state(|| 8.0);
    let on_change = {
        let (told, most, value) = (props.told.clone(), props.most, value.setter());
        Callback::from(move |new: f64| {
            told.borrow_mut().push(new);
            if new <= most {
                value.set(new);
            }
        })
    };
    html! { <NumberField label="Hosts" value={*value} min={1.0} max={5000.0} {on_change} /> }
}

async fn number_page(most: f64) -> (Mounted<NumberPage>, HtmlInputElement, Told<f64>) {
    let told = Told::default();
    let page = Mounted::<NumberPage>::new(PageProps { told: told.clone(), most }).await;
    let input = page.find("input");
    (page, input, told)
}

#[wasm_bindgen_test]
async fn a_number_is_taken_though_enter_comes_before_the_field_is_drawn() {
    let (_page, input, told) = number_page(f64::MAX).await;
    input.set_value("12");
    let init = web_sys::InputEventInit::new();
    init.set_bubbles(true);
    input
        .dispatch_event(&web_sys::InputEvent::new_with_event_init_dict("input", &init).expect("an event"))
        .expect("dispatched");
    press(&input, "Enter", false).await;
    assert_eq!(*told.borrow(), [12.0]);
}

#[wasm_bindgen_test]
async fn a_number_commits_on_enter_and_when_left_but_not_with_every_letter() {
    let (_page, input, told) = number_page(f64::MAX).await;
    type_text(&input, "1").await;
    type_text(&input, "1200").await;
    assert!(told.borrow().is_empty());
    press(&input, "Enter", false).await;
    fire(&input, "change").await;
    assert_eq!(*told.borrow(), [1200.0]);
    assert_eq!(input.value(), "1,200");
    type_text(&input, "1 300").await;
    fire(&input, "change").await;
    assert_eq!(*told.borrow(), [1200.0, 1300.0]);
}

#[wasm_bindgen_test]
async fn a_wrong_number_stays_with_its_reason_and_changes_nothing() {
    let (page, input, told) = number_page(f64::MAX).await;
    for (text, reason) in
        [("many", "Type a number, such as 1"), ("6000", "Between 1 and 5,000"), ("1.5", "Type a whole number")]
    {
        type_text(&input, text).await;
        fire(&input, "change").await;
        assert_eq!(input.value(), text);
        assert_eq!(input.get_attribute("aria-invalid").as_deref(), Some("true"));
        assert_eq!(page.find::<HtmlElement>(".field-error").text_content().as_deref(), Some(reason));
        let notes = input.get_attribute("aria-describedby").expect("a description");
        assert!(page.find::<Element>(&format!("#{notes} .field-error")).is_connected());
    }
    assert!(told.borrow().is_empty());
    assert!(press(&input, "Escape", false).await, "a dialog around the field must not close");
    assert_eq!((input.value().as_str(), page.count(".field-error")), ("8", 0));
    assert!(!press(&input, "Escape", false).await, "with nothing to take back, Escape is the dialog's");
}

#[wasm_bindgen_test]
async fn a_number_that_the_page_does_not_take_goes_back() {
    let (_page, input, told) = number_page(10.0).await;
    type_text(&input, "11").await;
    press(&input, "Enter", false).await;
    assert_eq!((told.borrow().as_slice(), input.value().as_str()), ([11.0].as_slice(), "8"));
    // And once more with the same number, where nothing at all changes in the page.
    type_text(&input, "11").await;
    press(&input, "Enter", false).await;
    assert_eq!(input.value(), "8");
}

#[wasm_bindgen_test]
async fn arrow_keys_step_from_what_is_typed_and_stop_at_the_limits() {
    let (_page, input, told) = number_page(f64::MAX).await;
    press(&input, "ArrowUp", false).await;
    type_text(&input, "20").await;
    press(&input, "ArrowDown", false).await;
    press(&input, "PageUp", false).await;
    assert_eq!(*told.borrow(), [9.0, 19.0, 29.0]);
    for _ in 0..5 {
        press(&input, "PageDown", false).await;
    }
    assert_eq!((told.borrow().last(), input.value().as_str()), (Some(&1.0), "1"));
    assert_eq!(told.borrow().len(), 6, "at the limit nothing is told");
}

#[derive(Clone, PartialEq, Properties)]
struct SliderPageProps {
    previews: Told<f64>,
    commits: Told<f64>,
}

#[component]
fn SliderPage(props: &SliderPageProps) -> Html {
    let value = use_state(|| 4.0);
    let tell = |told: &Told<f64>| {
        let (told, value) = (told.clone(), value.setter());
        Callback::from(move |new: f64| {
            told.borrow_mut().push(new);
            value.set(new);
        })
    };
    html! {
        <SliderField label="vCPU for each core" value={*value} min={1.0} max={10.0} step={0.5} decimals={1}
            on_preview={tell(&props.previews)} on_change={tell(&props.commits)} />
    }
}

#[wasm_bindgen_test]
async fn a_slider_previews_each_value_once_and_commits_once() {
    let (previews, commits) = (Told::default(), Told::default());
    let page =
        Mounted::<SliderPage>::new(SliderPageProps { previews: previews.clone(), commits: commits.clone() }).await;
    let range: HtmlInputElement = page.find("input[type=range]");
    let number: HtmlInputElement = page.find("input[type=text]");
    for text in ["4.5", "4.5", "5", "6"] {
        type_text(&range, text).await;
    }
    assert_eq!((previews.borrow().as_slice(), number.value().as_str()), ([4.5, 5.0, 6.0].as_slice(), "6"));
    assert!(commits.borrow().is_empty());
    fire(&range, "change").await;
    assert_eq!(*commits.borrow(), [6.0]);
    type_text(&number, "7.5").await;
    press(&number, "Enter", false).await;
    assert_eq!((commits.borrow().as_slice(), range.value().as_str()), ([6.0, 7.5].as_slice(), "7.5"));
}

#[derive(Clone, PartialEq, Properties)]
struct MoneyPageProps {
    told: Told<Option<Money>>,
}

#[component]
fn MoneyPage(props: &MoneyPageProps) -> Html {
    let value = use_state(|| Some(Money::from_micros(8_368_100)));
    let on_change = {
        let (told, value) = (props.told.clone(), value.setter());
        Callback::from(move |new: Option<Money>| {
            told.borrow_mut().push(new);
            value.set(new);
        })
    };
    html! { <MoneyField label="Quote" value={*value} required=false unit="USD" {on_change} /> }
}

#[wasm_bindgen_test]
async fn money_is_kept_to_the_last_decimal_and_may_be_none() {
    let told = Told::default();
    let page = Mounted::<MoneyPage>::new(MoneyPageProps { told: told.clone() }).await;
    let input: HtmlInputElement = page.find("input");
    assert_eq!(input.value(), "8.3681");
    for text in ["12,345.100001", "-1", "", "0.1"] {
        type_text(&input, text).await;
        fire(&input, "change").await;
    }
    let micros: Vec<_> = told.borrow().iter().map(|amount: &Option<Money>| amount.map(Money::micros)).collect();
    assert_eq!(micros, [Some(12_345_100_001), None, Some(100_000)]);
    assert_eq!(input.value(), "0.10");
}

#[derive(Clone, PartialEq, Properties)]
struct ChoicePageProps {
    told: Told<usize>,
    /// Whether choices are taken.
    takes: bool,
}

#[component]
fn SelectPage(props: &ChoicePageProps) -> Html {
    let (selected, options) = (use_state(|| 1_usize), use_state(|| 3_usize));
    let on_select = {
        let (told, takes, selected) = (props.told.clone(), props.takes, selected.setter());
        Callback::from(move |choice: usize| {
            told.borrow_mut().push(choice);
            if takes {
                selected.set(choice);
            }
        })
    };
    let on_more = {
        let options = options.clone();
        Callback::from(move |_event: MouseEvent| options.set(*options + 2))
    };
    let list: Vec<AttrValue> = (0..*options).map(|index| AttrValue::from(format!("Choice {index}"))).collect();
    html! {
        <div>
            <SelectField label="Region" options={list} selected={*selected} {on_select} />
            <button type="button" onclick={on_more}>{ "More" }</button>
        </div>
    }
}

async fn choose(select: &HtmlSelectElement, index: i32) {
    select.set_selected_index(index);
    fire(select, "change").await;
}

#[wasm_bindgen_test]
async fn a_select_shows_the_choice_of_the_page_from_the_first_render() {
    let told = Told::default();
    let page = Mounted::<SelectPage>::new(ChoicePageProps { told: told.clone(), takes: true }).await;
    let select: HtmlSelectElement = page.find("select");
    assert_eq!(select.selected_index(), 1);
    choose(&select, 2).await;
    assert_eq!((told.borrow().as_slice(), select.selected_index()), ([2].as_slice(), 2));
    // More options do not move the choice.
    page.find::<HtmlElement>("button").click();
    yew::scheduler::flush().await;
    assert_eq!((page.count("option"), select.selected_index()), (5, 2));
    assert_eq!(page.find::<HtmlElement>("label").get_attribute("for"), select.get_attribute("id"));
}

#[wasm_bindgen_test]
async fn a_choice_that_the_page_does_not_take_goes_back() {
    let told = Told::default();
    let page = Mounted::<SelectPage>::new(ChoicePageProps { told: told.clone(), takes: false }).await;
    let select: HtmlSelectElement = page.find("select");
    choose(&select, 2).await;
    choose(&select, 0).await;
    assert_eq!((told.borrow().as_slice(), select.selected_index()), ([2, 0].as_slice(), 1));
}

#[component]
fn TogglePage(props: &ChoicePageProps) -> Html {
    let tell = |number: usize| {
        let told = props.told.clone();
        Callback::from(move |()| told.borrow_mut().push(number))
    };
    let told = props.told.clone();
    html! {
        <div>
            <Switch label="Plan it" checked=false on_change={tell(10).reform(|_on: bool| ())} />
            <Segmented label="Measure" options={vec!["Money", "Machines"]} selected={0} on_select={Callback::from(move |choice| told.borrow_mut().push(choice))} />
        </div>
    }
}

#[wasm_bindgen_test]
async fn switches_and_segments_go_back_where_the_page_does_not_follow() {
    let told = Told::default();
    let page = Mounted::<TogglePage>::new(ChoicePageProps { told: told.clone(), takes: false }).await;
    let switch: HtmlInputElement = page.find("input[role=switch]");
    switch.click();
    yew::scheduler::flush().await;
    assert!(!switch.checked());
    let second: HtmlInputElement = page.find("label:nth-child(2) input[type=radio]");
    second.click();
    yew::scheduler::flush().await;
    assert!(!second.checked() && page.find::<HtmlInputElement>("label:nth-child(1) input[type=radio]").checked());
    assert_eq!(*told.borrow(), [10, 1]);
}

#[component]
fn DialogPage(props: &ChoicePageProps) -> Html {
    let open = use_state(|| 0_u8);
    let show = |what: u8| {
        let open = open.setter();
        Callback::from(move |_event: MouseEvent| open.set(what))
    };
    let close = {
        let (open, told) = (open.setter(), props.told.clone());
        Callback::from(move |()| {
            told.borrow_mut().push(0);
            open.set(0);
        })
    };
    html! {
        <div>
            <button type="button" id="edit" onclick={show(1)}>{ "Edit…" }</button>
            <button type="button" id="clear" onclick={show(2)}>{ "Clear…" }</button>
            <div>
                if *open == 1 { <Dialog title="Edit" on_close={close.clone()}><input id="inside" /></Dialog> }
                if *open == 2 { <ConfirmDialog title="Clear?" confirm="Clear" danger=true on_confirm={close.clone()} on_cancel={close.clone()} /> }
            </div>
        </div>
    }
}

#[wasm_bindgen_test]
async fn a_dialog_takes_the_focus_and_gives_it_back() {
    let told = Told::default();
    let page = Mounted::<DialogPage>::new(ChoicePageProps { told: told.clone(), takes: true }).await;
    let focused =
        || groundwork::web::dom::document().active_element().map(|element| element.text_content().unwrap_or_default());
    for (opener, inside) in [("#edit", ""), ("#clear", "Cancel")] {
        let opener: HtmlElement = page.find(opener);
        opener.focus().expect("focus");
        opener.click();
        yew::scheduler::flush().await;
        let dialog: Element = page.find("dialog");
        // It opens in a task of its own.
        assert!(!dialog.matches(":modal").expect("a selector"));
        settle().await;
        assert!(dialog.matches(":modal").expect("a selector"));
        assert_eq!(focused().as_deref(), Some(inside));
        // What Escape does in a browser.
        let init = EventInit::new();
        init.set_cancelable(true);
        let cancel = Event::new_with_event_init_dict("cancel", &init).expect("an event");
        dialog.dispatch_event(&cancel).expect("dispatched");
        yew::scheduler::flush().await;
        assert_eq!((page.count("dialog"), focused()), (0, opener.text_content()));
    }
    assert_eq!(told.borrow().len(), 2);
}

#[derive(Clone, PartialEq, Properties)]
struct TablePageProps {
    rows: usize,
    told: Told<usize>,
    /// Cells that were rendered.
    rendered: Rc<RefCell<usize>>,
}

#[component]
fn TablePage(props: &TablePageProps) -> Html {
    let (sort, selected) = (use_state(|| (0_usize, false)), use_state(|| None::<usize>));
    let (rows, descending) = (props.rows, sort.1);
    let at = move |row: usize| if descending { rows - 1 - row } else { row };
    let columns = ["Name", "vCPU", "Note"].iter().enumerate();
    let columns: Vec<Column> = columns
        .map(|(index, &title)| Column {
            title: title.into(),
            numeric: index == 1,
            data: index == 0,
            sortable: index < 2,
            width: 120,
        })
        .collect();
    let row_key = Callback::from(move |row: usize| AttrValue::from(format!("m{}", at(row))));
    let cell = {
        let rendered = props.rendered.clone();
        Callback::from(move |(row, column): (usize, usize)| {
            *rendered.borrow_mut() += 1;
            html! { format!("{}:{column}", at(row)) }
        })
    };
    let on_sort = {
        let (sort, now) = (sort.setter(), *sort);
        Callback::from(move |column: usize| sort.set((column, now.0 == column && !now.1)))
    };
    let on_activate = {
        let (told, selected) = (props.told.clone(), selected.setter());
        Callback::from(move |row: usize| {
            told.borrow_mut().push(row);
            selected.set(Some(row));
        })
    };
    html! {
        <VirtualTable label="Machines" {columns} {rows} {row_key} {cell} version={u64::from(descending)} sort={Some(*sort)} {on_sort}
            selected={*selected} {on_activate} height_rows={10} />
    }
}

/// The page's style sheets give the table its height; the tests give it the few lines that matter.
fn style_once() {
    let document = groundwork::web::dom::document();
    if document.get_element_by_id("test-style").is_none() {
        let style = document.create_element("style").expect("an element");
        style.set_id("test-style");
        style.set_text_content(Some(
            ".vtable{overflow:auto;max-height:var(--vtable-height);width:400px}.vtable-head{position:sticky;top:0;height:32px}\
             .vtable-body{position:relative;height:var(--total)}.vtable-window{position:absolute;inset:0 0 auto 0;transform:translateY(var(--top))}\
             .vtable-row{display:grid;grid-template-columns:var(--columns);height:32px}",
        ));
        document.head().expect("a head").append_child(&style).expect("appended");
    }
}

async fn table_page(rows: usize) -> (Mounted<TablePage>, Told<usize>, Rc<RefCell<usize>>) {
    style_once();
    let (told, rendered) = (Told::default(), Rc::default());
    let props = TablePageProps { rows, told: Rc::clone(&told), rendered: Rc::clone(&rendered) };
    let page = Mounted::<TablePage>::new(props).await;
    settle().await;
    (page, told, rendered)
}

fn focused_text() -> String {
    let element = groundwork::web::dom::document().active_element();
    element.and_then(|element| element.text_content()).unwrap_or_default()
}

fn focused() -> Element {
    groundwork::web::dom::document().active_element().expect("a focus")
}

#[wasm_bindgen_test]
async fn a_hundred_thousand_rows_have_few_elements_and_every_row_can_be_reached() {
    let (page, _told, _rendered) = table_page(100_000).await;
    let table: HtmlElement = page.find("[role=grid]");
    assert_eq!(table.get_attribute("aria-rowcount").as_deref(), Some("100001"));
    // Names are in no language; the other cells are looked up.
    let names = page.count(".vtable-window [role=gridcell]:first-child[translate=no]");
    assert_eq!(names, page.count(".vtable-window [role=row]"));
    assert_eq!(names, page.count(".vtable-window [translate=no]"));
    for share in [0.0, 0.37, 1.0] {
        table.set_scroll_top((share * 3_200_000.0) as i32);
        settle().await;
        let count = page.count(".vtable-window [role=row]");
        assert!((10..=64).contains(&count), "{count} rows");
        // The row in the middle of what is seen lies where its position says.
        let view = table.get_bounding_client_rect();
        let seen = groundwork::web::dom::document()
            .element_from_point(view.x() as f32 + 20.0, (view.y() + view.height() / 2.0) as f32);
        let row = seen.and_then(|seen| seen.closest("[role=row]").ok().flatten()).expect("a row in view");
        let index: f64 = row.get_attribute("aria-rowindex").expect("its place").parse().expect("a number");
        let expected = (f64::from(table.scroll_top()) + view.height() / 2.0 - 32.0) / 32.0 + 2.0;
        assert!((index - expected).abs() <= 1.0, "row {index} where {expected} should be");
    }
    assert!(page.root.text_content().expect("text").contains("99999:0"));
}

#[wasm_bindgen_test]
async fn a_table_is_one_tab_stop_with_the_keys_of_a_grid() {
    let (page, told, _rendered) = table_page(1_000).await;
    assert_eq!(page.count("[role=grid] [tabindex='0'], [role=grid][tabindex='0']"), 1);
    let first: HtmlElement = page.find("[role=gridcell][tabindex='0']");
    first.focus().expect("focus");
    yew::scheduler::flush().await;
    for (key, is_ctrl, text) in [
        ("ArrowRight", false, "0:1"),
        ("ArrowDown", false, "1:1"),
        ("End", false, "1:2"),
        ("End", true, "999:2"),
        ("ArrowDown", false, "999:2"),
        ("Home", false, "999:0"),
        ("PageUp", false, "990:0"),
        ("Home", true, "0:0"),
        ("ArrowUp", false, "Name"),
    ] {
        assert!(press(&focused(), key, is_ctrl).await, "{key} is the table's");
        settle().await;
        assert_eq!(focused_text(), text, "after {key}");
        assert_eq!(page.count("[role=grid] [tabindex='0']"), 1);
    }
    press(&focused(), "ArrowDown", false).await;
    press(&focused(), "Enter", false).await;
    assert_eq!(*told.borrow(), [0]);
    assert_eq!(page.find::<Element>("[aria-selected=true]").get_attribute("aria-rowindex").as_deref(), Some("2"));
}

#[wasm_bindgen_test]
async fn the_keyboard_goes_on_where_it_was_after_the_row_scrolled_away() {
    let (page, _told, _rendered) = table_page(10_000).await;
    page.find::<HtmlElement>("[role=gridcell][tabindex='0']").focus().expect("focus");
    yew::scheduler::flush().await;
    let table: HtmlElement = page.find("[role=grid]");
    table.set_scroll_top(200_000);
    settle().await;
    assert!(table.contains(Some(&focused())), "the focus stays in the table");
    press(&focused(), "ArrowDown", false).await;
    settle().await;
    assert_eq!(focused_text(), "1:0");
}

#[wasm_bindgen_test]
async fn heads_sort_and_say_so_and_begin_at_the_top() {
    let (page, _told, _rendered) = table_page(5_000).await;
    let table: HtmlElement = page.find("[role=grid]");
    table.set_scroll_top(50_000);
    settle().await;
    assert_eq!(page.find::<Element>("[aria-sort]").get_attribute("aria-sort").as_deref(), Some("ascending"));
    page.find::<HtmlElement>("[role=columnheader] button").click();
    settle().await;
    assert_eq!(page.find::<Element>("[aria-sort]").get_attribute("aria-sort").as_deref(), Some("descending"));
    assert_eq!(page.count("[aria-sort]"), 1);
    assert_eq!(table.scroll_top(), 0);
    assert_eq!(page.find::<Element>(".vtable-window [role=gridcell]").text_content().as_deref(), Some("4999:0"));
    assert_eq!(page.count("[role=columnheader] button"), 2, "the last column does not sort");
}

#[wasm_bindgen_test]
async fn choosing_a_row_renders_no_other() {
    let (page, told, rendered) = table_page(5_000).await;
    *rendered.borrow_mut() = 0;
    page.find::<HtmlElement>(".vtable-window [role=row]:nth-child(3) [role=gridcell]").click();
    settle().await;
    assert_eq!(*told.borrow(), [2]);
    assert_eq!(page.count("[aria-selected=true]"), 1);
    assert!(*rendered.borrow() <= 3, "{} cells were rendered again", rendered.borrow());
}

#[wasm_bindgen_test]
async fn an_empty_table_and_a_short_one_are_whole() {
    let (page, _told, _rendered) = table_page(0).await;
    assert_eq!((page.count(".vtable-window [role=row]"), page.count("[role=columnheader]")), (0, 3));
    drop(page);
    let (page, _told, _rendered) = table_page(3).await;
    assert_eq!(page.count(".vtable-window [role=row]"), 3);
    assert!(page.find::<HtmlElement>("[role=grid]").client_height() < 160);
}

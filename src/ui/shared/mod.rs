//! The widgets that all pages share. How they look is said in `static/css/components.css`, when to use which in `docs/design-language.md`.
//!
//! Fields show the value that the page gives, tell of a new one, and go back to the page's value where it does not take theirs. None of them keeps a value of
//! its own, apart from text that is half typed. Positions stand for choices: `options` and `selected: usize`. A `?` marks what may be left out.
//!
//! | widget | props |
//! |---|---|
//! | [`NumberField`] | `label, value: f64, on_change: Callback<f64>, min?, max?, step? (1), decimals? (0: whole numbers), unit?, help?, disabled?, bare?` |
//! | [`SliderField`] | `label, value: f64, min, max, on_change: Callback<f64>, on_preview?: Callback<f64>, step? (1), decimals?, unit?, help?, disabled?` |
//! | [`MoneyField`] | `label, value: Option<Money>, on_change: Callback<Option<Money>>, required? (true), negative?, unit?, placeholder?, help?, disabled?` |
//! | [`months_field()`] | `label, value: Option<u32>, help, on_change: Callback<Option<u32>>`; a function |
//! | [`TextField`] | `label, value, on_change: Callback<String>, placeholder?, help?, max_length?, disabled?` |
//! | [`SearchField`] | `label, value, on_input: Callback<String>, placeholder?` |
//! | [`SelectField`] | `label, options: Vec<AttrValue>, selected: usize, on_select: Callback<usize>, help?, disabled?` |
//! | [`Switch`], [`Checkbox`] | `label, checked, on_change: Callback<bool>, help?, hide_label?, disabled?` |
//! | [`Segmented`] | `label, options: Vec<&'static str>, selected: usize, on_select: Callback<usize>, disabled?` |
//! | [`Tabs`] | `label, tabs: Vec<AttrValue>, selected: usize, on_select: Callback<usize>, children` |
//! | [`Dialog`] | `title, on_close: Callback<()>, actions?: Html, wide?, children`; open while rendered |
//! | [`ConfirmDialog`] | `title, confirm, on_confirm: Callback<()>, on_cancel: Callback<()>, danger?, children?` |
//! | [`Toasts`] | `toasts: Vec<Toast>, on_undo: Callback<u32>, on_dismiss: Callback<u32>` |
//! | [`ProgressCard`] | `title, on_cancel: Callback<()>, phase?, done?: u64, total?: u64 (0: not known)` |
//! | [`FileDrop`] | `label, on_files: Callback<Vec<File>>, hint?, button?, accept?` |
//! | [`DropOverlay`] | `label, on_files: Callback<Vec<File>>`; once, at the root |
//! | [`Help`] | `text, label?` |
//! | [`Card`] | `title, note?, actions?: Html, class? ("card-flush": a table reaches the edges), children` |
//! | [`KpiStrip`], [`Kpi`] | `label, children` and `label, value, note?, tone? ("good", "warn", "bad"), help?, on_open?` |
//! | [`EmptyState`] | `title, text?, children? (buttons)` |
//! | [`Meter`] | `value: f64 (share, 0 to 1), label, tone?` |
//! | [`Tag`] | `text, tone? ("accent", "good", "warn", "bad"), title?` |
//! | [`Icon`] | `name: IconName` |
//! | [`VirtualTable`] | `label, columns: Vec<Column>, rows: usize, row_key, cell, version: u64, sort?, on_sort?, selected?, on_activate?, on_toggle?, on_edit?: (columns, Callback<(row, column)>), is_selected?: Callback<usize, bool>, height_rows?` |
//! | [`Styled`] | `class?, vars: Vec<(name, value)>, children?`; custom properties where a `style` attribute would be blocked |

mod card;
mod dialog;
mod field;
mod files;
mod help;
mod icon;
mod id;
mod in_view;
mod kpi;
mod meter;
mod money_field;
mod months_field;
mod number_field;
mod progress_card;
mod segmented;
mod select_field;
mod size;
mod slider_field;
pub(crate) mod style;
mod switch;
mod tabs;
mod text_field;
mod toasts;
mod virtual_table;

pub use card::{Card, CardProps, EmptyState, EmptyStateProps};
pub use dialog::{ConfirmDialog, ConfirmDialogProps, Dialog, DialogProps};
pub use files::{DropOverlay, DropOverlayProps, FileDrop, FileDropProps, files_of};
pub use help::{Help, HelpProps};
pub use icon::{Icon, IconName, IconProps};
pub use id::use_id;
pub use in_view::{bring, use_in_view};
pub use kpi::{Kpi, KpiProps, KpiStrip, KpiStripProps};
pub use meter::{Meter, MeterProps, Tag, TagProps};
pub use money_field::{MoneyField, MoneyFieldProps};
pub use months_field::months_field;
pub use number_field::{NumberField, NumberFieldProps};
pub use progress_card::{ProgressCard, ProgressCardProps};
pub use segmented::{Segmented, SegmentedProps};
pub use select_field::{SelectField, SelectFieldProps};
pub use size::use_size;
pub use slider_field::{SliderField, SliderFieldProps};
pub use style::{Styled, StyledProps, set_css_vars, use_css_vars};
pub use switch::{Checkbox, Switch, SwitchProps};
pub use tabs::{Tabs, TabsProps};
pub use text_field::{SearchField, SearchFieldProps, TextField, TextFieldProps};
pub use toasts::{Toasts, ToastsProps};
pub use virtual_table::{Column, VirtualTable, VirtualTableProps};

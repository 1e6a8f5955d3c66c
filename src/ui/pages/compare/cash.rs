//! What has each scenario cost in all, month by month?

use std::rc::Rc;

use yew::prelude::*;

use super::CompareProps;
use crate::chart::cash_lines::CashLines;
use crate::chart::picture;
use crate::engine::model::Money;
use crate::store::format;
use crate::ui::charts::Chart;
use crate::ui::part::part;
use crate::ui::shared::Card;

/// The chart. Scenarios in another currency than the base are left out: their money is not comparable.
#[component]
pub fn CashFlow(props: &CompareProps) -> Html {
    let names: Vec<String> = (0..props.figures.len()).map(|at| props.name(at).to_owned()).collect();
    let currency = props.figures.get(props.base).and_then(Option::as_ref).map(|base| base.currency).unwrap_or_default();
    let chart = use_memo((names, Rc::clone(&props.figures), currency), |(names, figures, currency)| {
        let lines = names.iter().zip(figures.iter()).filter_map(|(name, figures)| {
            let figures = figures.as_ref().filter(|figures| figures.currency == *currency)?;
            Some((name.clone(), figures.so_far.iter().map(|money| money.as_f64()).collect()))
        });
        let (lines, currency) = (lines.collect(), *currency);
        let format = move |value: f64| format::money_axis(Money::from_micros((value * 1e6) as i64), currency);
        CashLines { lines, format: Box::new(format) }
    });
    let others = props.figures.iter().flatten().filter(|figures| figures.currency != currency).count() as u64;
    let note = if others > 0 {
        format!(
            "cost so far, with growth and changes of prices; {} in another currency left out",
            format::count(others)
        )
    } else {
        "cost so far, with growth and changes of prices".to_owned()
    };
    part!(<Card title="Cash flow" {note}>{ part!(<Chart of={chart as Rc<dyn picture::Chart>} />) }</Card>)
}

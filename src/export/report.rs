//! The report: the result in words and a few tables, as Markdown and as a page to print. What is long (machines, lines) is in the workbook.

use super::Source;
use super::table::{Cell, Table, milli};
use super::tables;
use crate::engine::model::{Currency, Money};
use crate::store::{format, words};

/// A part of the report.
pub(super) enum Block {
    Title(String),
    Heading(&'static str),
    Text(String),
    /// Heads, how many columns at the end are numbers, rows.
    Table(Vec<String>, usize, Vec<Vec<String>>),
    List(Vec<String>),
}

/// The report as Markdown.
pub fn markdown(source: Source<'_>) -> String {
    let mut out = String::new();
    for block in blocks(source) {
        match block {
            Block::Title(text) => out.push_str(&format!("# {}\n\n", inline(&text))),
            Block::Heading(text) => out.push_str(&format!("## {text}\n\n")),
            Block::Text(text) => out.push_str(&format!("{}\n\n", inline(&text))),
            Block::Table(heads, numbers, rows) => markdown_table(&mut out, &heads, numbers, &rows),
            Block::List(items) => {
                for item in items {
                    out.push_str(&format!("- {}\n", inline(&item)));
                }
                out.push('\n');
            }
        }
    }
    out.trim_end().to_owned() + "\n"
}

fn markdown_table(out: &mut String, heads: &[String], numbers: usize, rows: &[Vec<String>]) {
    let line = |cells: &[String]| {
        let cells: Vec<String> = cells.iter().map(|cell| inline(cell).replace('|', "\\|")).collect();
        format!("| {} |\n", cells.join(" | "))
    };
    out.push_str(&line(heads));
    let rules: Vec<&str> =
        (0..heads.len()).map(|column| if column + numbers < heads.len() { "---" } else { "---:" }).collect();
    out.push_str(&format!("| {} |\n", rules.join(" | ")));
    for row in rows {
        out.push_str(&line(row));
    }
    out.push('\n');
}

/// A text on one line in which nothing is markup: names in an inventory are other people's input.
fn inline(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\n' | '\r' => out.push(' '),
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' => {
                out.push('\\');
                out.push(letter);
            }
            _ => out.push(letter),
        }
    }
    out
}

/// How the page looks: on paper and on a screen, without anything to load.
const STYLE: &str = "body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#151922;background:#fff}\
h1{font-size:1.6rem}h2{font-size:1.15rem;margin-top:2rem;break-after:avoid}table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}\
th,td{padding:.3rem .6rem;border-bottom:1px solid #d5dae2;text-align:left;vertical-align:top}.n{text-align:right;white-space:nowrap}tr{break-inside:avoid}\
footer{margin-top:2rem;color:#545d6c;font-size:.85rem}@media print{body{margin:0;max-width:none;font-size:11px}}";

/// The report as a page to print.
pub fn html(source: Source<'_>) -> String {
    let title = escaped(&title(source));
    let mut body = String::new();
    for block in blocks(source) {
        match block {
            Block::Title(text) => body.push_str(&format!("<h1>{}</h1>\n", escaped(&text))),
            Block::Heading(text) => body.push_str(&format!("<h2>{text}</h2>\n")),
            Block::Text(text) => body.push_str(&format!("<p>{}</p>\n", escaped(&text))),
            Block::Table(heads, numbers, rows) => html_table(&mut body, &heads, numbers, &rows),
            Block::List(items) => {
                let items: String = items.iter().map(|item| format!("<li>{}</li>\n", escaped(item))).collect();
                body.push_str(&format!("<ul>\n{items}</ul>\n"));
            }
        }
    }
    // Nothing may run or be loaded in it, whatever the names in it are.
    let policy = "default-src 'none'; style-src 'unsafe-inline'";
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n{body}</body>\n</html>\n"
    )
}

fn html_table(out: &mut String, heads: &[String], numbers: usize, rows: &[Vec<String>]) {
    let class = |column: usize| if column + numbers < heads.len() { "" } else { " class=\"n\"" };
    let cells = |tag: &str, cells: &[String]| -> String {
        let cell = |(column, cell): (usize, &String)| format!("<{tag}{}>{}</{tag}>", class(column), escaped(cell));
        cells.iter().enumerate().map(cell).collect()
    };
    let rows: String = rows.iter().map(|row| format!("<tr>{}</tr>\n", cells("td", row))).collect();
    out.push_str(&format!(
        "<table>\n<thead><tr>{}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n",
        cells("th", heads)
    ));
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn title(source: Source<'_>) -> String {
    let name = if source.project.name.is_empty() { "Untitled project" } else { &source.project.name };
    format!("{name}: {}", source.scenario.name)
}

/// What both reports say.
pub(super) fn blocks(source: Source<'_>) -> Vec<Block> {
    let currency = source.scenario.assumptions.currency;
    let mut blocks = vec![Block::Title(title(source)), Block::Text(lead(source, currency))];
    if let Some(text) = not_in_the_total(source) {
        blocks.push(Block::Text(text));
    }
    blocks.push(Block::Heading("Figures"));
    blocks.push(block(&tables::summary(source), currency, 2));
    blocks.push(Block::Heading("Where machines run"));
    blocks.push(block(&used(tables::places(source)), currency, 3));
    blocks.push(Block::Heading("What the money is for"));
    blocks.push(by_kind(source, currency));
    blocks.push(Block::Heading("What the plan obeys"));
    blocks.push(rules(source));
    blocks.push(Block::Heading("Assumptions"));
    blocks.push(block(&tables::assumptions(source), currency, 1));
    blocks.push(Block::Heading("Where the prices come from"));
    blocks.push(block(&tables::sources(source), currency, 1));
    let made = format!(
        "Made with Groundwork from prices of {}. The same inputs give the same plan; its hash is {}.",
        source.catalog_as_of, source.outcome.plan_hash
    );
    blocks.push(Block::Text(made));
    blocks
}

/// The answer in two sentences.
fn lead(source: Source<'_>, currency: Currency) -> String {
    let (plan, staying) = (&source.years.plan, &source.years.staying);
    let (total, stay) = (plan.total(), staying.total());
    let money = |money: Money| format::money_short(if money < Money::ZERO { -money } else { money }, currency);
    let compared = if stay == Money::ZERO {
        "What staying costs is not known.".to_owned()
    } else {
        let word = if total <= stay { "less" } else { "more" };
        format!("That is {} {word} than staying as is, which costs {}.", money(total - stay), money(stay))
    };
    let included =
        if source.years.is_steady { "moving included" } else { "moving, growth and changes of prices included" };
    format!(
        "{} have a place; over {} months they cost {}, {included}. {compared}",
        format::counted(source.outcome.plan.assignments.len() as u64, "machine", "machines"),
        plan.horizon_months,
        money(total)
    )
}

fn not_in_the_total(source: Source<'_>) -> Option<String> {
    let count = source.outcome.plan.unplaced.len() as u64;
    let have = format::counted(count, "machine has", "machines have");
    (count > 0).then(|| format!("{have} no place: what they cost is not in the total."))
}

/// The places that are used.
fn used(mut table: Table) -> Table {
    table.rows.retain(|row| row[3] != Cell::Count(0));
    table
}

fn by_kind(source: Source<'_>, currency: Currency) -> Block {
    let total = source.years.plan.total().as_f64();
    let row = |(kind, money): (crate::engine::cost::LineKind, Money)| {
        vec![words::line_kind(kind).to_owned(), format::money(money, currency), format::percent(money.as_f64(), total)]
    };
    let rows = source.years.plan.by_kind().into_iter().map(row).collect();
    Block::Table(["For", "Over the horizon", "Share"].map(str::to_owned).to_vec(), 2, rows)
}

fn rules(source: Source<'_>) -> Block {
    let sentences: Vec<String> = source
        .scenario
        .rules
        .iter()
        .filter(|rule| rule.enabled)
        .map(|rule| words::rule(source.scenario, rule))
        .collect();
    if sentences.is_empty() { Block::Text("No rules were set.".to_owned()) } else { Block::List(sentences) }
}

fn block(table: &Table, currency: Currency, numbers: usize) -> Block {
    let text = |cell: &Cell| match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => text.clone(),
        Cell::Count(number) => format::count(number.unsigned_abs()),
        Cell::Milli(number) => milli(*number),
        Cell::Money(money) | Cell::Formula(_, money) => format::money(*money, currency),
    };
    let heads = table.columns.iter().map(|column| column.title.clone()).collect();
    let rows = table.rows.iter().map(|row| row.iter().map(text).collect()).collect();
    Block::Table(heads, numbers, rows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::fixture::Fixture;

    #[test]
    fn both_reports_tell_the_totals_of_the_ledger() {
        let fixture = Fixture::new();
        let total = format::money(fixture.outcome.ledger.total(), Currency::Usd);
        let (markdown, html) = (markdown(fixture.source()), html(fixture.source()));
        assert!(markdown.contains(&total) && html.contains(&total), "{markdown}");
        assert!(
            markdown.starts_with("# Test: Plan A\n\n12 machines have a place; over 36 months they cost "),
            "{markdown}"
        );
        for heading in ["Where machines run", "Assumptions", "Where the prices come from"] {
            assert!(markdown.contains(&format!("## {heading}\n")) && html.contains(&format!("<h2>{heading}</h2>")));
        }
    }

    #[test]
    fn names_are_no_markup() {
        let mut fixture = Fixture::new();
        fixture.project.name = "<script>alert(1)</script> [x](javascript:y) | *z*".to_owned();
        let html = html(fixture.source());
        assert!(!html.contains("<script>") && html.contains("&lt;script&gt;"));
        assert!(
            markdown(fixture.source())
                .starts_with("# \\<script\\>alert(1)\\</script\\> \\[x\\](javascript:y) | \\*z\\*: Plan A")
        );
    }
}

//! The geometry of a long list of rows of equal height, of which only those in view exist.

use super::scale::within;

/// The height of a row in px where things have room; `--row` of the style sheets, as a test says.
pub const COMFORTABLE: f64 = 32.0;
/// The same where more is to be in view.
pub const DENSE: f64 = 26.0;
/// Rows come and go in chunks of so many: enough that most scrolling changes nothing, and few, because a jump renders all that is in view anew.
pub const CHUNK: usize = 4;
/// The tallest element that every browser lays out; Firefox ends near 17.8 million px, Chromium at 33.5.
pub const TALLEST: f64 = 15_000_000.0;

/// What of a list exists, and where it lies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Window {
    /// The first row that exists.
    pub first: usize,
    /// How many exist.
    pub count: usize,
    /// Where the first one lies below the top of the list, in px.
    pub top: f64,
    /// The height of the whole list in px.
    pub total: f64,
}

/// A list of rows of equal height.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct List {
    /// How many there are.
    pub rows: usize,
    /// The height of each in px.
    pub row: f64,
}

impl List {
    /// Its height in px, capped to what browsers can lay out.
    pub fn height(self) -> f64 {
        self.real().min(TALLEST)
    }

    fn real(self) -> f64 {
        self.rows as f64 * self.row
    }
}

/// The rows to render where a list, `view` px of which are seen, is scrolled by `scroll` px.
///
/// Above the cap, the scroll bar stands for a share of the list rather than for pixels: the rows in view are found by that share, and laid out around the
/// scroll position.
pub fn window(list: List, scroll: f64, view: f64) -> Window {
    around(list, scroll, view, 1)
}

/// The same without the chunks above and below: what is rendered first after a jump, because all of it is new.
pub fn in_view(list: List, scroll: f64, view: f64) -> Window {
    around(list, scroll, view, 0)
}

fn around(list: List, scroll: f64, view: f64, beyond: usize) -> Window {
    let List { rows, row } = list;
    let (total, real) = (list.height(), list.real());
    let scroll = within(scroll, 0.0, (total - view).max(0.0));
    // The position in a list that is not capped.
    let offset = if real > total && total > view { scroll * (real - view) / (total - view) } else { scroll };
    let seen = (offset / row) as usize;
    let last = ((offset + view) / row) as usize + 1;
    let first = (seen / CHUNK).saturating_sub(beyond) * CHUNK;
    let end = (last.div_ceil(CHUNK) + beyond) * CHUNK;
    let (first, end) = (first.min(rows), end.min(rows));
    Window { first, count: end - first, top: scroll - offset + first as f64 * row, total }
}

impl Window {
    /// Whether it has no row of another one.
    pub fn is_apart(&self, other: &Self) -> bool {
        self.first >= other.first + other.count || other.first >= self.first + self.count
    }
}

/// How far to scroll so that `row` is fully in view below a head of `head` px, from `scroll`; the least that does.
pub fn scroll_to(list: List, row: usize, scroll: f64, view: f64) -> f64 {
    let (total, real) = (list.height(), list.real());
    let factor = if real > total && total > view { (real - view) / (total - view) } else { 1.0 };
    let offset = scroll * factor;
    let (top, bottom) = (row as f64 * list.row, (row + 1) as f64 * list.row);
    let wanted = if top < offset {
        top
    } else if bottom > offset + view {
        bottom - view
    } else {
        return scroll;
    };
    within(wanted / factor, 0.0, (total - view).max(0.0))
}

/// A cell of a grid with a head: row 0 is the head, row `n` the `n`-th row of the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// Row, 0 for the head.
    pub row: usize,
    /// Column from 0.
    pub column: usize,
}

/// Where a key leads in a grid of `rows` rows below a head, `page` of them in view; `None` where the key means nothing to a grid. Never wraps.
///
/// Source: WAI-ARIA Authoring Practices, Data Grid, <https://www.w3.org/WAI/ARIA/apg/patterns/grid/>.
pub fn key_target(at: Cell, key: &str, is_ctrl: bool, rows: usize, columns: usize, page: usize) -> Option<Cell> {
    let (last_row, last_column) = (rows, columns.saturating_sub(1));
    let Cell { row, column } = at;
    let to = match (key, is_ctrl) {
        ("ArrowDown", false) => Cell { row: row + 1, column },
        ("ArrowUp", false) => Cell { row: row.saturating_sub(1), column },
        ("ArrowRight", false) => Cell { row, column: column + 1 },
        ("ArrowLeft", false) => Cell { row, column: column.saturating_sub(1) },
        ("Home", false) => Cell { row, column: 0 },
        ("End", false) => Cell { row, column: last_column },
        ("Home", true) => Cell { row: 1, column: 0 },
        ("End", true) => Cell { row: last_row, column: last_column },
        ("PageDown", false) => Cell { row: row + page.max(1), column },
        ("PageUp", false) => Cell { row: row.saturating_sub(page.max(1)).max(1), column },
        _ => return None,
    };
    Some(Cell { row: to.row.min(last_row), column: to.column.min(last_column) })
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn list(rows: usize) -> List {
        List { rows, row: COMFORTABLE }
    }

    /// What the style sheet says of a density, in px of the usual font.
    fn token(selector: &str, name: &str) -> f64 {
        let tokens = include_str!("../../static/css/tokens.css");
        let rule = tokens.split(selector).nth(1).and_then(|rest| rest.split('}').next()).expect("a rule");
        let value = rule.split(name).nth(1).and_then(|rest| rest.split("rem;").next()).expect("a length in rem");
        value.trim_start_matches(':').trim().parse::<f64>().expect("a number") * 16.0
    }

    #[test]
    fn rows_are_as_high_as_the_style_sheet_has_them_and_no_target_is_too_small() {
        let usual = ":root {\n    /* Space";
        for (selector, row) in [(usual, COMFORTABLE), (":root[data-density=\"dense\"]", DENSE)] {
            assert_eq!(token(selector, "--row").to_bits(), row.to_bits(), "{selector}");
            assert!(row >= 24.0 && token(selector, "--control") >= 24.0, "{selector}: WCAG 2.2, 2.5.8");
        }
    }

    #[test]
    fn every_row_in_view_exists_wherever_one_scrolls() {
        for rows in [0, 1, 5, 16, 17, 1_000, 100_000, 468_750, 468_751, 2_000_000] {
            let view = 600.0;
            let most = (list(rows).height() - view).max(0.0);
            for step in 0..=997 {
                let scroll = most * f64::from(step) / 997.0;
                for (window, most) in [(window(list(rows), scroll, view), 32), (in_view(list(rows), scroll, view), 24)]
                {
                    let bottom = window.top + window.count as f64 * COMFORTABLE;
                    assert!(window.top <= scroll + 0.001, "{rows} rows at {scroll}: {window:?}");
                    assert!(bottom + 0.001 >= (scroll + view).min(window.total), "{rows} rows at {scroll}: {window:?}");
                    assert!(window.first + window.count <= rows);
                    assert!(window.count <= most, "{window:?}");
                }
            }
        }
    }

    #[test]
    fn the_first_and_last_row_can_be_reached_above_the_cap() {
        let (rows, view) = (2_000_000, 600.0);
        assert_eq!(window(list(rows), 0.0, view).first, 0);
        let end = window(list(rows), f64::MAX, view);
        assert_eq!(end.first + end.count, rows);
        assert!((end.top + end.count as f64 * COMFORTABLE - end.total).abs() < 0.01, "{end:?}");
    }

    #[test]
    fn small_scrolls_change_nothing() {
        let at = |scroll| window(list(1_000), scroll, 320.0).first;
        assert_eq!([at(0.0), at(127.0), at(255.0), at(256.0)], [0, 0, 0, 4]);
    }

    #[test]
    fn lower_rows_are_more_in_view() {
        let dense = window(List { rows: 1_000, row: DENSE }, 2600.0, 520.0);
        // Rows 100 to 120 are seen.
        assert_eq!((dense.first, dense.count, dense.top as u32), (96, 32, 2496));
        assert_eq!(scroll_to(List { rows: 1_000, row: DENSE }, 999, 0.0, 520.0) as u32, 26_000 - 520);
    }

    #[test]
    fn a_jump_is_where_no_row_stays() {
        let at = |scroll| window(list(1_000), scroll, 320.0);
        // Rows 0 to 15, 28 to 47, 16 to 35.
        assert!(at(0.0).is_apart(&at(1024.0)) && at(1024.0).is_apart(&at(0.0)));
        assert!(!at(640.0).is_apart(&at(1024.0)) && !at(1024.0).is_apart(&at(640.0)));
        assert!(at(0.0).is_apart(&at(640.0)));
    }

    #[test]
    fn scrolling_to_a_row_goes_no_further_than_needed() {
        let at = |row, scroll| scroll_to(list(1_000), row, scroll, 320.0);
        assert_eq!([at(5, 0.0), at(10, 0.0), at(2, 320.0), at(999, 0.0)].map(|px| px as u32), [0, 32, 64, 31_680]);
        let far = scroll_to(list(2_000_000), 1_999_999, 0.0, 600.0);
        assert_eq!(far as u32, (TALLEST - 600.0) as u32);
    }

    #[test]
    fn keys_lead_through_the_grid_and_never_around_its_edges() {
        let at = |row, column| Cell { row, column };
        for (from, key, is_ctrl, to) in [
            (at(1, 0), "ArrowDown", false, Some(at(2, 0))),
            (at(50, 0), "ArrowDown", false, Some(at(50, 0))),
            (at(1, 0), "ArrowUp", false, Some(at(0, 0))),
            (at(0, 0), "ArrowUp", false, Some(at(0, 0))),
            (at(1, 3), "ArrowRight", false, Some(at(1, 3))),
            (at(1, 3), "Home", false, Some(at(1, 0))),
            (at(1, 0), "End", false, Some(at(1, 3))),
            (at(40, 2), "Home", true, Some(at(1, 0))),
            (at(1, 0), "End", true, Some(at(50, 3))),
            (at(45, 1), "PageDown", false, Some(at(50, 1))),
            (at(5, 1), "PageUp", false, Some(at(1, 1))),
            (at(1, 1), "a", false, None),
            (at(1, 1), "ArrowDown", true, None),
        ] {
            assert_eq!(key_target(from, key, is_ctrl, 50, 4, 10), to, "{key} from {from:?}");
        }
        assert_eq!(key_target(at(0, 0), "ArrowDown", false, 0, 4, 10), Some(at(0, 0)));
    }
}

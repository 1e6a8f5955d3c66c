//! What every picture is made of: shapes, the details of its marks, and the same numbers as a table.
//!
//! A chart says all of this of itself for a width; one component draws it (`ui::charts`), and whoever writes it to a file walks the same shapes.

use std::borrow::Cow;

use super::scale::px;

/// Something that can be drawn, read as a table, and asked for the details of its marks.
pub trait Chart {
    /// What it shows, in a sentence.
    fn summary(&self) -> String;

    /// The drawing at `width` px.
    fn picture(&self, width: f64) -> Picture;

    /// The same numbers as a table.
    fn table(&self) -> Table;

    /// The series with their names; empty for none.
    fn legend(&self) -> Vec<(usize, String)> {
        Vec::new()
    }
}

/// A drawing, in px from the top left.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Picture {
    /// How high it is.
    pub height: f64,
    /// What to draw, in this order.
    pub shapes: Vec<Shape>,
    /// The details of each mark.
    pub tips: Vec<Tip>,
}

/// A shape with the class that gives it its colours.
#[derive(Clone, Debug, PartialEq)]
pub struct Shape {
    /// Its class in the style sheet.
    pub class: Cow<'static, str>,
    /// What it looks like.
    pub form: Form,
    /// The mark that it belongs to, as position in [`Picture::tips`].
    pub mark: Option<usize>,
}

/// What a shape looks like.
#[derive(Clone, Debug, PartialEq)]
pub enum Form {
    /// The data of an SVG path.
    Path(String),
    /// A circle: centre and radius.
    Circle(f64, f64, f64),
    /// A text: where its base line begins or ends, and what it says.
    Text(f64, f64, String),
}

/// Details of a mark.
#[derive(Clone, Debug, PartialEq)]
pub struct Tip {
    /// Where the mark is.
    pub at: (f64, f64),
    /// What it is.
    pub title: String,
    /// Its numbers: the series for the swatch where it has one, name, value.
    pub rows: Vec<(Option<usize>, String, String)>,
}

/// Texts in rows and columns. The first column names the row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// Heads of the columns.
    pub heads: Vec<String>,
    /// How many of the columns at the end are numbers.
    pub numbers: usize,
    /// The cells.
    pub rows: Vec<Vec<String>>,
    /// What is left out, in words; empty for nothing.
    pub more: String,
}

impl Picture {
    /// Adds a shape that belongs to no mark.
    pub fn add(&mut self, class: impl Into<Cow<'static, str>>, form: Form) {
        self.shapes.push(Shape { class: class.into(), form, mark: None });
    }

    /// Adds a shape of a mark.
    pub fn add_mark(&mut self, mark: usize, class: impl Into<Cow<'static, str>>, form: Form) {
        self.shapes.push(Shape { class: class.into(), form, mark: Some(mark) });
    }
}

/// A rectangle: left and top edge, width and height.
pub fn rect(x: f64, y: f64, width: f64, height: f64) -> Form {
    let [x, y, width, height] = [x, y, width, height].map(px);
    Form::Path(["M", &x, " ", &y, "h", &width, "v", &height, "h-", &width, "z"].concat())
}

/// Straight lines from point to point.
pub fn line(points: &[(f64, f64)]) -> Form {
    let mut data = String::new();
    for (index, &(x, y)) in points.iter().enumerate() {
        data.push_str(if index == 0 { "M" } else { "L" });
        data.push_str(&px(x));
        data.push(' ');
        data.push_str(&px(y));
    }
    Form::Path(data)
}

/// The class that fills a mark of series `index`, from 0.
pub fn fill(index: usize) -> &'static str {
    ["fill-1", "fill-2", "fill-3", "fill-4", "fill-5", "fill-6"][index % 6]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_are_paths() {
        assert_eq!(rect(1.0, 2.25, 30.0, 4.0), Form::Path("M1 2.3h30v4h-30z".to_owned()));
        assert_eq!(line(&[(0.0, 1.0), (2.0, 3.0)]), Form::Path("M0 1L2 3".to_owned()));
        assert_eq!(line(&[]), Form::Path(String::new()));
    }
}

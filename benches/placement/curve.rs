//! The gap over time as a picture: one line for each instance, natively and in the browser.

use std::fmt::Write;

/// A line: its name, whether it is dashed, and its points (milliseconds, percent).
pub struct Line {
    /// What it shows.
    pub name: String,
    /// Whether it is drawn with gaps.
    pub dashed: bool,
    /// Milliseconds and percent, in order of time.
    pub points: Vec<(f64, f64)>,
}

const WIDTH: f64 = 760.0;
const HEIGHT: f64 = 340.0;
const LEFT: f64 = 52.0;
const BOTTOM: f64 = 44.0;
const TOP: f64 = 14.0;
const LEGEND: f64 = 190.0;

/// Draws the lines; time is logarithmic.
pub fn svg(lines: &[Line]) -> String {
    let (first, last) = (30.0_f64, 10_000.0_f64);
    let points = || lines.iter().flat_map(|line| &line.points);
    let most = points().map(|point| point.1).fold(0.5, f64::max) * 1.1;
    let x = |time: f64| LEFT + (time.clamp(first, last) / first).ln() / (last / first).ln() * (WIDTH - LEFT - LEGEND);
    let y = |gap: f64| TOP + (1.0 - gap / most) * (HEIGHT - TOP - BOTTOM);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" font-family=\"sans-serif\" font-size=\"12\" role=\"img\">\n\
         <title>Gap between cost and proven bound over time</title>\n<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n"
    );
    for time in [30.0, 100.0, 300.0, 1000.0, 3000.0, 10_000.0] {
        let label = if time < 1000.0 { format!("{time} ms") } else { format!("{} s", time / 1000.0) };
        writeln!(
            svg,
            "<path d=\"M{0:.1} {TOP}V{1:.1}\" stroke=\"#ddd\"/><text x=\"{0:.1}\" y=\"{2:.1}\" text-anchor=\"middle\">{label}</text>",
            x(time),
            HEIGHT - BOTTOM,
            HEIGHT - BOTTOM + 18.0
        )
        .ok();
    }
    for step in 0..=4 {
        let gap = most * f64::from(step) / 4.0;
        writeln!(
            svg,
            "<path d=\"M{LEFT} {0:.1}H{1:.1}\" stroke=\"#ddd\"/><text x=\"{2:.1}\" y=\"{3:.1}\" text-anchor=\"end\">{gap:.1} %</text>",
            y(gap),
            WIDTH - LEGEND,
            LEFT - 6.0,
            y(gap) + 4.0
        )
        .ok();
    }
    let colours = ["#0b6", "#06c", "#c50", "#a3a", "#880", "#555"];
    for (number, line) in lines.iter().enumerate() {
        let colour = colours[number / 2 % colours.len()];
        let dash = if line.dashed { " stroke-dasharray=\"5 4\"" } else { "" };
        let path: Vec<String> =
            line.points.iter().map(|&(time, gap)| format!("{:.1} {:.1}", x(time), y(gap))).collect();
        let label = TOP + 16.0 * (number as f64 + 1.0);
        let start = WIDTH - LEGEND + 14.0;
        writeln!(
            svg,
            "<path d=\"M{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"{dash}/>\n\
             <path d=\"M{start} {1:.1}h22\" stroke=\"{colour}\" stroke-width=\"2\"{dash}/><text x=\"{2:.1}\" y=\"{label:.1}\">{3}</text>",
            path.join("L"),
            label - 4.0,
            start + 28.0,
            line.name
        )
        .ok();
    }
    svg.push_str("</svg>\n");
    svg
}

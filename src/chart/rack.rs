//! Hosts side by side, each a stack of its machines below the room that must stay free.

use super::picture::{Chart, Form, Picture, Table, Tip, line, rect};
use super::scale::px;

const HEIGHT: f64 = 190.0;
const LEFT: f64 = 46.0;
const TOP: f64 = 10.0;
/// Below the stacks, for the numbers of the hosts.
const BELOW: f64 = 22.0;
/// The widest that a host and the gap beside it are.
const WIDEST: f64 = 44.0;
/// Room for the number of a host.
const NUMBER: f64 = 26.0;
/// Machines that are lower than this are drawn as one: lines between them would hide them.
const LOWEST: f64 = 3.0;
/// Machines that the details of a host name.
const NAMED: usize = 4;
/// Between the lines of a hatching.
const HATCH: f64 = 5.0;

/// The chart: shares of one resource.
pub struct Rack {
    /// The resource, in words.
    pub resource: String,
    /// From the left.
    pub hosts: Vec<Stack>,
    /// The host that is shown elsewhere on the page.
    pub chosen: Option<usize>,
    /// How a share reads.
    pub format: fn(f64) -> String,
}

/// A host.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stack {
    /// Its number in the cluster, from 1.
    pub number: usize,
    /// Its machines with the share of the host that each takes, the largest first.
    pub machines: Vec<(String, f64)>,
    /// The share of it that must stay free.
    pub reserve: f64,
}

impl Stack {
    fn name(&self) -> String {
        format!("Host {}", self.number)
    }

    fn used(&self) -> f64 {
        self.machines.iter().map(|(_, share)| share).sum()
    }

    fn free(&self) -> f64 {
        (1.0 - self.used() - self.reserve).max(0.0)
    }
}

impl Rack {
    fn tip(&self, host: usize, at: (f64, f64)) -> Tip {
        let stack = &self.hosts[host];
        let (named, others) = stack.machines.split_at(stack.machines.len().min(NAMED));
        let mut rows: Vec<_> = named.iter().map(|(name, share)| (None, name.clone(), (self.format)(*share))).collect();
        if !others.is_empty() {
            let share = others.iter().map(|(_, share)| share).sum();
            rows.push((None, format!("{} more", others.len()), (self.format)(share)));
        }
        rows.push((None, "Kept for failures".to_owned(), (self.format)(stack.reserve)));
        rows.push((None, "Free".to_owned(), (self.format)(stack.free())));
        Tip { at, title: stack.name(), rows }
    }
}

impl Chart for Rack {
    fn summary(&self) -> String {
        let count = self.hosts.len().max(1) as f64;
        let mean = |of: fn(&Stack) -> f64| (self.format)(self.hosts.iter().map(of).sum::<f64>() / count);
        let (used, reserve) = (mean(Stack::used), mean(|stack| stack.reserve));
        format!("{} of {} hosts: {used} used, {reserve} kept for failures", self.resource, self.hosts.len())
    }

    fn picture(&self, width: f64) -> Picture {
        let bottom = HEIGHT - BELOW;
        let mut picture = Picture { height: HEIGHT, ..Picture::default() };
        let room = (width - LEFT).max(60.0);
        let step = (room / self.hosts.len().max(1) as f64).min(WIDEST);
        let bar = if step > 6.0 { step - 4.0 } else { step * 0.8 };
        let y = |share: f64| bottom - share.min(1.0) * (bottom - TOP);
        for (index, share) in [0.0, 0.5, 1.0].into_iter().enumerate() {
            let end = LEFT + step * self.hosts.len() as f64;
            picture.add(if index == 0 { "axis-line" } else { "grid-line" }, line(&[(LEFT, y(share)), (end, y(share))]));
            picture.add("label-muted end", Form::Text(LEFT - 8.0, y(share) + 4.0, (self.format)(share)));
        }
        let (mut filled, mut between, mut hatched) = (String::new(), String::new(), String::new());
        let every = (NUMBER / step).ceil().max(1.0) as usize;
        for (host, stack) in self.hosts.iter().enumerate() {
            let (x, mut top) = (LEFT + step * host as f64, bottom);
            add(&mut filled, rect(x, y(stack.used()), bar, bottom - y(stack.used())));
            let mut sum = 0.0;
            for (_, share) in &stack.machines {
                sum += share;
                if top - y(sum) < LOWEST {
                    break;
                }
                top = y(sum);
                add(&mut between, line(&[(x, top), (x + bar, top)]));
            }
            hatch(&mut hatched, (x, TOP), (bar, y(1.0 - stack.reserve) - TOP));
            if self.chosen == Some(host) || self.chosen.is_none() && host % every == 0 {
                let class = if self.chosen.is_some() { "label-strong middle" } else { "label-muted middle" };
                picture.add(class, Form::Text(x + bar / 2.0, HEIGHT - 6.0, stack.number.to_string()));
            }
        }
        picture.add("fill-1", Form::Path(filled));
        picture.add("stack-line", Form::Path(between));
        picture.add("hatch", Form::Path(hatched));
        for host in 0..self.hosts.len() {
            let x = LEFT + step * host as f64;
            picture.add_mark(host, "mark-hit", rect(x - (step - bar) / 2.0, TOP, step, bottom - TOP));
            picture.tips.push(self.tip(host, (x + bar / 2.0, TOP + 24.0)));
        }
        picture
    }

    fn table(&self) -> Table {
        let heads = ["Host", "Machines", "Used", "Kept for failures", "Free"].map(str::to_owned).to_vec();
        let row = |stack: &Stack| {
            let shares = [stack.used(), stack.reserve, stack.free()].map(self.format);
            [stack.name(), stack.machines.len().to_string()].into_iter().chain(shares).collect()
        };
        Table { heads, numbers: 4, rows: self.hosts.iter().map(row).collect(), more: String::new() }
    }
}

fn add(path: &mut String, form: Form) {
    if let Form::Path(data) = form {
        path.push_str(&data);
    }
}

/// Lines that rise to the right through a rectangle, by its left and top edge and its size.
fn hatch(path: &mut String, (x, y): (f64, f64), (width, height): (f64, f64)) {
    // Each line is that on which x + y is the same, counted from the corner.
    let mut sum = HATCH;
    while sum < width + height && height >= 1.0 {
        let (from, to) = ((sum - height).max(0.0), sum.min(width));
        for (command, x, y) in [("M", x + from, y + sum - from), ("L", x + to, y + sum - to)] {
            path.push_str(&[command, &px(x), " ", &px(y)].concat());
        }
        sum += HATCH;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chart() -> Rack {
        let stack = |number, shares: &[f64], reserve| Stack {
            number,
            machines: shares.iter().enumerate().map(|(at, share)| (format!("m{at}"), *share)).collect(),
            reserve,
        };
        Rack {
            resource: "Memory".to_owned(),
            hosts: vec![
                stack(2, &[0.3, 0.2, 0.1, 0.05, 0.04, 0.01], 0.2),
                stack(3, &[], 1.0),
                stack(5, &[0.001; 9], 0.0),
            ],
            chosen: None,
            format: |share| format!("{:.0} %", share * 100.0),
        }
    }

    fn path(class: &str) -> String {
        let picture = chart().picture(400.0);
        let found = picture.shapes.into_iter().find(|shape| shape.class == class).expect("is drawn");
        let Form::Path(data) = found.form else { panic!("a path") };
        data
    }

    #[test]
    fn machines_stand_on_each_other_up_to_what_the_host_uses() {
        // Of 158 px 70 % are 110.6.
        assert!(path("fill-1").starts_with("M46 57.4h40v110.6h-40z"), "{}", path("fill-1"));
        // A line above each of the five that are high enough; none above machines that are too low to be seen.
        assert_eq!(path("stack-line").matches('M').count(), 5);
        assert!(path("stack-line").starts_with("M46 120.6L86 120.6"));
    }

    #[test]
    fn what_must_stay_free_is_hatched() {
        // 20 % of the first host, 31.6 px, and all of the second; the third has none.
        let data = path("hatch");
        assert!(data.starts_with("M46 15L51 10"), "{data}");
        assert_eq!(data.matches('M').count(), 14 + 39);
        assert!(!data.contains("M134 "));
    }

    #[test]
    fn each_host_is_a_mark_and_a_row() {
        let picture = chart().picture(400.0);
        assert_eq!(picture.tips.len(), 3);
        let rows: Vec<String> =
            picture.tips[0].rows.iter().map(|(_, name, value)| format!("{name}: {value}")).collect();
        assert_eq!(
            rows,
            ["m0: 30 %", "m1: 20 %", "m2: 10 %", "m3: 5 %", "2 more: 5 %", "Kept for failures: 20 %", "Free: 10 %"]
        );
        assert_eq!(picture.tips[2].title, "Host 5");
        assert_eq!(chart().table().rows[0], ["Host 2", "6", "70 %", "20 %", "10 %"]);
        assert_eq!(chart().summary(), "Memory of 3 hosts: 24 % used, 40 % kept for failures");
    }

    #[test]
    fn numbers_of_many_hosts_stand_apart_and_the_chosen_one_is_told() {
        let hosts = (1..=160).map(|number| Stack { number, ..Stack::default() }).collect();
        let many = Rack { hosts, ..chart() };
        let numbers = |chart: &Rack| {
            let shapes = chart.picture(700.0).shapes;
            let texts = shapes.into_iter().filter(|shape| shape.class.ends_with("middle"));
            texts.filter_map(|shape| if let Form::Text(_, _, text) = shape.form { Some(text) } else { None }).collect()
        };
        let shown: Vec<String> = numbers(&many);
        assert_eq!((shown.len(), shown[1].as_str()), (23, "8"));
        assert_eq!(numbers(&Rack { chosen: Some(4), ..many }), ["5"]);
    }
}

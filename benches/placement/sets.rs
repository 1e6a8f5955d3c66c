//! The instances of a run: published ones where they are beside the project, ones made here in any case.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};

use super::{Failure, Task, generate};

/// The sets, in the order of the report.
pub const SETS: [&str; 8] = ["planner10k", "clouds", "Panigrahy", "New", "Triplet", "generated", "monaci", "scale"];

/// What to run.
pub struct Options {
    /// Sets; all where none is named.
    only: Vec<String>,
    /// Of the sets with many instances every so many.
    sample: usize,
    /// No time limit above this, in milliseconds.
    most: u64,
}

impl Options {
    /// Reads `--only SET`, `--sample N` and `--most MILLISECONDS`.
    pub fn parse(arguments: &[&str]) -> Result<Self, Failure> {
        let mut options = Self { only: Vec::new(), sample: 1, most: u64::MAX };
        for pair in arguments.chunks(2) {
            match *pair {
                ["--only", set] if SETS.contains(&set) => options.only.push(set.to_owned()),
                ["--only", set] => return Err(format!("there is no set {set}; there are {}", SETS.join(", ")).into()),
                ["--sample", number] => options.sample = number.parse::<usize>()?.max(1),
                ["--most", number] => options.most = number.parse()?,
                _ => return Err(format!("unknown option {}", pair.join(" ")).into()),
            }
        }
        Ok(options)
    }

    fn wants(&self, set: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|only| only == set)
    }
}

/// Collects the tasks and writes their files.
struct Writer<'a> {
    folder: &'a Path,
    options: &'a Options,
    tasks: Vec<Task>,
    seen: BTreeMap<String, usize>,
}

/// What is published of an instance.
#[derive(Clone, Copy, Default)]
struct Published {
    lower: Option<f64>,
    optimum: Option<f64>,
    heuristic: Option<f64>,
}

/// Writes the files of all instances and their list.
fn write_all(folder: &Path, options: &Options) -> Result<usize, Failure> {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/bench");
    let mut writer = Writer { folder, options, tasks: Vec::new(), seen: BTreeMap::new() };
    let mut missing = Vec::new();
    for name in ["planner10k-1", "planner10k-2", "planner10k-3"] {
        match unpacked(&shared.join(format!("{name}.json.gz"))) {
            Some(bytes) => {
                let text = String::from_utf8(bytes)?;
                writer.add("planner10k", name, "json", &text, 10_000, &CURVE, Published::default())?;
            }
            None => missing.push(name.to_owned()),
        }
    }
    for (name, machines) in [("azure10k", 10_000), ("openb", 8_147), ("synth10k", 10_000)] {
        match std::fs::read_to_string(shared.join(format!("{name}.vbp"))) {
            Ok(text) => writer.add("clouds", name, "vbp", &text, machines, &CURVE, Published::default())?,
            Err(_) => missing.push(name.to_owned()),
        }
    }
    if let Some(archive) = unpacked(&shared.join("vbp.tar.gz")) {
        classics(&mut writer, &archive, &shared)?;
    } else {
        missing.push("the classic sets".to_owned());
        for (name, text, count) in generate::classes(1) {
            writer.add("generated", &name, "vbp", &text, count, &[1000, 10_000], Published::default())?;
        }
    }
    for (name, text, count) in generate::monaci(1) {
        writer.add("monaci", &name, "mvp", &text, count, &[500], Published::default())?;
    }
    for machines in [100, 300, 1000, 3000, 10_000, 30_000, 100_000] {
        let text = generate::planner(machines, 1);
        let limits = [1000, 10_000];
        writer.add("scale", &format!("planner-{machines}"), "json", &text, machines, &limits, Published::default())?;
        let text = generate::estate(machines, 1);
        writer.add("scale", &format!("estate-{machines}"), "vbp", &text, machines, &limits, Published::default())?;
    }
    if !missing.is_empty() {
        println!("Left out, for they are not in {}: {}", shared.display(), missing.join(", "));
    }
    super::write(&folder.join("tasks.json"), &writer.tasks)?;
    Ok(writer.tasks.len())
}

/// Times at which the gap is looked at for its curve, in milliseconds.
const CURVE: [u64; 6] = [30, 100, 300, 1000, 3000, 10_000];

/// Writes the tasks and tells how many there are.
pub fn write(folder: &Path, options: &Options) -> Result<(), Failure> {
    let count = write_all(folder, options)?;
    println!("{count} instances in {}", folder.display());
    Ok(())
}

impl Writer<'_> {
    #[expect(clippy::too_many_arguments, reason = "one line for each instance reads best")]
    fn add(
        &mut self,
        set: &str,
        name: &str,
        ending: &str,
        text: &str,
        machines: usize,
        limits: &[u64],
        published: Published,
    ) -> Result<(), Failure> {
        let seen = self.seen.entry(set.to_owned()).or_insert(0);
        *seen += 1;
        let many = matches!(set, "Panigrahy" | "New" | "Triplet" | "monaci" | "generated");
        if !self.options.wants(set) || (many && !(*seen - 1).is_multiple_of(self.options.sample)) {
            return Ok(());
        }
        let file = format!("{}.{ending}", name.replace('/', "-"));
        std::fs::write(self.folder.join(&file), text)?;
        let limits = limits.iter().copied().filter(|&limit| limit <= self.options.most).collect();
        self.tasks.push(Task {
            set: set.to_owned(),
            name: name.to_owned(),
            file,
            machines,
            limits,
            lower: published.lower,
            optimum: published.optimum,
            heuristic: published.heuristic,
        });
        Ok(())
    }
}

/// The classic instances of an archive, with what is published of them.
fn classics(writer: &mut Writer<'_>, archive: &[u8], shared: &Path) -> Result<(), Failure> {
    let mut known = BTreeMap::new();
    for line in std::fs::read_to_string(shared.join("vbp-known.csv"))?.lines().skip(1) {
        let [family, name, lower, optimum, heuristic] = line.split(',').collect::<Vec<_>>()[..] else { continue };
        let number = |text: &str| text.parse::<f64>().ok().filter(|number| *number >= 0.0);
        let published = Published { lower: number(lower), optimum: number(optimum), heuristic: number(heuristic) };
        known.insert(format!("{family}/{name}"), published);
    }
    let files: BTreeMap<PathBuf, String> = untar(archive).into_iter().collect();
    for (path, text) in files {
        let Some(name) = path.to_str().and_then(|path| path.strip_prefix("vbp/")?.strip_suffix(".vbp")) else {
            continue;
        };
        let Some((set, _)) = name.split_once('/') else { continue };
        let Some(&published) = known.get(name) else { continue };
        let count = text.split_ascii_whitespace().count();
        let dimensions: usize = text.split_ascii_whitespace().next().unwrap_or("1").parse()?;
        // A capacity, a number of types, and for each type a vector and a count; nearly all counts are 1.
        let items = (count - 2 - dimensions) / (dimensions + 1);
        let limits: &[u64] = if set == "Triplet" { &[1000, 5000, 30_000] } else { &[1000, 10_000] };
        writer.add(set, name, "vbp", &text, items, limits, published)?;
    }
    Ok(())
}

/// The content of a `.gz` file; `None` where it is not there.
fn unpacked(path: &Path) -> Option<Vec<u8>> {
    let mut content = Vec::new();
    flate2::read::GzDecoder::new(std::fs::File::open(path).ok()?).read_to_end(&mut content).ok()?;
    Some(content)
}

/// The files of a tar archive (ustar: blocks of 512 bytes, a header before each file with its name, its size in octal digits, and its kind).
fn untar(archive: &[u8]) -> Vec<(PathBuf, String)> {
    let mut files = Vec::new();
    let mut at = 0;
    while let Some(header) = archive.get(at..at + 512) {
        let text = |from: usize, to: usize| {
            String::from_utf8_lossy(&header[from..to]).trim_matches(|letter| letter == '\0' || letter == ' ').to_owned()
        };
        let size = usize::from_str_radix(&text(124, 136), 8).unwrap_or(0);
        at += 512;
        if matches!(header[156], b'0' | 0)
            && let Some(content) = archive.get(at..at + size)
        {
            let name = text(0, 100);
            files.push((PathBuf::from(name.trim_start_matches("./")), String::from_utf8_lossy(content).into_owned()));
        }
        at += size.div_ceil(512) * 512;
    }
    files
}

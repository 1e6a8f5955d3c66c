//! `cargo xtask bench`: the benchmarks of the engine, natively and in the browser.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use lexopt::{Arg, Parser, ValueExt};

use super::build;
use crate::process::Run;
use crate::project;
use crate::split::ENGINE;
use crate::terminal::{heading, say};
use crate::tools::{RELEASE_TOOLS, Tool, Toolbox, npm};
use crate::versions::HIGHS;

/// The packages of peers, at the versions they were tried with.
const PEERS: [&str; 3] = ["highspy==1.16.0", "ortools==9.15.6755", "numpy"];

/// Which benchmarks to run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Part {
    #[default]
    All,
    Placement,
    Money,
    Lighthouse,
}

/// What to run.
#[derive(Debug, Default)]
pub struct Options {
    part: Part,
    /// Handed on to `benches/placement`.
    tasks: Vec<String>,
    no_browser: bool,
    docs: bool,
    /// Seconds for each peer and instance.
    peers: Option<f64>,
}

impl Options {
    /// Reads the arguments behind `bench`.
    pub fn parse(parser: &mut Parser) -> Result<Self> {
        let mut options = Self::default();
        while let Some(arg) = parser.next()? {
            match arg {
                Arg::Value(part) if part == "placement" => options.part = Part::Placement,
                Arg::Value(part) if part == "money" => options.part = Part::Money,
                Arg::Value(part) if part == "lighthouse" => options.part = Part::Lighthouse,
                Arg::Long(name @ ("only" | "sample" | "most")) => {
                    options.tasks.push(format!("--{name}"));
                    options.tasks.push(parser.value()?.string()?);
                }
                Arg::Long("no-browser") => options.no_browser = true,
                Arg::Long("docs") => options.docs = true,
                Arg::Long("peers") => options.peers = Some(parser.value()?.parse()?),
                other => return Err(other.unexpected().into()),
            }
        }
        Ok(options)
    }
}

/// Runs the benchmarks. They print their own figures beside their targets.
pub fn run(options: &Options) -> Result<()> {
    if options.part == Part::Lighthouse {
        return lighthouse();
    }
    if options.part == Part::Money {
        return money();
    }
    if options.part == Part::All {
        heading("Engine, native");
        bench("engine").check()?;
        heading("App and engine, in the browser");
        let toolbox = Toolbox::with(&[Tool::Browser, Tool::BrowserTests])?;
        build::build_if_stale()?;
        for machines in ["10000", "2000"] {
            toolbox.equip(Run::new("node").arg("tests/e2e/bench.mjs").env("MACHINES", machines)).check()?;
        }
        money()?;
        lighthouse()?;
    }
    heading("Placement");
    let folder = project::path("target/placement-bench");
    for old in ["native.json", "browser.json", "peers.json", "edits.json"] {
        std::fs::remove_file(folder.join(old)).ok();
    }
    placement(&["tasks"]).args(&options.tasks).check()?;
    placement(&["native"]).check()?;
    placement(&["edits"]).check()?;
    if options.no_browser {
        say("Left out: the browser");
    } else {
        in_browser(&folder)?;
    }
    if let Some(seconds) = options.peers {
        peers(&folder, seconds)?;
    }
    let docs: &[&str] = if options.docs { &["report", "--docs"] } else { &["report"] };
    placement(docs).check()
}

/// Measures prices, ledgers and draws in a worker of a real browser; the native figures are those of the engine.
fn money() -> Result<()> {
    heading("Money, in the browser");
    let folder = project::path("target/money-bench");
    let toolbox = browser_module(&folder)?;
    toolbox.equip(Run::new("node").arg("tests/e2e/bench_money.mjs").arg(&folder)).check()
}

/// Judges the first page by Lighthouse.
fn lighthouse() -> Result<()> {
    heading("Lighthouse, on a phone");
    let toolbox = Toolbox::with(&[Tool::Browser, Tool::Lighthouse])?;
    build::build_if_stale()?;
    toolbox.equip(Run::new("node").arg("tests/e2e/lighthouse.mjs")).check()
}

fn bench(name: &str) -> Run {
    Run::cargo("bench").args(["--profile", "native", "--bench", name])
}

fn placement(arguments: &[&str]) -> Run {
    bench("placement").arg("--").args(arguments)
}

/// Lets a worker of a real browser answer the tasks.
fn in_browser(folder: &Path) -> Result<()> {
    let toolbox = browser_module(folder)?;
    toolbox.equip(Run::new("node").arg("tests/e2e/bench_placement.mjs").arg(folder)).check()
}

/// Builds what is measured as a module of its own, as the engine of the site is built. Returns the tools to run it with.
fn browser_module(folder: &Path) -> Result<Toolbox> {
    let toolbox = Toolbox::with(&[&RELEASE_TOOLS[..], &[Tool::Browser, Tool::BrowserTests]].concat())?;
    let target = "wasm32-unknown-unknown";
    Run::cargo("build")
        .args(["--profile", ENGINE.profile, "--target", target, "--example", "placement_wasm"])
        .check()?;
    let module = project::path("target").join(target).join(ENGINE.profile).join("examples/placement_wasm.wasm");
    let bindgen = Run::new("wasm-bindgen").args(["--target", "no-modules", "--no-typescript", "--out-dir"]);
    toolbox.equip(bindgen.arg(folder).arg(&module)).check()?;
    let bound = folder.join("placement_wasm_bg.wasm");
    ENGINE.optimise(&toolbox, &bound, &bound)?;
    Ok(toolbox)
}

/// Installs the peers into `target/peers`, once, and lets them answer the tasks.
fn peers(folder: &Path, seconds: f64) -> Result<()> {
    let home = project::path("target/peers");
    let python = interpreter(&home);
    if !home.join("ready").is_file() {
        let system = if cfg!(windows) { "python" } else { "python3" };
        Run::new(system)
            .args(["-m", "venv"])
            .arg(&home)
            .check()
            .context("the peers are Python packages: install Python 3 with its module venv, or run without --peers")?;
        let install = || Run::new(&python).args(["-m", "pip", "install", "--quiet"]);
        install().args(PEERS).check()?;
        // VPSolver is built from source, with tools that are older than those of today.
        install().args(["setuptools<80", "wheel"]).check()?;
        install().args(["--no-build-isolation", "pympl", "pyvpsolver==3.1.4"]).check()?;
        std::fs::write(home.join("ready"), "")?;
    }
    if seconds <= 0.0 {
        bail!("--peers takes the seconds for each peer and instance");
    }
    Run::new(&python).arg("benches/peers.py").arg(folder).arg(seconds.to_string()).check()?;
    peers_in_browser(folder, &home, seconds)
}

/// The one peer that runs in browsers.
fn peers_in_browser(folder: &Path, home: &Path, seconds: f64) -> Result<()> {
    let toolbox = Toolbox::with(&[Tool::Browser, Tool::BrowserTests])?;
    let build = home.join("node_modules/highs/build");
    if !build.is_dir() {
        npm::install(home, &format!("highs@{HIGHS}")).context("the peer in the browser is a package of npm")?;
    }
    let script = Run::new("node").arg("tests/e2e/bench_peers.mjs").arg(folder).arg(build);
    toolbox.equip(script.arg(seconds.to_string())).check()
}

fn interpreter(home: &Path) -> PathBuf {
    if cfg!(windows) { home.join("Scripts/python.exe") } else { home.join("bin/python") }
}

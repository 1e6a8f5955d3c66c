//! The release build, beside other parts.

use std::env;
use std::fs::{self, File};
use std::path::PathBuf;
use std::process::Child;

use anyhow::{Context, Result, ensure};

use crate::process::Run;
use crate::project;
use crate::terminal::say;

/// A `cargo xtask build` that runs on its own. Dropped before its end, it is ended after its present step.
pub struct Ahead {
    child: Child,
    log: PathBuf,
}

impl Ahead {
    /// Starts it; what it prints is kept for later.
    pub fn start() -> Result<Self> {
        let log = project::target_dir().join("build.log");
        let output = File::create(&log).with_context(|| format!("cannot write {}", log.display()))?;
        let this = env::current_exe().context("cannot tell where this program is")?;
        say(format!("The release build begins beside the other parts; it prints to {}", log.display()));
        Ok(Self { child: Run::new(this).arg("build").start_into(output)?, log })
    }

    /// Waits for its end, and shows what it printed.
    pub fn finish(mut self) -> Result<()> {
        let status = self.child.wait().context("cannot wait for the release build")?;
        say(fs::read_to_string(&self.log).with_context(|| format!("cannot read {}", self.log.display()))?.trim_end());
        ensure!(status.success(), "the release build failed ({status})");
        Ok(())
    }
}

impl Drop for Ahead {
    fn drop(&mut self) {
        self.child.kill().ok();
    }
}

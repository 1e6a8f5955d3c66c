//! Running other programs: shown before they run, with an error that names them when they fail.

use std::env;
use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};

use anyhow::{Context, Result, bail};

use crate::project;
use crate::terminal::say;

/// A program about to be run at the top of the repository.
pub struct Run {
    command: Command,
    shown: String,
}

impl Run {
    /// Prepares `program` without arguments.
    pub fn new(program: impl AsRef<OsStr>) -> Self {
        let program = program.as_ref();
        let mut command = Command::new(program);
        command.current_dir(project::root());
        let shown = Path::new(program).file_stem().unwrap_or(program).to_string_lossy().into_owned();
        Self { command, shown }
    }

    /// Prepares cargo. Where nobody watches, a lock file that is out of date is an error and not an update.
    pub fn cargo(subcommand: &str) -> Self {
        let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let run = Self::new(cargo).arg(subcommand);
        if project::is_ci() && subcommand != "fmt" && subcommand != "install" {
            run.arg("--locked").env("CARGO_INCREMENTAL", "0")
        } else {
            run
        }
    }

    /// Adds one argument.
    pub fn arg(mut self, arg: impl AsRef<OsStr>) -> Self {
        self.shown.push(' ');
        self.shown.push_str(&arg.as_ref().to_string_lossy());
        self.command.arg(arg);
        self
    }

    /// Adds arguments.
    pub fn args<A: AsRef<OsStr>>(self, args: impl IntoIterator<Item = A>) -> Self {
        args.into_iter().fold(self, Self::arg)
    }

    /// Sets an environment variable.
    pub fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    /// Removes an environment variable.
    pub fn without_env(mut self, name: &str) -> Self {
        self.command.env_remove(name);
        self
    }

    /// Runs in `dir` instead of at the top of the repository.
    pub fn within(mut self, dir: impl AsRef<Path>) -> Self {
        self.command.current_dir(dir);
        self
    }

    /// Runs to the end with its output shown; an exit code other than 0 is an error.
    pub fn check(mut self) -> Result<()> {
        self.announce();
        let status =
            self.command.stdin(Stdio::null()).status().with_context(|| format!("cannot start `{}`", self.shown))?;
        self.judge(status)
    }

    /// Runs to the end with its output shown; each line of its standard output also goes to `see`.
    pub fn check_watching(mut self, mut see: impl FnMut(&str)) -> Result<()> {
        self.announce();
        let mut child = self
            .command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("cannot start `{}`", self.shown))?;
        let output = child.stdout.take().context("the program has no standard output")?;
        for line in BufReader::new(output).split(b'\n') {
            let line = line.with_context(|| format!("cannot read the output of `{}`", self.shown))?;
            let line = String::from_utf8_lossy(&line);
            say(line.trim_end_matches('\r'));
            see(&line);
        }
        let status = child.wait().with_context(|| format!("cannot wait for `{}`", self.shown))?;
        self.judge(status)
    }

    /// Starts it and returns at once.
    pub fn start(mut self) -> Result<Child> {
        self.announce();
        self.command.stdin(Stdio::null()).spawn().with_context(|| format!("cannot start `{}`", self.shown))
    }

    /// Starts it and returns at once; all that it prints goes to `output`.
    pub fn start_into(mut self, output: File) -> Result<Child> {
        self.announce();
        let errors = output.try_clone().context("cannot share the file for output")?;
        let command = self.command.stdin(Stdio::null()).stdout(output).stderr(errors);
        command.spawn().with_context(|| format!("cannot start `{}`", self.shown))
    }

    /// Runs it silently and returns its standard output, or `None` where it cannot be started or fails.
    pub fn read(mut self) -> Option<String> {
        let output = self.command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
        output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
    }

    fn announce(&self) {
        say(format!("$ {}", self.shown));
        // Lines of the program must not overtake the line that announces it.
        std::io::stdout().flush().ok();
    }

    fn judge(&self, status: ExitStatus) -> Result<()> {
        if !status.success() {
            bail!("`{}` failed ({status})", self.shown);
        }
        Ok(())
    }
}

/// Finds a program in the directories of `path` (a value of the variable PATH).
pub fn find_in(path: &OsStr, program: &str) -> Option<PathBuf> {
    let endings: &[&str] = if cfg!(windows) { &[".exe", ".cmd", ".bat"] } else { &[""] };
    env::split_paths(path)
        .flat_map(|dir| endings.iter().map(move |ending| dir.join(format!("{program}{ending}"))))
        .find(|candidate| candidate.is_file())
}

/// Finds a program on the PATH of this process.
pub fn find(program: &str) -> Option<PathBuf> {
    find_in(&env::var_os("PATH").unwrap_or_default(), program)
}

/// `PATH` with `dirs` before everything else.
pub fn path_with(dirs: &[PathBuf]) -> Result<OsString> {
    let inherited = env::var_os("PATH").unwrap_or_default();
    env::join_paths(dirs.iter().cloned().chain(env::split_paths(&inherited)))
        .context("a directory on PATH has a character that PATH cannot hold")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failure_names_the_command() {
        let error = Run::cargo("no-such-subcommand").check().unwrap_err().to_string();
        assert!(error.contains("no-such-subcommand"), "{error}");
    }

    #[test]
    fn output_is_seen_line_by_line() {
        let mut lines = Vec::new();
        Run::cargo("version").check_watching(|line| lines.push(line.to_owned())).unwrap();
        assert!(lines.len() == 1 && lines[0].starts_with("cargo 1."), "{lines:?}");
    }

    #[test]
    fn programs_are_found_on_a_given_path_only() {
        assert!(find("cargo").is_some());
        assert_eq!(find_in(OsStr::new(""), "cargo"), None);
    }
}

//! What comes from `PyPI`: the generators of documentation in which the journeys embed a plan. The only tools that may be missing, for nothing but
//! those journeys needs them: then they are skipped.

use std::fs;

use crate::process::{Run, find};
use crate::project;
use crate::terminal::say;

/// Puts the packages that `examples/docs/requirements.txt` names into `.tools/docs`, where there is a Python to do it.
pub fn try_generators() {
    let home = project::tools_dir().join("docs");
    let wanted = project::path("examples/docs/requirements.txt");
    let installed = home.join("installed-requirements.txt");
    let list = fs::read(&wanted).unwrap_or_default();
    if fs::read(&installed).is_ok_and(|before| before == list) {
        return;
    }
    let Some(python) = find("python3") else {
        return say("python3 is not on PATH: the journeys in generated documentation will be skipped");
    };
    say("Installing the packages of examples/docs/requirements.txt");
    let pip = home.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    let install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r"];
    let result = Run::new(python)
        .args(["-m", "venv"])
        .arg(&home)
        .check()
        .and_then(|()| Run::new(pip).args(install).arg(&wanted).check())
        .and_then(|()| Ok(fs::write(&installed, list)?));
    if let Err(error) = result {
        say(format!("{error:#}: the journeys in generated documentation will be skipped"));
    }
}

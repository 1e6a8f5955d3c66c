//! `cargo xtask serve`: the app on this machine, rebuilt on every change.

use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use lexopt::{Arg, Parser, ValueExt};

use super::build::trunk;
use crate::build_id;
use crate::project;
use crate::terminal::{heading, say};
use crate::tools::{RELEASE_TOOLS, SITE_TOOLS, Toolbox};

/// How to serve.
pub struct Options {
    /// The port on 127.0.0.1.
    port: u16,
    /// Serve the release build, which is smaller and faster but takes longer to make.
    release: bool,
}

impl Options {
    /// Reads `--port N` and `--release`.
    pub fn parse(parser: &mut Parser) -> Result<Self, lexopt::Error> {
        let mut options = Self { port: 8080, release: false };
        while let Some(arg) = parser.next()? {
            match arg {
                Arg::Long("port") => options.port = parser.value()?.parse()?,
                Arg::Long("release") => options.release = true,
                other => return Err(other.unexpected()),
            }
        }
        Ok(options)
    }
}

/// Serves until it is interrupted.
pub fn run(options: &Options) -> Result<()> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, options.port));
    drop(TcpListener::bind(address).with_context(|| format!("{address} is taken; choose another one with --port"))?);
    let toolbox = Toolbox::with(if options.release { &RELEASE_TOOLS } else { &SITE_TOOLS })?;

    heading("Build and serve");
    // A directory of its own: `dist/` holds release builds only.
    let dist = project::target_dir().join("serve");
    let trunk = trunk("serve", &build_id::current()?)
        .args(["--address", "127.0.0.1", "--port", &options.port.to_string(), "--public-url", "/", "--dist"])
        .arg(dist)
        .args(options.release.then_some("--release"));
    let mut server = toolbox.equip(trunk).start()?;
    // Trunk listens once the first build is done.
    while TcpStream::connect(address).is_err() {
        if let Some(status) = server.try_wait().context("cannot look after trunk")? {
            bail!("`trunk serve` ended before it served anything ({status})");
        }
        thread::sleep(Duration::from_millis(200));
    }
    say(format!("\nGroundwork is at http://{address} (Ctrl-C ends it)\n"));
    let status = server.wait().context("cannot wait for trunk")?;
    if !status.success() {
        bail!("`trunk serve` failed ({status})");
    }
    Ok(())
}

//! `cargo xtask gzip`: what comes in as gzip, as small as deflate can be. `xtask/site/single.mjs` calls it for every part of the single file, which is packed
//! once and carried around often: 4 % less than zlib's best.

use std::io::{self, Write as _};
use std::num::NonZeroU64;

use anyhow::{Context, Result};
use zopfli::{Format, Options};

/// How often a block is gone over; more bring next to nothing.
const ROUNDS: NonZeroU64 = NonZeroU64::new(5).expect("not zero");

/// Packs standard input to standard output.
pub fn run() -> Result<()> {
    let mut packed = Vec::new();
    let options = Options { iteration_count: ROUNDS, ..Options::default() };
    zopfli::compress(options, Format::Gzip, io::stdin().lock(), &mut packed)
        .context("cannot read what is to be packed")?;
    io::stdout().lock().write_all(&packed).context("cannot write what is packed")
}

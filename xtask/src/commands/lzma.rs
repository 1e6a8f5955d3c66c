//! `cargo xtask lzma`: what comes in as LZMA, as small as can be. `xtask/site/single.mjs` calls it for every part of the single file, which is packed once and
//! carried around often: a fifth less than gzip.

use std::io::{self, Read as _, Write as _};

use anyhow::{Context, Result};
use lzma_rust2::{LzmaOptions, LzmaWriter};

/// Packs standard input to standard output, with a header that tells the size.
pub fn run() -> Result<()> {
    let mut content = Vec::new();
    io::stdin().lock().read_to_end(&mut content).context("cannot read what is to be packed")?;
    let packed = pack(&content).context("cannot pack what came in")?;
    io::stdout().lock().write_all(&packed).context("cannot write what is packed")
}

fn pack(content: &[u8]) -> Result<Vec<u8>> {
    let mut options = LzmaOptions::with_preset(9);
    // Nothing here stands at even places: that saves a hundredth.
    options.pb = 0;
    options.nice_len = LzmaOptions::NICE_LEN_MAX;
    let mut writer = LzmaWriter::new_use_header(Vec::new(), &options, Some(content.len() as u64))?;
    writer.write_all(content)?;
    Ok(writer.finish()?)
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use lzma_rust2::LzmaReader;

    use super::*;

    #[test]
    fn what_is_packed_is_small_and_comes_back() {
        let content = include_bytes!("lzma.rs").repeat(9);
        let packed = pack(&content).unwrap();
        assert!(packed.len() * 9 < content.len(), "{} of {}", packed.len(), content.len());
        let mut back = Vec::new();
        LzmaReader::new_mem_limit(&packed[..], u32::MAX, None).unwrap().read_to_end(&mut back).unwrap();
        assert!(back == content);
    }
}

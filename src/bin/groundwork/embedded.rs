//! The catalogue that travels inside this program, so that it needs no other file.

use groundwork::engine::catalog::{self, Catalog};
use groundwork::engine::model::Footprint;
use include_dir::{Dir, include_dir};

use crate::files::Failure;

/// What `cargo xtask catalog` wrote: the same files that the app loads.
static PACKS: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/static/catalog");

/// The catalogue without instance prices.
pub fn core() -> Result<Catalog, Failure> {
    catalog::load_core(pack(catalog::CORE_FILE)?).map_err(|error| damaged(catalog::CORE_FILE, &error))
}

/// Loads what these footprints need beyond what is loaded.
pub fn load_instances(catalog: &mut Catalog, footprints: &[Footprint]) -> Result<(), Failure> {
    for file in catalog.needed_files(footprints) {
        catalog.load_instances(pack(&file)?).map_err(|error| damaged(&file, &error))?;
    }
    Ok(())
}

fn pack(file: &str) -> Result<&'static [u8], Failure> {
    let found = PACKS.get_file(file).map(include_dir::File::contents);
    found.ok_or_else(|| Failure::Other(format!("this program was built without the catalogue file {file}")))
}

fn damaged(file: &str, error: &catalog::CatalogError) -> Failure {
    Failure::Other(format!(
        "the catalogue file {file} in this program: {error}; run `cargo xtask catalog` and build again"
    ))
}

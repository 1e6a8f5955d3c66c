//! The packed catalogue in `static/catalog/` is what the source tables in `catalog/` give.
//!
//! `UPDATE_CATALOG=1 cargo test --test catalog_packs` writes it anew.

#![cfg(not(target_arch = "wasm32"))]

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use groundwork::engine::catalog;

fn folder(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn tables() -> BTreeMap<String, String> {
    let mut tables = BTreeMap::new();
    for entry in fs::read_dir(folder("catalog")).expect("the folder catalog/") {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|extension| extension == "csv") {
            let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
            tables.insert(name, fs::read_to_string(&path).expect("readable"));
        }
    }
    tables
}

#[test]
fn the_packed_files_are_what_the_tables_give() {
    let packs = catalog::build(&tables()).unwrap_or_else(|error| panic!("{error}"));
    for (name, bytes) in &packs {
        println!("{:>7} bytes  {name}", bytes.len());
    }
    println!("{:>7} bytes in {} files", packs.values().map(Vec::len).sum::<usize>(), packs.len());

    let out = folder("static/catalog");
    if std::env::var_os("UPDATE_CATALOG").is_some() {
        if out.exists() {
            fs::remove_dir_all(&out).expect("the old files go");
        }
        fs::create_dir_all(&out).expect("a folder");
        for (name, bytes) in &packs {
            fs::write(out.join(name), bytes).expect("written");
        }
    }
    let mut there: Vec<String> = fs::read_dir(&out)
        .expect("static/catalog exists")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    there.sort();
    let made: Vec<&String> = packs.keys().collect();
    assert_eq!(there.iter().collect::<Vec<_>>(), made, "run with UPDATE_CATALOG=1 to write the files anew");
    for (name, bytes) in &packs {
        let same = fs::read(out.join(name)).expect("readable") == *bytes;
        assert!(same, "{name} is out of date: run with UPDATE_CATALOG=1 to write it anew");
    }
}

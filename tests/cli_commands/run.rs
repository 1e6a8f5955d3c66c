//! Running the program, and a small inventory for it.

use std::path::{Path, PathBuf};
use std::process::Command;

use rust_xlsxwriter::Workbook;
use serde_json::Value;

/// What a run of the program gave.
pub struct Run {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

pub fn groundwork<A: AsRef<std::ffi::OsStr>>(arguments: &[A]) -> Run {
    let output = Command::new(env!("CARGO_BIN_EXE_groundwork")).args(arguments).output().expect("the program starts");
    let text = |bytes| String::from_utf8(bytes).expect("the program prints UTF-8");
    Run { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

impl Run {
    #[track_caller]
    pub fn succeeded(self) -> Self {
        assert_eq!(self.code, Some(0), "{}", self.err);
        self
    }

    #[track_caller]
    pub fn json(self) -> Value {
        serde_json::from_str(&self.succeeded().out).expect("the output is one JSON document")
    }

    #[track_caller]
    pub fn failed_with(self, code: i32, words: &[&str]) {
        assert_eq!(self.code, Some(code), "{}", self.err);
        assert_eq!(self.out, "");
        for word in words {
            assert!(self.err.contains(word), "{word:?} is not in: {}", self.err);
        }
    }
}

/// A folder with a workbook of four machines on two hosts: two that run, one that is off, one template.
pub fn office() -> (tempfile::TempDir, PathBuf) {
    let mut workbook = Workbook::new();
    let mut tab = |name: &str, rows: &[&str]| {
        let sheet = workbook.add_worksheet().set_name(name).expect("the name is allowed");
        for (row, cells) in (0..).zip(rows) {
            for (column, cell) in (0..).zip(cells.split('|')) {
                let written = match cell.parse::<f64>() {
                    Ok(number) => sheet.write(row, column, number),
                    Err(_text) => sheet.write(row, column, cell),
                };
                written.expect("the cell is in the sheet");
            }
        }
    };
    tab(
        "vInfo",
        &[
            "VM|Powerstate|Template|CPUs|Memory|Provisioned MiB|In Use MiB|Datacenter|Cluster|Host|OS according to the VMware Tools|VM ID|VM UUID|VI SDK Server|VI SDK UUID",
            "db1|poweredOn|False|8|32768|409600|204800|DC|Main|esx1|Microsoft Windows Server 2019 (64-bit)|vm-1|42000000-0000-0000-0000-000000000001|vc|aa-1",
            "web1|poweredOn|False|2|4096|51200|20480|DC|Main|esx2|Ubuntu Linux (64-bit)|vm-2|42000000-0000-0000-0000-000000000002|vc|aa-1",
            "old1|poweredOff|False|4|8192|102400|40960|DC|Main|esx2|Ubuntu Linux (64-bit)|vm-3|42000000-0000-0000-0000-000000000003|vc|aa-1",
            "image|poweredOff|True|1|2048|20480|10240|DC|Main|esx1|Ubuntu Linux (64-bit)|vm-4|42000000-0000-0000-0000-000000000004|vc|aa-1",
        ],
    );
    tab(
        "vHost",
        &[
            "Host|Datacenter|Cluster|CPU Model|Speed|# CPU|Cores per CPU|# Cores|# Memory|ESX Version|VI SDK Server|VI SDK UUID",
            "esx1|DC|Main|Intel Xeon Gold 6230|2095|2|20|40|393216|VMware ESXi 7.0.3|vc|aa-1",
            "esx2|DC|Main|Intel Xeon Gold 6230|2095|2|20|40|393216|VMware ESXi 7.0.3|vc|aa-1",
        ],
    );
    let folder = tempfile::tempdir().expect("there is a place for a folder");
    let path = folder.path().join("office.xlsx");
    workbook.save(&path).expect("the workbook is written");
    (folder, path)
}

pub fn text(path: &Path) -> &str {
    path.to_str().expect("the path is UTF-8")
}

//! Families of guest systems, told by the names that vSphere gives them.

use crate::engine::model::OsFamily;

/// The family of a guest system by its name, such as `Microsoft Windows Server 2012 (64-bit)`, its id (`rhel8_64Guest`), or free text.
///
/// Names: <https://docs.vmware.com/en/VMware-vSphere/> "Guest operating systems"; a family is one that is licensed alike.
pub(super) fn family(name: &str) -> OsFamily {
    let name = name.trim().to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
    if name.is_empty() {
        OsFamily::Unknown
    } else if has(&["windows", "winnet", "winlonghorn", "winxp"]) {
        windows(&name)
    } else if has(&["red hat enterprise", "redhat enterprise", "rhel"])
        || (has(&["red hat", "redhat"]) && !has(&["fedora"]))
    {
        OsFamily::Rhel
    } else if has(&["suse", "sles"]) && !has(&["opensuse"]) {
        OsFamily::Sles
    } else if has(&LINUX) {
        OsFamily::Linux
    } else {
        OsFamily::Other
    }
}

const LINUX: [&str; 16] = [
    "linux",
    "centos",
    "ubuntu",
    "debian",
    "fedora",
    "opensuse",
    "rocky",
    "alma",
    "photon",
    "coreos",
    "amazon",
    "asianux",
    "mandr",
    "flatcar",
    "alpine",
    "turbolinux",
];

/// Windows with a server's name or year. Vista's successor on servers was 2008; 7, 8, 10 and 11 are desktops.
fn windows(name: &str) -> OsFamily {
    let server = [
        "server",
        "srv",
        "2000",
        "2003",
        "2008",
        "2012",
        "2016",
        "2019",
        "2022",
        "2025",
        "winnet",
        "winlonghorn",
        "hyper-v",
    ];
    if server.iter().any(|word| name.contains(word)) { OsFamily::WindowsServer } else { OsFamily::WindowsDesktop }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn systems_belong_to_families() {
        for (name, expected) in [
            ("Microsoft Windows Server 2008 R2 (64-bit)", OsFamily::WindowsServer),
            ("Microsoft Windows Server 2003 Standard (32-bit)", OsFamily::WindowsServer),
            ("windows2019srv_64Guest", OsFamily::WindowsServer),
            ("Microsoft Windows 7 (64-bit)", OsFamily::WindowsDesktop),
            ("Microsoft Windows XP Professional (32-bit)", OsFamily::WindowsDesktop),
            ("Microsoft Windows 11 (64-bit)", OsFamily::WindowsDesktop),
            ("Red Hat Enterprise Linux 6 (64-bit)", OsFamily::Rhel),
            ("rhel8_64Guest", OsFamily::Rhel),
            ("Red Hat Fedora (32-bit)", OsFamily::Linux),
            ("SUSE Linux Enterprise 11 (64-bit)", OsFamily::Sles),
            ("openSUSE (64-bit)", OsFamily::Linux),
            ("CentOS 4/5 or later (64-bit)", OsFamily::Linux),
            ("Oracle Linux 4/5 or later (64-bit)", OsFamily::Linux),
            ("Ubuntu Linux (64-bit)", OsFamily::Linux),
            ("Other 3.x or later Linux (64-bit)", OsFamily::Linux),
            ("VMware Photon OS (64-bit)", OsFamily::Linux),
            ("FreeBSD 12 (64-bit)", OsFamily::Other),
            ("Oracle Solaris 11 (64-bit)", OsFamily::Other),
            ("Other (32-bit)", OsFamily::Other),
            ("  ", OsFamily::Unknown),
        ] {
            assert_eq!(family(name), expected, "{name}");
        }
    }
}

//! Files to the user.

/// A name that every file system takes, with an extension.
#[must_use]
pub fn file_name(name: &str, extension: &str) -> String {
    let plain: String = name
        .chars()
        .map(|letter| if letter.is_alphanumeric() || " -_.".contains(letter) { letter } else { '-' })
        .collect();
    let plain = plain.trim_matches([' ', '.', '-']);
    format!("{}.{extension}", if plain.is_empty() { "groundwork" } else { plain })
}

//! Capital and small letters.

/// The text without a difference between capital and small letters, for comparing.
pub fn folded(text: &str) -> String {
    text.chars().map(fold).collect()
}

/// The small letter of a capital one in the Latin, Greek and Cyrillic scripts. The standard library's tables of all scripts weigh as much as a page of the app.
pub fn fold(letter: char) -> char {
    let code = u32::from(letter);
    let small = match code {
        0x41..=0x5a | 0xc0..=0xd6 | 0xd8..=0xde | 0x391..=0x3a1 | 0x3a3..=0x3ab | 0x410..=0x42f => code + 0x20,
        0x100..=0x137 | 0x14a..=0x177 => code | 1,
        0x139..=0x148 | 0x179..=0x17e => code + code % 2,
        0x178 => 0xff,
        0x386 => 0x3ac,
        0x388..=0x38a => code + 37,
        0x38c => 0x3cc,
        0x38e | 0x38f => code + 63,
        0x400..=0x40f => code + 80,
        _ => code,
    };
    char::from_u32(small).unwrap_or(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_letters_are_those_of_the_standard_library() {
        // İ has no small letter of its own in it, and ĸ, ŉ and ſ have no capital one.
        for letter in
            ('\0'..'\u{460}').filter(|letter| !"İĸŉſ".contains(*letter) && !('\u{180}'..'\u{386}').contains(letter))
        {
            let expected = letter.to_lowercase().next();
            let is_covered = !('\u{3cf}'..'\u{400}').contains(&letter);
            assert!(!is_covered || Some(fold(letter)) == expected, "{letter}: {} is not {expected:?}", fold(letter));
        }
        assert_eq!(folded("SQL-Ümläut ŁÓDŹ ΑΘΉΝΑ КИЇВ 1"), "sql-ümläut łódź αθήνα київ 1");
    }
}

//! What the texts of the page are shown in.

use crate::store::Language;

use super::{around, choices, dom};

/// Under what the language is remembered.
const LANGUAGE: &str = "language";

/// What the address asks for with `?lang=de`, for the frame of somebody's documentation, say; else what was chosen before; else the first language of the
/// browser that there is; else English.
#[must_use]
pub fn wanted() -> Language {
    let window = dom::window();
    let search = window.location().search().unwrap_or_default();
    let asked = search.trim_start_matches('?').split('&').find_map(|part| part.strip_prefix("lang="));
    let of_browser = || {
        let languages = window.navigator().languages();
        languages.iter().filter_map(|tag| tag.as_string()).find_map(|tag| Language::from_tag(&tag))
    };
    let known = asked.and_then(Language::from_tag).or_else(|| Language::from_tag(&choices::remembered(LANGUAGE)?));
    known.or_else(of_browser).unwrap_or_default()
}

/// In what dates and times are written on a page in `language`: as the browser has that language, `en-GB`, say, or as most who read it do.
#[must_use]
pub fn locale(language: Language) -> String {
    let languages = dom::window().navigator().languages();
    let of_browser =
        languages.iter().filter_map(|tag| tag.as_string()).find(|tag| Language::from_tag(tag) == Some(language));
    of_browser.unwrap_or_else(|| language.tag().to_owned())
}

/// Shows the page in `language`, and remembers it where it was chosen and storage is open.
pub fn apply(language: Language) {
    around::language(language.tag());
    if language != wanted() {
        choices::remember(LANGUAGE, language.tag());
    }
}

//! What the texts of the page are shown in.

use crate::store::Language;

use super::{around, dom};

const KEY: &str = "groundwork.language";

/// What the address asks for with `?lang=de`, for the frame of somebody's documentation, say; else what was chosen before; else the first language of the
/// browser that there is; else English.
#[must_use]
pub fn wanted() -> Language {
    let window = dom::window();
    let search = window.location().search().unwrap_or_default();
    let asked = search.trim_start_matches('?').split('&').find_map(|part| part.strip_prefix("lang="));
    let stored = || window.local_storage().ok().flatten()?.get_item(KEY).ok().flatten();
    let of_browser = || {
        let languages = window.navigator().languages();
        languages.iter().filter_map(|tag| tag.as_string()).find_map(|tag| Language::from_tag(&tag))
    };
    let known = asked.and_then(Language::from_tag).or_else(|| stored().as_deref().and_then(Language::from_tag));
    known.or_else(of_browser).unwrap_or_default()
}

/// Shows the page in `language`, and remembers it where it was chosen and storage is open.
pub fn apply(language: Language) {
    around::language(language.tag());
    if language == wanted() {
        return;
    }
    if let Ok(Some(storage)) = dom::window().local_storage() {
        // A closed or full storage costs the memory of a choice, nothing else.
        drop(storage.set_item(KEY, language.tag()));
    }
}

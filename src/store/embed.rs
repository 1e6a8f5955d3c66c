//! The element that shows the project inside of another page, ready to copy. What its attributes mean is in `docs/embedding.md`.

use super::state::Page;

/// What the element is to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Embed {
    /// Where the release build lies, with a slash at its end.
    pub home: String,
    /// The project file, relative to the page around.
    pub file: String,
    /// What is shown first.
    pub page: Page,
    /// Whether readers may change it.
    pub edit: bool,
    /// `light` or `dark`; `None` follows the page around.
    pub theme: Option<&'static str>,
}

impl Embed {
    /// The script and the element, as HTML.
    pub fn code(&self) -> String {
        let mut element = format!("<groundwork-planner src=\"{}\" page=\"{}\"", escaped(&self.file), self.page.slug());
        if !self.edit {
            element.push_str(" mode=\"view\"");
        }
        if let Some(theme) = self.theme {
            element.push_str(&format!(" theme=\"{theme}\""));
        }
        format!(
            "<script src=\"{}embed.js\" defer></script>\n\n{element}>\n  <p>What is shown without JavaScript, and in print</p>\n</groundwork-planner>\n",
            escaped(&self.home)
        )
    }
}

/// Where the app lies, of the address that the browser shows.
pub fn home_of(address: &str) -> String {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    path.rfind('/').map_or_else(String::new, |end| path[..=end].to_owned())
}

/// A text in an attribute. Names of projects are other people's input.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn embed() -> Embed {
        let home = "https://planner.example/".to_owned();
        Embed { home, file: "office.groundwork.json".to_owned(), page: Page::Cost, edit: false, theme: None }
    }

    #[test]
    fn the_code_is_that_of_the_documentation() {
        let code = embed().code();
        let documented = include_str!("../../docs/embedding.md");
        let script = code.lines().next().unwrap();
        assert!(documented.contains(script), "{script}");
        assert!(
            code.contains("<groundwork-planner src=\"office.groundwork.json\" page=\"cost\" mode=\"view\">"),
            "{code}"
        );
        let dark = Embed { edit: true, theme: Some("dark"), ..embed() }.code();
        assert!(dark.contains("page=\"cost\" theme=\"dark\">"), "what is so anyway is not said: {dark}");
    }

    #[test]
    fn a_name_stays_within_its_attribute() {
        let code = Embed { file: "a\"><script>&.json".to_owned(), ..embed() }.code();
        assert!(code.contains("src=\"a&quot;>&lt;script>&amp;.json\""), "{code}");
    }

    #[test]
    fn the_app_lies_where_its_page_does() {
        for (address, home) in [
            ("https://a.example/#/cost/2", "https://a.example/"),
            ("https://a.example/b/?page=cost#/share", "https://a.example/b/"),
            ("https://a.example/b/index.html", "https://a.example/b/"),
            ("nonsense", ""),
        ] {
            assert_eq!(home_of(address), home);
        }
    }
}

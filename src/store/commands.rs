//! Everything that can be done from anywhere: one registry, of which the palette, the sheet of shortcuts, the keyboard and the hints on buttons take what they need.

use super::listing::{self, OfMachines, Show, Sort};
use super::{AppState, Density, Language, Page, Sheet, Theme};
use crate::engine::letters::folded;
use crate::engine::model::MachineId;
use crate::engine::order::in_order;
use crate::export::Format;

/// Something that can be done from anywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// Open or close the palette or the shortcuts.
    Sheet(Sheet),
    /// Go to a page.
    Go(Page),
    /// Show the scenario of this number.
    Scenario(usize),
    /// Show the reasons of a machine.
    Machine(MachineId),
    /// Add a copy of the scenario on screen.
    CopyScenario,
    /// Take the last change back.
    Undo,
    /// Do again what was taken back.
    Redo,
    /// Look for no better plan.
    StopPlan,
    /// Open files.
    Open,
    /// Save the project to a file.
    Save,
    /// Load the sample.
    Sample,
    /// Begin a new project.
    New,
    /// Make a link.
    Link,
    /// Write the result as a file.
    Export(Format),
    /// Change the theme.
    Theme(Theme),
    /// Change how much room things have.
    Density(Density),
    /// Change the language.
    Language(Language),
    /// Have the pages explained.
    Tour,
}

/// Keys pressed together, with Ctrl, or with Cmd on a Mac.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chord {
    /// With Shift; of no account for signs, which need it on some keyboards only.
    pub shift: bool,
    /// The key, as the browser names it, in small letters.
    pub key: &'static str,
    /// Whether it counts while a text is typed, where most keys belong to the text.
    pub in_text: bool,
}

impl Chord {
    const fn ctrl(key: &'static str) -> Self {
        Self { shift: false, key, in_text: false }
    }

    /// As it stands on keys: `Ctrl Shift Z`, and `⌘ ⇧ Z` on a Mac.
    pub fn name(self, apple: bool) -> String {
        let ctrl = if apple { "⌘ " } else { "Ctrl " };
        let shift = if apple { "⇧ " } else { "Shift " };
        [ctrl, if self.shift { shift } else { "" }, &self.key.to_uppercase()].concat()
    }
}

/// All shortcuts; of several for one command the first is the one that is shown. None is a letter or a sign alone: people who speak to their computer would
/// press it by mistake (WCAG 2.2, 2.1.4).
pub const SHORTCUTS: [(Chord, Command); 7] = [
    (Chord { in_text: true, ..Chord::ctrl("k") }, Command::Sheet(Sheet::Palette)),
    (Chord { in_text: true, ..Chord::ctrl("/") }, Command::Sheet(Sheet::Shortcuts)),
    (Chord::ctrl("z"), Command::Undo),
    (Chord { shift: true, ..Chord::ctrl("z") }, Command::Redo),
    (Chord::ctrl("y"), Command::Redo),
    (Chord { in_text: true, ..Chord::ctrl("s") }, Command::Save),
    (Chord { in_text: true, ..Chord::ctrl("o") }, Command::Open),
];

/// Keys that mean something in one kind of place only: the place, and of each key what it does.
pub const IN_PLACE: [(&str, &[(&str, &str)]); 4] = [
    (
        "In a table",
        &[
            ("Arrows", "Move by a row or a column"),
            ("Home, End", "First or last column; with Ctrl, first or last row"),
            ("Page up, Page down", "Move by what is in view"),
            ("Enter, Space", "Open the row, or sort by the head"),
        ],
    ),
    ("In a picture", &[("Arrows", "Details of the next mark"), ("Home, End", "Details of the first or the last mark")]),
    ("In a field", &[("Enter", "Take what is typed"), ("Esc", "Bring back what was there")]),
    ("Anywhere", &[("Esc", "Close what is open, the innermost first")]),
];

/// The command of these keys.
pub fn pressed(ctrl: bool, shift: bool, key: &str, in_text: bool) -> Option<Command> {
    let is_sign = |key: &str| !key.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let found = SHORTCUTS.into_iter().find(|(chord, _)| {
        ctrl && chord.key == key && (chord.shift == shift || is_sign(key)) && (chord.in_text || !in_text)
    });
    found.map(|(_, command)| command)
}

impl Command {
    /// The keys that are shown for it.
    pub fn chord(self) -> Option<Chord> {
        SHORTCUTS.into_iter().find(|(_, command)| *command == self).map(|(chord, _)| chord)
    }

    /// Under which heading it stands.
    pub const fn group(self) -> &'static str {
        match self {
            Self::Go(_) => "Go to",
            Self::Scenario(_) | Self::CopyScenario => "Scenarios",
            Self::Machine(_) => "Machines",
            Self::Undo | Self::Redo | Self::StopPlan | Self::Sheet(Sheet::Money) => "Edit",
            Self::Open | Self::Save | Self::Sample | Self::New | Self::Sheet(Sheet::Projects) => "Project",
            Self::Link | Self::Export(_) => "Share",
            Self::Theme(_) | Self::Density(_) | Self::Language(_) | Self::Tour | Self::Sheet(_) => "View and help",
        }
    }

    /// What it is called.
    pub fn title(self, state: &AppState) -> String {
        match self {
            Self::Sheet(Sheet::Palette) => "Search or run a command".to_owned(),
            Self::Sheet(Sheet::Shortcuts) => "Keyboard shortcuts".to_owned(),
            Self::Sheet(Sheet::Projects) => "Projects…".to_owned(),
            Self::Sheet(Sheet::Money) => "Licences, moving data, and ranges…".to_owned(),
            Self::Go(page) => page.title().to_owned(),
            Self::Scenario(index) => {
                state.project.scenarios.get(index).map_or_else(String::new, |scenario| scenario.name.clone())
            }
            Self::Machine(id) => state.project.estate.machine(id).map_or_else(String::new, |it| it.name.clone()),
            Self::CopyScenario => "Add a copy of this scenario".to_owned(),
            Self::Undo => with_name("Undo", state.history.undo_name()),
            Self::Redo => with_name("Redo", state.history.redo_name()),
            Self::StopPlan => "Stop looking for a better plan".to_owned(),
            Self::Open => "Open files…".to_owned(),
            Self::Save => "Save the project to a file".to_owned(),
            Self::Sample => "Load the sample estate".to_owned(),
            Self::New => "New project…".to_owned(),
            Self::Link => "Make a link…".to_owned(),
            Self::Export(format) => format!("Export: {}", format.title()),
            Self::Tour => "Take the tour".to_owned(),
            Self::Theme(Theme::System) => "Theme: as the system has it".to_owned(),
            Self::Theme(Theme::Light) => "Theme: light".to_owned(),
            Self::Theme(Theme::Dark) => "Theme: dark".to_owned(),
            Self::Density(Density::Comfortable) => "Density: comfortable".to_owned(),
            Self::Density(Density::Dense) => "Density: dense".to_owned(),
            Self::Language(language) => format!("Language: {}", language.name()),
        }
    }

    /// Whether it can be done now and changes anything.
    pub fn is_possible(self, state: &AppState) -> bool {
        match self {
            Self::Go(page) => page != state.ui.page,
            Self::Scenario(index) => index != state.shown() && index < state.project.scenarios.len(),
            Self::Machine(_) | Self::CopyScenario | Self::Save | Self::New | Self::Link => state.has_estate(),
            Self::Undo => state.history.undo_name().is_some(),
            Self::Redo => state.history.redo_name().is_some(),
            Self::StopPlan => state.planning && state.outcome.is_some() && !state.outcome_is_stale,
            Self::Export(_) => state.outcome.is_some() && !state.outcome_is_stale,
            Self::Theme(theme) => theme != state.ui.theme,
            Self::Density(density) => density != state.ui.density,
            Self::Language(language) => language != state.ui.language,
            Self::Tour => !state.ui.tour,
            Self::Open | Self::Sample | Self::Sheet(_) => true,
        }
    }
}

fn with_name(verb: &str, name: Option<&str>) -> String {
    name.map_or_else(|| verb.to_owned(), |name| format!("{verb} {name}"))
}

/// Machines that a search names at most: who looks for more goes to a table.
const MOST_MACHINES: usize = 8;

/// What can be done now and is called so: all words of `query` are in the name or the heading. Names that begin with the first word come first within their heading.
/// From two letters on machines are looked for too. `said` gives what a text is in the language of the page.
pub fn found(state: &AppState, query: &str, said: impl Fn(&str) -> String) -> Vec<Command> {
    let query = folded(query.trim());
    let words: Vec<&str> = query.split_whitespace().collect();
    let is_called = |command: &Command| {
        let text = folded(&format!("{} {}", said(command.group()), said(&command.title(state))));
        words.iter().all(|word| text.contains(word))
    };
    let mut found: Vec<Command> =
        all(state).into_iter().filter(|command| command.is_possible(state) && is_called(command)).collect();
    let begins =
        |command: &Command| words.first().is_some_and(|word| folded(&said(&command.title(state))).starts_with(word));
    let place = |command: &Command| GROUPS.iter().position(|group| *group == command.group());
    found = in_order(&found, |a, b| (place(a), !begins(a)).cmp(&(place(b), !begins(b))));
    if query.chars().count() > 1 && state.outcome.is_some() {
        let of = OfMachines { work: state.work(), show: Show::Planned };
        let rows = listing::rows(&of, &query, Sort::default());
        found.extend(rows.iter().take(MOST_MACHINES).map(|&row| Command::Machine(of.at(row as usize).0.id)));
    }
    found
}

/// The headings in their order.
const GROUPS: [&str; 6] = ["Go to", "Edit", "Scenarios", "Project", "Share", "View and help"];

/// Every command of the registry, possible or not; machines are found by their names only.
fn all(state: &AppState) -> Vec<Command> {
    let mut all: Vec<Command> = Page::ALL.into_iter().map(Command::Go).collect();
    all.extend([Command::Undo, Command::Redo, Command::StopPlan, Command::Sheet(Sheet::Money)]);
    all.extend((0..state.project.scenarios.len()).map(Command::Scenario));
    all.push(Command::CopyScenario);
    all.extend([Command::Sheet(Sheet::Projects), Command::Open, Command::Save, Command::Sample, Command::New]);
    all.push(Command::Link);
    all.extend(Format::ALL.into_iter().map(Command::Export));
    all.extend([Theme::System, Theme::Light, Theme::Dark].into_iter().map(Command::Theme));
    all.extend(Density::ALL.map(Command::Density));
    all.extend(Language::ALL.map(Command::Language));
    all.extend([Command::Tour, Command::Sheet(Sheet::Shortcuts)]);
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::rc::Rc;

    use crate::engine::model::{Estate, Machine, Scenario};
    use crate::engine::outcome::Outcome;
    use crate::store::Shared;

    fn titles(state: &AppState, query: &str) -> Vec<String> {
        found(state, query, str::to_owned).into_iter().map(|command| command.title(state)).collect()
    }

    fn with_machines(names: &[&str]) -> AppState {
        let machine =
            |name: &&str| Machine { id: MachineId::of(&[name]), name: (*name).to_owned(), ..Machine::default() };
        let mut estate = Estate { machines: names.iter().map(machine).collect(), ..Estate::default() };
        estate.sort();
        let mut state = AppState::default();
        state.project = state.project.with(|project| project.estate = Rc::new(estate));
        state.outcome = Some(Shared::new(Outcome::default()));
        state
    }

    #[test]
    fn keys_mean_one_thing() {
        for (keys, expected) in [
            ((true, false, "k", true), Some(Command::Sheet(Sheet::Palette))),
            ((true, false, "z", false), Some(Command::Undo)),
            ((true, false, "z", true), None),
            ((true, true, "z", false), Some(Command::Redo)),
            ((true, false, "/", true), Some(Command::Sheet(Sheet::Shortcuts))),
            ((true, true, "/", false), Some(Command::Sheet(Sheet::Shortcuts))),
            ((false, false, "/", false), None),
            ((false, false, "k", false), None),
        ] {
            let (ctrl, shift, key, in_text) = keys;
            assert_eq!(pressed(ctrl, shift, key, in_text), expected, "{keys:?}");
        }
        for (index, (chord, _)) in SHORTCUTS.iter().enumerate() {
            assert!(SHORTCUTS[..index].iter().all(|(other, _)| other.name(false) != chord.name(false)), "{chord:?}");
        }
    }

    #[test]
    fn keys_are_named_as_the_keyboard_names_them() {
        let redo = Command::Redo.chord().expect("has keys");
        assert_eq!([redo.name(false), redo.name(true)], ["Ctrl Shift Z", "⌘ ⇧ Z"]);
        assert_eq!(Command::Save.chord().map(|chord| chord.name(false)).as_deref(), Some("Ctrl S"));
    }

    #[test]
    fn only_what_can_be_done_is_found() {
        let empty = titles(&AppState::default(), "");
        assert!(empty.contains(&"Cost".to_owned()) && empty.contains(&"Load the sample estate".to_owned()));
        assert!(!empty.iter().any(|title| title.starts_with("Undo") || title.starts_with("Export")), "{empty:?}");
        assert!(!empty.contains(&"Estate".to_owned()), "it is on screen");
        let state = with_machines(&["web-1"]);
        assert!(titles(&state, "").iter().any(|title| title == "Export: Workbook"));
    }

    #[test]
    fn words_are_looked_for_in_names_and_headings() {
        let state = with_machines(&[]);
        assert_eq!(titles(&AppState::default(), "DARK the"), ["Theme: dark"]);
        assert_eq!(titles(&AppState::default(), "density"), ["Density: dense"], "it is comfortable already");
        assert_eq!(titles(&AppState::default(), "go co"), ["Cost", "Compare"]);
        assert_eq!(titles(&state, "nothing of the kind"), Vec::<String>::new());
    }

    #[test]
    fn machines_are_found_by_name() {
        let state = with_machines(&["web-2", "db-1", "web-10"]);
        assert_eq!(titles(&state, "web"), ["web-2", "web-10"]);
        assert!(titles(&state, "w").iter().all(|title| !title.starts_with("web")));
    }

    #[test]
    fn scenarios_are_found_by_name_except_the_one_on_screen() {
        let mut state = AppState::default();
        state.project = state.project.with(|project| {
            project.scenarios.push(Scenario { name: "All in".to_owned(), ..Scenario::default() });
        });
        assert_eq!(found(&state, "scenarios all", str::to_owned), [Command::Scenario(1)]);
    }
}

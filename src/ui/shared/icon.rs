//! The app's own icons, drawn in the colour of the text around them.

use yew::prelude::*;

/// Every icon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IconName {
    /// The app.
    Logo,
    /// Take back.
    Undo,
    /// Do again.
    Redo,
    /// The system's theme.
    ThemeSystem,
    /// The light theme.
    ThemeLight,
    /// The dark theme.
    ThemeDark,
    /// Add.
    Plus,
    /// Take away.
    Minus,
    /// Close or dismiss.
    Close,
    /// Change.
    Edit,
    /// Remove.
    Trash,
    /// It worked, it holds.
    Check,
    /// Something to look at.
    Warning,
    /// Something is wrong.
    Failed,
    /// Something to know.
    Info,
    /// What does this mean?
    Help,
    /// Opens below.
    ChevronDown,
    /// Opens to the side.
    ChevronRight,
    /// Smallest first.
    SortUp,
    /// Largest first.
    SortDown,
    /// Find.
    Search,
    /// Bring files.
    Upload,
    /// Take files.
    Download,
    /// Show as a table.
    Table,
    /// Show as a picture.
    Chart,
    /// Hosts.
    Server,
    /// Rented places.
    Cloud,
    /// A place that is fixed.
    Lock,
    /// More to do.
    More,
    /// Projects.
    Folder,
    /// Copy.
    Copy,
    /// Some of them.
    Filter,
}

impl IconName {
    /// Strokes on a field of 16 × 16.
    const fn path(self) -> &'static str {
        match self {
            Self::Logo => "M2 13.2h12M3.6 9.6h8.8M5.2 6h5.6M6.8 2.8h2.4",
            Self::Undo => "M6 3 2.8 6.2 6 9.4M3 6.2h6.4a3.6 3.6 0 0 1 0 7.2H7",
            Self::Redo => "m10 3 3.2 3.2L10 9.4M13 6.2H6.6a3.6 3.6 0 0 0 0 7.2H9",
            Self::ThemeSystem => "M2 3.2h12v8H2zM6 13.6h4M8 11.2v2.4",
            Self::ThemeLight => {
                "M8 5.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6M8 1.4v1.2M8 13.4v1.2M1.4 8h1.2M13.4 8h1.2M3.3 3.3l.9.9M11.8 11.8l.9.9M12.7 3.3l-.9.9M4.2 11.8l-.9.9"
            }
            Self::ThemeDark => "M13.4 9.6A5.8 5.8 0 0 1 6.4 2.6a5.8 5.8 0 1 0 7 7",
            Self::Plus => "M8 3v10M3 8h10",
            Self::Minus => "M3 8h10",
            Self::Close => "m4 4 8 8M12 4l-8 8",
            Self::Edit => "m3 13 .6-2.8 7.2-7.2 2.2 2.2-7.2 7.2L3 13M9.4 4.4l2.2 2.2",
            Self::Trash => "M2.8 4.4h10.4M6.2 4.2V2.6h3.6v1.6M4.2 4.6l.6 8.8h6.4l.6-8.8M6.8 7v4M9.2 7v4",
            Self::Check => "m3 8.4 3.2 3.2L13 4.8",
            Self::Warning => "M8 2.4 14.4 13.4H1.6L8 2.4M8 6.4v3.2M8 11.4v.2",
            Self::Failed => "M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8M5.8 5.8l4.4 4.4M10.2 5.8l-4.4 4.4",
            Self::Info => "M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8M8 7.4v3.8M8 4.9v.2",
            Self::Help => {
                "M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8M6.3 6.3a1.8 1.8 0 1 1 2.7 1.6c-.6.3-1 .8-1 1.5M8 11.4v.2"
            }
            Self::ChevronDown => "m4 6 4 4 4-4",
            Self::ChevronRight => "m6 4 4 4-4 4",
            Self::SortUp => "M8 13V3M4.4 6.6 8 3l3.6 3.6",
            Self::SortDown => "M8 3v10M4.4 9.4 8 13l3.6-3.6",
            Self::Search => "M7 2.6a4.4 4.4 0 1 0 0 8.8 4.4 4.4 0 0 0 0-8.8M10.2 10.2l3.4 3.4",
            Self::Upload => "M8 10.4V2.6M4.8 5.8 8 2.6l3.2 3.2M2.6 10.4v3h10.8v-3",
            Self::Download => "M8 2.6v7.8M4.8 7.2 8 10.4l3.2-3.2M2.6 10.4v3h10.8v-3",
            Self::Table => "M2.2 3h11.6v10H2.2zM2.2 6.4h11.6M6.4 6.4V13M2.2 9.7h11.6",
            Self::Chart => "M2.4 2.4v11.2h11.2M5.4 11V8M8.4 11V5M11.4 11V6.6",
            Self::Server => "M2.4 2.8h11.2v4.4H2.4zM2.4 8.8h11.2v4.4H2.4zM5 5h.1M5 11h.1",
            Self::Cloud => "M4.6 12.4a2.9 2.9 0 0 1-.3-5.8 3.9 3.9 0 0 1 7.5.6 2.6 2.6 0 0 1-.3 5.2z",
            Self::Lock => "M3.6 7.2h8.8v6.2H3.6zM5.4 7.2V5a2.6 2.6 0 0 1 5.2 0v2.2",
            Self::More => "M3.4 8h.1M8 8h.1M12.6 8h.1",
            Self::Folder => "M2 12.8V3.4h4.2l1.6 1.8H14v7.6zM2 7.4h12",
            Self::Copy => "M5.6 5.6h8v8h-8zM10.4 5.4v-3h-8v8h3",
            Self::Filter => "M2.4 3.6h11.2M4.6 8h6.8M6.6 12.4h2.8",
        }
    }
}

/// Properties of [`Icon`].
#[derive(PartialEq, Properties)]
pub struct IconProps {
    /// Which one.
    pub name: IconName,
}

/// An icon beside words, or in a button that has a name of its own; hidden from screen readers.
#[component]
pub fn Icon(props: &IconProps) -> Html {
    let class = classes!("icon", (props.name == IconName::Logo).then_some("icon-logo"));
    html! {
        <svg {class} viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
            <path d={props.name.path()} />
        </svg>
    }
}

//! Why a file is not opened.

/// Why a file is not opened. The file stays as it is.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SchemaError {
    /// The bytes are not JSON.
    #[error("this is not JSON: {problem} at line {line}, column {column}")]
    NotJson {
        /// What is wrong.
        problem: String,
        /// From 1.
        line: usize,
        /// In bytes.
        column: usize,
    },
    /// It is JSON, but not a project of Groundwork.
    #[error("this is not a Groundwork project: {0}")]
    NotAProject(&'static str),
    /// The file is of a version that this program does not know yet.
    #[error(
        "the file has version {found} and this Groundwork reads up to version {supported}: open it with a newer Groundwork"
    )]
    TooNew {
        /// The version of the file.
        found: u64,
        /// The newest version that can be read.
        supported: u32,
    },
    /// A value is missing or not what it must be.
    #[error("{path}: {problem}")]
    WrongValue {
        /// Where, such as `project.scenarios[0].policy.slack_pct`.
        path: String,
        /// What is there and what was expected.
        problem: String,
    },
    /// More bytes than can be read.
    #[error("the file has {bytes} bytes, and at most {limit} can be read")]
    TooLarge {
        /// Bytes of the file.
        bytes: usize,
        /// The most that is read.
        limit: usize,
    },
    /// The sheet of a workbook that carries a project is not as it was written.
    #[error("the project that this workbook carries cannot be read, because {0}")]
    Carrier(&'static str),
    /// More levels of brackets than can be read.
    #[error("the file has more levels of brackets than any project has")]
    TooDeep,
}

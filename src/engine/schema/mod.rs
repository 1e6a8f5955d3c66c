//! The project file: its versions, and how older ones are brought up to date.

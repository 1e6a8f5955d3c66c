//! The worker's entry point.

/// Answers the page's jobs for as long as the worker lives.
pub fn serve() {}

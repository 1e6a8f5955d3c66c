//! What the commands print, and how they time what they run.

use std::time::{Duration, Instant};

/// Prints one line for the person who runs the command.
#[expect(clippy::print_stdout, reason = "the one place where xtask prints")]
pub fn say(line: impl AsRef<str>) {
    println!("{}", line.as_ref());
}

/// Prints a title before a longer step, so that a log can be skimmed.
pub fn heading(title: impl AsRef<str>) {
    say(format!("\n== {} ==", title.as_ref()));
}

/// Measures how long something takes.
pub struct Stopwatch(Instant);

impl Stopwatch {
    /// Starts to measure.
    #[expect(clippy::disallowed_methods, reason = "xtask runs natively and shows how long its parts take")]
    pub fn start() -> Self {
        Self(Instant::now())
    }

    /// The time since the start.
    pub fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }
}

/// A duration as a person reads it: `0.4 s`, `12 s`, `3 min 07 s`.
pub fn human_duration(duration: Duration) -> String {
    let secs = duration.as_secs();
    if secs >= 60 {
        format!("{} min {:02} s", secs / 60, secs % 60)
    } else if secs >= 10 {
        format!("{secs} s")
    } else {
        format!("{:.1} s", duration.as_secs_f64())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_short_and_readable() {
        let shown = [400, 9_940, 12_700, 187_000].map(|millis| human_duration(Duration::from_millis(millis)));
        assert_eq!(shown, ["0.4 s", "9.9 s", "12 s", "3 min 07 s"]);
    }
}

//! Counts work, which is the same on every machine, and asks whether to go on.

use basics::progress::Progress;

/// Looks between two questions whether to stop: some milliseconds.
const ASK_EVERY: u64 = 2_000_000;

/// Counts looks at numbers against a budget.
pub(super) struct Meter<'a> {
    used: u64,
    limit: u64,
    next: u64,
    stopped: bool,
    progress: &'a mut dyn Progress,
}

impl<'a> Meter<'a> {
    /// So many looks are allowed.
    pub fn new(limit: u64, progress: &'a mut dyn Progress) -> Self {
        Self { used: 0, limit, next: u64::MAX, stopped: false, progress }
    }

    /// Tells that there is an answer to stop with: from now on it is asked whether to go on.
    pub fn ready(&mut self) {
        if self.next == u64::MAX {
            self.next = 0;
            self.spend(0);
        }
    }

    /// Counts work; returns whether there is to be more.
    pub fn spend(&mut self, looks: u64) -> bool {
        self.used = self.used.saturating_add(looks);
        if self.used >= self.next && !self.stopped {
            self.next = self.used + ASK_EVERY;
            self.stopped = self.progress.tick("pack", self.used.min(self.limit), self.limit).is_break();
        }
        self.open()
    }

    /// Whether there is to be more work.
    pub const fn open(&self) -> bool {
        !self.stopped && self.used < self.limit
    }

    /// Work so far.
    pub const fn used(&self) -> u64 {
        self.used
    }
}

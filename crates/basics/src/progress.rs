//! How long work tells how far it is, and is told to stop.

use std::ops::ControlFlow;

/// Receives the progress of one job and may stop it.
///
/// The engine calls it at steps that depend on the input only, never on time, so that a run which is not stopped is reproducible.
pub trait Progress {
    /// Tells that `done` of `total` steps of `phase` are finished; `total` is 0 where it is not known. `Break` asks the work to stop with its best so far.
    fn tick(&mut self, phase: &'static str, done: u64, total: u64) -> ControlFlow<()>;
}

/// A progress nobody listens to.
#[derive(Clone, Copy, Debug, Default)]
pub struct Silent;

impl Progress for Silent {
    fn tick(&mut self, _phase: &'static str, _done: u64, _total: u64) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }
}

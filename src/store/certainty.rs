//! How sure the money is, as far as it is known.

use super::Shared;
use crate::engine::cost::Confidence;
use crate::engine::outcome::Outcome;

/// How sure the money is, as far as it is known. It is drawn only when somebody looks at it, so it may be of an earlier result than the one on screen.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Certainty {
    /// The last answer, with the result that it is about.
    pub found: Option<(Shared<Outcome>, Shared<Confidence>)>,
    /// Draws made and draws in all, while they are being made.
    pub drawing: Option<(u64, u64)>,
}

impl Certainty {
    /// The last answer, and whether it is about this result.
    pub fn beside(&self, outcome: &Shared<Outcome>) -> Option<(&Shared<Confidence>, bool)> {
        self.found.as_ref().map(|(of, confidence)| (confidence, of == outcome))
    }
}

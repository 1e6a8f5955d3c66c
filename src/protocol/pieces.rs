//! Large replies in pieces: the page reads one piece in each of its tasks, so that it never stops to read all of an estate or of a plan.
//!
//! The long lists of a reply are sent ahead of it, some hundred elements in a message, and put back when the reply itself comes. Nothing else comes between.

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::Reply;
use crate::engine::model::{Estate, Machine, Project};
use crate::engine::outcome::InstanceChoice;
use crate::engine::placement::{Assignment, Unplaced};

/// Elements in a message. Reading so many takes a few milliseconds.
pub const PIECE: usize = 250;

/// Some elements of a long list.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Piece {
    /// Of [`Estate::machines`].
    Machines(Vec<Machine>),
    /// Of [`crate::engine::placement::Plan::assignments`].
    Assignments(Vec<Assignment>),
    /// Of [`crate::engine::placement::Plan::unplaced`].
    Unplaced(Vec<Unplaced>),
    /// Of [`crate::engine::outcome::Outcome::instance_choices`].
    Choices(Vec<InstanceChoice>),
}

/// Gives `reply` to `send` in messages with at most `size` elements of a long list each, the reply itself last.
pub fn send(mut reply: Reply, size: usize, send: &mut dyn FnMut(&Reply)) {
    let mut cut = |piece: Piece| send(&Reply::Piece(piece));
    match &mut reply {
        Reply::Imported { estate, .. } => *estate = cut_estate(estate, size, &mut cut),
        Reply::Opened { project, .. } => project.estate = cut_estate(&project.estate, size, &mut cut),
        Reply::Planned(outcome) | Reply::Better(outcome) => {
            cut_list(&std::mem::take(&mut outcome.plan.assignments), size, Piece::Assignments, &mut cut);
            cut_list(&std::mem::take(&mut outcome.plan.unplaced), size, Piece::Unplaced, &mut cut);
            cut_list(&std::mem::take(&mut outcome.instance_choices), size, Piece::Choices, &mut cut);
        }
        _ => {}
    }
    send(&reply);
}

/// The estate without its machines, which go ahead.
fn cut_estate(estate: &Estate, size: usize, cut: &mut dyn FnMut(Piece)) -> Rc<Estate> {
    cut_list(&estate.machines, size, Piece::Machines, cut);
    Rc::new(Estate {
        sources: estate.sources.clone(),
        clusters: estate.clusters.clone(),
        hosts: estate.hosts.clone(),
        datastores: estate.datastores.clone(),
        machines: Vec::new(),
    })
}

fn cut_list<T: Clone>(list: &[T], size: usize, piece: fn(Vec<T>) -> Piece, cut: &mut dyn FnMut(Piece)) {
    for part in list.chunks(size.max(1)) {
        cut(piece(part.to_vec()));
    }
}

/// The pieces that came, until their reply does.
#[derive(Clone, Debug, Default)]
pub struct Pieces {
    machines: Vec<Machine>,
    assignments: Vec<Assignment>,
    unplaced: Vec<Unplaced>,
    choices: Vec<InstanceChoice>,
}

impl Pieces {
    /// Takes the next piece.
    pub fn take(&mut self, piece: Piece) {
        match piece {
            Piece::Machines(mut machines) => self.machines.append(&mut machines),
            Piece::Assignments(mut assignments) => self.assignments.append(&mut assignments),
            Piece::Unplaced(mut unplaced) => self.unplaced.append(&mut unplaced),
            Piece::Choices(mut choices) => self.choices.append(&mut choices),
        }
    }

    /// Puts the pieces back into the reply that they were cut from; gives the estate, if it has one.
    pub fn put_back(&mut self, reply: &mut Reply) -> Option<Rc<Estate>> {
        let estate = match reply {
            Reply::Imported { estate, .. } => estate,
            Reply::Opened { project, .. } => {
                let project: &mut Project = project;
                &mut project.estate
            }
            Reply::Planned(outcome) | Reply::Better(outcome) => {
                outcome.plan.assignments = std::mem::take(&mut self.assignments);
                outcome.plan.unplaced = std::mem::take(&mut self.unplaced);
                outcome.instance_choices = std::mem::take(&mut self.choices);
                return None;
            }
            _ => return None,
        };
        // Nobody else has it yet: it was read from the message a moment ago.
        if let Some(estate) = Rc::get_mut(estate) {
            estate.machines = std::mem::take(&mut self.machines);
        }
        Some(Rc::clone(estate))
    }
}

//! What the worker cuts into pieces the page puts together again, wherever it was cut.
#![cfg(not(target_arch = "wasm32"))]

#[path = "common/estates.rs"]
#[expect(dead_code, reason = "other tests use more of it")]
mod estates;
#[path = "common/projects.rs"]
#[expect(dead_code, reason = "other tests use more of it")]
mod projects;

use std::rc::Rc;

use groundwork::engine::model::Estate;
use groundwork::protocol::pieces::{self, Pieces};
use groundwork::protocol::{Reply, wire};

const SIZES: [usize; 7] = [0, 1, 2, 3, 7, 250, usize::MAX];

/// Sends a reply as bytes and reads it again; how many pieces it took, the reply, and its estate.
fn through(reply: Reply, size: usize) -> (usize, Reply, Option<Rc<Estate>>) {
    let mut messages = Vec::new();
    pieces::send(reply, size, &mut |message| messages.push(wire::write(message)));
    let last = messages.pop().expect("the reply comes last");
    let mut pieces = Pieces::default();
    for message in &messages {
        let Some(Reply::Piece(piece)) = wire::read(message) else { panic!("only pieces come before the reply") };
        pieces.take(piece);
    }
    let mut reply = wire::read(&last).expect("reads");
    let estate = pieces.put_back(&mut reply);
    (messages.len(), reply, estate)
}

#[test]
fn estates_come_whole() {
    for case in estates::cases() {
        let estate = Rc::new(case.estate);
        for size in SIZES {
            let reply = Reply::Imported { estate: Rc::clone(&estate), report: Rc::default() };
            let (count, reply, found) = through(reply, size);
            let Reply::Imported { estate: read, .. } = reply else { panic!("another reply: {reply:?}") };
            assert_eq!(count, estate.machines.len().div_ceil(size.max(1)));
            assert!(read == estate && found == Some(read), "{} in pieces of {size}", case.name);
        }
    }
}

#[test]
fn projects_come_whole() {
    let project = projects::small();
    let reply = Reply::Opened { project: Box::new(project.clone()), notes: vec!["mended".to_owned()] };
    let (_, reply, found) = through(reply, 2);
    let Reply::Opened { project: read, notes } = reply else { panic!("another reply: {reply:?}") };
    assert_eq!((&*read, notes.as_slice()), (&project, ["mended".to_owned()].as_slice()));
    assert_eq!(found, Some(project.estate));
}

#[test]
fn outcomes_come_whole() {
    let catalog = estates::catalog();
    let mut seen = [0; 3];
    for mut case in estates::cases() {
        let planned = case.plan(&catalog);
        case.scenario.footprints.iter_mut().for_each(|footprint| footprint.enabled = false);
        for outcome in [planned, case.plan(&catalog)] {
            let lists = [outcome.plan.assignments.len(), outcome.plan.unplaced.len(), outcome.instance_choices.len()];
            (0..3).for_each(|list| seen[list] += lists[list]);
            for size in SIZES {
                let (count, reply, estate) = through(Reply::Planned(Box::new(outcome.clone())), size);
                let Reply::Planned(read) = reply else { panic!("another reply: {reply:?}") };
                assert_eq!(count, lists.iter().map(|list| list.div_ceil(size.max(1))).sum::<usize>());
                assert!(*read == outcome && estate.is_none(), "{} in pieces of {size}", case.name);
            }
        }
    }
    assert!(seen.iter().all(|&count| count > 3), "{seen:?}");
}

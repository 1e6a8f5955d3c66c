//! Which machine goes where: variable-sized vector bin packing joined with facility location.
//!
//! [`Problem`] is the abstract task, made by [`crate::engine::outcome`] from sizing and cost; [`solve()`] answers it with a [`Plan`]; [`check()`] accepts a plan
//! without sharing code with the solver.

mod bound;
mod check;
mod climb;
mod construct;
mod explain;
mod groups;
mod improve;
pub mod instances;
mod own_hosts;
mod packing;
mod plan;
mod prepared;
mod problem;
mod random;
mod recreate;
mod relaxation;
mod search;
mod solve;
mod tree;
pub mod vector;

pub use check::{Violation, check};

pub use plan::{
    Alternative, Assignment, Bind, BoundNode, Certificate, ClusterPlan, HostPlan, PlacePlan, Plan, Refusal, Rejection,
    Slot, Unplaced,
};
pub use problem::{
    Budget, Item, LoadedHost, Place, PlaceKind, Problem, ProblemBuilder, RESOURCES, Resource, Resources,
};
pub use solve::solve;

#[cfg(test)]
mod tests;

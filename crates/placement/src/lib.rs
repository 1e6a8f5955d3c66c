//! Which machine goes where: variable-sized vector bin packing joined with facility location.
//!
//! [`Problem`] is the abstract task, made from sizing and cost (`engine::outcome`); [`solve()`] answers it with a [`Plan`]; [`check()`] accepts a plan
//! without sharing code with the solver.

mod blocks;
mod bound;
mod candidate;
mod charges;
mod check;
mod climb;
mod conflicts;
mod constraint;
mod construct;
mod designs;
mod explain;
mod groups;
mod improve;
pub mod instances;
mod own_hosts;
mod packing;
mod plan;
mod prepared;
mod problem;
mod reasons;
mod recreate;
mod relaxation;
mod remedies;
mod resume;
mod rule_costs;
mod ruled;
mod rules;
mod search;
mod settle;
mod sites;
mod solve;
mod squeeze;
mod tree;
mod units;
pub mod vector;

pub use charges::{ChargeKind, RuleCharge, rule_charges};
pub use check::{Loss, NoRoom, Violation, check, loss};
pub use conflicts::{Conflict, conflicts};
pub use constraint::{Constraint, ConstraintKind, HostLicence, Level};

pub use plan::{
    Alternative, Assignment, Bind, BoundNode, Certificate, ClusterPlan, HostPlan, PlacePlan, Plan, Refusal, Rejection,
    Remedy, Slot, Unplaced,
};
pub use problem::{
    Budget, Item, LoadedHost, Place, PlaceKind, Problem, ProblemBuilder, RESOURCES, Resource, Resources,
};
pub use resume::Start;
pub use rule_costs::{RuleCost, rule_costs};
pub use solve::{Solved, solve, solve_from, solve_in_turns};

#[cfg(test)]
mod tests;

//! What must hold between machines, and what it costs how they are spread.
//!
//! The options of a machine tell where it may run by itself. A [`Constraint`] says more: where some may run for a reason that has a name, how machines
//! must stand to each other, how many may be somewhere, or what it costs that some are on a host or far from each other. Each belongs to a rule, so that
//! reasons can name it and [`super::rule_costs()`] can drop it.
//!
//! The levels at which machines meet are hosts, clusters, places and sites, where several places may be. A place of instances counts as one cluster, and
//! each of its instances as a host of its own. Machines without a place are nowhere: they meet nobody and count for nothing.

use super::{RESOURCES, Resources};
use basics::order::tidy_by;
use basics::{FootprintId, HostId, MachineId, Money, RuleId};

/// Where machines meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// On one host.
    Host,
    /// In one cluster.
    Cluster,
    /// In one place.
    Place,
    /// At one site: see [`super::Place::site`].
    Site,
}

/// One thing that a rule asks for, or makes dearer.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Constraint {
    /// The rule it comes from. A rule may have several constraints.
    pub rule: RuleId,
    /// What it says.
    pub kind: ConstraintKind,
}

/// Kinds of constraint. Lists need be in no order; what they name that is not in the problem is passed over.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ConstraintKind {
    /// The machines run in these places only.
    Only {
        /// Which machines.
        machines: Vec<MachineId>,
        /// Where.
        places: Vec<FootprintId>,
    },
    /// A machine that is in the place of its host is on that host. After the host failed it may be on another.
    OnHost {
        /// Machines, each with its host.
        hosts: Vec<(MachineId, HostId)>,
    },
    /// The machines are all at one site, in one place, cluster or host. On one host they stand and fall together: either all have a place or none.
    Together {
        /// Which machines.
        machines: Vec<MachineId>,
        /// Where they meet.
        level: Level,
    },
    /// No two of the machines are at the same site, in the same place, cluster or host. For hosts that holds after host failures too.
    Apart {
        /// Which machines.
        machines: Vec<MachineId>,
        /// Where they must not meet.
        level: Level,
    },
    /// No other machine is on a host that carries one of these, after host failures too; and none of them is an instance, for its host is shared. The
    /// management machines of a place do not count as others.
    Isolated {
        /// Which machines.
        machines: Vec<MachineId>,
    },
    /// Every host that carries one of the machines costs so much more, and so does each of them that is an instance. Hosts that are free for failures are
    /// not counted.
    Licensed {
        /// Which machines, and what each costs more as an instance.
        machines: Vec<(MachineId, Money)>,
        /// What a host of a place costs more; hosts of places that are not named cost nothing more.
        hosts: Vec<HostLicence>,
    },
    /// No machine of one list and no machine of the other are in two places of a pair that is named here. A machine of both lists counts in each.
    Near {
        /// One side.
        machines: Vec<MachineId>,
        /// The other.
        others: Vec<MachineId>,
        /// Places that are too far from each other, in whichever order.
        far: Vec<(FootprintId, FootprintId)>,
    },
    /// Each pair of a machine of one list and a machine of the other costs so much over the horizon by where the two are. Within a place it costs nothing.
    Traffic {
        /// One side.
        machines: Vec<MachineId>,
        /// The other.
        others: Vec<MachineId>,
        /// The place of the first, the place of the other, and what such a pair costs. Pairs that are not named cost nothing.
        costs: Vec<(FootprintId, FootprintId, Money)>,
    },
    /// At most so much of the machines is in a place.
    Quota {
        /// Which machines.
        machines: Vec<MachineId>,
        /// Where.
        place: FootprintId,
        /// At most so many machines.
        most_machines: Option<u64>,
        /// At most so much of each resource.
        most: [Option<u64>; RESOURCES],
    },
    /// At most so many machines are in another place than their home. A machine without a home counts wherever it is.
    Moves {
        /// Machines, each with its home.
        homes: Vec<(MachineId, Option<FootprintId>)>,
        /// How many may be elsewhere.
        most: u64,
    },
}

/// What hosts of a place cost more when they carry machines of a licence.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct HostLicence {
    /// Which place.
    pub place: FootprintId,
    /// For each host that exists.
    pub existing: Vec<(HostId, Money)>,
    /// For each host that is rented or added.
    pub new_host: Money,
}

impl HostLicence {
    /// What this host costs more; nothing for an existing one that is not named.
    pub fn of(&self, host: Option<HostId>) -> Money {
        match host {
            None => self.new_host,
            Some(host) => {
                self.existing.iter().find(|(known, _)| *known == host).map_or(Money::ZERO, |&(_, money)| money)
            }
        }
    }
}

impl ConstraintKind {
    /// The machines it touches, sorted.
    pub fn machines(&self) -> Vec<MachineId> {
        let mut machines: Vec<MachineId> = match self {
            Self::Only { machines, .. }
            | Self::Together { machines, .. }
            | Self::Apart { machines, .. }
            | Self::Isolated { machines }
            | Self::Quota { machines, .. } => machines.clone(),
            Self::OnHost { hosts } => hosts.iter().map(|&(machine, _)| machine).collect(),
            Self::Licensed { machines, .. } => machines.iter().map(|&(machine, _)| machine).collect(),
            Self::Moves { homes, .. } => homes.iter().map(|&(machine, _)| machine).collect(),
            Self::Near { machines, others, .. } | Self::Traffic { machines, others, .. } => {
                machines.iter().chain(others).copied().collect()
            }
        };
        tidy(&mut machines);
        machines
    }

    /// Puts lists in order and takes out what is named twice. Of two entries for the same machine, host or pair the first in order counts. Money below
    /// nothing counts as nothing: the bound leaves these costs out, and must stay below every plan.
    pub(super) fn normalize(&mut self) {
        match self {
            Self::Only { machines, places } => {
                tidy(machines);
                tidy(places);
            }
            Self::OnHost { hosts } => tidy_by(hosts, |entry| entry.0),
            Self::Together { machines, .. }
            | Self::Apart { machines, .. }
            | Self::Isolated { machines }
            | Self::Quota { machines, .. } => tidy(machines),
            Self::Licensed { machines, hosts } => {
                for (_, money) in &mut *machines {
                    *money = (*money).max(Money::ZERO);
                }
                tidy_by(machines, |entry| entry.0);
                for licence in &mut *hosts {
                    licence.new_host = licence.new_host.max(Money::ZERO);
                    for (_, money) in &mut licence.existing {
                        *money = (*money).max(Money::ZERO);
                    }
                    tidy_by(&mut licence.existing, |entry| entry.0);
                }
                tidy_by(hosts, |licence| licence.place);
            }
            Self::Near { machines, others, far } => {
                tidy(machines);
                tidy(others);
                for pair in &mut *far {
                    *pair = (pair.0.min(pair.1), pair.0.max(pair.1));
                }
                tidy(far);
            }
            Self::Traffic { machines, others, costs } => {
                tidy(machines);
                tidy(others);
                costs.retain(|(from, to, money)| from != to && *money > Money::ZERO);
                tidy_by(costs, |entry| (entry.0, entry.1));
            }
            Self::Moves { homes, .. } => tidy_by(homes, |entry| entry.0),
        }
    }
}

fn tidy<T: Clone + Ord>(list: &mut Vec<T>) {
    tidy_by(list, T::clone);
}

/// The sum of what machines take, without overflow.
pub(super) fn plus(a: &Resources, b: &Resources) -> Resources {
    std::array::from_fn(|resource| a[resource].saturating_add(b[resource]))
}

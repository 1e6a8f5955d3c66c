//! Machines that do next to nothing, and machines that would do with half.

use crate::engine::model::{Estate, MHz, Machine, MachineEdit, MachineId, MiB, Policy, Power, RightSizing, Scenario};
use crate::engine::order::arrange;
use crate::engine::sizing::{self, CPU, MEMORY, SourceClocks};

/// The most processor time of an idle machine. It is the limit that VMware's vRealize Operations comes with
/// (<https://virtual-red-dot.info/vsphere-capacity-reclamation/>, 2017-02-02): about what a guest system takes that nobody asks anything.
pub const IDLE_CLOCK: MHz = MHz(100);

/// The most memory that an idle machine touches, in per cent of what it has. An assumption of ours beside [`IDLE_CLOCK`], so that a cache or a database that
/// waits for its next question is not called idle: it holds, and touches, far more.
pub const IDLE_MEMORY_PCT: u32 = 10;

/// A machine is oversized where it would do with so much of its vCPU or of its memory, in per cent, or less. Half is the step in which sizes are sold, so
/// that less would rarely save anything, and a margin for what one look does not see.
pub const OVERSIZED_PCT: u32 = 50;

/// Kept above what is measured where the policy does not right-size, in per cent: what the page Rules offers first.
pub const USUAL_HEADROOM_PCT: u32 = 30;

/// What could be taken from a machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spare {
    /// Which one.
    pub machine: MachineId,
    /// Whether it does next to nothing: all of it could be had.
    pub is_idle: bool,
    /// vCPU that it has, and with how many it would do.
    pub vcpus: (u32, u32),
    /// Memory that it has, and with how much it would do.
    pub memory: (MiB, MiB),
}

impl Spare {
    /// vCPU that would be free.
    pub const fn freed_vcpus(&self) -> u32 {
        self.vcpus.0.saturating_sub(self.vcpus.1)
    }

    /// Memory that would be free.
    pub const fn freed_memory(&self) -> MiB {
        MiB(self.memory.0.0.saturating_sub(self.memory.1.0))
    }
}

/// What could be taken from the machines of an estate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Waste {
    /// Idle and oversized machines, those first that would free the most memory, then the most vCPU.
    pub spares: Vec<Spare>,
    /// Running machines with a measurement of processor or memory.
    pub measured: u64,
    /// Running machines without any.
    pub unmeasured: u64,
}

impl Waste {
    /// Machines, vCPU and memory that would be free, of the idle or of the oversized ones.
    pub fn freed(&self, idle: bool) -> (u64, u64, MiB) {
        let those = || self.spares.iter().filter(|spare| spare.is_idle == idle);
        (
            those().count() as u64,
            those().map(|spare| u64::from(spare.freed_vcpus())).sum(),
            those().map(Spare::freed_memory).sum(),
        )
    }
}

/// What the machines that are planned and powered on could give up, by what was measured of them.
///
/// Idle is who uses at most [`IDLE_CLOCK`] and touches at most [`IDLE_MEMORY_PCT`] of its memory; both must be known. What others would do with is what
/// right-sizing would give them ([`sizing::demand`]), in whole vCPU and GiB, with the headroom of the policy or [`USUAL_HEADROOM_PCT`]; one of which it is
/// [`OVERSIZED_PCT`] or less is told. Sizes that the user entered are wanted as they are, so such machines are not looked at.
pub fn waste(estate: &Estate, scenario: &Scenario) -> Waste {
    let policy = measured_policy(&scenario.policy);
    let clocks = SourceClocks::of_estate(estate);
    let mut waste = Waste::default();
    for machine in estate.machines.iter().filter(|machine| machine.power == Power::On) {
        let edit = scenario.edits.get(&machine.id);
        let is_resized = edit.is_some_and(|edit| edit.vcpus.is_some() || edit.memory.is_some());
        if is_resized || !MachineEdit::plans(edit, machine, policy.scope) {
            continue;
        }
        let demand = sizing::demand(machine, None, &policy, clocks.of(machine));
        if !demand.cpu_measured && !demand.memory_measured {
            waste.unmeasured += 1;
            continue;
        }
        waste.measured += 1;
        let memory = MiB::from_gib(demand.resources[MEMORY].div_ceil(1024));
        let enough = (demand.resources[CPU].div_ceil(1000) as u32, memory);
        waste.spares.extend(spare(machine, enough));
    }
    arrange(&mut waste.spares, |a, b| {
        let rank = |spare: &Spare| (spare.freed_memory(), spare.freed_vcpus());
        rank(b).cmp(&rank(a)).then(a.machine.cmp(&b.machine))
    });
    waste
}

/// The policy by which sizes are measured.
fn measured_policy(policy: &Policy) -> Policy {
    let right_sizing = match policy.right_sizing {
        RightSizing::AsProvisioned => {
            RightSizing::Measured { cpu_headroom_pct: USUAL_HEADROOM_PCT, memory_headroom_pct: USUAL_HEADROOM_PCT }
        }
        measured @ RightSizing::Measured { .. } => measured,
    };
    Policy { right_sizing, ..policy.clone() }
}

fn spare(machine: &Machine, (vcpus, memory): (u32, MiB)) -> Option<Spare> {
    let has = (machine.vcpus, machine.memory);
    if is_idle(machine) {
        return Some(Spare { machine: machine.id, is_idle: true, vcpus: (has.0, 0), memory: (has.1, MiB::ZERO) });
    }
    let is_half = |enough: u64, of: u64| of > 0 && enough * 100 <= of * u64::from(OVERSIZED_PCT);
    // What is only a little too large stays as it is.
    let vcpus = if is_half(u64::from(vcpus), u64::from(has.0)) { vcpus } else { has.0 };
    let memory = if is_half(memory.0, has.1.0) { memory } else { has.1 };
    let spare = Spare { machine: machine.id, is_idle: false, vcpus: (has.0, vcpus), memory: (has.1, memory) };
    (spare.freed_vcpus() > 0 || spare.freed_memory() > MiB::ZERO).then_some(spare)
}

fn is_idle(machine: &Machine) -> bool {
    let (Some(used), Some(touched)) = (machine.cpu_used, machine.memory_active) else { return false };
    used <= IDLE_CLOCK && u128::from(touched.0) * 100 <= u128::from(machine.memory.0) * u128::from(IDLE_MEMORY_PCT)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::model::{Host, HostId};

    /// A machine of 8 vCPU and 64 GiB on a host of 2 GHz.
    fn machine(number: u64, used: Option<u64>, touched: Option<u64>) -> Machine {
        Machine {
            id: MachineId(number),
            host: Some(HostId(1)),
            vcpus: 8,
            memory: MiB::from_gib(64),
            cpu_used: used.map(MHz),
            memory_active: touched.map(MiB::from_gib),
            ..Machine::default()
        }
    }

    fn estate(machines: Vec<Machine>) -> Estate {
        let host = Host { id: HostId(1), cores: 16, speed: MHz(2000), ..Host::default() };
        Estate { hosts: vec![host], machines, ..Estate::default() }
    }

    #[test]
    fn what_machines_could_give_up_follows_from_what_they_use() {
        let gib = MiB::from_gib;
        for (name, used, touched, expected) in [
            ("idle", Some(100), Some(6), Some((true, 8, 64))),
            ("idle but for its memory", Some(90), Some(40), Some((false, 7, 0))),
            ("idle, but nobody knows its memory", Some(90), None, Some((false, 7, 0))),
            // 5,000 MHz are 2.5 vCPU, with 30 % on top 3.25.
            ("four of eight vCPU", Some(5_000), Some(60), Some((false, 4, 0))),
            ("five of eight vCPU", Some(6_200), Some(60), None),
            // 20 GiB with 30 % on top are 26.
            ("26 of 64 GiB", Some(14_000), Some(20), Some((false, 0, 38))),
            ("busy", Some(14_000), Some(60), None),
        ] {
            let found = waste(&estate(vec![machine(1, used, touched)]), &Scenario::default());
            let given = found.spares.first().map(|spare| (spare.is_idle, spare.freed_vcpus(), spare.freed_memory()));
            assert_eq!(given, expected.map(|(idle, vcpus, memory)| (idle, vcpus, gib(memory))), "{name}");
            assert_eq!((found.measured, found.unmeasured), (1, 0), "{name}");
        }
    }

    #[test]
    fn nobody_is_judged_who_was_not_measured_does_not_run_or_was_sized_by_hand() {
        let off = Machine { power: Power::Off, ..machine(2, Some(10), Some(1)) };
        let estate = estate(vec![machine(1, None, None), off, machine(3, Some(10), Some(1))]);
        let mut scenario = Scenario::default();
        let found = waste(&estate, &scenario);
        assert_eq!((found.spares.len(), found.measured, found.unmeasured), (1, 1, 1));
        assert_eq!(found.freed(true), (1, 8, MiB::from_gib(64)));
        scenario.edits.insert(MachineId(3), MachineEdit { vcpus: Some(2), ..MachineEdit::default() });
        assert!(waste(&estate, &scenario).spares.is_empty());
    }

    #[test]
    fn who_gives_the_most_comes_first() {
        let machines =
            vec![machine(1, Some(1_000), Some(20)), machine(2, Some(50), Some(1)), machine(3, Some(50), Some(1))];
        let found = waste(&estate(machines), &Scenario::default());
        let order: Vec<u64> = found.spares.iter().map(|spare| spare.machine.0).collect();
        assert_eq!(order, [2, 3, 1]);
        assert_eq!(found.freed(false), (1, 7, MiB::from_gib(38)));
    }
}

//! The loss of hosts in words: how many machines start again where, what is left, and why some do not start.

use crate::engine::model::{MachineId, Policy};
use crate::engine::placement::{Loss, NoRoom, Resource};

use super::{format, words};

/// The resources of which is told what is left.
const TOLD: [Resource; 2] = [Resource::Cpu, Resource::Memory];

/// Whether all machines start again, and a sentence that says it. `hosts` are positions of those that fail.
pub fn sentence(loss: &Loss, hosts: &[u32]) -> (bool, String) {
    let (of_hosts, fail) = (names(hosts), if hosts.len() == 1 { "fails" } else { "fail" });
    let machines = |count: usize| format::counted(count as u64, "machine", "machines");
    let stranded = loss.stranded.len();
    if stranded > 0 {
        let all = machines(stranded + loss.restarts.len());
        let verb = if stranded == 1 { "does" } else { "do" };
        return (
            false,
            format!("If {of_hosts} {fail}, {} of {all} {verb} not start again", format::count(stranded as u64)),
        );
    }
    let text = match loss.restarts.len() {
        0 => format!("If {of_hosts} {fail}, no machine stops: none runs there"),
        1 => format!("If {of_hosts} {fail}, its machine starts again on {}", names(&[loss.restarts[0].0])),
        several => {
            let on = restarts(loss).len() as u64;
            let on = format::counted(on, "other host", "other hosts");
            format!("If {of_hosts} {fail}, all {} start again on {on}", machines(several))
        }
    };
    (true, text)
}

/// `host 3`, `hosts 1, 4 and 7`: people count from 1.
fn names(hosts: &[u32]) -> String {
    let numbers: Vec<String> = hosts.iter().map(|host| (host + 1).to_string()).collect();
    match numbers.as_slice() {
        [] => "no host".to_owned(),
        [one] => format!("host {one}"),
        [first @ .., last] => format!("hosts {} and {last}", first.join(", ")),
    }
}

/// What is left of the reserve: how full the hosts that are left are then, and whether one more may fail.
pub fn reserve(loss: &Loss) -> String {
    let filled = TOLD.map(|resource| {
        let at = resource as usize;
        let used: f64 = loss.left.iter().map(|(_, _, used)| used[at] as f64).sum();
        let capacity: f64 = loss.left.iter().map(|(_, capacity, _)| capacity[at] as f64).sum();
        let share = format::percent(used, capacity);
        format!("{share} of their {}", if resource == Resource::Cpu { "CPU" } else { "memory" })
    });
    let left = format::counted(loss.left.len() as u64, "host that is left has", "hosts that are left have");
    let further = match loss.one_more {
        Some(true) => " Any one host more may fail after that.",
        Some(false) => " No host more may fail after that.",
        None => "",
    };
    if loss.left.is_empty() {
        return "No host is left.".to_owned();
    }
    format!("The {left} {} in use then.{further}", filled.join(" and "))
}

/// The machines that start again, host by host.
pub fn restarts(loss: &Loss) -> Vec<(u32, Vec<MachineId>)> {
    let mut hosts: Vec<(u32, Vec<MachineId>)> = Vec::new();
    for &(host, machine) in &loss.restarts {
        match hosts.last_mut().filter(|(last, _)| *last == host) {
            Some((_, machines)) => machines.push(machine),
            None => hosts.push((host, vec![machine])),
        }
    }
    hosts
}

/// Why a machine does not start again.
pub fn why(no_room: NoRoom, policy: &Policy) -> String {
    match no_room {
        NoRoom::Short { resource, asked, most } => format!(
            "asks for {} of {}, and the host with most has {} free",
            words::host_amount(policy, resource, asked),
            words::resource(resource).to_lowercase().replace("cpu", "CPU").replace("iops", "throughput"),
            words::host_amount(policy, resource, most)
        ),
        NoRoom::NotTogether => "no host has enough of everything free at once".to_owned(),
        NoRoom::Rules => "a rule keeps it from the hosts that have room".to_owned(),
        NoRoom::NoHost => "no host is left".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(number: u64) -> MachineId {
        MachineId(number)
    }

    #[test]
    fn a_loss_is_told_with_its_numbers() {
        let mut loss = Loss {
            restarts: vec![(1, id(5)), (1, id(7)), (3, id(6))],
            left: vec![(1, [1000, 400, 0, 0, 0], [500, 300, 0, 0, 0]), (3, [1000, 400, 0, 0, 0], [0, 300, 0, 0, 0])],
            one_more: Some(false),
            ..Loss::default()
        };
        let all = "If host 1 fails, all 3 machines start again on 2 other hosts".to_owned();
        assert_eq!(sentence(&loss, &[0]), (true, all));
        assert_eq!(restarts(&loss), [(1, vec![id(5), id(7)]), (3, vec![id(6)])]);
        let left = "The 2 hosts that are left have 25 % of their CPU and 75 % of their memory in use then. No host more may fail after that.";
        assert_eq!(reserve(&loss).replace('\u{a0}', " "), left);
        loss.stranded = vec![(id(9), NoRoom::Rules)];
        let some = "If hosts 1, 3 and 5 fail, 1 of 4 machines does not start again".to_owned();
        assert_eq!(sentence(&loss, &[0, 2, 4]), (false, some));
        assert!(sentence(&Loss::default(), &[2]).1.ends_with("no machine stops: none runs there"));
    }

    #[test]
    fn what_is_missing_is_an_amount() {
        let short = NoRoom::Short { resource: Resource::Memory, asked: 262_144, most: 65_536 };
        assert_eq!(
            why(short, &Policy::default()),
            "asks for 256 GiB of memory, and the host with most has 64 GiB free"
        );
        let short = NoRoom::Short { resource: Resource::Cpu, asked: 4000, most: 1500 };
        assert_eq!(why(short, &Policy::default()), "asks for 4 vCPU of CPU, and the host with most has 1.5 vCPU free");
    }
}

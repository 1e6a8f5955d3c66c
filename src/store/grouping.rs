//! Machines grouped to applications, by what the inventory says of them.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::bulk::{self, Change};
use crate::engine::letters::folded;
use crate::engine::model::{Estate, Machine, MachineEdit, MachineId, Scenario, matches};

/// Where the name of the application stands in a pattern.
pub const PLACE: &str = "[app]";

/// By what machines are grouped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum GroupBy {
    /// The last folder of their path.
    #[default]
    Folder,
    /// The first tag that begins with a text; what follows is the application.
    Tag,
    /// A part of their name.
    Name,
    /// The last part of their resource pool.
    ResourcePool,
    /// Names of machines that belong to one application.
    Hand,
}

impl GroupBy {
    /// Every way, with its words.
    pub const ALL: [(Self, &'static str); 5] = [
        (Self::Folder, "Folder"),
        (Self::Tag, "Tag"),
        (Self::Name, "Name pattern"),
        (Self::ResourcePool, "Resource pool"),
        (Self::Hand, "By hand"),
    ];
}

/// How machines are to be grouped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grouping {
    /// By what.
    pub by: GroupBy,
    /// How tags begin that name an application; may be empty.
    pub prefix: String,
    /// Names, with [`PLACE`] for the application, `*` for any text and `?` for one letter.
    pub pattern: String,
    /// Names of machines, with commas between them.
    pub machines: String,
    /// Their application.
    pub application: String,
    /// Machines that have an application stay in it.
    pub keep: bool,
}

impl Default for Grouping {
    fn default() -> Self {
        Self {
            by: GroupBy::default(),
            prefix: String::new(),
            pattern: format!("{PLACE}-*"),
            machines: String::new(),
            application: String::new(),
            keep: true,
        }
    }
}

/// What a grouping would make.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Groups {
    /// Applications with their machines: the largest first, then by name.
    pub applications: Vec<(String, Vec<MachineId>)>,
    /// Machines that stay in the application that they have.
    pub kept: usize,
    /// Machines for which no application is found.
    pub without: usize,
}

impl Groups {
    /// The machines that get an application.
    pub fn machines(&self) -> usize {
        self.applications.iter().map(|(_, machines)| machines.len()).sum()
    }

    /// The edits that group them: one step.
    pub fn edits(&self, estate: &Estate, scenario: &Scenario) -> Vec<(MachineId, MachineEdit)> {
        let each = self.applications.iter().flat_map(|(name, machines)| {
            let change = Change { application: Some(name.clone()), ..Change::default() };
            bulk::edits(estate, scenario, machines.iter().copied(), &change)
        });
        each.collect()
    }
}

impl Grouping {
    /// The applications that machines would get.
    pub fn groups(&self, estate: &Estate, scenario: &Scenario) -> Groups {
        let mut groups = Groups::default();
        let mut by_name: BTreeMap<String, Vec<MachineId>> = BTreeMap::new();
        let named: Vec<String> = self.machines.split(',').map(|name| folded(name.trim())).collect();
        for machine in &estate.machines {
            let edit = scenario.edits.get(&machine.id);
            if self.keep && edit.is_some_and(|edit| edit.application.is_some()) {
                groups.kept += 1;
                continue;
            }
            match self.application_of(machine, edit, &named) {
                Some(name) => by_name.entry(name).or_default().push(machine.id),
                None => groups.without += 1,
            }
        }
        groups.applications = by_name.into_iter().collect();
        groups.applications.sort_by(|(a, of_a), (b, of_b)| (Reverse(of_a.len()), a).cmp(&(Reverse(of_b.len()), b)));
        groups
    }

    fn application_of(&self, machine: &Machine, edit: Option<&MachineEdit>, named: &[String]) -> Option<String> {
        let found = match self.by {
            GroupBy::Folder => last(machine.folder.as_deref()?),
            GroupBy::ResourcePool => last(machine.resource_pool.as_deref()?),
            GroupBy::Tag => MachineEdit::tags(edit, machine).iter().find_map(|tag| after(tag, &self.prefix))?,
            GroupBy::Name => cut_out(&machine.name, self.pattern.trim())?,
            GroupBy::Hand => named.contains(&folded(&machine.name)).then_some(self.application.as_str())?,
        };
        Some(found.trim().to_owned()).filter(|name| !name.is_empty())
    }
}

/// The last part of a path.
fn last(path: &str) -> &str {
    path.trim_end_matches('/').rsplit('/').next().unwrap_or_default()
}

/// What follows `prefix` in `text`, where it begins so and more follows; case does not matter.
fn after<'t>(text: &'t str, prefix: &str) -> Option<&'t str> {
    let mut rest = text.chars();
    for letter in prefix.trim().chars() {
        if folded(rest.next()?.encode_utf8(&mut [0; 4])) != folded(letter.encode_utf8(&mut [0; 4])) {
            return None;
        }
    }
    Some(rest.as_str().trim()).filter(|rest| !rest.is_empty())
}

/// The shortest text of `name` that [`PLACE`] can stand for in `pattern`; `None` where the name does not match, or the pattern has no place.
fn cut_out<'n>(name: &'n str, pattern: &str) -> Option<&'n str> {
    let (before, behind) = pattern.split_once(PLACE)?;
    let ends = || name.char_indices().map(|(at, _)| at).chain([name.len()]);
    let starts = ends().filter(|&start| matches(before, &name[..start]));
    starts
        .flat_map(|start| ends().filter(move |&end| end > start).map(move |end| (start, end)))
        .find(|&(_, end)| matches(behind, &name[end..]))
        .map(|(start, end)| &name[start..end])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::model::tags;

    fn project() -> (Estate, Scenario) {
        let machine = |(name, folder, pool, of): (&str, &str, &str, &str)| Machine {
            id: MachineId::of(&[name]),
            name: name.to_owned(),
            folder: Some(folder.to_owned()).filter(|folder| !folder.is_empty()),
            resource_pool: Some(pool.to_owned()).filter(|pool| !pool.is_empty()),
            tags: tags(of),
            ..Machine::default()
        };
        let machines = [
            ("erp-db-01", "DC/vm/Finance/ERP", "/c1/Resources/gold", "App:Ledger, prod"),
            ("erp-web-01", "DC/vm/Finance/ERP/", "/c1/Resources/gold", "prod"),
            ("shop-01", "DC/vm/Shop", "", "app:Shop"),
            ("plain", "", "", ""),
        ];
        let mut estate = Estate { machines: machines.map(machine).to_vec(), ..Estate::default() };
        estate.sort();
        (estate, Scenario::default())
    }

    /// What it makes, as `name: machines`.
    fn told(grouping: &Grouping) -> (Vec<String>, usize, usize) {
        let (estate, scenario) = project();
        let groups = grouping.groups(&estate, &scenario);
        let each = groups.applications.iter().map(|(name, machines)| format!("{name}: {}", machines.len()));
        (each.collect(), groups.kept, groups.without)
    }

    #[test]
    fn machines_are_grouped_by_what_is_said_of_them() {
        let by = |by| Grouping { by, ..Grouping::default() };
        for (grouping, expected, without) in [
            (by(GroupBy::Folder), vec!["ERP: 2", "Shop: 1"], 1),
            (by(GroupBy::ResourcePool), vec!["gold: 2"], 2),
            (Grouping { prefix: "app:".to_owned(), ..by(GroupBy::Tag) }, vec!["Ledger: 1", "Shop: 1"], 2),
            (by(GroupBy::Tag), vec!["App:Ledger: 1", "app:Shop: 1", "prod: 1"], 1),
            (by(GroupBy::Name), vec!["erp: 2", "shop: 1"], 1),
            (Grouping { pattern: "*-[app]-*".to_owned(), ..by(GroupBy::Name) }, vec!["db: 1", "web: 1"], 2),
            (Grouping { pattern: "erp".to_owned(), ..by(GroupBy::Name) }, vec![], 4),
            (
                Grouping {
                    machines: "PLAIN, shop-01,".to_owned(),
                    application: " Other ".to_owned(),
                    ..by(GroupBy::Hand)
                },
                vec!["Other: 2"],
                2,
            ),
            (Grouping { machines: "plain".to_owned(), ..by(GroupBy::Hand) }, vec![], 4),
        ] {
            let expected = (expected.into_iter().map(str::to_owned).collect(), 0, without);
            assert_eq!(told(&grouping), expected, "{grouping:?}");
        }
    }

    #[test]
    fn the_shortest_text_that_fits_is_the_application() {
        for (name, pattern, found) in [
            ("erp-db-01", "[app]-*", Some("erp")),
            ("erp-db-01", "[app]-??", Some("erp-db")),
            ("SRV-erp01", "srv-[app]??", Some("erp")),
            ("erp", "[app]*", Some("e")),
            ("erp", "[app]", Some("erp")),
            ("-db", "[app]-*", None),
            ("größe-1", "[app]-?", Some("größe")),
            ("erp", "", None),
        ] {
            assert_eq!(cut_out(name, pattern), found, "{name} {pattern}");
        }
    }

    #[test]
    fn machines_that_have_an_application_keep_it_unless_told_otherwise() {
        let (estate, mut scenario) = project();
        let id = MachineId::of(&["shop-01"]);
        let edit = MachineEdit { vcpus: Some(2), application: Some("Web".to_owned()), ..MachineEdit::default() };
        scenario.edits.insert(id, edit.clone());
        let kept = Grouping::default().groups(&estate, &scenario);
        assert_eq!((kept.kept, kept.machines()), (1, 2));
        let all = Grouping { keep: false, ..Grouping::default() }.groups(&estate, &scenario);
        assert_eq!((all.kept, all.machines()), (0, 3));
        let edits = all.edits(&estate, &scenario);
        assert_eq!(edits.len(), 3);
        let shop = edits.iter().find(|(it, _)| *it == id).unwrap();
        assert_eq!(shop.1, MachineEdit { application: Some("Shop".to_owned()), ..edit }, "the rest stays");
    }
}

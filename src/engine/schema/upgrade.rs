//! Older versions, brought up to date one step at a time.

use serde_json::Value;

use super::{CURRENT_VERSION, SchemaError};

/// Turns a file of one version into one of the next.
///
/// The file may be a part ([`super::save_inputs`], [`super::save_estate`]): every field of the project may be missing. The step need not change
/// `schema_version`.
type Upgrader = fn(Value) -> Result<Value, SchemaError>;

/// The step from version 1 to 2, from 2 to 3, …; its length keeps it complete.
const UPGRADERS: [Upgrader; CURRENT_VERSION as usize - 1] = [more_rules, egress_by_region, rates_of_exchange];

/// Version 2 has more kinds of rules and selectors, and links: nothing of version 1 changes.
#[expect(clippy::unnecessary_wraps, reason = "an upgrader may refuse; this one has no reason to")]
const fn more_rules(file: Value) -> Result<Value, SchemaError> {
    Ok(file)
}

/// Version 3 knows what traffic costs by region. 0.09 for each GiB was the default and is taken as such; other figures were entered and stay.
#[expect(clippy::unnecessary_wraps, reason = "an upgrader may refuse; this one has no reason to")]
fn egress_by_region(mut file: Value) -> Result<Value, SchemaError> {
    let scenarios = file.pointer_mut("/project/scenarios").and_then(Value::as_array_mut);
    for scenario in scenarios.into_iter().flatten() {
        if let Some(egress) = scenario.pointer_mut("/assumptions/egress_per_gib")
            && *egress == 90_000
        {
            *egress = Value::Null;
        }
    }
    Ok(file)
}

/// Version 4 has a rate for each currency, in thousand-millionths and dated, in place of one for that of the totals.
#[expect(clippy::unnecessary_wraps, reason = "an upgrader may refuse; this one has no reason to")]
fn rates_of_exchange(mut file: Value) -> Result<Value, SchemaError> {
    let scenarios = file.pointer_mut("/project/scenarios").and_then(Value::as_array_mut);
    for scenario in scenarios.into_iter().flatten() {
        let Some(assumptions) = scenario.get_mut("assumptions").and_then(Value::as_object_mut) else { continue };
        let micros = assumptions.remove("usd_per_unit_micros").unwrap_or_else(|| 1_000_000.into());
        let currency = assumptions.get("currency").cloned().unwrap_or_else(|| "USD".into());
        if currency == "USD" {
            continue;
        }
        // What is no number stays as it is, and is refused where it stands.
        let nanos = micros.as_u64().map_or(micros, |micros| micros.saturating_mul(1000).into());
        assumptions
            .insert("rates".to_owned(), serde_json::json!([{ "currency": currency, "usd_per_unit_nanos": nanos }]));
    }
    Ok(file)
}

/// A file of version `from`, as it would be in the current version.
pub(super) fn upgrade(document: Value, from: u32) -> Result<Value, SchemaError> {
    upgrade_with(&UPGRADERS, document, from)
}

fn upgrade_with(upgraders: &[Upgrader], document: Value, from: u32) -> Result<Value, SchemaError> {
    let mut document =
        upgraders.iter().skip(from.saturating_sub(1) as usize).try_fold(document, |older, step| step(older))?;
    document["schema_version"] = (upgraders.len() + 1).into();
    Ok(document)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// A made-up history: version 2 renamed `title`, version 3 counts from 1.
    const STEPS: [Upgrader; 2] = [
        |mut file| {
            let title = file["project"].as_object_mut().and_then(|project| project.remove("title"));
            if let Some(title) = title {
                file["project"]["name"] = title;
            }
            Ok(file)
        },
        |mut file| {
            let Some(count) = file["project"]["count"].as_u64() else {
                return Err(SchemaError::NotAProject("count is not a number"));
            };
            file["project"]["count"] = (count + 1).into();
            Ok(file)
        },
    ];

    #[track_caller]
    fn check(from: u32, project: Value, expected: Result<Value, SchemaError>) {
        let upgraded = upgrade_with(&STEPS, json!({ "schema_version": from, "project": project }), from);
        assert_eq!(upgraded, expected.map(|project| json!({ "schema_version": 3, "project": project })));
    }

    #[test]
    fn each_version_takes_the_steps_that_came_after_it() {
        check(1, json!({ "title": "x", "count": 0 }), Ok(json!({ "name": "x", "count": 1 })));
        check(2, json!({ "name": "x", "count": 0 }), Ok(json!({ "name": "x", "count": 1 })));
        check(3, json!({ "name": "x", "count": 0 }), Ok(json!({ "name": "x", "count": 0 })));
    }

    #[test]
    fn a_step_may_refuse() {
        check(1, json!({ "title": "x" }), Err(SchemaError::NotAProject("count is not a number")));
    }
}

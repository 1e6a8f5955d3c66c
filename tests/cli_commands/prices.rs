//! `groundwork prices`: lists that are shown, applied and refused.

use groundwork::engine::model::{FootprintKind, Term};
use groundwork::engine::schema;
use serde_json::{Value, json};

use crate::run::{groundwork, office, text};

#[test]
fn doubtful_prices_are_told_and_not_applied_unseen() {
    let (folder, file) = office();
    let [project, list] = ["plan.json", "mine.csv"].map(|name| folder.path().join(name));
    groundwork(&["import", text(&file), "--project", text(&project)]).succeeded();
    let before = std::fs::read(&project).expect("it is there");
    let rows = "what,id,region,amount\ninstance_price,m7i.large,aws/eu-central-1,84\ndiscount,aws,10\n";
    std::fs::write(&list, rows.replace("discount,aws,10\n", "")).expect("the list is written");
    let shown = groundwork(&["prices", text(&list)]).succeeded();
    assert!(shown.out.contains("far above the price before") && shown.err.contains("1 price looks like a mistake"));
    let apply = ["prices", text(&list), "--project", text(&project), "--apply"];
    groundwork(&apply).failed_with(1, &["1 price looks like a mistake; nothing was applied", "--doubtful"]);
    assert_eq!(std::fs::read(&project).expect("it is there"), before);
    groundwork(&[&apply[..], &["--doubtful"]].concat()).succeeded();
    assert_ne!(std::fs::read(&project).expect("it is there"), before);

    // All off is free, and a type that does not exist has no price.
    for (row, problem) in [
        ("discount,aws,,100", "not a share from 0 to less than 100"),
        ("instance_price,m7i.lager,aws/eu-central-1,0.1", "m7i.lager is not an instance type of aws"),
    ] {
        std::fs::write(&list, format!("what,id,region,amount\n{row}\n")).expect("the list is written");
        groundwork(&["prices", text(&list)]).failed_with(1, &["line 2", problem]);
    }
}

#[test]
fn a_price_list_begins_with_a_template_and_tells_what_it_changes() {
    let (folder, file) = office();
    let [project, list] = ["plan.json", "mine.csv"].map(|name| folder.path().join(name));
    groundwork(&["import", text(&file), "--project", text(&project)]).succeeded();
    let before = std::fs::read(&project).expect("it is there");
    // The template is a list that can be read again.
    let template = groundwork(&["prices"]).succeeded().out;
    std::fs::write(&list, &template).expect("the list is written");
    assert!(template.contains("what,id,region,term"), "{template}");
    groundwork(&["prices", text(&list)]).succeeded();
    // m7i.large in N. Virginia is 0.1008 USD an hour in the catalogue.
    let rows = "what,id,region,amount\ninstance_price,m7i.large,aws/us-east-1,0.09\n";
    std::fs::write(&list, rows).expect("the list is written");
    let found = groundwork(&["prices", text(&list), "--json"]).json();
    let [change] = found.as_array().expect("a list").as_slice() else { panic!("one change: {found}") };
    assert_eq!((&change["id"], &change["region"]), (&json!("m7i.large"), &json!("aws/us-east-1")));
    assert_eq!((&change["old"], &change["new"], &change["doubt"]), (&json!(100_800), &json!(90_000), &Value::Null));
    let told = groundwork(&["prices", text(&list), "--project", text(&project)]).succeeded();
    assert!(told.out.contains("1 price changes") && told.out.contains("0.1008 USD"), "{}", told.out);
    assert!(told.err.contains("not changed; --apply puts 1 price into the scenario"), "{}", told.err);
    assert_eq!(std::fs::read(&project).expect("it is there"), before);
    groundwork(&["prices", text(&list), "--project", text(&project), "--apply"]).succeeded();
    let kept = schema::open(&std::fs::read(&project).expect("it is there")).expect("a project").project;
    assert!(kept.scenarios[0].prices.contains("m7i.large"), "{}", kept.scenarios[0].prices);
    groundwork(&["prices", "no-such-list.csv"]).failed_with(1, &["no-such-list.csv"]);
}

#[test]
fn prices_that_a_project_lacks_are_listed_to_be_filled_in() {
    let (folder, file) = office();
    let [path, list] = ["plan.json", "mine.csv"].map(|name| folder.path().join(name));
    groundwork(&["import", text(&file), "--project", text(&path)]).succeeded();
    let mut project = schema::open(&std::fs::read(&path).expect("it is there")).expect("a project").project;
    for footprint in &mut project.scenarios[0].footprints {
        footprint.enabled = false;
        if let FootprintKind::Instances(rented) = &mut footprint.kind
            && rented.region.as_str().starts_with("aws/")
        {
            (rented.term, footprint.enabled) = (Term::ThreeYears, true);
        }
    }
    std::fs::write(&path, schema::save(&project)).expect("the project is written");
    // No price of EC2 for three years is public: one machine with Linux and one with Windows run.
    let lacking = || groundwork(&["prices", "--project", text(&path)]).succeeded().out;
    let missing = lacking();
    let rows: Vec<&str> = missing.lines().filter(|line| line.starts_with("instance_price,")).collect();
    assert_eq!(rows.len(), 2, "{missing}");
    assert!(rows.iter().all(|row| row.contains(",three_years,") && row.ends_with(",,USD,hour,1 machine")), "{missing}");
    assert!(missing.contains(",linux,") && missing.contains(",windows,"), "{missing}");
    let told = |word: &str| groundwork(&["plan", text(&path), "--steps", "2", "--json"]).succeeded().out.contains(word);
    assert!(told("no public price for the 3-year term of 2 instance types"));
    // As it is it says nothing yet; with amounts it is a list.
    std::fs::write(&list, &missing).expect("the list is written");
    groundwork(&["prices", text(&list)]).failed_with(1, &["line 2", "amount"]);
    std::fs::write(&list, missing.replace(",,USD,", ",0.05,USD,")).expect("the list is written");
    groundwork(&["prices", text(&list), "--project", text(&path), "--apply"]).succeeded();
    assert_eq!(lacking().lines().count(), 1, "the header is left: {}", lacking());
    assert!(!told("no public price for the 3-year term"));
}

//! The calls of pages that others build, in a real browser: what they take, what they give, and what they refuse.

use std::rc::Rc;

use crate::estates;
use groundwork::engine::model::Project;
use groundwork::engine::schema;
use groundwork::protocol::build_id;
use groundwork::web::api::{Call, read};
use groundwork::web::intake::INTAKE;
use js_sys::{Array, JSON, Object, Reflect, Uint8Array};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::File;

/// A call as it comes in a message: with these options, written as JSON.
fn call(name: &str, subject: &JsValue, options: &str) -> Result<Box<dyn Call>, String> {
    let options = if options.is_empty() { JsValue::UNDEFINED } else { JSON::parse(options).expect("JSON") };
    read(name, &[1.into(), name.into(), build_id().into(), subject.clone(), options].iter().collect(), &INTAKE)
}

fn refused(name: &str, subject: &JsValue, options: &str) -> String {
    call(name, subject, options).err().expect("is refused")
}

fn field(value: &JsValue, path: &str) -> JsValue {
    path.split('.').fold(value.clone(), |value, name| Reflect::get(&value, &name.into()).expect("an object"))
}

/// The first known estate as a project file, and its project.
fn project_file() -> (JsValue, Project) {
    let [case, ..] = estates::cases();
    let mut project = Project {
        name: case.name.to_owned(),
        estate: Rc::new(case.estate),
        scenarios: vec![case.scenario],
        ..Project::default()
    };
    schema::repair(&mut project);
    (Uint8Array::from(schema::save(&project).as_slice()).into(), project)
}

#[wasm_bindgen_test]
fn a_plan_and_its_cost_are_those_of_the_engine() {
    let catalog = estates::catalog();
    let (file, project) = project_file();
    let outcome = estates::cases()[0].plan(&catalog);
    let planned = call("plan", &file, r#"{ "steps": 100 }"#).expect("is read").answer(&catalog).expect("a plan");
    assert_eq!(field(&planned, "outcome.plan_hash").as_string(), Some(outcome.plan_hash.clone()));
    assert_eq!(field(&planned, "scenario").as_string(), Some(project.scenarios[0].name.clone()));
    let total = outcome.ledger.total().micros() as f64;
    assert_eq!(field(&planned, "outcome.plan.cost").as_f64(), Some(total));

    let options = r#"{ "steps": 100, "draws": 50, "scenario": "1" }"#;
    let costed = call("cost", &file, options).expect("is read").answer(&catalog).expect("a cost");
    assert_eq!(field(&costed, "total").as_f64(), Some(total));
    assert_eq!(field(&costed, "plan_hash").as_string(), Some(outcome.plan_hash));
    assert_eq!(field(&costed, "confidence.draws").as_f64(), Some(50.0));
}

#[wasm_bindgen_test]
fn a_plan_that_was_kept_is_checked_again() {
    let catalog = estates::catalog();
    let (file, _) = project_file();
    let planned = call("plan", &file, r#"{ "steps": 100 }"#).expect("is read").answer(&catalog).expect("a plan");
    let check = |kept: &str| {
        let options = Object::new();
        Reflect::set(&options, &"plan".into(), &kept.into()).expect("an object");
        let message = [1.into(), "check".into(), build_id().into(), file.clone(), options.into()];
        read("check", &message.iter().collect(), &INTAKE)
    };
    let kept = String::from(JSON::stringify(&planned).expect("JSON"));
    let checked = check(&kept).expect("is read").answer(&catalog).expect("a verdict");
    assert_eq!(field(&checked, "accepted").as_bool(), Some(true));
    assert_eq!(field(&checked, "plan_hash"), field(&planned, "outcome.plan_hash"));
    assert_eq!(field(&checked, "cost"), field(&planned, "outcome.plan.cost"));

    let plan = field(&planned, "outcome.plan");
    Reflect::set(&plan, &"cost".into(), &1.into()).expect("an object");
    let kept = String::from(JSON::stringify(&planned).expect("JSON"));
    let checked = check(&kept).expect("is read").answer(&catalog).expect("a verdict");
    assert_eq!(field(&checked, "accepted").as_bool(), Some(false));
    let violations = Array::from(&field(&checked, "violations"));
    assert!(violations.get(0).as_string().expect("a sentence").starts_with("the cost is "));
    assert!(check("{}").err().expect("is refused").starts_with("The plan: missing field `outcome`"));
}

#[wasm_bindgen_test]
fn files_become_a_project() {
    let catalog = estates::catalog();
    let import = |name: &str, content: &str| {
        let file = File::new_with_str_sequence(&Array::of1(&content.into()), name).expect("a file");
        call("import", &Array::of1(&file), "").and_then(|call| call.answer(&catalog))
    };
    let open = |answer: JsValue| {
        let answer = Array::from(&answer);
        assert_eq!(Array::from(&answer.get(1)).length(), 0, "notes");
        schema::open(&Uint8Array::new(&answer.get(0)).to_vec()).expect("a project").project
    };
    let inventory = "VM,Powerstate,Template,CPUs,Memory,Provisioned MiB,In Use MiB,Host,Cluster,Datacenter\napp,poweredOn,False,2,4096,40960,20480,esx,c,dc\n";
    let project = open(import("RVTools_tabvInfo.csv", inventory).expect("is read"));
    assert_eq!((project.name.as_str(), project.estate.machines.len()), ("RVTools_tabvInfo", 1));
    assert!(!project.scenarios[0].footprints.is_empty());

    let saved = String::from_utf8(schema::save(&project)).expect("is text");
    assert!(open(import("x.json", &saved).expect("is opened")) == project);
    assert!(import("a.csv", "a,b\n1,2\n").expect_err("is refused").contains("Nothing could be imported"));
    assert!(import("a.json", "{}").expect_err("is refused").contains("a.json: this is not a Groundwork project"));
}

#[wasm_bindgen_test]
fn what_is_wrong_is_named() {
    let (file, _) = project_file();
    assert!(refused("plan", &"text".into(), "").contains("The project is not"));
    assert!(refused("plan", &Uint8Array::from(&b"[]"[..]).into(), "").contains("The project: "));
    assert!(refused("plan", &file, r#"{ "steps": "many" }"#).contains("options.steps"));
    assert!(refused("plan", &file, r#"{ "steps": 100001 }"#).contains("options.steps: at most"));
    assert!(refused("plan", &file, r#"{ "scenario": "7" }"#).contains("options.scenario: there is no 7"));
    assert!(refused("cost", &file, r#"{ "draws": -1 }"#).contains("options.draws"));
    assert!(refused("check", &file, "").contains("The plan is missing"));
    assert!(refused("import", &Object::new(), "").contains("not a list"));
    assert!(refused("import", &Array::new(), "").contains("no file"));
    assert!(refused("import", &Array::of1(&1.into()), "").contains("not a file"));
    assert!(refused("fetch", &file, "").contains("no function fetch"));
    let message = Array::of4(&1.into(), &"plan".into(), &"another build".into(), &file);
    assert!(read("plan", &message, &INTAKE).err().expect("is refused").contains("different builds"));
}

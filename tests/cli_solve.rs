//! `groundwork solve` and `groundwork check` as their users see them. `planner-90.json` is an instance of ours, of 90 machines and three kinds of host;
//! `planner-90-plan.json` a plan of it that was saved once, `planner-90-forged.json` the same with a proof that claims too much.
#![cfg(not(target_arch = "wasm32"))]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

/// What is forged, how, and what is said of it.
type Forgery = (&'static str, fn(&mut Value), &'static str);

/// The exit code, what was printed, and what stands on the standard error.
fn groundwork(arguments: &[&str]) -> (Option<i32>, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_groundwork")).args(arguments).output().expect("the program starts");
    let text = |bytes| String::from_utf8(bytes).expect("the program prints UTF-8");
    (output.status.code(), text(output.stdout), text(output.stderr))
}

#[track_caller]
fn json_of(arguments: &[&str]) -> Value {
    let (code, out, err) = groundwork(&[arguments, &["--json"]].concat());
    assert_eq!(code, Some(0), "{err}");
    serde_json::from_str(&out).expect("one JSON document")
}

fn data(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name);
    path.to_string_lossy().into_owned()
}

/// A file compressed with gzip in a folder.
fn compressed(folder: &Path, file: &str) -> PathBuf {
    let name = Path::new(file).file_name().expect("a file").to_string_lossy();
    let path = folder.join(format!("{name}.gz"));
    let to = std::fs::File::create(&path).expect("created");
    let mut encoder = flate2::write::GzEncoder::new(to, flate2::Compression::default());
    encoder.write_all(&std::fs::read(file).expect("read")).expect("compressed");
    encoder.finish().expect("written");
    path
}

/// An answer without its times and the name of its file.
fn result(mut answer: Value) -> Value {
    let answer_fields = answer.as_object_mut().expect("an object");
    for field in ["milliseconds", "first_milliseconds"] {
        assert!(answer_fields.remove(field).expect("times are told").as_f64() > Some(0.0));
    }
    answer_fields.remove("file").expect("the file is told");
    answer
}

/// The answer, and the plan as it was saved without the name of its file.
fn saved(file: &str, options: &[&str]) -> (Value, Value) {
    let folder = tempfile::tempdir().expect("there is a place for a folder");
    let path = folder.path().join("plan.json");
    let path = path.to_string_lossy();
    let answer = result(json_of(&[&["solve", file, "--plan", &path], options].concat()));
    let checked = json_of(&["check", &path, "--problem", file]);
    for field in ["cost", "bound", "gap_percent", "hosts", "machines", "unplaced", "accepted"] {
        assert_eq!(checked[field], answer[field], "{field}");
    }
    let mut plan: Value = serde_json::from_slice(&std::fs::read(&*path).expect("read")).expect("JSON");
    plan.as_object_mut().expect("an object").remove("file").expect("the file is named");
    (answer, plan)
}

#[test]
fn the_same_budget_and_seed_give_the_same_plan_plain_and_compressed() {
    let folder = tempfile::tempdir().expect("there is a place for a folder");
    let plain = data("planner-90.json");
    let packed = compressed(folder.path(), &plain);
    let options = ["--budget", "12", "--seed", "7"];
    let (answer, plan) = saved(&plain, &options);
    assert_eq!((&answer["machines"], &answer["unplaced"], &answer["accepted"]), (&json!(90), &json!(0), &json!(true)));
    let number = |field: &str| answer[field].as_f64().expect("a number");
    assert!(0.0 < number("bound") && number("bound") <= number("cost"), "{answer}");
    let gap = (number("cost") - number("bound")) / number("cost") * 100.0;
    assert!((gap - number("gap_percent")).abs() < 0.001, "{answer}");
    assert_eq!(plan["budget"], json!({ "steps": 12, "seed": 7 }));

    assert_eq!((answer.clone(), plan.clone()), saved(&plain, &options), "the same again");
    assert_eq!((answer.clone(), plan.clone()), saved(&packed.to_string_lossy(), &options), "from .gz");
    let (_, other) = saved(&plain, &["--budget", "12", "--seed", "8"]);
    assert_ne!(other["plan"], plan["plan"], "the seed is part of the input");
    let (more, _) = saved(&plain, &["--budget", "120", "--seed", "7"]);
    assert!(more["cost"].as_f64() <= answer["cost"].as_f64(), "{more} for more work than {answer}");
}

#[test]
fn a_packing_file_takes_the_same_options() {
    let folder = tempfile::tempdir().expect("there is a place for a folder");
    let file = folder.path().join("mixed.vbp");
    // Two dimensions; 40 items, of which a first fit wastes room.
    let items = (0..40).map(|item| format!("{} {} 1\n", 11 + item * 7 % 38, 9 + item * 13 % 41)).collect::<String>();
    std::fs::write(&file, format!("2\n100 100\n40\n{items}")).expect("written");
    let plain = file.to_string_lossy().into_owned();
    let packed = compressed(folder.path(), &plain);
    let (answer, packing) = saved(&plain, &["--budget", "9", "--seed", "3"]);
    assert_eq!((&answer["machines"], &answer["accepted"]), (&json!(40), &json!(true)));
    assert_eq!((answer.clone(), packing.clone()), saved(&packed.to_string_lossy(), &["--budget", "9", "--seed", "3"]));
    let quick = result(json_of(&["solve", &plain, "--milliseconds", "30"]));
    assert_eq!(quick["accepted"], true);
    assert!(quick["cost"].as_f64() >= quick["bound"].as_f64());
}

#[test]
fn a_time_limit_takes_the_place_of_a_budget() {
    let file = data("planner-90.json");
    let (answer, plan) = saved(&file, &["--milliseconds", "40"]);
    assert_eq!((&answer["unplaced"], &answer["accepted"]), (&json!(0), &json!(true)));
    assert_eq!(plan["budget"]["steps"], json!(u32::MAX), "no budget ends it before the time");
    let (code, _, err) = groundwork(&["solve", &file, "--milliseconds", "40", "--budget", "3"]);
    assert_eq!(code, Some(2), "{err}");
    assert!(err.contains("--budget") && err.contains("--milliseconds"), "{err}");
}

#[test]
fn a_saved_plan_is_accepted_and_a_forged_one_refused() {
    let problem = data("planner-90.json");
    let checked = json_of(&["check", &data("planner-90-plan.json"), "--problem", &problem]);
    assert_eq!(checked["accepted"], true, "{checked}");
    let (code, out, err) = groundwork(&["check", &data("planner-90-forged.json"), "--problem", &problem]);
    assert_eq!(code, Some(1), "{out}");
    assert!(err.contains("a lower bound of") && err.contains("the checker refuses the plan"), "{err}");
}

#[test]
fn every_forgery_is_named() {
    let folder = tempfile::tempdir().expect("there is a place for a folder");
    let text = std::fs::read_to_string(data("planner-90-plan.json")).expect("read");
    let honest: Value = serde_json::from_str(&text).expect("JSON");
    let forgeries: [Forgery; 6] = [
        ("the cost", |plan| plan["cost"] = json!(1), "its parts come to"),
        ("the bound", |plan| plan["lower_bound"] = plan["cost"].clone(), "a lower bound of"),
        ("the proof", |plan| plan["certificate"]["nodes"] = json!([]), "a lower bound of"),
        ("a machine", |plan| _ = plan["assignments"].as_array_mut().expect("a list").pop(), "59 is missing"),
        (
            "a slot",
            |plan| plan["assignments"][0]["slot"] = json!({ "host": { "cluster": 0, "host": 99 } }),
            "is where it may not be",
        ),
        ("a place", |plan| plan["places"][0]["instances"] = json!(3), "what it is said to carry"),
    ];
    for (what, forge, words) in forgeries {
        let mut forged = honest.clone();
        forge(&mut forged["plan"]);
        assert_ne!(forged, honest, "{what}");
        let path = folder.path().join("forged.json");
        std::fs::write(&path, forged.to_string()).expect("written");
        let (code, _, err) = groundwork(&["check", &path.to_string_lossy(), "--problem", &data("planner-90.json")]);
        assert_eq!(code, Some(1), "{what}: {err}");
        assert!(err.contains(words), "{what}: {words:?} is not in {err}");
    }
}

//! `groundwork solve` and `groundwork check`: files of packing problems.

use serde_json::{Value, json};

use crate::run::groundwork;

#[test]
fn a_packing_file_is_solved_and_its_plan_checked() {
    let folder = tempfile::tempdir().expect("there is a place for a folder");
    let (instance, saved) = (folder.path().join("small.vbp"), folder.path().join("plan.json"));
    // Four of 6 and four of 4 fill four bins of 10.
    std::fs::write(&instance, "1\n10\n2\n6 4\n4 4\n").expect("written");
    let (instance, saved) = (instance.to_string_lossy(), saved.to_string_lossy());
    let solved = groundwork(&["solve", &instance, "--plan", &saved, "--json"]).json();
    assert_eq!(solved["accepted"], true, "{solved}");
    assert_eq!((&solved["machines"], &solved["cost"], &solved["hosts"]), (&json!(8), &json!(4.0), &json!(4)));
    assert_eq!(solved["bound"], json!(4.0));
    assert_eq!(groundwork(&["check", &saved, "--json"]).json()["accepted"], true);

    // A bound that the certificate does not prove is refused, and so is a cost that is not the sum of its parts.
    let text = std::fs::read_to_string(&*saved).expect("read");
    let mut plan: Value = serde_json::from_str(&text).expect("JSON");
    plan["packing"]["cost"] = json!(3);
    std::fs::write(&*saved, plan.to_string()).expect("written");
    let refused = groundwork(&["check", &saved]);
    assert_eq!(refused.code, Some(1), "{}", refused.out);
    assert!(refused.err.contains("the bins cost 4, not 3"), "{}", refused.err);

    // Any number of dimensions, several types of bin, and a file that breaks off.
    let wide = folder.path().join("wide.vbp");
    std::fs::write(&wide, "7\n9 9 9 9 9 9 9\n1\n1 2 3 4 3 2 1 5\n").expect("written");
    assert_eq!(groundwork(&["solve", &wide.to_string_lossy(), "--json"]).json()["cost"], json!(3.0));
    let types = folder.path().join("types.mvp");
    std::fs::write(&types, "1 2  100 7 -1  50 4 -1  1  1 3 50").expect("written");
    assert_eq!(groundwork(&["solve", &types.to_string_lossy(), "--json"]).json()["cost"], json!(11.0));
    std::fs::write(&types, "1 2  100 7 -1  50 4").expect("written");
    groundwork(&["solve", &types.to_string_lossy()]).failed_with(1, &["types.mvp", "number 8 of the file is missing"]);

    groundwork(&["solve", "no-such-file.vbp"]).failed_with(1, &["no-such-file.vbp", "cannot be read"]);
    std::fs::write(&*saved, "not a plan").expect("written");
    groundwork(&["check", &saved]).failed_with(1, &["expected"]);
}

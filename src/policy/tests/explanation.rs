//! The explanation of `rules test`.

use super::*;

#[test]
fn an_explanation_names_every_rule_that_was_tried_and_every_reading() {
    let mut post = rule("/public/**", Requirement::Nothing);
    post.selection.methods = vec![Method::POST];
    let site = site(vec![rule("/admin/**", Requirement::Deny), post, rule("/public/**", Requirement::Nothing)]);
    let target = RequestTarget::parse("/public/x;/..%2Fy").unwrap();
    let path = PathInterpretations::of(target.path());
    let asked = get(&site, &target, &path);
    let told = explain(&asked).unwrap();
    let missed: Vec<Option<Mismatch>> = told.tried.iter().map(|(_, mismatch)| *mismatch).collect();
    assert_eq!(missed, [Some(Mismatch::Path), Some(Mismatch::Method), None]);
    assert_eq!((told.canonical.as_str(), told.rule.rule), ("/public/x;/..%2Fy", Some(2)));
    assert!(told.readings.iter().any(|other| other.path == "/public/y" && other.rule.rule == Some(2)), "{told:?}");
}

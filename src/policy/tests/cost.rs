//! The cost of one request, measured in bytes compared and never in time.

use super::*;

/// Twenty costly rules; the last one matches everything.
fn twenty() -> Arc<Site> {
    let rules = (0..19).map(|number| regex(&format!("/([a-z]+/)*{number}[a-z]*"), Requirement::Nothing));
    site(rules.chain([regex("/.*", Requirement::TwoFactor)]).collect())
}

/// The cost of finding the rules.
fn cost(site: &Arc<Site>, path: &str, also: &[Method]) -> Result<usize, BudgetExceeded> {
    let target = RequestTarget::parse(path).unwrap();
    let path = PathInterpretations::of(path);
    let mut budget = Budget::for_one_request();
    let asked = PolicyQuery { also, ..get(site, &target, &path) };
    PolicyMatch::find(&asked, &mut budget).map(|_| budget.spent())
}

/// What a look costs beside the bytes that are compared.
const LOOK: usize = 32;

/// A path compared as it is and folded, with and without a slash at its end.
fn four_looks(path: &str) -> usize {
    2 * (path.len() + LOOK) + 2 * (path.len() + 1 + LOOK)
}

#[test]
fn every_further_method_costs_nothing() {
    let site = twenty();
    let claimed = [Method::PUT, Method::DELETE, Method::PATCH, Method::POST, Method::OPTIONS];
    for path in ["/a/b", "/A/b;x", "/a%20b/", "/a%3bb"] {
        assert_eq!(cost(&site, path, &claimed), cost(&site, path, &[]), "{path}");
    }
}

#[test]
fn an_expression_is_compared_with_a_path_four_times_at_most() {
    let site = twenty();
    let path = format!("/{}", "a".repeat(999));
    let spent = cost(&site, &path, &[]).unwrap();
    // Nineteen rules see it as it is and folded, with and without a slash at its end; the last one matches without.
    assert_eq!(spent, 19 * four_looks(&path) + 2 * (path.len() + LOOK));
}

/// The budget is 512 KiB.
#[test]
fn a_path_that_costs_more_than_a_request_may_is_refused_and_what_honest_clients_send_is_judged() {
    let site = twenty();
    assert!(cost(&site, &format!("/{}", "a".repeat(6000)), &[]).is_ok());
    assert_eq!(cost(&site, &format!("/{}", "a".repeat(8191)), &[]), Err(BudgetExceeded));
    assert!(cost(&site, "/shop/caf%C3%A9;v=1/100%25%20off.pdf", &[Method::POST]).is_ok());
    let tangle = format!("/{}", ";a%3b".repeat(1000));
    assert_eq!(cost(&site, &tangle, &[]), Err(BudgetExceeded));
    let many = self::site((0..400).map(|_| regex("/x.*", Requirement::Nothing)).collect());
    assert_eq!(cost(&many, &format!("/{}", "a".repeat(400)), &[]), Err(BudgetExceeded));
    assert!(cost(&many, &format!("/{}", "a".repeat(200)), &[]).is_ok());
    // Many plain rules exceed the budget too.
    let plain = self::site((0..20_000).map(|number| rule(&format!("/A{number}/**"), Requirement::Nothing)).collect());
    assert_eq!(cost(&plain, "/a%3bb/c", &[]), Err(BudgetExceeded));
}

/// All targets of a request share one budget: a `Destination` does not double what it may cost.
#[test]
fn two_targets_share_one_budget() {
    let site = twenty();
    let text = format!("/{}", "a".repeat(6000));
    let target = RequestTarget::parse(&text).unwrap();
    let path = PathInterpretations::of(&text);
    let asked = get(&site, &target, &path);
    let mut budget = Budget::for_one_request();
    assert!(PolicyMatch::find(&asked, &mut budget).is_ok());
    assert!(PolicyMatch::find(&asked, &mut budget).is_err());
}

/// A rule for another method or network is skipped without comparing the path.
#[test]
fn a_rule_about_another_method_or_network_costs_no_comparison() {
    let mut elsewhere = regex("/.*x", Requirement::Deny);
    elsewhere.selection.networks = vec!["10.0.0.0/8".parse().unwrap()];
    let mut posts = regex("/.*y", Requirement::Deny);
    posts.selection.methods = vec![Method::POST];
    let site = site(vec![elsewhere, posts]);
    let path = format!("/{}", "a".repeat(5000));
    let passed_over = 2 * LOOK;
    assert_eq!(cost(&site, &path, &[]).unwrap(), 2 * passed_over);
    assert_eq!(cost(&site, &path, &[Method::POST]).unwrap(), passed_over + four_looks(&path));
}

/// The further interpretations of a path that is denied anyway are not compared.
#[test]
fn a_path_without_an_end_of_readings_costs_one_reading() {
    let site = twenty();
    let path = format!("/{}", "%25252e/".repeat(500));
    let spent = cost(&site, &path, &[]).unwrap();
    assert_eq!(spent, 20 * (path.len() + LOOK));
    assert_eq!(reason(&site, &path, ada()), Some(DenialReason::Denied));
}

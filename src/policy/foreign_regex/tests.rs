use proptest::prelude::*;
use regex::Regex;

use super::anchored::NoEqual;
use super::{SearchedText, all_matches, anchored};
use crate::policy::PathPattern;

const EXACT: [(&str, &str); 12] = [
    ("^/api", "/api.*"),
    ("^/api/.*$", "/api/.*"),
    ("^/api/.*", "/api/.*"),
    ("^/api([/?].*)?$", "/api([/?].*)?"),
    ("^/health([?].*)?$", "/health([?].*)?"),
    ("^/static/(css|js)/", "/static/(css|js)/.*"),
    (r"^/v\d+/public", r"/v\d+/public.*"),
    ("^/(a|b)", "/(a|b).*"),
    (".*", ".*"),
    ("^/", "/.*"),
    ("(?i)^/api", ".*(?:(?i)^/api).*"),
    ("^/a|^/b", ".*(?:^/a|^/b).*"),
];

#[test]
fn what_no_query_can_change_becomes_an_expression_for_the_whole_path() {
    for (written, whole) in EXACT {
        assert_eq!(anchored(written, SearchedText::PathAndQuery).as_deref(), Ok(whole), "{written}");
    }
}

#[test]
fn what_a_query_can_change_is_refused_unless_the_path_alone_is_searched() {
    for (written, whole) in [
        (r"\.css$", r".*\.css"),
        ("^/health$", "/health"),
        ("/metrics", ".*(?:/metrics).*"),
        ("^/a.*b", "/a.*b.*"),
        (r"^/a\?x=1", r"/a\?x=1.*"),
        ("^/api/[^/]*$", "/api/[^/]*"),
        ("^/a/.+$", "/a/.+"),
    ] {
        assert_eq!(anchored(written, SearchedText::PathAndQuery), Err(NoEqual::Query), "{written}");
        let found = anchored(written, SearchedText::Path).unwrap();
        assert_eq!(found.replace("(?:", "").replace(')', ""), whole.replace("(?:", "").replace(')', ""), "{written}");
    }
}

#[test]
fn what_cannot_be_read_or_names_encoded_characters_is_refused() {
    for written in ["^/a(?=b)", r"^/(a)\1", "(", r"\Qa\E", &format!("^/{}", "(a{100}){100}".repeat(9))] {
        assert!(matches!(anchored(written, SearchedText::Path), Err(NoEqual::Unreadable(_))), "{written}");
    }
    for written in ["^/a b", "^/\u{e4}", "^/a%20b"] {
        assert_eq!(anchored(written, SearchedText::Path), Err(NoEqual::Encoded), "{written}");
    }
}

#[test]
fn an_expression_of_a_few_hosts_is_a_list_of_them() {
    let hosts = |written: &str| all_matches(written);
    assert_eq!(hosts(r"^(app|www)\.example\.com$").unwrap(), ["app.example.com", "www.example.com"]);
    assert_eq!(
        hosts(r"^app[12]?\.example\.com$").unwrap(),
        ["app.example.com", "app1.example.com", "app2.example.com"]
    );
    for written in
        [r"app\.example\.com", r"^app\.example\.com", r"^.*\.example\.com$", r"^app-\d+\.example\.com$", "^a|b$", "("]
    {
        assert_eq!(hosts(written), None, "{written}");
    }
}

fn expression() -> impl Strategy<Value = String> {
    let atom =
        prop::sample::select(vec!["/", "a", "b", "/a", "/b", ".", "[ab]", "(a|b)", "[^/]", "(/.*)?", "([/?].*)?"]);
    let times = prop::sample::select(vec!["", "", "", "*", "?", "+"]);
    let parts = prop::collection::vec((atom, times), 1..5);
    (any::<bool>(), parts, any::<bool>()).prop_map(|(start, parts, end)| {
        let parts = parts.into_iter().map(|(atom, times)| format!("(?:{atom}){times}")).collect::<Vec<_>>().concat();
        format!("{}{parts}{}", if start { "^" } else { "" }, if end { "$" } else { "" })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn the_whole_expression_matches_where_the_search_finds(
        written in expression(),
        paths in prop::collection::vec("/[ab/]{0,6}", 1..20),
        query in "[ab/?=]{1,4}",
    ) {
        let search = Regex::new(&written).unwrap();
        let path_alone = PathPattern::regex(&anchored(&written, SearchedText::Path).unwrap()).unwrap();
        let with_query = anchored(&written, SearchedText::PathAndQuery);
        for path in paths {
            prop_assert_eq!(search.is_match(&path), path_alone.matches(&path), "{} {}", &written, &path);
            if let Ok(whole) = &with_query {
                let whole = PathPattern::regex(whole).unwrap();
                prop_assert_eq!(search.is_match(&format!("{path}?{query}")), whole.matches(&path), "{} {}", &written, &path);
            }
        }
    }
}

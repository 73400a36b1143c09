use super::{Folder, RIGHT, mistakes};
use crate::config::load::{Config, Flags};
use crate::password::PasswordPolicy;
use crate::policy::{AmbiguousPaths, Assertion, Credential, Requirement};

/// A valid file whose only site is extended by these lines; the first of them is line 8.
fn site(lines: &str) -> Result<Config, Vec<String>> {
    Folder::with(&format!("{RIGHT}{lines}")).load(&[], Flags::default())
}

/// A valid rule with these lines added must have exactly this mistake.
fn earns(lines: &str, line: &str) {
    let text = format!("{RIGHT}[[sites.rules]]\n{lines}\n");
    assert_eq!(mistakes(&text), [line], "{lines}");
}

#[test]
fn rules_are_read_as_they_are_written() {
    let config = site(
        r#"
assertion = true
ambiguous_paths = "pass"
[[sites.rules]]
path = "/public/**"
require = "nothing"
[[sites.rules]]
path_regex = "/api/v[0-9]+/.*"
methods = ["GET", "POST"]
networks = ["10.0.0.0/8", "::1"]
groups = ["staff"]
accounts = ["Ada"]
require = "one_factor"
credentials = ["token", "basic"]
[[sites.rules]]
fresh_within = "10m"
require = "two_factor"
"#,
    )
    .unwrap();
    let site = &config.settings.sites[0];
    assert_eq!((site.assertion, site.ambiguous_paths, site.rules.len()), (Assertion::Signed, AmbiguousPaths::Pass, 3));
    let rule = &site.rules[1];
    assert_eq!((rule.selection.path.to_string().as_str(), rule.require), ("/api/v[0-9]+/.*", Requirement::OneFactor));
    assert_eq!((rule.selection.methods.len(), rule.selection.networks[1].to_string()), (2, "::1".to_owned()));
    assert_eq!((rule.people.groups[0].as_str(), rule.people.accounts[0].as_str()), ("staff", "ada"));
    assert_eq!(rule.credentials, [Credential::Token, Credential::Basic]);
    assert_eq!(site.rules[0].credentials, [Credential::Session]);
    assert_eq!(site.rules[2].fresh_within.map(|span| span.as_secs()), Some(600));
    assert_eq!(config.settings.password.policy, PasswordPolicy::Alone, "a rule takes the password alone");
    assert_eq!(config.warnings.len(), 1, "{:?}", config.warnings);
    let basic = "portcullis.toml line 21): with `basic`, a password sent with each request";
    assert!(config.warnings[0].contains(basic), "{:?}", config.warnings);
    assert!(config.rule_origins[0][1].ends_with("portcullis.toml line 14"), "{:?}", config.rule_origins);
    let shown = config.show();
    assert!(shown.contains(r#"{ path = "/public/**", require = "nothing" }"#), "{shown}");
}

#[test]
fn without_rules_nothing_changes() {
    let config = site("").unwrap();
    assert!(config.settings.sites[0].rules.is_empty());
    assert_eq!(config.settings.sites[0].assertion, Assertion::Unsigned);
    assert_eq!(config.settings.password.policy, PasswordPolicy::BesideFactor);
}

/// The lines of the rule, the wrong key, and the rest of the line that is reported.
fn earn(cases: &[(&str, &str, &str)]) {
    for (lines, key, rest) in cases {
        let place = if rest.starts_with("not set") { "" } else { "portcullis.toml line " };
        earns(lines, &format!("sites[0].rules[0].{key} ({place}{rest}"));
    }
}

#[test]
fn a_path_that_a_rule_cannot_have_is_named_with_what_is_right() {
    let canonical = "this is not the canonical form of the path (RFC 3986 §6.2.2)";
    earn(&[
        (
            "path = \"/a\"\npath_regex = \"/b\"\nrequire = \"deny\"",
            "path_regex",
            "10): `path` is set as well; remove one of them",
        ),
        (
            "path = \"a/**\"\nrequire = \"deny\"",
            "path",
            "9): `a/**`: a path starts with a slash; write one such as `/public/**`",
        ),
        (
            "path = \"/a/*/b\"\nrequire = \"deny\"",
            "path",
            "9): `/a/*/b`: `*` is allowed only as `/**` at the end; use `path_regex` for other patterns",
        ),
        ("path = \"/a/../b/**\"\nrequire = \"deny\"", "path", &format!("9): `/a/../b/**`: {canonical}; write `/b/**`")),
        (
            "path = \"/caf\u{e9}\"\nrequire = \"deny\"",
            "path",
            &format!("9): `/caf\u{e9}`: {canonical}; write `/caf%C3%A9`"),
        ),
        (
            "path = \"/a?b=c\"\nrequire = \"deny\"",
            "path",
            "9): `/a?b=c`: a path ends before `?` and `#`: rules never see the query; write only the path",
        ),
        (
            "path = \"/a b\"\nrequire = \"deny\"",
            "path",
            "9): `/a b`: a path holds no blanks and no control characters; write a blank as `%20`",
        ),
        (
            "path_regex = \"/a(\"\nrequire = \"deny\"",
            "path_regex",
            "9): `/a(`: unclosed group; see https://docs.rs/regex for the syntax",
        ),
    ]);
}

#[test]
fn a_value_that_cannot_be_and_a_list_that_says_nothing_are_mistakes() {
    earn(&[
        (
            "methods = [\"get\"]\nrequire = \"deny\"",
            "methods[0]",
            "9): `get` is not a method; write it in capital letters, such as `GET`",
        ),
        ("methods = [\"TRACE\"]\nrequire = \"deny\"", "methods[0]", "9): `TRACE` never passes the gateway; remove it"),
        (
            "methods = [\"GET\", \"GET\"]\nrequire = \"deny\"",
            "methods[1]",
            "9): this value is listed twice; remove one of them",
        ),
        ("methods = []\nrequire = \"deny\"", "methods", "9): an empty list; remove it, or add values"),
        (
            "networks = [\"10/8\"]\nrequire = \"deny\"",
            "networks[0]",
            "9): `10/8` is not an address or a network; write one such as `10.0.0.0/8`",
        ),
        (
            "groups = [\"a,b\"]\nrequire = \"two_factor\"",
            "groups[0]",
            "9): `a,b` is not a group; write one such as `admins`",
        ),
        (
            "accounts = [\"a b\"]\nrequire = \"two_factor\"",
            "accounts[0]",
            "9): `a b` is not a user name; write one such as `ada`",
        ),
    ]);
}

#[test]
fn what_does_not_go_together_with_what_is_asked_is_a_mistake() {
    earn(&[
        ("path = \"/\"", "require", "not set): missing; write `nothing`, `one_factor`, `two_factor` or `deny`"),
        (
            "require = \"password\"",
            "require",
            "9): `password` is none of `nothing`, `one_factor`, `two_factor`, `deny`; write `nothing` or `one_factor` or `two_factor` or `deny`",
        ),
        (
            "fresh_within = \"5m\"\nrequire = \"one_factor\"",
            "fresh_within",
            "9): `one_factor` has no code; remove it, or write `require = \"two_factor\"`",
        ),
        (
            "credentials = [\"basic\"]\nrequire = \"two_factor\"",
            "credentials[0]",
            "9): `basic` is one factor; remove it, or write `require = \"one_factor\"`",
        ),
        (
            "fresh_within = \"5m\"\ncredentials = [\"session\", \"token\"]\nrequire = \"two_factor\"",
            "credentials[1]",
            "10): a token is never fresh; remove it, or remove `fresh_within`",
        ),
        (
            "groups = [\"a\"]\nrequire = \"nothing\"",
            "groups",
            "9): `nothing` requires no principal; remove it, or write another `require`",
        ),
        (
            "credentials = [\"token\"]\nrequire = \"deny\"",
            "credentials",
            "9): `deny` lets nobody pass; remove it, or write another `require`",
        ),
    ]);
}

#[test]
fn all_mistakes_of_all_rules_are_told_at_once() {
    let text = format!(
        "{RIGHT}[[sites.rules]]\npath = \"a\"\n[[sites.rules]]\nmethods = [\"get\", \"x\"]\nrequire = \"dny\"\n"
    );
    let keys: Vec<String> =
        mistakes(&text).iter().filter_map(|line| line.split(' ').next().map(str::to_owned)).collect();
    assert_eq!(
        keys,
        [
            "sites[0].rules[0].path",
            "sites[0].rules[1].methods[0]",
            "sites[0].rules[1].methods[1]",
            "sites[0].rules[1].require",
            "sites[0].rules[0].require",
        ]
    );
    assert_eq!(mistakes(&format!("{RIGHT}rules = [\"/a\"]\n")).len(), 1);
}

#[test]
fn a_rule_that_can_never_count_and_one_that_opens_nothing_are_worth_a_warning() {
    let warnings = |rules: &str| site(rules).unwrap().warnings;
    let hidden = warnings(
        "[[sites.rules]]\npath = \"/a/**\"\nrequire = \"nothing\"\n[[sites.rules]]\npath = \"/a/b\"\nrequire = \"deny\"\n",
    );
    let never = "portcullis.toml line 11): never decides: `sites[0].rules[0]` matches everything that it matches";
    assert!(
        hidden.len() == 1 && hidden[0].starts_with("sites[0].rules[1] (") && hidden[0].ends_with(never),
        "{hidden:?}"
    );
    let odd = warnings("[[sites.rules]]\npath = \"/a;v=1/**\"\nrequire = \"nothing\"\n");
    assert!(odd.len() == 1 && odd[0].contains("a server could read this as `/a`"), "{odd:?}");
    for fine in [
        "[[sites.rules]]\nnetworks = [\"10.0.0.0/8\"]\nrequire = \"nothing\"\n",
        "[[sites.rules]]\npath = \"/a/b/**\"\nrequire = \"deny\"\n[[sites.rules]]\npath = \"/a/**\"\nrequire = \"nothing\"\n",
        "[[sites.rules]]\npath = \"/a%20b\"\nrequire = \"nothing\"\n",
    ] {
        assert!(warnings(fine).is_empty(), "{fine}: {:?}", warnings(fine));
    }
}

#[test]
fn one_rule_for_a_password_alone_makes_every_new_password_longer() {
    let person = |password: &'static str| {
        [
            ("CLIENT_ID", "PRIV-1"),
            ("CLIENT_SECRET", "s3cret-of-project"),
            ("BASE_URL", "https://cpaas.example.com"),
            ("DESTINATION_NUMBER", "+15005550006"),
            ("TEST_EMAIL", "ada@example.com"),
            ("TEST_PASSWORD", password),
        ]
    };
    let one = "[[sites]]\nupstream = [\"http://127.0.0.1:3000\"]\n[[sites.rules]]\npath = \"/feed\"\nrequire = \"one_factor\"\n";
    let folder = Folder::with(one);
    assert_eq!(
        folder.load(&person("nine bridges"), Flags::default()).err().unwrap(),
        ["TEST_PASSWORD (environment): shorter than 15 characters, but a rule requires `one_factor`; set another one"]
    );
    assert!(folder.load(&person("over nine bridges"), Flags::default()).is_ok());
    let two = Folder::with(&one.replace("one_factor", "two_factor"));
    assert!(two.load(&person("nine bridges"), Flags::default()).is_ok());
}

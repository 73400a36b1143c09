//! `portcullis rules test` through the real command.

use crate::first_hour::{EXAMPLE, Folder};
use crate::gateway::{Gateway, Setup};
use crate::process::{run, text};

const SITE: &str = r#"
host = "app.example.com"
[[sites.rules]]
path = "/public/**"
require = "nothing"
[[sites.rules]]
path = "/admin/**"
methods = ["POST"]
require = "deny"
[[sites.rules]]
path = "/admin/**"
groups = ["admins"]
require = "two_factor"
fresh_within = "10m"
[[sites.rules]]
path = "/inside/**"
networks = ["10.0.0.0/8"]
require = "nothing"
"#;

struct Said {
    status: Option<i32>,
    text: String,
}

async fn says(gateway: &Gateway, arguments: &[&str]) -> Said {
    let config = gateway.config_file();
    let output = run(&[&["rules", "test", "--config", &config], arguments].concat(), &[], "").await;
    Said { status: output.status.code(), text: text(&output).replace(&config, "FILE") }
}

async fn gateway() -> Gateway {
    Gateway::with(Setup { site: SITE.to_owned(), ..Setup::default() }).await
}

#[tokio::test]
async fn without_a_site_no_option_is_advised_that_the_command_does_not_have() {
    let folder = Folder::with(EXAMPLE.split("[[sites]]").next().unwrap());
    let (status, said) = folder.said(&["rules", "test", "--url", "https://app.example.com/"]).await;
    assert_eq!((status, said.as_str()), (Some(78), "sites (not set): missing; add a `[[sites]]` with `upstream`\n"));
    let (status, said) = folder.said(&["config", "check"]).await;
    let with_option = "sites (not set): missing; add a `[[sites]]` with `upstream`, or use `--upstream URL`\n";
    assert_eq!((status, said.as_str()), (Some(78), with_option), "which this command has");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_deciding_rule_is_named_with_every_rule_before_it() {
    let gateway = gateway().await;
    let said = says(&gateway, &["--url", "https://app.example.com/admin/../ADMIN/x", "--user", "ada"]).await;
    assert!(
        said.text.contains("refused   400 before any rule: bad request: the path contains a dot segment"),
        "{}",
        said.text
    );
    let said = says(&gateway, &["--url", "https://app.example.com/admin/x?y=/public/", "--user", "ada"]).await;
    assert_eq!(said.status, Some(0));
    for part in [
        "request   GET https://app.example.com/admin/x?y=/public/\n",
        "site      sites[0], app.example.com\n",
        "path      /admin/x\n",
        "tried     sites[0].rules[0]  /public/**  another path\n",
        "tried     sites[0].rules[1]  /admin/**  another method\n",
        "tried     sites[0].rules[2]  /admin/**  matches\n",
        "decides   sites[0].rules[2] (FILE line ",
        "two_factor, the code not older than 600 s, group admins, by session\n",
        "with nothing: is asked to sign in (no-session)\n",
        "ada with a session with a fresh code: is refused with 403 (not-allowed)\n",
    ] {
        assert!(said.text.contains(part), "{part} is missing:\n{}", said.text);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_reading_of_the_path_is_shown_with_its_rule() {
    let gateway = gateway().await;
    let said = says(&gateway, &["--url", "https://app.example.com/Public/..;/x", "--json"]).await;
    assert!(said.text.contains("refused"), "{}", said.text);
    let said = says(&gateway, &["--url", "https://app.example.com/public;x/ADMIN", "--json"]).await;
    let told: serde_json::Value = serde_json::from_str(&said.text).unwrap();
    assert_eq!(
        (said.status, &told["rule"], &told["path"]),
        (Some(0), &serde_json::Value::Null, &"/public;x/ADMIN".into())
    );
    let readings = told["readings"].as_array().unwrap();
    assert!(
        readings.iter().any(|other| other["path"] == "/public/ADMIN" && other["rule"] == "sites[0].rules[0]"),
        "{told}"
    );
    assert_eq!(told["verdicts"][0]["passes"], false);
    let open = says(&gateway, &["--url", "https://app.example.com/public/x", "--json"]).await;
    let told: serde_json::Value = serde_json::from_str(&open.text).unwrap();
    assert_eq!((&told["require"], &told["verdicts"][0]["passes"]), (&"nothing".into(), &true.into()));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_passes_as_far_as_its_groups_and_its_factor_reach() {
    let gateway = gateway().await;
    gateway
        .user(
            &["add", "grace", "--email", "grace@example.com", "--group", "admins", "--password-stdin"],
            "over nine bridges\n",
        )
        .await;
    let said = says(&gateway, &["--url", "https://app.example.com/admin", "--user", "grace@example.com"]).await;
    assert!(
        said.text.contains("grace with a session with a password only: is asked for a code (not-enough-factors)"),
        "{}",
        said.text
    );
    assert!(said.text.contains("grace with a session with a fresh code: passes"), "{}", said.text);
    let said = says(&gateway, &["--url", "https://app.example.com/admin", "--user", "grace", "--method", "POST"]).await;
    assert!(said.text.contains("is refused with 403 (denied)"), "{}", said.text);
    gateway.user(&["disable", "grace"], "").await;
    let said = says(&gateway, &["--url", "https://app.example.com/admin", "--user", "grace"]).await;
    assert!(said.text.contains("(account-disabled)") && !said.text.contains("passes"), "{}", said.text);
    let said = says(&gateway, &["--url", "https://app.example.com/admin", "--user", "nobody"]).await;
    assert!(said.status == Some(1) && said.text.contains("\"nobody\": there is no account with"), "{}", said.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_is_needed_for_rules_about_networks() {
    let gateway = gateway().await;
    let url = ["--url", "https://app.example.com/inside/x"];
    let said = says(&gateway, &url).await;
    assert!(
        said.text.contains("the client is in none of its networks") && said.text.contains("add --client"),
        "{}",
        said.text
    );
    let said = says(&gateway, &[&url[..], &["--client", "10.1.2.3"]].concat()).await;
    assert!(said.text.contains("with nothing: passes"), "{}", said.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_would_never_come_to_a_rule_is_told_so() {
    let gateway = gateway().await;
    let long = format!("https://app.example.com/{}", "x".repeat(8192));
    for (url, part) in [
        ("https://other.example.com/", "refused   421 before any rule: no site is configured for this host"),
        ("http://app.example.com/", "refused   400 before any rule: plain http is refused"),
        (
            "https://app.example.com/a%2Fb",
            "refused   400 before any rule: bad request: the path contains an encoded slash",
        ),
        ("https://app.example.com/portcullis/login", "answered  by the gateway itself"),
        (
            "https://app.example.com/PORTCULLIS/login",
            "refused   400 before any rule: bad request: the path could be read",
        ),
        (long.as_str(), "refused   414 before any rule: path over 8192 bytes"),
    ] {
        let said = says(&gateway, &["--url", url]).await;
        assert!(said.status == Some(0) && said.text.contains(part), "{url}: {}", said.text);
    }
    let said = says(&gateway, &["--url", "https://app.example.com/", "--method", "get"]).await;
    assert!(said.status == Some(0) && said.text.contains("capital letters"), "{}", said.text);
    for url in
        ["app.example.com/a", "https://app.example.com/a b", "https://app.example.com/#a", "ftp://app.example.com/"]
    {
        let said = says(&gateway, &["--url", url]).await;
        assert_eq!(said.status, Some(2), "{url}: {}", said.text);
    }
    let config = gateway.path("wrong.toml");
    std::fs::write(&config, "[[sites]]\nupstram = []\n").unwrap();
    let wrong = run(&["rules", "test", "--url", "https://a/", "--config", config.to_str().unwrap()], &[], "").await;
    assert_eq!(wrong.status.code(), Some(78), "{}", text(&wrong));
}

//! `portcullis rules import`: what is printed is accepted, and opens nothing that was closed.

use super::{Said, folder, on, sample, says};
use crate::first_hour::{EXAMPLE, Folder};

async fn convert(folder: &Folder, content: impl AsRef<[u8]>, more: &[&str]) -> Said {
    on(folder, &["rules", "import"], content, more).await
}

/// Authelia's file with these rules, and a line for each of them in the report.
fn authelia(rules: &str) -> String {
    format!("access_control:\n  default_policy: deny\n  rules:\n{rules}")
}

const TYPICAL: &str = r"definitions:
  network: {office: [192.0.2.0/24, '2001:db8::/32']}
access_control:
  default_policy: deny
  networks:
  - {name: vpn, networks: 10.8.0.0/16}
  rules:
  - {domain: app.example.test, policy: bypass, resources: ['^/public([/?].*)?$', '^/assets/'], methods: [GET, HEAD]}
  - {domain: app.example.test, policy: bypass, networks: [office, vpn, 198.51.100.7]}
  - domain: [app.example.test, '*.example.test']
    policy: two_factor
    subject: ['group:ops', 'user:Ada']
  - {domain: [app.example.test, '*.example.test'], policy: two_factor, subject: 'group:night'}
  - {domain_regex: '^(one|two)\.example\.test$', policy: one_factor}
";

const TYPICAL_SITES: &str = r#"[[sites]]
host = "app.example.test"
upstream = ["http://127.0.0.1:3000"]  # write the address of the app

[[sites.rules]]  # rule 1 (line 8)
path_regex = "/public([/?].*)?"
methods = ["GET"]
require = "nothing"

[[sites.rules]]  # rule 1 (line 8)
path_regex = "/assets/.*"
methods = ["GET"]
require = "nothing"

[[sites.rules]]  # rule 2 (line 9)
networks = ["10.8.0.0/16", "192.0.2.0/24", "198.51.100.7", "2001:db8::/32"]
require = "nothing"

[[sites.rules]]  # rule 3 (line 10) and rule 4 (line 13)
groups = ["night", "ops"]
accounts = ["ada"]
require = "two_factor"

[[sites]]
host = "one.example.test"
upstream = ["http://127.0.0.1:3000"]  # write the address of the app

[[sites.rules]]  # rule 3 (line 10) and rule 4 (line 13)
groups = ["night", "ops"]
accounts = ["ada"]
require = "two_factor"

[[sites]]
host = "two.example.test"
upstream = ["http://127.0.0.1:3000"]  # write the address of the app

[[sites.rules]]  # rule 3 (line 10) and rule 4 (line 13)
groups = ["night", "ops"]
accounts = ["ada"]
require = "two_factor"

[[sites]]
host = "*.example.test"
upstream = ["http://127.0.0.1:3000"]  # write the address of the app

[[sites.rules]]  # rule 3 (line 10) and rule 4 (line 13)
groups = ["night", "ops"]
accounts = ["ada"]
require = "two_factor"
"#;

#[tokio::test]
async fn authelias_rules_become_sites_and_what_differs_in_meaning_is_refused() {
    let folder = folder();
    let said = convert(&folder, TYPICAL, &["--skip-refused"]).await;
    assert_eq!(said.out, TYPICAL_SITES);
    // On two hosts the rule for everybody comes behind the one for some: there others went on to it.
    let others =
        "a later rule or `default_policy` lets others in where its `subject` does not match; here they get 403";
    assert_eq!(
        said.err,
        format!(
            "rule 3 (line 10) and rule 4 (line 13): refused: on one.example.test {others}\n\
             rule 3 (line 10) and rule 4 (line 13): refused: on two.example.test {others}\n\
             rule 1 (line 8): converted: app.example.test; `GET` includes `HEAD` here (RFC 9110 §9.3.2: the same without \
             content)\n\
             rule 2 (line 9): converted: app.example.test\n\
             rule 5 (line 14): converted: one.example.test, two.example.test\n"
        )
    );
    assert_eq!(said.status, Some(1));
    assert_eq!(convert(&folder, TYPICAL, &[]).await.out, "", "nothing is printed while something is refused");
}

/// Puts the sites into the configuration of the folder.
async fn checked(folder: &Folder, sites: &str) {
    let base = EXAMPLE.split("[[sites]]").next().unwrap();
    folder.write("config/portcullis.toml", &format!("{base}\n{sites}"));
    let said = says(folder, &["config", "check"]).await;
    assert_eq!(said.status, Some(0), "{said:?}\n{sites}");
}

#[tokio::test]
async fn what_is_printed_is_a_configuration_and_decides_as_the_other_program_did() {
    const PEOPLE: &str = "two_factor, group night or ops, account ada, by session";
    let folder = folder();
    let sites = convert(&folder, TYPICAL, &["--skip-refused"]).await.out;
    checked(&folder, &sites).await;
    for (url, more, decides) in [
        ("https://app.example.test/public?x=1", &[][..], "nothing"),
        ("https://app.example.test/public/a", &[], "nothing"),
        ("https://app.example.test/publicity", &[], PEOPLE),
        ("https://app.example.test/public", &["--method", "POST"], PEOPLE),
        ("https://app.example.test/x", &["--client", "192.0.2.9"], "nothing"),
        ("https://other.example.test/x", &["--client", "192.0.2.9"], PEOPLE),
    ] {
        let said = says(&folder, &[&["rules", "test", "--url", url], more].concat()).await;
        let rule = said.out.lines().find(|line| line.starts_with("decides")).unwrap();
        let found = rule.split("): ").nth(1).unwrap();
        assert_eq!(found, decides, "{url}\n{}", said.out);
    }
}

#[tokio::test]
async fn the_samples_are_converted_as_far_as_they_can_be_said() {
    let folder = folder();
    let said = convert(&folder, sample("08-authelia-legacy-config.yml"), &[]).await;
    let refused = "rule 1 (line 8): refused: `resources`: \"\\\\.css$\": whether it matches depends on the query, which \
                   rules here never see\n";
    let nothing = "nothing is printed: correct what was refused, or leave it out with --skip-refused\n";
    assert_eq!(said, Said { status: Some(1), out: String::new(), err: format!("{refused}{nothing}") });
    let said = convert(&folder, sample("08-authelia-legacy-config.yml"), &["--skip-refused"]).await;
    let head = "[[sites]]\nhost = \"*.example.test\"\nupstream = [\"http://127.0.0.1:3000\"]  # write the address of the app\n";
    let rule = "\n[[sites.rules]]  # rule 1 (line 8)\npath_regex = \"/api.*\"\nrequire = \"nothing\"\n";
    let end = "\n[[sites.rules]]  # default_policy\nrequire = \"deny\"\n";
    assert_eq!(said, Said { status: Some(1), out: format!("{head}{rule}{end}"), err: refused.to_owned() });
    checked(&folder, &said.out).await;
    let said = convert(&folder, sample("08-authelia-legacy-config.yml"), &["--ignore-query"]).await;
    let css = "\n[[sites.rules]]  # rule 1 (line 8)\npath_regex = '.*\\.css'\nrequire = \"nothing\"\n";
    let converted = "rule 1 (line 8): converted: *.example.test\n".to_owned();
    assert_eq!(said, Said { status: Some(0), out: format!("{head}{css}{rule}{end}"), err: converted });
    checked(&folder, &said.out).await;
}

#[tokio::test]
async fn a_refused_rule_closes_what_follows_it() {
    let folder = folder();
    let closed = "could not be said, so everything that follows it is closed\nrequire = \"deny\"\n";
    for (rule, why) in [
        (
            "{domain: a.example.test, policy: deny, resources: ['secret$']}",
            "`resources`: \"secret$\": whether it matches depends on the query",
        ),
        ("{domain: a.example.test, policy: deny, subject: 'group:guests'}", "`subject` with `deny`"),
        ("{domain: a.example.test, policy: deny, query: [[{key: x}]]}", "`query`: rules here never see the query"),
        (
            "{domain: a.example.test, policy: two_factor, subject: [['user:a', 'group:b']]}",
            "`subject`: several conditions at once",
        ),
        (
            "{domain: a.example.test, policy: two_factor, subject: 'oauth2:client:x'}",
            "`subject`: \"oauth2:client:x\" is no",
        ),
        ("{domain: a.example.test, policy: deny, networks: [nowhere]}", "`networks`: \"nowhere\" is no network"),
        ("{domain: a.example.test, policy: unknown}", "`policy` is not bypass"),
        ("{domain: '{user}.example.test', policy: deny}", "`domain`: \"{user}.example.test\" is no host"),
        ("{domain_regex: '^(?P<User>\\w+)\\.example\\.test$', policy: deny}", "`domain_regex`: "),
        ("{domain_regex: '.*', policy: deny}", "`domain_regex`: \".*\" is not a list of up to 64 hosts"),
        ("{policy: deny}", "it has no `domain`"),
    ] {
        let rules = format!("  - {rule}\n  - {{domain: a.example.test, policy: bypass}}\n");
        let said = convert(&folder, authelia(&rules), &["--skip-refused"]).await;
        assert!(said.err.contains(&format!("rule 1 (line 4): refused: {why}")), "{rule}: {said:?}");
        assert!(said.out.ends_with(closed) && !said.out.contains("nothing"), "{rule}: {said:?}");
        checked(&folder, &said.out).await;
    }
    let rules = "  - {domain: a.example.test, policy: bypass, networks: [home]}\n  networks:\n  - {name: home, networks: {a: b}}\n";
    let said = convert(&folder, authelia(rules), &["--skip-refused"]).await;
    assert!(said.err.contains("the definition of \"home\" has no network that can be read"), "{said:?}");
    assert!(!said.out.contains("nothing"), "{said:?}");
    // Nothing is more open than `bypass`: without it, later rules decide.
    let rules = "  - {domain: a.example.test, policy: bypass, query: [[{key: x}]]}\n  - {domain: a.example.test, policy: two_factor}\n";
    let said = convert(&folder, authelia(rules), &["--skip-refused"]).await;
    assert!(
        said.out.ends_with("# rule 2 (line 5)\nrequire = \"two_factor\"\n") && !said.out.contains("deny"),
        "{said:?}"
    );
}

#[tokio::test]
async fn what_oauth2_proxy_lets_pass_becomes_open_and_its_restrictions_hold() {
    let folder = folder();
    let said = convert(&folder, sample("10-oauth2-proxy.cfg"), &[]).await;
    let host = "portcullis: users: the file of oauth2-proxy does not name its host; name it with --host\n";
    assert_eq!(said, Said { status: Some(1), out: String::new(), err: host.to_owned() });
    let said = convert(&folder, sample("10-oauth2-proxy.cfg"), &["--host", "app.example.test", "--skip-refused"]).await;
    assert_eq!(said.status, Some(1));
    assert_eq!(
        said.err,
        "trusted_ips[0]: converted: everything is open for 10.0.0.0/8\n\
         skip_auth_routes[0] \"GET=^/public/\": converted: open: /public/.*\n\
         skip_auth_routes[1] \"POST!=^/hook$\": refused: it opens everything but the expression; name what is open\n\
         skip_auth_routes[2] \"/metrics\": converted: open: .*/metrics.*\n\
         skip_auth_regex[0] \"^/old\": converted: open: /old.*\n\
         email_domains: note: every account of Portcullis may pass\n\
         upstreams[0] \"http://127.0.0.1:3000/#/app\": refused: a site here has one address for all of its paths; put a \
         proxy or a host of its own in front of each app\n\
         upstreams[1] \"static://202\": refused: only apps that speak HTTP are protected; serve files and fixed answers by \
         another server\n\
         upstreams[2] \"file:///srv/www#/docs\": refused: only apps that speak HTTP are protected; serve files and fixed \
         answers by another server\n\
         htpasswd_file: note: its accounts are read by `portcullis user import`\n\
         whitelist_domains: note: visitors return only to the hosts of your sites\n\
         reverse_proxy: note: name the proxy in `server.trusted_proxies`\n\
         cookie_secret: note: keys are made by `portcullis serve`; it is not read\n"
    );
    assert!(!said.out.contains("MDEyMzQ1"), "{said:?}");
    checked(&folder, &said.out).await;
    let whole =
        "upstreams = [\"http://127.0.0.1:3000/\"]\nskip_auth_routes = [\"OPTIONS=^/\"]\nallowed_groups = [\"ops\"]\n";
    let said = convert(&folder, whole, &["--host", "app.example.test"]).await;
    assert_eq!(
        said.out,
        "[[sites]]\nhost = \"app.example.test\"\nupstream = [\"http://127.0.0.1:3000\"]\n\n\
         [[sites.rules]]  # skip_auth_routes[0] \"OPTIONS=^/\"\npath_regex = \"/.*\"\nmethods = [\"OPTIONS\"]\n\
         require = \"nothing\"\n\n\
         [[sites.rules]]  # allowed_groups\ngroups = [\"ops\"]\nrequire = \"two_factor\"\n",
        "{said:?}"
    );
    checked(&folder, &said.out).await;
    for some in [
        "email_domains = [\"example.test\"]",
        "github_org = \"a\"",
        "google_groups = [\"a\"]",
        "allowed_groups = [1001]",
        "email_domains = 7",
    ] {
        let said = convert(&folder, some, &["--host", "app.example.test", "--skip-refused"]).await;
        assert!(said.out.ends_with("so everything else is closed\nrequire = \"deny\"\n"), "{some}: {said:?}");
    }
}

//! What a configuration does, beside what it says: `config check` names each effect that an operator hardly wants.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::gateway::{GatewayProcess, Setup};

const CPAAS: &str = "[cpaas]\nbase_url = \"https://cpaas.example.com\"\nclient_id = \"PRIV-1\"\n\
                     client_secret = \"a-secret-of-this-test\"\n";
const SITE: &str = "[[sites]]\nhost = \"app.example.com\"\nupstream = [\"http://127.0.0.1:3000\"]\n";

/// The lines of `config check`, and its exit status.
fn checked(toml: &str) -> (Option<i32>, Vec<String>) {
    let folder = tempfile::tempdir().unwrap();
    let written = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
    };
    written("portcullis.toml", toml);
    written("cpaas.secret", "a-secret-of-this-test");
    let made = rcgen::generate_simple_self_signed(["app.example.com".to_owned()]).unwrap();
    written("cert.pem", &made.cert.pem());
    written("key.pem", &made.signing_key.serialize_pem());
    let mut command = Command::new(env!("CARGO_BIN_EXE_portcullis"));
    command.current_dir(folder.path()).env_clear().stdin(Stdio::null());
    let output = command.args(["config", "check", "--config", "portcullis.toml"]).output().unwrap();
    let text = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8(text).unwrap().lines().map(str::to_owned).collect())
}

/// A right configuration with this before its site, and its site goes on with that.
fn file(before: &str, site: &str) -> String {
    format!("{before}{CPAAS}{SITE}{site}")
}

/// The one warning of a site with these rules; the first line of `rules` is line 8.
fn earns(rules: &str, warning: &str) {
    assert_eq!(checked(&file("", rules)), (Some(0), vec![format!("warning: {warning}"), "ok".to_owned()]), "{rules}");
}

fn is_quiet(toml: &str) {
    assert_eq!(checked(toml), (Some(0), vec!["ok".to_owned()]), "{toml}");
}

fn rule(lines: &str) -> String {
    format!("[[sites.rules]]\n{lines}\n")
}

fn rules(all: &[&str]) -> String {
    all.iter().map(|lines| rule(lines)).collect()
}

const OPEN: &str = "require = \"nothing\"";

#[test]
fn a_denied_path_whose_child_is_open_is_named() {
    earns(
        &rules(&["path = \"/admin\"\nrequire = \"deny\"", OPEN]),
        "sites[0].rules[0] (portcullis.toml line 8): `/admin` is denied, but `/admin/x` is open to everybody by \
         `sites[0].rules[1]`; write `path = \"/admin/**\"`",
    );
    earns(
        &rules(&["path = \"/\"\nrequire = \"two_factor\"", "path = \"/**\"\nrequire = \"nothing\""]),
        "sites[0].rules[0] (portcullis.toml line 8): `/` asks for two factors, but `/x` is open to everybody by \
         `sites[0].rules[1]`; write `path = \"/**\"`",
    );
    earns(
        &rules(&["path_regex = \"/admin\"\nrequire = \"deny\"", OPEN]),
        "sites[0].rules[0] (portcullis.toml line 8): `/admin` is denied, but `/admin/x` is open to everybody by \
         `sites[0].rules[1]`; let it match what lies below as well",
    );
    earns(
        &rules(&["path = \"/admin\"\ngroups = [\"admins\"]\nrequire = \"two_factor\""]),
        "sites[0].rules[0] (portcullis.toml line 8): `/admin` is for admins alone, but `/admin/x` is open to every \
         account; write `path = \"/admin/**\"`",
    );
    earns(
        &rules(&[
            "path_regex = \"/admin/.+\"\nrequire = \"nothing\"",
            "path = \"/admin/**\"\nfresh_within = \"10m\"\nrequire = \"two_factor\"",
        ]),
        "sites[0].rules[1] (portcullis.toml line 11): `/admin` asks for a fresh code, but `/admin/x` is open to everybody \
         by `sites[0].rules[0]`; put this rule before `sites[0].rules[0]`",
    );
}

#[test]
fn a_rule_behind_one_that_opens_everything_it_matches_is_named() {
    let never = "never decides: it is denied, but `sites[0].rules[0]` comes first and opens";
    let (_, lines) = checked(&file(
        "",
        &rules(&["path_regex = \".*\"\nrequire = \"nothing\"", "path = \"/admin/**\"\nrequire = \"deny\""]),
    ));
    assert_eq!(
        lines,
        [
            format!("warning: sites[0].rules[1] (portcullis.toml line 11): {never} `/admin` to everybody; put this rule before it"),
            "warning: sites[0].rules[0] (portcullis.toml line 8): everything on this site is open to everybody, and nobody is \
             asked to sign in: give the rule a `path`, or write `require = \"two_factor\"`"
                .to_owned(),
            "ok".to_owned(),
        ]
    );
    earns(
        &rules(&[
            "path_regex = \".*\"\nrequire = \"one_factor\"",
            "path = \"/admin/**\"\ngroups = [\"admins\"]\nrequire = \"two_factor\"",
        ]),
        "sites[0].rules[1] (portcullis.toml line 11): never decides: it is for admins alone, but `sites[0].rules[0]` comes \
         first and opens `/admin` to every account; put this rule before it",
    );
    earns(
        &rules(&["path_regex = \"/a/.*\"\nrequire = \"nothing\"", "path_regex = \"/a/b(/.*)?\"\nrequire = \"deny\""]),
        &format!("sites[0].rules[1] (portcullis.toml line 11): {never} `/a/b` to everybody; put this rule before it"),
    );
}

#[test]
fn dots_of_an_expression_that_stand_for_any_character_are_named() {
    earns(
        &rules(&["path_regex = \"/v1.0/.*\"\nrequire = \"nothing\""]),
        "sites[0].rules[0].path_regex (portcullis.toml line 9): the `.` in `v1.0` stands for any character; write `[.]` \
         for a dot",
    );
    is_quiet(&file("", &rules(&["path_regex = \"/v1[.]0/.*\"\nrequire = \"nothing\""])));
}

#[test]
fn methods_and_networks_that_a_rule_leaves_open_are_named() {
    earns(
        &rules(&["path = \"/admin/**\"\nmethods = [\"GET\"]\nrequire = \"two_factor\"", OPEN]),
        "sites[0].rules[0] (portcullis.toml line 8): GET `/admin` asks for two factors, but POST, PUT, PATCH, DELETE \
         `/admin` are open to everybody by `sites[0].rules[1]`; leave `methods` out",
    );
    earns(
        &rules(&["path = \"/admin/**\"\nnetworks = [\"10.0.0.0/8\"]\nrequire = \"one_factor\"", OPEN]),
        "sites[0].rules[0] (portcullis.toml line 8): `/admin` asks for a password for clients in `networks`, but from \
         everywhere else it is open to everybody by `sites[0].rules[1]`; leave `networks` out, or put a rule with \
         `require = \"deny\"` behind this one",
    );
    // What changes something asks, what reads does not; and some networks are kept out of an open site.
    is_quiet(&file(
        "",
        &rules(&[
            "methods = [\"POST\", \"PUT\", \"PATCH\", \"DELETE\"]\nrequire = \"two_factor\"",
            "path = \"/wiki/**\"\nrequire = \"nothing\"",
        ]),
    ));
    is_quiet(&file(
        "",
        &rules(&["networks = [\"198.51.100.0/24\"]\nrequire = \"deny\"", "path = \"/wiki/**\"\nrequire = \"nothing\""]),
    ));
}

#[test]
fn a_site_that_asks_nobody_is_named() {
    let advice = "and nobody is asked to sign in: give the rule a `path`, or write `require = \"two_factor\"`";
    for open in [OPEN, "path = \"/**\"\nrequire = \"nothing\"", "networks = [\"0.0.0.0/0\"]\nrequire = \"nothing\""] {
        earns(
            &rules(&[open]),
            &format!(
                "sites[0].rules[0] (portcullis.toml line 8): everything on this site is open to everybody, {advice}"
            ),
        );
    }
    earns(
        &rules(&["methods = [\"GET\"]\nrequire = \"nothing\""]),
        &format!("sites[0].rules[0] (portcullis.toml line 8): everybody can read everything on this site, {advice}"),
    );
    is_quiet(&file("", &rules(&["path = \"/admin/**\"\ngroups = [\"admins\"]\nrequire = \"two_factor\"", OPEN])));
    is_quiet(&file("", &rules(&["networks = [\"10.0.0.0/8\"]\nrequire = \"nothing\""])));
}

/// The one warning of a key, whose line is line 2.
fn key_earns(section: &str, line: &str, key: &str, warning: &str) {
    let toml = file(&format!("[{section}]\n{line}\n"), "");
    let line = format!("warning: {section}.{key} (portcullis.toml line 2): {warning}");
    assert_eq!(checked(&toml), (Some(0), vec![line, "ok".to_owned()]), "{toml}");
}

#[test]
fn trusted_networks_are_judged_by_what_they_hold_together() {
    let advice = "any client there can claim any address and host: name the addresses of your own proxies alone";
    for (networks, whole) in [
        ("\"0.0.0.0/1\", \"128.0.0.0/1\"", "every public IPv4 address"),
        ("\"::/1\", \"8000::/1\"", "every public IPv6 address"),
        ("\"8.0.0.0/7\", \"unix\"", "more public IPv4 addresses than a /8"),
        ("\"2a00::/12\"", "more public IPv6 addresses than a /16"),
    ] {
        let line = format!("trusted_proxies = [{networks}]");
        key_earns("server", &line, "trusted_proxies", &format!("these networks together hold {whole}; {advice}"));
    }
    // Private networks, and those of a large content network.
    for networks in [
        "\"10.0.0.0/8\", \"172.16.0.0/12\", \"192.168.0.0/16\", \"fc00::/7\", \"unix\"",
        "\"104.16.0.0/13\", \"172.64.0.0/13\", \"162.158.0.0/15\", \"2400:cb00::/32\", \"2606:4700::/32\", \"2a06:98c0::/29\"",
    ] {
        is_quiet(&file(&format!("[server]\ntrusted_proxies = [{networks}]\n"), ""));
    }
}

/// The one mistake of a whole file.
fn is_mistaken(toml: &str, mistake: &str) {
    assert_eq!(checked(toml), (Some(78), vec![mistake.to_owned()]), "{toml}");
}

#[test]
fn a_public_suffix_is_no_domain_for_cookies_and_no_site_of_a_portal() {
    for suffix in ["co.uk", "github.io"] {
        is_mistaken(
            &file(&format!("[session]\ncookie_domain = \"{suffix}\"\n"), ""),
            &format!(
                "session.cookie_domain (portcullis.toml line 2): `{suffix}` is a public suffix, where browsers refuse \
                 cookies: nobody could sign in; write the domain that is yours, such as `example.{suffix}`"
            ),
        );
    }
    for suffix in ["com", "co.uk", "github.io"] {
        let site = format!("[[sites]]\nhost = \"*.{suffix}\"\nupstream = [\"http://127.0.0.1:3000\"]\n");
        is_mistaken(
            &format!("[portal]\nurl = \"https://auth.example.com\"\n{CPAAS}{site}"),
            &format!(
                "sites[0].host (portcullis.toml line 8): `{suffix}` is a public suffix: any stranger's host below it would \
                 be handed sessions; write the domain that is yours, such as `*.example.{suffix}`"
            ),
        );
        let (status, lines) = checked(&format!("{CPAAS}{site}"));
        let warning = format!(
            "warning: sites[0].host (portcullis.toml line 6): `{suffix}` is a public suffix: strangers own the names below \
             it, and the site answers for all of them; write a host of your own, such as `*.example.{suffix}`"
        );
        assert_eq!((status, lines), (Some(0), vec![warning, "ok".to_owned()]));
    }
    key_earns(
        "portal",
        "url = \"https://github.io\"",
        "url",
        "`github.io` is a public suffix: strangers own the names below it; write a host of your own",
    );
    is_quiet(&file("[session]\ncookie_domain = \"example.com\"\n[portal]\nurl = \"https://auth.example.com\"\n", ""));
}

#[test]
fn plain_http_to_other_machines_is_named_in_one_line() {
    let site =
        |host: &str, upstream: &str| format!("[[sites]]\nhost = \"{host}.example.com\"\nupstream = [{upstream}]\n");
    let toml = format!(
        "{CPAAS}{}{}{}",
        site("a", "\"http://10.0.0.5:8000\", \"http://127.0.0.1:8000\""),
        site("b", "\"https://10.0.0.5:8000\", \"http://app:3000\""),
        site("c", "\"http://localhost:3000\", \"http://[::1]:3000\"")
    );
    let warning = "warning: sites[0].upstream[0] (portcullis.toml line 7): plain http to another machine (so do \
                   `sites[1].upstream[1]`): whoever is on the network between can read cookies and forms, and claim to be \
                   anybody to the site; write `https://`, or run both on one machine";
    assert_eq!(checked(&toml), (Some(0), vec![warning.to_owned(), "ok".to_owned()]));
}

#[test]
fn values_that_turn_a_protection_off_are_named() {
    let forget = "tells browsers to forget that this host speaks https alone, so that the next visit may go over plain http; \
                  write `auto`, or `off` to send nothing";
    key_earns("server", "hsts = \"max-age=0\"", "hsts", forget);
    key_earns("server", "hsts = \"max-age=00; includeSubDomains\"", "hsts", forget);
    key_earns(
        "server",
        "drain_timeout = \"0s\"",
        "drain_timeout",
        "every request under way is cut off when the gateway ends or is restarted",
    );
    key_earns(
        "session",
        "idle = \"12h\"",
        "idle",
        "as long as `session.lifetime`: a session that is not used never ends early",
    );
    key_earns(
        "throttle",
        "sends_per_day = 100000",
        "sends_per_day",
        "so many messages are no limit: an attacker can run up a bill for all of them in a day",
    );
    let unwritten = "security decisions (target `audit`) are not written; add `audit=info`";
    for level in ["off", "warn", "info,audit=off", "request=info"] {
        key_earns("log", &format!("level = \"{level}\""), "level", unwritten);
    }
    for level in ["warn,audit=info", "debug"] {
        is_quiet(&file(&format!("[log]\nlevel = \"{level}\"\n"), ""));
    }
    let denying = format!("ambiguous_paths = \"pass\"\n{}", rule("path = \"/admin/**\"\nrequire = \"deny\""));
    earns(
        &denying,
        "sites[0].ambiguous_paths (portcullis.toml line 8): paths that can be read in two ways reach the site, so what a \
         rule denies hangs on how the site reads them; write `refuse`, or deny those places at the site as well",
    );
    let basic = "require = \"one_factor\"\ncredentials = [\"basic\"]";
    let alone = "with `basic` a password alone, sent with each request, opens the site";
    earns(
        &rules(&[basic]),
        &format!(
            "sites[0].rules[0].credentials[0] (portcullis.toml line 10): {alone}; browsers send it with forms of other \
             sites too: add `methods = [\"GET\"]`"
        ),
    );
    earns(
        &rules(&[&format!("{basic}\nmethods = [\"GET\"]")]),
        &format!("sites[0].rules[0].credentials[0] (portcullis.toml line 10): {alone}"),
    );
}

/// The blocks of TOML in a document.
fn examples(document: &str) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(document);
    let text = fs::read_to_string(&path).unwrap();
    let blocks = text.split("```toml\n").skip(1).filter_map(|block| block.split("\n```").next());
    blocks.map(str::to_owned).collect()
}

#[test]
fn every_configuration_that_we_hand_out_is_quiet() {
    let local = |toml: &str| {
        toml.replace("/etc/portcullis/cpaas.secret", "cpaas.secret").replace("config/cpaas.secret", "cpaas.secret")
    };
    let config = Path::new(env!("CARGO_MANIFEST_DIR")).join("config");
    let folders = fs::read_dir(&config).unwrap().map(|entry| entry.unwrap().path().join("portcullis.toml"));
    let mut files: Vec<_> = folders.filter(|file| file.is_file()).collect();
    assert_eq!(files.len(), 7, "one for each proxy: {files:?}");
    files.push(config.join("portcullis.example.toml"));
    for file in files {
        is_quiet(&local(&fs::read_to_string(file).unwrap()));
    }
    let found: Vec<String> = ["README.md", "docs/rules.md", "docs/proxies.md"].into_iter().flat_map(examples).collect();
    assert_eq!(found.len(), 3, "{found:#?}");
    for example in found.iter().filter(|example| example.contains("[[sites]]")) {
        let cpaas = if example.contains("[cpaas]") { "" } else { CPAAS };
        // A table of lists goes on where it began: what is added stands before it.
        is_quiet(&local(&format!("{cpaas}{example}\n")));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_config_check_names_is_in_the_log_when_the_gateway_starts() {
    let gateway = GatewayProcess::start(Setup { site: rule(OPEN), ..Setup::default() }).await;
    let log = gateway.log().await;
    let warning = "everything on this site is open to everybody, and nobody is asked to sign in";
    assert!(
        log.lines().any(|line| line.contains("WARN") && line.contains("sites[0].rules[0]") && line.contains(warning)),
        "{log}"
    );
}

//! What a configuration does, beside what it says: `config check` names each effect that an operator hardly wants.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::gateway::{GatewayProcess, Setup};

const CPAAS: &str = "[cpaas]\nbase_url = \"https://cpaas.example.com\"\nclient_id = \"PRIV-1\"\n\
                     client_secret = \"a-secret-of-this-test\"\n";
const SITE: &str = "[[sites]]\nhost = \"app.example.com\"\nupstream = [\"http://127.0.0.1:3000\"]\n";

/// The end of the warning that the sites of this test have no front: `first_hour::introduction` has it.
const NO_FRONT: &str = "`server.trusted_proxies` to the proxy in front that ends TLS";

/// The lines of `config check` about anything but the front, and its exit status.
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
    let text = String::from_utf8(text).unwrap();
    (output.status.code(), text.lines().filter(|line| !line.ends_with(NO_FRONT)).map(str::to_owned).collect())
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
        "sites[0].rules[0] (portcullis.toml line 8): `/` requires two factors, but `/x` is open to everybody by \
         `sites[0].rules[1]`; write `path = \"/**\"`",
    );
    earns(
        &rules(&["path_regex = \"/admin\"\nrequire = \"deny\"", OPEN]),
        "sites[0].rules[0] (portcullis.toml line 8): `/admin` is denied, but `/admin/x` is open to everybody by \
         `sites[0].rules[1]`; let it also match the paths below",
    );
    earns(
        &rules(&["path = \"/admin\"\ngroups = [\"admins\"]\nrequire = \"two_factor\""]),
        "sites[0].rules[0] (portcullis.toml line 8): `/admin` is only for admins, but `/admin/x` is open to every \
         account; write `path = \"/admin/**\"`",
    );
    earns(
        &rules(&[
            "path_regex = \"/admin/.+\"\nrequire = \"nothing\"",
            "path = \"/admin/**\"\nfresh_within = \"10m\"\nrequire = \"two_factor\"",
        ]),
        "sites[0].rules[1] (portcullis.toml line 11): `/admin` requires a fresh code, but `/admin/x` is open to everybody \
         by `sites[0].rules[0]`; move this rule before `sites[0].rules[0]`",
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
            format!("warning: sites[0].rules[1] (portcullis.toml line 11): {never} `/admin` to everybody; move this rule before it"),
            "warning: sites[0].rules[0] (portcullis.toml line 8): everything on this site is open to everybody, and no sign-in is required: give the rule a `path`, or write `require = \"two_factor\"`"
                .to_owned(),
            "ok".to_owned(),
        ]
    );
    earns(
        &rules(&[
            "path_regex = \".*\"\nrequire = \"one_factor\"",
            "path = \"/admin/**\"\ngroups = [\"admins\"]\nrequire = \"two_factor\"",
        ]),
        "sites[0].rules[1] (portcullis.toml line 11): never decides: it is only for admins, but `sites[0].rules[0]` comes \
         first and opens `/admin` to every account; move this rule before it",
    );
    earns(
        &rules(&["path_regex = \"/a/.*\"\nrequire = \"nothing\"", "path_regex = \"/a/b(/.*)?\"\nrequire = \"deny\""]),
        &format!("sites[0].rules[1] (portcullis.toml line 11): {never} `/a/b` to everybody; move this rule before it"),
    );
}

#[test]
fn dots_of_an_expression_that_stand_for_any_character_are_named() {
    earns(
        &rules(&["path_regex = \"/v1.0/.*\"\nrequire = \"nothing\""]),
        "sites[0].rules[0].path_regex (portcullis.toml line 9): the `.` in `v1.0` matches any character; write `[.]` \
         for a dot",
    );
    is_quiet(&file("", &rules(&["path_regex = \"/v1[.]0/.*\"\nrequire = \"nothing\""])));
}

#[test]
fn methods_and_networks_that_a_rule_leaves_open_are_named() {
    earns(
        &rules(&["path = \"/admin/**\"\nmethods = [\"GET\"]\nrequire = \"two_factor\"", OPEN]),
        "sites[0].rules[0] (portcullis.toml line 8): GET `/admin` requires two factors, but POST, PUT, PATCH, DELETE \
         `/admin` are open to everybody by `sites[0].rules[1]`; remove `methods`",
    );
    earns(
        &rules(&["path = \"/admin/**\"\nnetworks = [\"10.0.0.0/8\"]\nrequire = \"one_factor\"", OPEN]),
        "sites[0].rules[0] (portcullis.toml line 8): `/admin` requires a password for clients in `networks`, but from \
         everywhere else it is open to everybody by `sites[0].rules[1]`; remove `networks`, or add a rule with `require = \"deny\"` after this one",
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
    let advice = "and no sign-in is required: give the rule a `path`, or write `require = \"two_factor\"`";
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
    let advice = "any client there can claim any address and host: list only the addresses of your own proxies";
    for (networks, whole) in [
        ("\"0.0.0.0/1\", \"128.0.0.0/1\"", "every public IPv4 address"),
        ("\"::/1\", \"8000::/1\"", "every public IPv6 address"),
        ("\"8.0.0.0/7\", \"unix\"", "more public IPv4 addresses than a /8"),
        ("\"2a00::/12\"", "more public IPv6 addresses than a /16"),
    ] {
        let line = format!("trusted_proxies = [{networks}]");
        key_earns("server", &line, "trusted_proxies", &format!("these networks together contain {whole}; {advice}"));
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
                "session.cookie_domain (portcullis.toml line 2): `{suffix}` is a public suffix, for which browsers refuse cookies: nobody could sign in; write your own domain, such as `example.{suffix}`"
            ),
        );
    }
    for suffix in ["com", "co.uk", "github.io"] {
        let site = format!("[[sites]]\nhost = \"*.{suffix}\"\nupstream = [\"http://127.0.0.1:3000\"]\n");
        is_mistaken(
            &format!("[portal]\nurl = \"https://auth.example.com\"\n{CPAAS}{site}"),
            &format!(
                "sites[0].host (portcullis.toml line 8): `{suffix}` is a public suffix: sessions would be handed to any stranger's host below it; write your own domain, such as `*.example.{suffix}`"
            ),
        );
        let (status, lines) = checked(&format!("{CPAAS}{site}"));
        let warning = format!(
            "warning: sites[0].host (portcullis.toml line 6): `{suffix}` is a public suffix: strangers own the names below \
             it, and the site answers for all of them; write your own host, such as `*.example.{suffix}`"
        );
        assert_eq!((status, lines), (Some(0), vec![warning, "ok".to_owned()]));
    }
    key_earns(
        "portal",
        "url = \"https://github.io\"",
        "url",
        "`github.io` is a public suffix: strangers own the names below it; write your own host",
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
                   `sites[1].upstream[1]`): anyone on the network in between can read cookies and forms, and send the site any identity; write `https://`, or run both on one machine";
    assert_eq!(checked(&toml), (Some(0), vec![warning.to_owned(), "ok".to_owned()]));
}

#[test]
fn values_that_turn_a_protection_off_are_named() {
    let forget = "tells browsers to forget that this host is https-only, so that the next visit may use plain http; \
                  write `auto`, or `off` to send nothing";
    key_earns("server", "hsts = \"max-age=0\"", "hsts", forget);
    key_earns("server", "hsts = \"max-age=00; includeSubDomains\"", "hsts", forget);
    key_earns(
        "server",
        "drain_timeout = \"0s\"",
        "drain_timeout",
        "active requests are cut off when the gateway stops or restarts",
    );
    key_earns("session", "idle = \"12h\"", "idle", "as long as `session.lifetime`: an unused session never ends early");
    key_earns(
        "throttle",
        "sends_per_day = 100000",
        "sends_per_day",
        "this is practically no limit: an attacker can cause the cost of all these messages in a day",
    );
    let unwritten = "security decisions (target `audit`) are not logged; add `audit=info`";
    for level in ["off", "warn", "info,audit=off", "request=info"] {
        key_earns("log", &format!("level = \"{level}\""), "level", unwritten);
    }
    for level in ["warn,audit=info", "debug"] {
        is_quiet(&file(&format!("[log]\nlevel = \"{level}\"\n"), ""));
    }
    let denying = format!("ambiguous_paths = \"pass\"\n{}", rule("path = \"/admin/**\"\nrequire = \"deny\""));
    earns(
        &denying,
        "sites[0].ambiguous_paths (portcullis.toml line 8): ambiguous paths reach the site, so whether a denied place is protected depends on how the site reads them; write `refuse`, or deny those places at the site as well",
    );
    let basic = "require = \"one_factor\"\ncredentials = [\"basic\"]";
    let alone = "with `basic`, a password sent with each request is enough to open the site";
    earns(
        &rules(&[basic]),
        &format!(
            "sites[0].rules[0].credentials[0] (portcullis.toml line 10): {alone}; browsers also send it with forms of other sites: add `methods = [\"GET\"]`"
        ),
    );
    earns(
        &rules(&[&format!("{basic}\nmethods = [\"GET\"]")]),
        &format!("sites[0].rules[0].credentials[0] (portcullis.toml line 10): {alone}"),
    );
}

/// Those in the documents are checked in `documents::configurations`.
#[test]
fn every_configuration_that_we_hand_out_is_quiet() {
    let local = |toml: &str| {
        toml.replace("/etc/portcullis/cpaas.secret", "cpaas.secret").replace("config/cpaas.secret", "cpaas.secret")
    };
    let config = Path::new(env!("CARGO_MANIFEST_DIR")).join("config");
    let folders = fs::read_dir(&config).unwrap().map(|entry| entry.unwrap().path().join("portcullis.toml"));
    let mut files: Vec<_> = folders.filter(|file| file.is_file()).collect();
    assert_eq!(files.len(), 8, "one for each proxy, one for the package: {files:?}");
    files.push(config.join("portcullis.example.toml"));
    for file in files {
        is_quiet(&local(&fs::read_to_string(file).unwrap()));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_config_check_names_is_in_the_log_when_the_gateway_starts() {
    let gateway = GatewayProcess::start(Setup { site: rule(OPEN), ..Setup::default() }).await;
    let log = gateway.log().await;
    let warning = "everything on this site is open to everybody, and no sign-in is required";
    assert!(
        log.lines().any(|line| line.contains("WARN") && line.contains("sites[0].rules[0]") && line.contains(warning)),
        "{log}"
    );
}

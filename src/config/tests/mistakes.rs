use super::{Folder, RIGHT, mistakes, mistakes_beside, right};
use crate::config::load::{Flags, Sources, load};

/// Pairs of a text and the one line that is reported for it.
fn earns(cases: &[(&str, &str)]) {
    for (text, line) in cases {
        assert_eq!(mistakes_beside(text), [*line], "{text}");
    }
}

#[test]
fn a_right_file_has_no_mistakes() {
    assert_eq!(mistakes_beside(""), <[&str; 0]>::default());
}

#[test]
fn an_unknown_key_is_named_with_the_one_that_was_meant() {
    earns(&[
        ("[server]\nlisen = []\n", "server.lisen (portcullis.toml line 2): unknown key; did you mean `server.listen`?"),
        ("[sevrer]\n", "sevrer (portcullis.toml line 1): unknown key; did you mean `server`?"),
        (
            "[server]\nidle = \"1h\"\n",
            "server.idle (portcullis.toml line 2): unknown key; did you mean `session.idle`?",
        ),
        (
            "[server]\ncolour = 1\n",
            "server.colour (portcullis.toml line 2): unknown key; remove it, or see `portcullis config reference` for all keys",
        ),
    ]);
    let lines = mistakes_beside("[[server.tls]]\ncertificat = \"a\"\n");
    assert_eq!(
        lines[0],
        "server.tls[0].certificat (portcullis.toml line 2): unknown key; did you mean `server.tls[0].certificate`?"
    );
}

#[test]
fn a_portal_for_all_sites_needs_https_and_named_sites_below_the_cookies_domain() {
    let portal = "[portal]\nurl = \"http://auth.example.com\"\n[session]\ncookie_domain = \"example.org\"\n";
    assert_eq!(
        mistakes_beside(portal),
        [
            "portal.url (portcullis.toml line 2): plain http to another machine; write `https://`: people enter passwords and codes there",
            "portal.url (portcullis.toml line 2): `auth.example.com` is not below `session.cookie_domain`, `example.org`; change one of them: browsers would refuse the cookie",
            "sites[0].host (not set): missing; with `portal.url` every site needs the host that people type",
        ]
    );
    earns(&[(
        "[portal]\nurl = \"https://auth.example.com/sign-in\"\n",
        "portal.url (portcullis.toml line 2): a URL with a path; write only scheme, host and port, such as `https://auth.example.com`",
    )]);
}

#[test]
fn a_key_of_a_later_version_is_said_to_be_one() {
    earns(&[
        ("[twilio]\n", "twilio (portcullis.toml line 1): not supported by this version; remove it"),
        (
            "[delivery]\nsms = [\"twilio\"]\n",
            "delivery.sms[0] (portcullis.toml line 2): `twilio` is not supported by this version; write `cpaas`",
        ),
        (
            "[store]\nurl = \"postgres://u:p4ssw0rd@db/x\"\n",
            "store.url (portcullis.toml line 2): this version only supports SQLite; write `sqlite://portcullis.db`, or `sqlite:///var/lib/portcullis/portcullis.db`",
        ),
    ]);
}

#[test]
fn a_value_of_another_type_is_named_with_the_right_one() {
    earns(&[
        (
            "server = 3\n",
            "server (portcullis.toml line 1): found a number; write a table, such as `[server]` with keys below it",
        ),
        (
            "[server]\nlisten = \"127.0.0.1:1\"\n",
            "server.listen (portcullis.toml line 2): expected a list, found a string; write it in square brackets: `[…]`",
        ),
        (
            "[server]\ninsecure_http = \"false\"\n",
            "server.insecure_http (portcullis.toml line 2): found a string; write true or false, without quotes",
        ),
        (
            "[server]\nmax_connections = \"10\"\n",
            "server.max_connections (portcullis.toml line 2): found a string; write a whole number from 1 to 1000000, without quotes",
        ),
        (
            "[password]\nthreads = 1.5\n",
            "password.threads (portcullis.toml line 2): found a number; write a whole number from 1 to 64, without quotes",
        ),
        (
            "[session]\nidle = 3600\n",
            "session.idle (portcullis.toml line 2): found a number; write a duration from 1m to 30d in quotes, such as `15m`",
        ),
        (
            "[server]\ntls = [true]\n",
            "server.tls[0] (portcullis.toml line 2): found true or false; write a table, such as `[server.tls]` with keys below it",
        ),
    ]);
    assert_eq!(mistakes("sites = 1\ncpaas = \"x\"\n").len(), 2);
}

#[test]
fn a_value_out_of_range_or_misspelled_is_named_with_what_is_right() {
    earns(&[
        (
            "[password]\nthreads = 0\n",
            "password.threads (portcullis.toml line 2): out of range; write a whole number from 1 to 64",
        ),
        (
            "[password]\nthreads = 99999999999\n",
            "password.threads (portcullis.toml line 2): out of range; write a whole number from 1 to 64",
        ),
        (
            "[password]\nqueue = -1\n",
            "password.queue (portcullis.toml line 2): out of range; write a whole number from 1 to 10000",
        ),
        (
            "[delivery]\ncode_lifetime = \"1h\"\n",
            "delivery.code_lifetime (portcullis.toml line 2): `1h` is out of range; write a duration from 30s to 10m",
        ),
        (
            "[session]\nidle = \"15 min\"\n",
            "session.idle (portcullis.toml line 2): `15 min` is not a duration from 1m to 30d; write one such as `15m`",
        ),
        (
            "[session]\nremember_device = \"30m\"\n",
            "session.remember_device (portcullis.toml line 2): `30m` is out of range; write a duration from 1h to 180d",
        ),
        (
            "[session]\nremember_device = \"90m\"\n",
            "session.remember_device (portcullis.toml line 2): `1h30m` is not in whole hours; write whole hours or days, such as `12h` or `30d`",
        ),
        (
            "[server]\nmax_head = \"1\"\n",
            "server.max_head (portcullis.toml line 2): `1` is out of range; write a size from 4k to 1m",
        ),
        (
            "[delivery]\ncode_alphabet = \"numerc\"\n",
            "delivery.code_alphabet (portcullis.toml line 2): `numerc` is none of `numeric`, `alphanumeric`; did you mean `numeric`?",
        ),
        (
            "[log]\nlevel = \"inof\"\n",
            "log.level (portcullis.toml line 2): `inof` is not a log level; did you mean `info`?",
        ),
        (
            "[log]\nlevel = \"info,request=\"\n",
            "log.level (portcullis.toml line 2): `` is not a log level; write one of off, error, warn, info, debug, trace",
        ),
    ]);
}

#[test]
fn addresses_to_listen_on_are_addresses() {
    earns(&[
        (
            "[server]\nlisten = [\":8080\"]\n",
            "server.listen[0] (portcullis.toml line 2): `:8080` contains no address; write `0.0.0.0:8080` for every address or `127.0.0.1:8080` for this machine",
        ),
        (
            "[server]\nlisten = [\"127.0.0.1\"]\n",
            "server.listen[0] (portcullis.toml line 2): `127.0.0.1` is not an address with a port, or `unix:/path`; write one such as `0.0.0.0:8443`",
        ),
        (
            "[server]\nlisten = [\"unix:portcullis.sock\"]\n",
            "server.listen[0] (portcullis.toml line 2): `unix:portcullis.sock` is not the path of a unix socket; write `unix:` and an absolute path of at most 100 bytes",
        ),
        ("[server]\nlisten = []\n", "server.listen (portcullis.toml line 2): missing; name at least one address"),
        (
            "[server]\nlisten = [\n  \"127.0.0.1:80\",\n  \"localhost:80\",\n]\n",
            "server.listen[1] (portcullis.toml line 4): this address is listed twice; remove one of them",
        ),
        (
            "[server]\ntrusted_proxies = [\"proxy\"]\n",
            "server.trusted_proxies[0] (portcullis.toml line 2): `proxy` is not an address, a network or `unix`; write one such as `10.0.0.0/8`",
        ),
    ]);
    assert_eq!(mistakes_beside("[server]\nlisten = [\"127.0.0.1:0\", \"127.0.0.1:0\"]\n").len(), 0);
}

#[test]
fn names_paths_and_headers_have_their_shape() {
    for path in ["", "/", "portcullis", "/portcullis/", "//a", "/a/../b", "/a b", "/a?b", "/ä"] {
        let lines = mistakes_beside(&format!("[portal]\npath = \"{path}\"\n"));
        let line = format!(
            "portal.path (portcullis.toml line 2): `{path}` is not a path for our own pages; \
             write a path such as `/portcullis`: a slash before each part, none at the end, no special characters"
        );
        assert_eq!(lines, [line]);
    }
    for name in ["", " a", "{code}", "a@b", &"x".repeat(41)] {
        let lines = mistakes_beside(&format!("[portal]\nname = \"{name}\"\n"));
        assert!(lines.len() == 1 && lines[0].contains("cannot be used in a text message"), "{lines:?}");
    }
    for value in ["on", "max-age=", "max-age=1; evil", "max-age=1\\r\\nSet-Cookie: a=b", "includeSubDomains"] {
        let lines = mistakes_beside(&format!("[server]\nhsts = \"{value}\"\n"));
        assert!(lines.len() == 1 && lines[0].contains("is not a Strict-Transport-Security value"), "{lines:?}");
    }
    assert_eq!(
        right("[server]\nhsts = \"max-age=1; includeSubDomains\"\n").settings.web.hsts.unwrap(),
        "max-age=1; includeSubDomains"
    );
}

#[test]
fn a_store_is_a_file() {
    for url in [
        "portcullis.db",
        "mysql://db",
        "sqlite:",
        "sqlite://",
        "sqlite://:memory:",
        "sqlite:///var/lib/",
        "sqlite://a?mode=ro",
    ] {
        let lines = mistakes_beside(&format!("[store]\nurl = \"{url}\"\n"));
        assert!(lines.len() == 1 && lines[0].starts_with("store.url (portcullis.toml line 2): `"), "{url}: {lines:?}");
    }
    earns(&[(
        "[store]\nurl = \"sqlite:///a/b\"\n[keys]\nfile = \"/a/b\"\n",
        "keys.file (portcullis.toml line 4): the key file is also the file of the store; give each its own file",
    )]);
}

#[test]
fn session_limits_fit_each_other() {
    earns(&[
        (
            "[session]\nidle = \"2h\"\nlifetime = \"1h\"\n",
            "session.idle (portcullis.toml line 2): `2h` is longer than `session.lifetime`, `1h`; make `session.idle` at most as long",
        ),
        (
            "[session]\ncookie_domain = \"com\"\n",
            "session.cookie_domain (portcullis.toml line 2): `com` is a public suffix, for which browsers refuse cookies: nobody could sign in; write your own domain, such as `example.com`",
        ),
    ]);
    assert_eq!(mistakes_beside("[session]\nidle = \"2h\"\nlifetime = \"soon\"\n").len(), 1);
}

#[test]
fn every_site_has_a_host_of_its_own_and_an_upstream() {
    let site = |text: &str| {
        let cpaas = RIGHT.split("[[sites]]").next().unwrap();
        mistakes(&format!("{cpaas}{text}"))
    };
    assert_eq!(site(""), ["sites (not set): missing; add a `[[sites]]` with `upstream`, or use `--upstream URL`"]);
    let good = "upstream = [\"http://a:1\"]\n";
    let two = |host: &str| site(&format!("[[sites]]\n{host}{good}[[sites]]\n{host}{good}"));
    assert_eq!(
        two("host = \"App.example.com\"\n"),
        ["sites[1].host (portcullis.toml line 10): the same host as `sites[0]`; give each site its own host"]
    );
    assert_eq!(two(""), ["sites[1].host (not set): no host, like `sites[0]`; give each site its own host"]);
    assert_eq!(
        site("[[sites]]\nhost = \"a.example.com\"\n"),
        ["sites[0].upstream (not set): missing; write where the site runs, such as `[\"http://127.0.0.1:3000\"]`"]
    );
    assert_eq!(
        site("[[sites]]\nhost = \"a.example.com:0\"\nupstream = [\"http://a:1\", \"http://a:1/\"]\n"),
        [
            "sites[0].host (portcullis.toml line 7): `a.example.com:0` is not a host, or `*.` and a host; \
             write only the host, without scheme and path, such as `app.example.com`; a port only if people type one",
            "sites[0].upstream[1] (portcullis.toml line 8): this upstream is listed twice; remove one of them",
        ]
    );
    assert_eq!(
        site(&format!("[[sites]]\nhost = \"a.test\"\n{good}[session]\ncookie_domain = \"example.com\"\n")),
        ["sites[0].host (portcullis.toml line 7): `a.test` is not below `session.cookie_domain`, `example.com`; \
             change one of them: browsers would refuse the cookie"]
    );
}

#[test]
fn an_upstream_is_scheme_host_and_port_and_perhaps_a_plain_path() {
    for url in ["http://a//x", "http://a/%2e%2e", "http://a/../x", "http://a/x;y"] {
        assert_eq!(
            mistakes(&RIGHT.replace("http://127.0.0.1:3000", url)),
            ["sites[0].upstream[0] (portcullis.toml line 7): a URL with an ambiguous path; write plain \
              path segments, such as `http://127.0.0.1:3000/app`: no `.` or `..`, no `//`, no `%`"]
        );
    }
    for (url, what) in [
        ("127.0.0.1:3000", "not a URL that starts with `https://` or `http://`"),
        ("http://a?x", "a URL with a query"),
        ("http://a#x", "a URL with a fragment"),
        ("http://u:canary@a", "a URL with a user or password in it"),
        ("http://a:99999", "a port is a number from 1 to 65535"),
        ("http://a b", "`a b` is not a host"),
    ] {
        let lines = mistakes(&RIGHT.replace("http://127.0.0.1:3000", url));
        let line = format!(
            "sites[0].upstream[0] (portcullis.toml line 7): {what}; write only scheme, host and port, such as `http://127.0.0.1:3000`"
        );
        assert_eq!(lines, [line]);
    }
}

#[test]
fn ways_to_send_codes_are_there_and_stand_once() {
    earns(&[
        (
            "[delivery]\nsms = []\nemail = []\n",
            "delivery.sms (portcullis.toml line 2): missing; name a provider in `delivery.sms` or `delivery.email`, such as `cpaas`",
        ),
        (
            "[delivery]\nsms = [\"cpaas\", \"cpaas\"]\n",
            "delivery.sms[1] (portcullis.toml line 2): this provider is listed twice; remove one of them",
        ),
    ]);
    assert_eq!(
        mistakes("[delivery]\nsms = []\n[[sites]]\nupstream = [\"http://a\"]\n"),
        [
            "cpaas (not set): missing; `delivery.email` uses the CPaaS: add `[cpaas]` with `base_url`, `client_id` and `client_secret_file`"
        ]
    );
    // Without `sender_number` the CPaaS uses the account's default number.
    assert_eq!(mistakes_beside("[delivery]\nsms = [\"cpaas_message\", \"cpaas\"]\n").len(), 0);
}

#[test]
fn tls_files_are_there_and_readable() {
    let folder = Folder::with("");
    folder.write("cert.pem", "x", 0o644);
    let folder = folder.rewrite(&format!(
        "[[server.tls]]\ncertificate = \"{{folder}}/cert.pem\"\nkey = \"{{folder}}/key.pem\"\n\
         [[server.tls]]\ncertificate = \"{{folder}}\"\n{RIGHT}"
    ));
    assert_eq!(
        folder.mistakes(),
        [
            "server.tls[0].key (portcullis.toml line 3): the file key.pem cannot be read (no such file); name an existing, readable PEM file".to_owned(),
            format!("server.tls[1].certificate (portcullis.toml line 5): {} is not a file; name the PEM file", folder.0.path().display()),
            "server.tls[1].key (not set): missing; name the PEM file".to_owned(),
        ]
    );
}

#[test]
fn a_file_that_cannot_be_read_as_toml_is_told_line_by_line() {
    let lines = mistakes("[server]\nlisten = \nmax_head = 'canary\n");
    assert!(lines.len() == 2 && lines[0].starts_with("portcullis.toml (line 2): not TOML: "), "{lines:?}");
    assert!(lines.iter().all(|line| !line.contains("canary")), "{lines:?}");
    let twice = mistakes("[log]\nlevel = \"info\"\nlevel = \"warn\"\n");
    assert!(twice.len() == 1 && twice[0].starts_with("portcullis.toml (line 3): not TOML: duplicate key"), "{twice:?}");
}

#[test]
fn a_file_that_is_not_there_or_that_everybody_can_change_is_a_mistake() {
    let folder = Folder::with(RIGHT);
    folder.write("portcullis.toml", RIGHT, 0o666);
    let shown = folder.path("portcullis.toml").display().to_string();
    let line = folder.mistakes().remove(0);
    assert!(
        line.starts_with(
            "portcullis.toml (configuration file): everybody on this machine can change it; run `chmod o-w "
        ),
        "{line}"
    );
    std::fs::remove_file(shown).unwrap();
    assert_eq!(
        folder.mistakes(),
        ["portcullis.toml (configuration file): cannot be read (no such file); name an existing, readable UTF-8 file"]
    );
}

#[test]
fn flags_are_judged_like_everything_else() {
    let flags = Flags { listen: vec!["nowhere".to_owned()], upstream: vec!["app".to_owned()] };
    assert_eq!(
        Folder::with(RIGHT).load(&[], flags.clone()).err().unwrap(),
        [
            "server.listen[0] (--listen): `nowhere` is not an address with a port, or `unix:/path`; write one such as `0.0.0.0:8443`",
            "sites[0].upstream[0] (--upstream): not a URL that starts with `https://` or `http://`; write only scheme, host and port, such as `http://127.0.0.1:3000`",
        ]
    );
    assert_eq!(load(&Sources::of(None, flags, &[])).err().unwrap().lines().count(), 3);
}

#[test]
fn no_key_or_value_breaks_a_line_or_reaches_the_terminal_as_a_control_sequence() {
    let lines = mistakes_beside("[server]\n\"a\\nb\\u001b[2J\" = 1\nlisten = [\"x\\n\\u001b[2J:1\"]\n");
    assert_eq!(lines.len(), 2);
    assert!(lines.iter().all(|line| !line.chars().any(char::is_control)), "{lines:?}");
}

#[test]
fn whatever_stands_at_a_key_it_is_read_or_refused_in_lines_that_name_it() {
    let values =
        ["3", "-3", "1.5", "true", "\"x\"", "\"\"", "[]", "[[]]", "[3]", "{}", "{ a = 1 }", "2026-01-01", "[\"\"]"];
    for key in crate::config::schema::keys().into_iter().filter(|key| !key.path.contains('[')) {
        let (section, name) = key.path.split_once('.').unwrap();
        for value in values {
            for line in mistakes(&format!("[{section}]\n{name} = {value}\n[[sites]]\nupstream = [\"http://a\"]\n")) {
                let names = [key.path.as_str(), "cpaas", "delivery", "smtp"].iter().any(|name| line.starts_with(name));
                assert!(names && line.matches("; ").count() >= 1 && line.lines().count() == 1, "{value}: {line}");
            }
        }
    }
}

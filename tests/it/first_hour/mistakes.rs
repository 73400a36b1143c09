//! The first hour's mistakes. Each is one that people make; its message names the key or the argument, the value, and what
//! to do.

use super::{EXAMPLE, Folder};
use crate::gateway::set_mode;
use crate::process::text;

/// What is written, in place of what, and every line that `config check` then says.
const IN_THE_FILE: [(&str, &str, &str, &[&str]); 20] = [
    (
        "a key that is misspelt",
        "upstream = [",
        "upstreams = [",
        &[
            "sites[0].upstreams (config/portcullis.toml line 15): unknown key; did you mean `sites[0].upstream`?",
            "sites[0].upstream (not set): missing; write where the site runs, such as `[\"http://127.0.0.1:3000\"]`",
        ],
    ),
    (
        "one bracket instead of two",
        "[[sites]]",
        "[sites]",
        &["sites (config/portcullis.toml line 13): expected a list, found a table; write one `[[sites]]` for each"],
    ),
    (
        "a text where a list belongs",
        "[\"http://127.0.0.1:3000\"]",
        "\"http://127.0.0.1:3000\"",
        &[
            "sites[0].upstream (config/portcullis.toml line 15): expected a list, found a string; write it in square brackets: `[…]`",
        ],
    ),
    (
        "an address without a scheme",
        "\"http://127.0.0.1:3000\"",
        "\"127.0.0.1:3000\"",
        &[
            "sites[0].upstream[0] (config/portcullis.toml line 15): not a URL that starts with `https://` or `http://`; write only scheme, host and port, such as `http://127.0.0.1:3000`",
        ],
    ),
    (
        "a URL where a host belongs",
        "\"app.localhost\"",
        "\"https://app.localhost/\"",
        &[
            "sites[0].host (config/portcullis.toml line 14): `https://app.localhost/` is not a host, or `*.` and a host; write only the host, without scheme and path, such as `app.example.com`; a port only if people type one",
        ],
    ),
    (
        "a secret file that is not there",
        "cpaas.secret",
        "none.secret",
        &[
            "cpaas.client_secret_file (config/portcullis.toml line 11): the file none.secret cannot be read (no such file); write the secret into it and run `chmod 600 none.secret`",
        ],
    ),
    (
        "a CPaaS over plain http",
        "https://oauth",
        "http://oauth",
        &[
            "cpaas.base_url (config/portcullis.toml line 9): plain http to another machine; write `https://`: plain http is allowed only on this machine",
        ],
    ),
    (
        "a text without quotes",
        "\"PRIV-1\"",
        "PRIV-1",
        &[
            "config/portcullis.toml (line 10): not TOML: string values must be quoted, expected literal string; see https://toml.io for the syntax",
        ],
    ),
    (
        "one address where a list belongs",
        "[\"127.0.0.1:0\"]",
        "\"127.0.0.1:0\"",
        &[
            "server.listen (config/portcullis.toml line 3): expected a list, found a string; write it in square brackets: `[…]`",
        ],
    ),
    (
        "a port alone",
        "127.0.0.1:0",
        "443",
        &[
            "server.listen[0] (config/portcullis.toml line 3): `443` is not an address with a port, or `unix:/path`; write one such as `0.0.0.0:8443`",
        ],
    ),
    (
        "a network that is none",
        "[store]",
        "trusted_proxies = [\"10.0.0.0/33\"]\n\n[store]",
        &[
            "server.trusted_proxies[0] (config/portcullis.toml line 5): `10.0.0.0/33` is not an address, a network or `unix`; write one such as `10.0.0.0/8`",
        ],
    ),
    (
        "a certificate that is not there",
        "[store]",
        "tls = [{ certificate = \"cert.pem\", key = \"key.pem\" }]\n[store]",
        &[
            "server.tls[0].certificate (config/portcullis.toml line 5): the file cert.pem cannot be read (no such file); name an existing, readable PEM file",
            "server.tls[0].key (config/portcullis.toml line 5): the file key.pem cannot be read (no such file); name an existing, readable PEM file",
        ],
    ),
    (
        "another database",
        "sqlite://var/lib/portcullis/portcullis.db",
        "postgres://db/portcullis",
        &[
            "store.url (config/portcullis.toml line 6): this version only supports SQLite; write `sqlite://portcullis.db`, or `sqlite:///var/lib/portcullis/portcullis.db`",
        ],
    ),
    (
        "a path in the portal's address",
        "[store]",
        "[portal]\nurl = \"https://auth.localhost/login\"\n[store]",
        &[
            "portal.url (config/portcullis.toml line 6): a URL with a path; write only scheme, host and port, such as `https://auth.example.com`",
        ],
    ),
    (
        "a duration in words",
        "[store]",
        "[session]\nidle = \"1 hour\"\n[store]",
        &[
            "session.idle (config/portcullis.toml line 6): `1 hour` is not a duration from 1m to 30d; write one such as `15m`",
        ],
    ),
    (
        "a duration without a unit",
        "[store]",
        "[session]\nlifetime = 12\n[store]",
        &[
            "session.lifetime (config/portcullis.toml line 6): found a number; write a duration from 1m to 365d in quotes, such as `15m`",
        ],
    ),
    (
        "mail without a mail server",
        "[cpaas]",
        "[delivery]\nemail = [\"smtp\"]\n[cpaas]",
        &["smtp (not set): missing; `delivery.email` sends by a mail server: add `[smtp]` with `host` and `from`"],
    ),
    (
        "a rule without a slash",
        "upstream = [\"http://127.0.0.1:3000\"]",
        "upstream = [\"http://127.0.0.1:3000\"]\n[[sites.rules]]\npath = \"admin/**\"\nrequire = \"two_factor\"",
        &[
            "sites[0].rules[0].path (config/portcullis.toml line 17): `admin/**`: a path starts with a slash; write one such as `/public/**`",
        ],
    ),
    (
        "a rule with a star in the middle",
        "upstream = [\"http://127.0.0.1:3000\"]",
        "upstream = [\"http://127.0.0.1:3000\"]\n[[sites.rules]]\npath = \"/admin/*\"\nrequire = \"two_factor\"",
        &[
            "sites[0].rules[0].path (config/portcullis.toml line 17): `/admin/*`: `*` is allowed only as `/**` at the end; use `path_regex` for other patterns",
        ],
    ),
    (
        "a requirement of another product",
        "upstream = [\"http://127.0.0.1:3000\"]",
        "upstream = [\"http://127.0.0.1:3000\"]\n[[sites.rules]]\npath = \"/admin/**\"\nrequire = \"2fa\"",
        &[
            "sites[0].rules[0].require (config/portcullis.toml line 18): `2fa` is none of `nothing`, `one_factor`, `two_factor`, `deny`; write `nothing` or `one_factor` or `two_factor` or `deny`",
        ],
    ),
];

#[tokio::test]
async fn a_mistake_in_the_file_is_named_with_its_line_and_what_to_write() {
    for (what, written, instead, lines) in IN_THE_FILE {
        assert!(EXAMPLE.contains(written), "{what}");
        let folder = Folder::with(&EXAMPLE.replacen(written, instead, 1));
        let (status, said) = folder.said(&["config", "check"]).await;
        assert_eq!((status, said.lines().collect::<Vec<_>>()), (Some(78), lines.to_vec()), "{what}");
    }
}

#[tokio::test]
async fn a_secret_that_others_can_read_is_named_with_the_command_that_mends_it() {
    let folder = Folder::with(EXAMPLE);
    set_mode(&folder.path("cpaas.secret"), 0o644);
    let (status, said) = folder.said(&["config", "check"]).await;
    let line = "cpaas.client_secret_file (config/portcullis.toml line 11): everybody on this machine can read the file \
                cpaas.secret; run `chmod 600 cpaas.secret`\n";
    assert_eq!((status, said.as_str()), (Some(78), line));
}

#[tokio::test]
async fn a_mistake_on_the_command_line_is_named_with_the_argument_and_its_form() {
    let folder = Folder::with(EXAMPLE);
    let add = |name: &'static str, email: &'static str, phone: &'static str| {
        ["user", "add", name, "--email", email, "--phone", phone, "--password-stdin"]
    };
    let password = "the long bridge walks\n";
    folder.done(&add("ada", "ada@example.com", "+15005550074"), password).await;
    let form =
        "a telephone number is written in international form: `+`, the country code and the number, 7 to 15 digits";
    for (arguments, typed, status, says) in [
        (
            &add("bob", "bob", "+15005550075")[..],
            password,
            2,
            "invalid value 'bob' for '--email <ADDRESS>': an e-mail address has the form `name@example.com`".to_owned(),
        ),
        (
            &add("bob", "bob@example.com", "5005550075"),
            password,
            2,
            format!("invalid value '5005550075' for '--phone <NUMBER>': {form}"),
        ),
        (
            &add("ada", "bob@example.com", "+15005550075"),
            password,
            1,
            "the user name is taken by another account (`portcullis user list` shows all)".to_owned(),
        ),
        (
            &add("bob", "bob@example.com", "+15005550075"),
            "12345678\n",
            1,
            "This password is one of the most common ones and would be guessed first. Please choose another."
                .to_owned(),
        ),
        (
            &["user", "disable", "eve"],
            "",
            1,
            "\"eve\": there is no account with this user name or e-mail address".to_owned(),
        ),
        (
            &["serve", "--config", "nowhere.toml"],
            "",
            78,
            "nowhere.toml (configuration file): cannot be read (no such file); name an existing, readable UTF-8 file"
                .to_owned(),
        ),
        (&["serve", "--confg", "x"], "", 2, "tip: a similar argument exists: '--config'".to_owned()),
    ] {
        let output = folder.run(arguments, typed).await;
        let said = text(&output);
        assert_eq!(output.status.code(), Some(status), "{arguments:?}: {said}");
        assert!(said.lines().any(|line| line.ends_with(&says)), "{arguments:?}: {said}");
    }
}

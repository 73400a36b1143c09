//! Every block of TOML for Portcullis passes `config check` without a warning.
//!
//! A block with `[[sites]]` is a configuration; one that names no way of delivery gets the `[cpaas]` below. A block that
//! begins with a key or with `[[sites.rules]]` is a part of a site, any other one a part of the file: the site below is
//! written before or behind it. Folders of the machine become the folder of the test, and the ports of the examples
//! become free ones.

use std::path::Path;

use super::blocks::is_ours;
use super::page::Block;
use super::pages;
use crate::first_hour::Folder;

const CPAAS: &str = "[cpaas]\nbase_url = \"https://oauth-cpaas.example.com\"\nclient_id = \"PRIV-1\"\n\
    client_secret_file = \"/etc/portcullis/cpaas.secret\"\n\n";
const SITE: &str = "[[sites]]\nhost = \"app.example.com\"\nupstream = [\"http://127.0.0.1:3000\"]\n";

/// The one warning that an example earns, where the document says so.
const MEANT: &str = "an app that reads an identity from this header trusts every visitor who sends it";

/// The warning of a block that shows no front, because it is about something else.
const NO_FRONT: &str = "`server.trusted_proxies` to the proxy in front that ends TLS";

/// The names for which the certificate of the folder is.
const NAMES: [&str; 4] = ["example.com", "*.example.com", "localhost", "*.home.arpa"];

/// The whole configuration that a block stands for.
pub fn completed(block: &str) -> String {
    let first = block.lines().find(|line| !line.is_empty() && !line.starts_with('#')).unwrap_or_default();
    let has = |start: &str| block.lines().any(|line| line.starts_with(start));
    let cpaas = if has("[cpaas]") || block.contains("sms = []") { "" } else { CPAAS };
    if first.starts_with("[[sites.rules]]") || !first.starts_with('[') {
        format!("{cpaas}{SITE}{block}")
    } else if has("[[sites]]") {
        format!("{cpaas}{block}")
    } else {
        format!("{cpaas}{block}\n{SITE}")
    }
}

/// The text with the folder of the test for those of the machine.
pub fn at_home(text: &str, folder: &Path) -> String {
    let folder = folder.display();
    text.replace("/etc/portcullis/", &format!("{folder}/")).replace("/var/lib/portcullis/", &format!("{folder}/var/"))
}

/// Files of other programs that the chapter on imports names.
const OF_OTHERS: [(&str, &str); 6] = [
    (
        "users_database.yml",
        "users:\n  grace:\n    displayname: Grace\n    email: grace@example.com\n    password: \
         '$2b$06$6DjihuUtjNaYoeWqqh3MC.YOYcxn5JcO6HI4T9EL1lQYlpj4kUV6.'\n    groups: [ops]\n",
    ),
    (
        "totp.yml",
        "totp_configurations:\n- {username: grace, algorithm: SHA1, digits: 6, period: 30, secret: \
         R0VaREdOQlZHWTNUUU9KUUdFWkRHTkJWR1kzVFFPSlE=}\n",
    ),
    ("htpasswd", "hedy:$apr1$DXPOZfkU$3Q1lm9MPn3q8oI9KeTeTs/\n"),
    ("people.csv", "email;name;Handy\njoan@example.com;Joan;+15005550142\n"),
    (
        "configuration.yml",
        "access_control:\n  default_policy: deny\n  rules:\n  - {domain: app.example.com, policy: two_factor}\n",
    ),
    ("oauth2-proxy.cfg", "upstreams = [\"http://127.0.0.1:3000/\"]\nskip_auth_routes = [\"GET=^/public/\"]\n"),
];

/// A folder with the files that the examples name.
pub fn folder() -> Folder {
    let folder = Folder::empty();
    folder.write("cpaas.secret", "canary-client-secret\n");
    folder.write("smtp.secret", "canary-mail-secret\n");
    for (name, text) in OF_OTHERS {
        folder.write(name, text);
    }
    folder.write("webhook.secret", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n");
    folder.write("logo.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    folder.write("own.css", ".card { border-radius: 0 }");
    folder.write("templates/login.html", "<p>Use your house account.</p>");
    let key = rcgen::KeyPair::generate().expect("a key");
    let names = NAMES.map(str::to_owned);
    let params = rcgen::CertificateParams::new(names).expect("names");
    let certificate = params.self_signed(&key).expect("a certificate").pem();
    for name in ["cert.pem", "home.pem", "nas-ca.pem"] {
        folder.write(name, &certificate);
    }
    for name in ["key.pem", "home.key"] {
        folder.write(name, &key.serialize_pem());
    }
    folder
}

#[tokio::test]
async fn every_configuration_in_the_documents_is_right_and_quiet() {
    let pages = pages();
    let all = pages.iter().flat_map(|page| page.blocks.iter().map(move |block| (page, block)));
    let ours: Vec<_> = all.filter(|(_, block)| is_ours(block) && !block.text.contains("{{#include")).collect();
    assert!(ours.len() > 20, "{} blocks", ours.len());
    for (page, block) in ours {
        let folder = folder();
        folder.write("config/portcullis.toml", &at_home(&completed(&block.text), folder.dir()));
        let (status, said) = folder.said(&["config", "check"]).await;
        let shows_front = block.text.contains("[server]");
        let is_meant = |line: &&str| line.ends_with(MEANT) || (!shows_front && line.ends_with(NO_FRONT));
        let quiet: Vec<&str> = said.lines().filter(|line| !is_meant(line)).collect();
        assert_eq!((status, quiet.as_slice()), (Some(0), ["ok"].as_slice()), "{}:{}: {said}", page.name, block.line);
    }
}

#[test]
fn a_block_is_completed_by_what_it_begins_with() {
    let whole = format!("{CPAAS}{SITE}");
    for (block, expected) in [
        (SITE, whole.clone()),
        ("assertion = true\n", format!("{whole}assertion = true\n")),
        (
            "# a note\n[[sites.rules]]\nrequire = \"deny\"\n",
            format!("{whole}# a note\n[[sites.rules]]\nrequire = \"deny\"\n"),
        ),
        ("[log]\nlevel = \"warn\"\n", format!("{CPAAS}[log]\nlevel = \"warn\"\n\n{SITE}")),
        ("[cpaas]\nclient_id = \"x\"\n", format!("[cpaas]\nclient_id = \"x\"\n\n{SITE}")),
    ] {
        assert_eq!(completed(block), expected);
    }
    let other = Block { kind: "toml".to_owned(), text: "# navidrome.toml\nA.B = 1\n".to_owned(), line: 1 };
    assert!(!is_ours(&other));
}

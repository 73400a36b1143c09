use std::path::Path;
use std::time::Duration;

use super::{Folder, RIGHT, right};
use crate::config::load::Flags;

#[test]
fn a_default_configuration_has_nothing_to_warn_of() {
    assert_eq!(right("").warnings, <[&str; 0]>::default());
}

#[test]
fn what_is_allowed_and_risky_is_said() {
    for (text, key, warning) in [
        ("[session]\nlifetime = \"25h\"\n", "session.lifetime", "longer than a day"),
        ("[session]\nremember_device = \"32d\"\n", "session.remember_device", "longer than a month"),
        ("[server]\nlisten = [\"0.0.0.0:80\"]\n", "server.listen", "other machines reach this over plain http"),
        ("[server]\ninsecure_http = true\n", "server.insecure_http", "passwords and sessions can be read"),
        ("[server]\ntrusted_proxies = [\"0.0.0.0/0\"]\n", "server.trusted_proxies[0]", "everybody is trusted"),
        ("[delivery]\ncode_length = 5\n", "delivery.code_length", "fewer than six digits"),
    ] {
        let warnings = right(text).warnings;
        let whole = |line: &str| line.starts_with(key) && line.contains(&format!("portcullis.toml line 2): {warning}"));
        assert!(warnings.len() == 1 && whole(&warnings[0]), "{warnings:?}");
    }
    for text in [
        "[server]\nlisten = [\"0.0.0.0:80\"]\ntrusted_proxies = [\"10.0.0.1\"]\n",
        "[server]\nlisten = [\"unix:/run/x\"]\n",
    ] {
        assert!(right(text).warnings.is_empty(), "{text}");
    }
}

#[test]
fn a_portal_over_plain_http_on_another_machine_is_warned_of_where_it_is_allowed() {
    let with = |url: &str| {
        let site = RIGHT.replace("[[sites]]", "[[sites]]\nhost = \"app.lan\"");
        let text = format!("[server]\ninsecure_http = true\n[portal]\nurl = \"{url}\"\n{site}");
        let warnings = Folder::with(&text).load(&[], Flags::default()).unwrap().warnings;
        warnings.into_iter().filter(|line| line.starts_with("portal.url")).collect::<Vec<String>>()
    };
    let warnings = with("http://auth.lan");
    assert_eq!(warnings.len(), 1, "{warnings:?}");
    assert!(
        warnings[0].contains("portcullis.toml line 4): plain http to `auth.lan`, which browsers treat as insecure: ")
    );
    for url in ["https://auth.lan", "http://auth.localhost:8080", "http://127.0.0.1:8080"] {
        assert_eq!(with(url), <[&str; 0]>::default(), "{url}");
    }
}

#[test]
fn a_secret_by_value_in_a_file_that_everybody_can_read_is_worth_a_warning() {
    let folder = Folder::with(RIGHT);
    folder.write("portcullis.toml", RIGHT, 0o644);
    let warnings = folder.load(&[], Flags::default()).unwrap().warnings;
    assert!(
        warnings.len() == 1 && warnings[0].contains("everybody on this machine can read it: run `chmod o-rwx "),
        "{warnings:?}"
    );
}

#[test]
fn an_upstream_by_flag_takes_the_place_of_the_sites_of_the_file_and_says_so() {
    let flags = Flags { listen: Vec::new(), upstream: vec!["http://b.localhost:1".to_owned()] };
    let config = Folder::with(RIGHT).load(&[], flags).unwrap();
    assert_eq!(config.settings.upstream.sites.len(), 1);
    let [crate::upstream::UpstreamAddress::Url(url)] = config.settings.upstream.sites[0].addresses.as_slice() else {
        panic!("one URL")
    };
    assert_eq!(url.host(), Some("b.localhost"));
    assert_eq!(config.warnings, ["sites (--upstream): replaces every `[[sites]]` of the file"]);
}

#[test]
fn defaults_are_those_of_the_reference() {
    let settings = right("").settings;
    assert_eq!(settings.web.path, "/portcullis");
    assert_eq!(settings.session.idle, Duration::from_hours(1));
    assert_eq!(settings.server.max_head, 32 * 1024);
    assert_eq!(settings.factor.code_lifetime, Duration::from_mins(5));
    assert_eq!(settings.web.hsts, None);
    assert_eq!(settings.keys.file, Path::new("portcullis.keys"));
    let elsewhere = right("[store]\nurl = \"sqlite:///var/lib/portcullis/data.db\"\n").settings;
    assert_eq!(elsewhere.store.file, Path::new("/var/lib/portcullis/data.db"));
    assert_eq!(elsewhere.keys.file, Path::new("/var/lib/portcullis/portcullis.keys"));
}

#[test]
fn with_tls_of_its_own_the_gateway_tells_browsers_to_stay_with_it() {
    let folder = Folder::with("");
    let made = rcgen::generate_simple_self_signed(["app.example".to_owned()]).unwrap();
    folder.write("cert.pem", &made.cert.pem(), 0o644);
    folder.write("key.pem", &made.signing_key.serialize_pem(), 0o644);
    let folder = folder.rewrite(&format!(
        "[server]\ntls = [{{ certificate = \"{{folder}}/cert.pem\", key = \"{{folder}}/key.pem\" }}]\nlisten = [\"0.0.0.0:443\"]\n{RIGHT}"
    ));
    let config = folder.load(&[], Flags::default()).unwrap();
    assert_eq!(config.settings.web.hsts.as_deref(), Some("max-age=63072000"));
    assert!(config.warnings.len() == 1 && config.warnings[0].starts_with("server.tls[0].key"), "{:?}", config.warnings);
}

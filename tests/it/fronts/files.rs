//! Files of `config/` that no program here reads: what must stand in them stands in them. And each proxy's
//! `portcullis.toml`, which our own program reads.

use std::collections::BTreeMap;
use std::path::Path;

use yaml_rust2::{Yaml, YamlLoader};

use super::program::{PROXIES, Proxy, config_file};
use crate::gateway::only_for_us;
use crate::process::{run, text};

/// What Portcullis says about a person, and what the app may see of their credentials.
const ANSWERED: &str =
    "Remote-User,Remote-Name,Remote-Email,Remote-Groups,X-Portcullis-Assertion,X-Portcullis-Token,Authorization";

fn documents(name: &str) -> Vec<Yaml> {
    YamlLoader::load_from_str(&config_file(name)).unwrap_or_else(|error| panic!("config/{name}: {error}"))
}

/// The leaves of a document as `a.b.c` and their texts; lists by their members joined with commas.
fn leaves(yaml: &Yaml) -> BTreeMap<String, String> {
    fn walk(yaml: &Yaml, path: &str, into: &mut BTreeMap<String, String>) {
        match yaml {
            Yaml::Hash(entries) => {
                for (key, value) in entries {
                    let key = key.as_str().expect("a name");
                    walk(value, &if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }, into);
                }
            }
            Yaml::Array(members) if members.iter().all(|member| !matches!(member, Yaml::Hash(_) | Yaml::Array(_))) => {
                into.insert(path.to_owned(), members.iter().map(scalar).collect::<Vec<_>>().join(","));
            }
            Yaml::Array(members) => {
                for (at, member) in members.iter().enumerate() {
                    let path = if path.is_empty() { at.to_string() } else { format!("{path}.{at}") };
                    walk(member, &path, into);
                }
            }
            Yaml::String(_) | Yaml::Real(_) | Yaml::Integer(_) | Yaml::Boolean(_) => {
                into.insert(path.to_owned(), scalar(yaml));
            }
            Yaml::Alias(_) | Yaml::Null | Yaml::BadValue => panic!("{path}: {yaml:?}"),
        }
    }
    let mut found = BTreeMap::new();
    walk(yaml, "", &mut found);
    found
}

fn scalar(yaml: &Yaml) -> String {
    match yaml {
        Yaml::String(text) | Yaml::Real(text) => text.clone(),
        Yaml::Integer(number) => number.to_string(),
        Yaml::Boolean(word) => word.to_string(),
        Yaml::Array(_) | Yaml::Hash(_) | Yaml::Alias(_) | Yaml::Null | Yaml::BadValue => {
            panic!("not a single value: {yaml:?}")
        }
    }
}

#[test]
fn the_manifests_of_ingress_nginx_ask_about_the_app_and_not_about_our_pages() {
    let all = documents("ingress-nginx/ingress.yml");
    let named = |kind: &str, name: &str| {
        let found = all
            .iter()
            .find(|yaml| yaml["kind"].as_str() == Some(kind) && yaml["metadata"]["name"].as_str() == Some(name));
        found.unwrap_or_else(|| panic!("{kind} {name}"))
    };
    let annotations = leaves(&named("Ingress", "app")["metadata"]["annotations"]);
    let value = |name: &str| annotations[&format!("nginx.ingress.kubernetes.io/{name}")].as_str();
    assert!(value("auth-url").ends_with(":9091/portcullis/authz/auth-request"));
    assert_eq!(value("auth-signin"), "https://$http_host/portcullis/login?rm=$request_method");
    assert_eq!(value("auth-response-headers"), ANSWERED);
    assert_eq!(value("auth-proxy-set-headers"), "default/portcullis-question");
    let carried = ["proxy-body-size", "proxy-request-buffering", "proxy-buffering", "proxy-buffer-size"].map(value);
    assert_eq!(carried, ["0", "off", "off", "16k"]);
    assert_eq!(["proxy-read-timeout", "proxy-send-timeout"].map(value), ["3600", "3600"]);
    assert_eq!(annotations.len(), 10, "no other: a cache of answers would outlive a log-out");
    assert!(named("Ingress", "portcullis")["metadata"]["annotations"].is_badvalue(), "our pages are not asked about");
    let paths = leaves(&named("Ingress", "portcullis")["spec"]["rules"]);
    assert_eq!(paths["0.http.paths.0.path"], "/portcullis/");
    assert_eq!(paths["0.http.paths.0.backend.service.name"], "portcullis");
    assert_eq!(paths["0.http.paths.1.path"], "/portcullis/authz");
    assert_eq!(paths["0.http.paths.1.backend.service.name"], "nobody");
    assert!(named("Service", "nobody")["spec"]["selector"].is_badvalue());
    let cleaned = leaves(&named("ConfigMap", "portcullis-clean")["data"]);
    assert!(cleaned.values().all(String::is_empty) && cleaned.contains_key("X-Original-URL"), "{cleaned:?}");
    let mut question = leaves(&named("ConfigMap", "portcullis-question")["data"]);
    let chosen_by = question.remove("X-Forwarded-Host");
    assert_eq!(chosen_by.as_deref(), Some("$host"), "`Host` may be another than the controller chose by");
    assert!(question.values().all(String::is_empty) && !question.contains_key("X-Original-URL"), "{question:?}");
}

#[test]
fn the_labels_of_traefik_say_what_its_file_says() {
    let file = leaves(&documents("traefik/dynamic.yml")[0]);
    let pieces = documents("traefik/labels.yml");
    let mut labels = leaves(&pieces[0]["services"]["app"]["labels"]);
    labels.extend(leaves(&pieces[0]["services"]["portcullis"]["labels"]));
    // Which of them have no counterpart, and the other way round.
    let mut left: BTreeMap<String, String> = labels
        .into_iter()
        .filter(|(name, _)| name != "traefik.enable")
        .map(|(name, value)| (name.to_lowercase(), value))
        .collect();
    for (name, value) in file {
        let name = name.to_lowercase();
        if name.starts_with("tls.") || name == "http.routers.app.service" {
            continue;
        }
        let label = left.remove(&format!("traefik.{name}"));
        let wanted = match name.as_str() {
            "http.middlewares.portcullis.forwardauth.address" => value.replace("127.0.0.1", "portcullis"),
            _ => value,
        };
        if let Some(service) = name.strip_suffix(".loadbalancer.servers.0.url") {
            let port = left.remove(&format!("traefik.{service}.loadbalancer.server.port"));
            assert_eq!(port.as_deref(), wanted.rsplit(':').next(), "{name}");
        } else {
            assert_eq!(label.as_deref(), Some(wanted.as_str()), "{name}");
        }
    }
    // `tls: {}` has no leaves.
    left.retain(|name, value| !(name.ends_with("tls") && value == "true"));
    assert!(left.is_empty(), "only labels say this: {left:?}");
}

#[test]
fn the_compose_file_hardens_the_entry_point_as_the_static_file_does() {
    let compose = &documents("compose.yml")[0]["services"];
    let flags = leaves(&compose["traefik"]["command"])[""].clone();
    let fixed = leaves(&documents("traefik/static.yml")[0]);
    for (name, value) in fixed.iter().filter(|(name, _)| name.starts_with("entryPoints") || name.starts_with("global"))
    {
        let flag = format!("--{}={value}", name.to_lowercase());
        assert!(flags.split(',').any(|written| written == flag), "{flag} in {flags}");
    }
    for service in ["portcullis", "app"] {
        assert!(compose[service]["ports"].is_badvalue(), "{service} is reached through Traefik alone");
        assert_eq!(compose[service]["extends"]["file"].as_str(), Some("traefik/labels.yml"));
    }
    let trusted = compose["portcullis"]["environment"]["PORTCULLIS_SERVER__TRUSTED_PROXIES"].as_str();
    assert_eq!(trusted, compose["traefik"]["networks"]["front"]["ipv4_address"].as_str());
}

#[test]
fn the_unit_of_systemd_runs_as_nobody_special_and_does_not_restart_a_wrong_configuration() {
    let unit = config_file("systemd/portcullis.service");
    for line in [
        "ExecStart=/usr/local/bin/portcullis serve --config /etc/portcullis/portcullis.toml",
        "RestartPreventExitStatus=78",
        "User=portcullis",
        "StateDirectoryMode=0700",
        "UMask=0077",
        "LimitCORE=0",
        "NoNewPrivileges=yes",
        "ProtectSystem=strict",
    ] {
        assert!(unit.lines().any(|written| written == line), "{line}");
    }
}

/// `config check` of a text, with these variables.
async fn checked(toml: &str, variables: &[(&str, &str)]) -> String {
    let dir = tempfile::TempDir::new().unwrap();
    let (file, secret) = (dir.path().join("portcullis.toml"), dir.path().join("cpaas.secret"));
    std::fs::write(&secret, "a-secret-of-this-test").unwrap();
    let secret = secret.to_str().unwrap();
    std::fs::write(&file, toml.replace("/etc/portcullis/cpaas.secret", secret)).unwrap();
    only_for_us(Path::new(secret));
    only_for_us(&file);
    let output = run(&["config", "check", "--config", file.to_str().unwrap()], variables, "").await;
    format!("{}{}", output.status, text(&output))
}

#[tokio::test]
async fn every_configuration_beside_a_proxys_file_is_right_with_and_without_a_portal_host() {
    for proxy in PROXIES {
        let toml = config_file(&format!("{}/portcullis.toml", proxy.folder()));
        for toml in [toml.replace("# url =", "url ="), toml] {
            assert_eq!(checked(&toml, &[]).await, "exit status: 0ok\n", "{proxy:?}:\n{toml}");
        }
    }
}

#[tokio::test]
async fn the_configuration_of_the_compose_file_is_right() {
    let compose = &documents("compose.yml")[0];
    let variables = leaves(&compose["services"]["portcullis"]["environment"]);
    let variables: Vec<_> = variables.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let toml = config_file(&format!("{}/portcullis.toml", Proxy::Traefik.folder()));
    assert_eq!(checked(&toml, &variables).await, "exit status: 0ok\n");
}

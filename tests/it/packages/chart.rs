//! The Helm chart, rendered by Helm itself: what Kubernetes gets, and that Portcullis runs with it.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

use super::{VERSION, output, printed, read, source};
use crate::first_hour::Folder;
use crate::fronts::program::program;
use crate::process::{self, text};

const CHART: &str = "config/helm/portcullis";

fn helm(arguments: &[&str]) -> Command {
    let mut command = Command::new(program("helm", "Helm 4"));
    // It reads and writes below the home folder.
    command.env("HOME", "/nonexistent").current_dir(source(CHART)).args(arguments);
    command
}

fn template(more: &[&str]) -> Output {
    output(&mut helm(&[&["template", "gate", "."], more].concat()))
}

/// With everything switched on, and these settings.
fn rendered(more: &[&str]) -> String {
    printed(&mut helm(&[&["template", "gate", ".", "-f", "ci/values.yaml"], more].concat()))
}

/// The resources by their kinds.
fn resources(text: &str) -> BTreeMap<String, Value> {
    let documents = yaml_rust2::YamlLoader::load_from_str(text).unwrap();
    let all = documents.iter().map(json).filter(|value| !value.is_null());
    all.map(|value| (value["kind"].as_str().unwrap().to_owned(), value)).collect()
}

fn json(yaml: &yaml_rust2::Yaml) -> Value {
    use yaml_rust2::Yaml;
    match yaml {
        Yaml::Hash(entries) => {
            entries.iter().map(|(key, value)| (key.as_str().unwrap().to_owned(), json(value))).collect()
        }
        Yaml::Array(members) => members.iter().map(json).collect(),
        Yaml::String(text) | Yaml::Real(text) => Value::from(text.clone()),
        Yaml::Integer(number) => Value::from(*number),
        Yaml::Boolean(value) => Value::from(*value),
        Yaml::Null | Yaml::Alias(_) | Yaml::BadValue => Value::Null,
    }
}

fn pod(resources: &BTreeMap<String, Value>) -> &Value {
    &resources["StatefulSet"]["spec"]["template"]["spec"]
}

#[test]
fn helm_lints_the_chart_and_its_versions_are_those_of_the_program() {
    let found = output(&mut helm(&["lint", ".", "--strict", "-f", "ci/values.yaml"]));
    assert!(found.status.success(), "{}", text(&found));
    let chart = &yaml_rust2::YamlLoader::load_from_str(&read("config/helm/portcullis/Chart.yaml")).unwrap()[0];
    assert_eq!(chart["appVersion"].as_str(), Some(VERSION));
}

#[test]
fn kubernetes_accepts_every_resource() {
    let folder = TempDir::new().unwrap();
    let claim = ["--set", "persistence.existingClaim=mine", "--set", "tls.secretName=app-tls"];
    for (name, more) in [("all.yaml", &[][..]), ("claim.yaml", &claim)] {
        let file = folder.path().join(name);
        let text = rendered(more);
        std::fs::write(&file, &text).unwrap();
        let mut validate = Command::new(program("kubernetes-validate", "kubernetes-validate"));
        let said = output(validate.args(["--strict", "--kubernetes-version", "1.37"]).arg(&file));
        assert!(said.status.success(), "{}", process::text(&said));
        assert_eq!(process::text(&said).matches(" passed for resource ").count(), resources(&text).len());
    }
}

#[test]
fn the_pod_meets_the_restricted_standard_and_never_runs_twice() {
    let all = resources(&rendered(&[]));
    let kinds: Vec<&str> = all.keys().map(String::as_str).collect();
    assert_eq!(
        kinds,
        ["ConfigMap", "Ingress", "NetworkPolicy", "PodDisruptionBudget", "Service", "ServiceAccount", "StatefulSet"]
    );
    let pod = pod(&all);
    let context = &pod["securityContext"];
    assert_eq!((&context["runAsNonRoot"], &context["runAsUser"]), (&Value::from(true), &Value::from(10001)));
    assert_eq!(context["fsGroupChangePolicy"], "OnRootMismatch");
    assert_eq!(context["seccompProfile"]["type"], "RuntimeDefault");
    let container = &pod["containers"][0]["securityContext"];
    assert_eq!(container["allowPrivilegeEscalation"], false);
    assert_eq!(container["readOnlyRootFilesystem"], true);
    assert_eq!(container["capabilities"]["drop"][0], "ALL");
    assert_eq!((&pod["automountServiceAccountToken"], &pod["enableServiceLinks"]), (&false.into(), &false.into()));
    assert_eq!(all["StatefulSet"]["spec"]["replicas"], 1);
    assert_eq!(pod["containers"][0]["image"], format!("portcullis:{VERSION}"));
}

#[test]
fn a_value_that_cannot_work_is_refused_with_a_reason() {
    let config = "config=x";
    let cases: [(&[&str], &str); 7] = [
        (&[], "config: give the content of portcullis.toml"),
        (&["--set", "config=x", "--set", "configSecret.name=y"], "config and configSecret.name: set one of them"),
        (&["--set", config, "--set", "replicas=2"], "0 or 1: the database is one SQLite file on one volume"),
        (&["--set", config, "--set", "persistence.accessModes={ReadWriteMany}"], "/persistence/accessModes/0"),
        (&["--set", config, "--set", "ingress.enabled=true"], "/ingress/hosts"),
        (&["--set", config, "--set", "trustedProxies={everybody}"], "/trustedProxies/0"),
        (&["--set", config, "--set", "ingres.enabled=true"], "additional properties 'ingres' not allowed"),
    ];
    for (values, reason) in cases {
        let said = template(values);
        assert_eq!(said.status.code(), Some(1), "{values:?}: {}", text(&said));
        assert!(text(&said).contains(reason), "{values:?}: {}", text(&said));
    }
    assert!(template(&["--set", config, "--set", "replicas=0"]).status.success(), "0 pauses");
}

#[test]
fn a_network_policy_without_peers_lets_nobody_in() {
    let all = resources(&rendered(&["--set", "networkPolicy.from=null"]));
    assert_eq!(all["NetworkPolicy"]["spec"]["ingress"], Value::Array(Vec::new()));
}

/// The container's variables, its arguments and its configuration, laid out in a folder instead of the pod.
struct Laid {
    folder: Folder,
    variables: Vec<(String, String)>,
    arguments: Vec<String>,
}

impl Laid {
    fn new(all: &BTreeMap<String, Value>, listen: &str) -> Self {
        let folder = Folder::with(all["ConfigMap"]["data"]["portcullis.toml"].as_str().unwrap());
        for source in pod(all)["volumes"][0]["projected"]["sources"].as_array().unwrap() {
            for item in source["secret"]["items"].as_array().unwrap_or(&Vec::new()) {
                folder.write(&format!("config/{}", item["path"].as_str().unwrap()), "a-secret-of-this-test\n");
            }
        }
        let here = |text: &str| {
            text.replace("/etc/portcullis", folder.path("config").to_str().unwrap())
                .replace("/var/lib/portcullis", folder.path("volume").to_str().unwrap())
                .replace("0.0.0.0:8080", listen)
        };
        let container = &pod(all)["containers"][0];
        let variables =
            container["env"].as_array().unwrap().iter().map(|variable| {
                (variable["name"].as_str().unwrap().to_owned(), here(variable["value"].as_str().unwrap()))
            });
        let arguments = container["args"].as_array().unwrap().iter().map(|word| here(word.as_str().unwrap()));
        Self { variables: variables.collect(), arguments: arguments.collect(), folder }
    }

    fn variables(&self) -> Vec<(&str, &str)> {
        self.variables.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
    }
}

#[tokio::test]
async fn portcullis_runs_with_what_the_chart_gives_it_and_answers_the_probes() {
    let all = resources(&rendered(&[]));
    let address = crate::wire::free_address();
    let laid = Laid::new(&all, &address.to_string());
    let config = laid.arguments.last().unwrap().clone();
    let checked = laid.folder.run_with(&["config", "check", "--config", &config], &laid.variables(), "").await;
    assert_eq!(text(&checked), "ok\n");

    let arguments: Vec<&str> = laid.arguments.iter().map(String::as_str).collect();
    let mut gateway = process::Process::start(&arguments, &laid.variables(), laid.folder.dir());
    gateway.listening().await;
    for probe in ["livenessProbe", "readinessProbe"] {
        let path = pod(&all)["containers"][0][probe]["httpGet"]["path"].as_str().unwrap();
        let asked = laid.folder.run(&["health", "--url", &format!("http://{address}{path}")], "").await;
        assert_eq!(text(&asked), "200\n", "{probe}");
    }
    // The folder in the volume, made for this user alone.
    assert_eq!(laid.folder.mode("volume/data"), 0o700);
    assert!(Path::new(&laid.folder.path("volume/data/portcullis.keys")).is_file());
}

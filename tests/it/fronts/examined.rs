//! What `portcullis doctor` says about a deployment that was made with our own files.

use super::Finding;
use super::cases::holds;
use super::deployment::Deployment;
use super::program::Proxy;
use crate::gateway::only_for_us;
use crate::process::{run, text};

/// Exit status 0, and nothing found wrong.
pub async fn doctor(deployment: &mut Deployment) -> Finding {
    let bob = deployment.bob().await;
    let file = |name: &str| deployment.gateway.path(name).to_str().expect("a path").to_owned();
    let (cookie, roots) = (file("bob.cookie"), file("app.pem"));
    std::fs::write(&cookie, &bob.jar["__Host-portcullis"]).expect("a file");
    only_for_us(std::path::Path::new(&cookie));
    let (name, at) = (deployment.proxy.folder(), deployment.address().to_string());
    let config = deployment.gateway.config_file();
    let arguments = [
        ["--url", "https://app.example.com/"],
        ["--proxy", name],
        ["--resolve", &at],
        ["--root-certificates", &roots],
        ["--cookie-file", &cookie],
        ["--config", &config],
    ];
    let output = run(&[&["doctor", "--json"], arguments.concat().as_slice()].concat(), &[], "").await;
    let text = text(&output);
    let report: serde_json::Value = serde_json::from_str(&text).map_err(|error| format!("{error}: {text}"))?;
    let findings = report["findings"].as_array().ok_or("no findings")?;
    let wrong: Vec<_> = findings.iter().filter(|finding| finding["verdict"] == "wrong").collect();
    let names: Vec<_> = wrong.iter().filter_map(|finding| finding["check"].as_str()).collect();
    // Its redirect keeps nothing of our answer, and no annotation changes that.
    let known: &[&str] = if deployment.proxy == Proxy::IngressNginx { &["caching", "caching"] } else { &[] };
    holds!(names == known, "{wrong:#?}");
    Ok(if names.is_empty() { "nothing".to_owned() } else { "caching of redirects".to_owned() })
}

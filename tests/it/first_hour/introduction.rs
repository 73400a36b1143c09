//! D6: what `serve` says of itself at the start.

use super::{EXAMPLE, Folder};
use crate::process::Process;
use crate::wire::free_address;

/// The lines from `reachable` to `listening`, without their time and target.
pub(super) async fn introduction(folder: &Folder, command: &[&str]) -> Vec<String> {
    let mut gateway = Process::start(command, &[], folder.dir());
    gateway.listening().await;
    let output = gateway.output();
    let said = output.lines().filter_map(|line| {
        let (before, said) = line.split_once(" gateway: ")?;
        Some(format!("{} {said}", before.split_whitespace().last()?))
    });
    said.skip_while(|line| !line.contains(" reach")).take_while(|line| !line.contains("listening")).collect()
}

#[tokio::test]
async fn an_empty_installation_says_where_it_is_and_that_nobody_can_sign_in() {
    let address = free_address();
    let folder = Folder::with(&EXAMPLE.replace("127.0.0.1:0", &address.to_string()));
    let missing =
        "WARN nobody can sign in: there are no accounts; add one with `portcullis user add NAME --phone NUMBER`";
    let reachable = format!("INFO reachable at http://app.localhost:{}/", address.port());
    assert_eq!(introduction(&folder, &["serve"]).await, [reachable.as_str(), "INFO 1 site, 0 accounts", missing]);
    let add = ["user", "add", "ada", "--phone", "+15005550074", "--password-stdin"];
    folder.done(&add, "nine quiet bridges\n").await;
    assert_eq!(introduction(&folder, &["serve"]).await, [reachable.as_str(), "INFO 1 site, 1 account"]);
}

#[tokio::test]
async fn a_site_that_plain_http_cannot_serve_is_named_and_not_called_reachable() {
    let folder = Folder::with(&EXAMPLE.replace("app.localhost", "app.example.com"));
    let add = ["user", "add", "ada", "--phone", "+15005550074", "--password-stdin"];
    folder.done(&add, "nine quiet bridges\n").await;
    let said = introduction(&folder, &["serve"]).await;
    let refused = "app.example.com cannot be reached: plain http is for hosts of this machine; set `server.tls`, or \
                   `server.trusted_proxies` to the proxy in front that ends TLS";
    let warning = format!("WARN {refused}");
    assert_eq!(said, ["INFO no site can be reached", "INFO 1 site, 1 account", warning.as_str()]);
    assert_eq!(folder.done(&["config", "check"], "").await, format!("warning: {refused}\nok\n"));
    let address = free_address();
    let site = "\n[[sites]]\nhost = \"wiki.localhost\"\nupstream = [\"http://127.0.0.1:8000\"]\n";
    let both = EXAMPLE.replace("app.localhost", "app.example.com").replace("127.0.0.1:0", &address.to_string());
    folder.write("config/portcullis.toml", &format!("{both}{site}"));
    let said = introduction(&folder, &["serve"]).await;
    let reachable = format!("INFO reachable at http://wiki.localhost:{}/", address.port());
    assert_eq!(said, [reachable.as_str(), "INFO 2 sites, 1 account", warning.as_str()]);
}

#[tokio::test]
async fn behind_a_proxy_the_public_urls_and_the_portal_are_named() {
    let sites = EXAMPLE
        .replace("[store]", "trusted_proxies = [\"127.0.0.1\"]\n\n[store]")
        .replace("[cpaas]", "[portal]\nurl = \"https://auth.example.com\"\n\n[cpaas]")
        .replace("app.localhost", "app.example.com");
    let folder = Folder::with(&format!(
        "{sites}\n[[sites]]\nhost = \"wiki.example.com:8443\"\nupstream = [\"http://127.0.0.1:8000\"]\n"
    ));
    let said = introduction(&folder, &["serve"]).await;
    let reachable = "INFO reachable at https://app.example.com/, https://wiki.example.com:8443/; people sign in at \
                     https://auth.example.com";
    assert_eq!(said.first().unwrap(), reachable);
    assert_eq!(said.get(1).unwrap(), "INFO 2 sites, 0 accounts");
}

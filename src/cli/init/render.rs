//! The plan as a commented configuration file.

use super::plan::{Codes, CpaasAccount, Front, MailServer, Plan, SANDBOX_ACCOUNT, Secret};
use crate::config::answer::quoted;

/// Where a secret that was given stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SecretPlace {
    /// In a file of its own, beside the configuration.
    OwnFile,
    /// In a variable: the file does not exist yet.
    Variable,
}

const HEAD: &str = "\
# The configuration of Portcullis, written by `portcullis init`. docs/configuration.md documents every key, as does
# `portcullis config reference`. After a change: `portcullis config check --online`, then restart Portcullis.
";

const RULES: &str = "\
# Without rules, every path requires a password and a code, and any account may pass. The first match decides:
# [[sites.rules]]
# path = \"/public/**\"
# require = \"nothing\"
# [[sites.rules]]
# path = \"/admin/**\"
# groups = [\"admins\"]
# require = \"two_factor\"
";

/// The whole file.
pub(super) fn toml(plan: &Plan, place: SecretPlace) -> String {
    let Plan { layout, upstream, host, .. } = plan;
    let store = quoted(&format!("sqlite://{}", layout.store().display()));
    let keys = quoted(&layout.keys().display().to_string());
    let host = quoted(host);
    let upstream = quoted(upstream);
    format!(
        "{HEAD}\n{}\n\
         [portal]\n# The name on the pages and in the messages with codes.\n# name = \"Portcullis\"\n\n\
         [store]\n# Accounts, sessions and the audit trail.\nurl = {store}\n\n\
         [keys]\n# Signs the cookies. If it is lost, everybody is signed out; keep a copy with that of the database.\n\
         file = {keys}\n\n{}\n\
         [[sites]]\n# What people type, and where the app runs. Make sure that only Portcullis can reach the app.\n\
         host = {host}\nupstream = [{upstream}]\n\n{RULES}",
        server(plan),
        codes(plan, place),
    )
}

fn server(plan: &Plan) -> String {
    let listen = quoted(&plan.listen);
    let front = match &plan.front {
        Front::Loopback => "# Plain http serves hosts of this machine only. For other people, set `tls`, or `trusted_proxies` to the proxy in\n\
             # front that ends TLS.\n\
             # tls = [{ certificate = \"/etc/portcullis/cert.pem\", key = \"/etc/portcullis/key.pem\" }]\n\
             # trusted_proxies = [\"127.0.0.1\"]\n"
            .to_owned(),
        Front::Certificate { certificate, key } => {
            let [certificate, key] = [certificate, key].map(|file| quoted(&file.display().to_string()));
            format!("tls = [{{ certificate = {certificate}, key = {key} }}]\n")
        }
        Front::Proxy(proxies) => {
            let proxies: Vec<String> = proxies.iter().map(|proxy| quoted(proxy)).collect();
            format!(
                "# The proxy that ends TLS: its X-Forwarded-* headers say who the visitor is. docs/proxies.md has its file.\n\
                 trusted_proxies = [{}]\n",
                proxies.join(", ")
            )
        }
    };
    format!("[server]\nlisten = [{listen}]\n{front}")
}

fn codes(plan: &Plan, place: SecretPlace) -> String {
    let secret = |key: &str, secret: &Secret| match (secret, place) {
        (Secret::Given(_), SecretPlace::Variable) => String::new(),
        (Secret::Given(_), SecretPlace::OwnFile) => {
            let file = plan.layout.secret(&plan.codes);
            format!("{key}_file = {}\n", quoted(&file.display().to_string()))
        }
        (Secret::File(file), _) => format!("{key}_file = {}\n", quoted(&file.display().to_string())),
    };
    match &plan.codes {
        Codes::Sandbox(url) => {
            let (id, sandbox_secret) = SANDBOX_ACCOUNT;
            format!(
                "# For now codes go to `portcullis sandbox` on this machine, and to nobody's phone. Replace this by an account at a\n\
                 # CPaaS, or by a mail server (docs/operation.md, \"Codes by mail\"), before people depend on it.\n\
                 [cpaas]\nbase_url = {}\nclient_id = \"{id}\"\nclient_secret = \"{sandbox_secret}\"\n",
                quoted(url)
            )
        }
        Codes::Cpaas(account) => cpaas(account, &secret),
        Codes::MailServer(server) => mail_server(server, &secret),
    }
}

fn cpaas(account: &CpaasAccount, secret: &dyn Fn(&str, &Secret) -> String) -> String {
    let base_url = quoted(&account.base_url);
    let client_id = quoted(&account.client_id);
    let grant = match &account.email {
        Some(email) => format!("email = {}\n{}", quoted(email), secret("password", &account.secret)),
        None => secret("client_secret", &account.secret),
    };
    let roots = roots(&account.root_certificates);
    format!("[cpaas]\nbase_url = {base_url}\nclient_id = {client_id}\n{grant}{roots}")
}

fn mail_server(server: &MailServer, secret: &dyn Fn(&str, &Secret) -> String) -> String {
    let MailServer { host, port, tls, from, account, root_certificates } = server;
    let port = port.map(|port| format!("port = {port}\n")).unwrap_or_default();
    let account = account
        .as_ref()
        .map(|account| format!("username = {}\n{}", quoted(&account.username), secret("password", &account.password)));
    format!(
        "[delivery]\n# Codes by mail alone. With a CPaaS too: sms = [\"cpaas\"], and a section [cpaas].\n\
         sms = []\nemail = [\"smtp\"]\n\n\
         [smtp]\nhost = {}\n{port}tls = {}\nfrom = {}\n{}{}",
        quoted(host),
        quoted(tls),
        quoted(from),
        account.unwrap_or_default(),
        roots(root_certificates)
    )
}

fn roots(files: &[String]) -> String {
    let files: Vec<String> = files.iter().map(|file| quoted(file)).collect();
    if files.is_empty() { String::new() } else { format!("root_certificates = [{}]\n", files.join(", ")) }
}

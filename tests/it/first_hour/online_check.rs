//! D7: `config check --online` finds what the first visitor would find: a wrong secret, an app that is not there, a mail
//! server that refuses. It sends nothing and creates nothing.

use std::net::SocketAddr;

use super::Folder;
use crate::authority::Authority;
use crate::backend::{Answer, Backend, Step};
use crate::gateway::{CLIENT_ID, CLIENT_SECRET};
use crate::mail_server::{MailServer, Odd, OddServer};
use crate::phone::Phone;
use crate::process::Process;
use crate::wire::free_address;

const CHECK: [&str; 3] = ["config", "check", "--online"];

/// A sandbox CPaaS, an app, and a folder with a configuration that names both.
struct Installation {
    sandbox: Process,
    phone: Phone,
    app: Backend,
    folder: Folder,
}

impl Installation {
    /// `CPAAS` and `APP` stand for the two addresses.
    async fn with(config: &str) -> Self {
        let folder = Folder::empty();
        let arguments = ["sandbox", "--listen", "127.0.0.1:0", "--client-id", CLIENT_ID];
        let secret = ["--client-secret", CLIENT_SECRET];
        let mut sandbox = Process::start(&[&arguments[..], &secret].concat(), &[], folder.dir());
        let phone = Phone::of(sandbox.listening().await);
        let app = Backend::start().await;
        folder.write("cpaas.secret", CLIENT_SECRET);
        let config = config.replace("CPAAS", &phone.address.to_string()).replace("APP", &app.address.to_string());
        folder.write("config/portcullis.toml", &config);
        Self { sandbox, phone, app, folder }
    }

    async fn check(&self) -> (Option<i32>, String) {
        self.folder.said(&CHECK).await
    }
}

const PROJECT: &str = r#"
[cpaas]
base_url = "http://CPAAS"
client_id = "PRIV-client of.tests"
client_secret_file = "cpaas.secret"
[store]
url = "sqlite://data/portcullis.db"
"#;

const SITE: &str = "[[sites]]\nhost = \"app.localhost:8080\"\nupstream = [\"http://APP/base\"]\n";

/// A configuration with codes by mail alone.
fn by_mail(server: SocketAddr, lines: &str) -> String {
    format!(
        "[delivery]\nsms = []\nemail = [\"smtp\"]\n[smtp]\nhost = \"localhost\"\nport = {}\n\
         from = \"gate@example.com\"\n{lines}\n{SITE}",
        server.port()
    )
}

/// The one line about this key, and the exit status.
async fn found(installation: &Installation, key: &str) -> (Option<i32>, String) {
    let (status, said) = installation.check().await;
    let lines: Vec<&str> = said.lines().filter(|line| line.starts_with(key)).collect();
    assert_eq!(lines.len(), 1, "{key}: {said}");
    assert!(!said.ends_with("ok\n"), "{said}");
    (status, lines[0].to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_works_is_listed_nothing_is_sent_and_nothing_is_created() {
    let installation = Installation::with(&format!("{PROJECT}{SITE}")).await;
    let (cpaas, app) = (installation.phone.address, installation.app.address);
    let reached =
        format!("cpaas: signed in at http://{cpaas}\nsites[0].upstream[0]: http://{app} answers 200\nstore: ");
    let store = "data/portcullis.db does not exist yet; `serve` and `user add` create it\nok\n";
    assert_eq!(installation.check().await, (Some(0), format!("{reached}{store}")));
    assert!(!installation.folder.path("data").exists(), "nothing is created");
    assert!(installation.phone.messages().await.is_empty(), "nothing is sent");
    let seen = installation.app.last().await;
    assert_eq!(seen.request_line(), "GET /base/ HTTP/1.1");
    assert_eq!(seen.headers_named("host"), ["app.localhost:8080"]);
    installation
        .folder
        .done(&["user", "add", "ada", "--phone", "+15005550074", "--password-stdin"], "nine quiet bridges")
        .await;
    let store = "data/portcullis.db can be opened\nok\n";
    assert_eq!(installation.check().await, (Some(0), format!("{reached}{store}")));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_secret_is_told_with_its_key_and_what_the_cpaas_said() {
    let installation = Installation::with(&format!("{PROJECT}{SITE}")).await;
    installation.folder.write("cpaas.secret", "canary-of-another-project");
    assert_eq!(installation.folder.done(&["config", "check"], "").await, "ok\n");
    let (status, line) = found(&installation, "cpaas.").await;
    assert_eq!(status, Some(78));
    assert_eq!(
        line,
        "cpaas.client_secret_file (config/portcullis.toml line 5): the CPaaS refuses it: token: refused with status 401 \
         (invalid_client: Invalid client credentials); correct `cpaas.client_id` or `cpaas.client_secret_file`: write the \
         key and the secret of the same project"
    );
    let account = "email = \"operator@sandbox.example\"\npassword = \"canary-password\"";
    let config = format!("{PROJECT}{SITE}").replace("client_secret_file = \"cpaas.secret\"", account);
    let installation = Installation::with(&config.replace("PRIV-client of.tests", "PUB-demo")).await;
    let (status, line) = found(&installation, "cpaas.").await;
    assert_eq!(status, Some(78));
    assert!(
        line.starts_with("cpaas.password (config/portcullis.toml line 6): the CPaaS refuses it: token: "),
        "{line}"
    );
    let remedy = "; correct `cpaas.email` or `cpaas.password`: write the address and the password of the same account";
    assert!(line.ends_with(remedy), "{line}");
    let installation = Installation::with(&config).await;
    let (status, line) = found(&installation, "cpaas.").await;
    assert_eq!(status, Some(78));
    assert_eq!(
        line,
        "cpaas.client_id (config/portcullis.toml line 4): the CPaaS refuses it: token: refused with status 401 \
         (invalid_client: Invalid client credentials); correct `cpaas.client_id`: write the client id that belongs to the \
         account"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_server_without_starttls_is_told_with_the_keys_that_change_it() {
    let server = MailServer::start(&[]).await;
    let (status, line) = found(&Installation::with(&by_mail(server.address, "")).await, "smtp.").await;
    assert_eq!(status, Some(78));
    let port = server.address.port();
    assert_eq!(
        line,
        format!(
            "smtp.tls (not set): localhost:{port} offers no STARTTLS, which `smtp.tls` asks for; write the port that \
             offers it in `smtp.port` (usually 587), or `smtp.tls = \"implicit\"` with its port (usually 465), or \
             `smtp.tls = \"none\"`, as the server is on this machine"
        )
    );
    assert!(server.mails().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_that_cannot_be_reached_is_told_at_once_with_key_and_address() {
    let (dead_app, dead_cpaas) = (free_address(), free_address());
    let more = format!("[[sites]]\nhost = \"b.localhost\"\nupstream = [\"http://APP\", \"http://{dead_app}\"]\n");
    let config = format!("{PROJECT}{SITE}{more}").replace("CPAAS", &dead_cpaas.to_string());
    let installation = Installation::with(&config).await;
    installation.app.answers_bytes("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n");
    let (status, said) = installation.check().await;
    assert_eq!(status, Some(1), "{said}");
    let app = installation.app.address;
    for line in [
        format!(
            "cpaas.base_url (config/portcullis.toml line 3): http://{dead_cpaas} cannot be reached: token: no \
             connection: Connection refused (os error 111); correct the URL, or let this machine connect to it"
        ),
        format!("sites[0].upstream[0]: http://{app} answers 401"),
        format!("sites[1].upstream[0]: http://{app} answers 401"),
        format!(
            "sites[1].upstream[1] (config/portcullis.toml line 13): the app cannot be reached: no connection: \
             http://{dead_app}: Connection refused (os error 111); start it, or correct the address"
        ),
    ] {
        assert!(said.lines().any(|said| said == line), "{line}\n{said}");
    }
    assert!(!said.lines().any(|line| line == "ok"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_app_that_says_nothing_and_one_that_speaks_no_http_are_told() {
    let installation = Installation::with(&format!("[upstream]\nresponse_timeout = \"1s\"\n{PROJECT}{SITE}")).await;
    installation.app.answers(Answer::Script(vec![Step::Hang]));
    let (status, line) = found(&installation, "sites[0].upstream[0] ").await;
    assert_eq!(status, Some(1));
    assert!(line.contains(&format!("http://{} does not answer in time; ", installation.app.address)), "{line}");
    installation.app.answers_bytes("SSH-2.0-OpenSSH\r\n");
    let (status, line) = found(&installation, "sites[0].upstream[0] ").await;
    assert_eq!(status, Some(1));
    assert!(line.contains("what answers there is not an app: "), "{line}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_problem_of_tls_is_called_one() {
    // Any program that speaks TLS with a certificate of an authority of its own.
    let app = MailServer::with_tls("implicit", &[]).await;
    let config = format!("{PROJECT}{SITE}").replace("http://", "https://");
    let installation = Installation::with(&config.replace("APP", &format!("localhost:{}", app.address.port()))).await;
    let (status, line) = found(&installation, "cpaas.").await;
    assert_eq!(status, Some(1));
    let what = format!("TLS with https://{} fails: token: no connection: ", installation.phone.address);
    assert!(line.starts_with(&format!("cpaas.base_url (config/portcullis.toml line 3): {what}")), "{line}");
    let (_, line) = found(&installation, "sites[0].upstream[0] ").await;
    assert!(line.contains(": TLS with the app fails: no connection: https://localhost:"), "{line}");
    assert!(line.contains("UnknownIssuer") && line.contains("`sites[0].tls.ca`"), "{line}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_url_of_another_program_is_told_as_no_cpaas() {
    let installation = Installation::with(&format!("{PROJECT}{SITE}").replace("CPAAS", "APP")).await;
    installation.app.answers_bytes("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
    let (status, line) = found(&installation, "cpaas.").await;
    assert_eq!(status, Some(1));
    let app = installation.app.address;
    let what = format!("http://{app} does not answer like a CPaaS: token: refused with status 404; ");
    assert!(line.starts_with("cpaas.base_url (") && line.contains(&what), "{line}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_mail_server_is_signed_in_to_and_gets_no_mail() {
    let server = MailServer::with_tls("starttls", &["--account", "gate:canary-mail-password"]).await;
    let account = "username = \"gate\"\npassword_file = \"smtp.secret\"\nroot_certificates = [\"ca.pem\"]";
    let installation = Installation::with(&by_mail(server.address, account)).await;
    installation.folder.write("ca.pem", &server.authority);
    installation.folder.write("smtp.secret", "canary-mail-password");
    let (status, said) = installation.check().await;
    assert_eq!(status, Some(0), "{said}");
    let port = server.address.port();
    assert!(said.starts_with(&format!("smtp: signed in at localhost:{port}\n")), "{said}");
    installation.folder.write("smtp.secret", "canary-another-password");
    let (status, line) = found(&installation, "smtp.").await;
    assert_eq!(status, Some(78));
    assert!(line.starts_with("smtp.password_file (config/portcullis.toml line 9): the mail server refuses it: AUTH: "));
    assert!(!line.contains("canary"), "{line}");
    installation.folder.write("ca.pem", &Authority::new("another").pem());
    let (status, line) = found(&installation, "smtp.").await;
    assert_eq!(status, Some(1));
    assert!(line.starts_with("smtp.tls (not set): TLS with localhost:"), "{line}");
    assert!(line.contains("UnknownIssuer") && line.contains("`smtp.root_certificates`"), "{line}");
    assert!(server.mails().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_server_that_is_not_there_or_refuses_for_now_is_not_a_wrong_password() {
    let plain = "tls = \"none\"\nusername = \"gate\"\npassword = \"canary-mail-password\"";
    let dead = free_address();
    let (status, line) = found(&Installation::with(&by_mail(dead, plain)).await, "smtp.").await;
    assert_eq!(status, Some(1));
    let port = dead.port();
    assert!(line.contains(&format!("localhost:{port} cannot be reached: connect: the connection failed: ")), "{line}");
    let odd = OddServer::start("AUTH", Odd::Says("454 4.7.0 later")).await;
    let (status, line) = found(&Installation::with(&by_mail(odd.address, plain)).await, "smtp.").await;
    assert_eq!(status, Some(1));
    assert!(line.starts_with("smtp.host (") && line.contains("AUTH: status 454"), "{line}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_cannot_be_used_is_told_and_left_alone() {
    let mut installation = Installation::with(&format!("{PROJECT}{SITE}")).await;
    installation
        .folder
        .write("data/portcullis.db", "not a database, but longer than the head of one: ".repeat(9).as_str());
    let before = std::fs::read(installation.folder.path("data/portcullis.db")).unwrap();
    let (status, line) = found(&installation, "store.url ").await;
    assert_eq!(status, Some(1));
    assert!(line.starts_with("store.url (config/portcullis.toml line 7): the database cannot be opened: "), "{line}");
    assert_eq!(std::fs::read(installation.folder.path("data/portcullis.db")).unwrap(), before);
    installation.sandbox.terminate().await;
    assert_eq!(installation.sandbox.status().await, Some(0));
}

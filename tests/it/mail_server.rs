//! Mail servers: a real one (aiosmtpd), and one that says whatever a test wants.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::{Arc, Mutex};

use serde_json::Value;
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

use crate::authority::Authority;
use crate::gateway::Setup;
use crate::process::{Process, command};
use crate::sdk::python;
use crate::wire::eventually;

/// A running aiosmtpd.
pub struct MailServer {
    process: Process,
    pub address: SocketAddr,
    /// The authority of its certificate, in PEM.
    pub authority: String,
    _folder: TempDir,
}

/// A mail as the server took it.
#[derive(Debug)]
pub struct Mail {
    pub greeting: String,
    pub encrypted: bool,
    pub user: Option<String>,
    pub from: String,
    pub to: Vec<String>,
    pub content: String,
}

impl MailServer {
    /// Without TLS.
    pub async fn start(arguments: &[&str]) -> Self {
        Self::with_certificate(arguments, "localhost").await
    }

    /// `starttls` or `implicit`, with a certificate for `localhost`.
    pub async fn with_tls(tls: &str, arguments: &[&str]) -> Self {
        Self::start(&[&["--tls", tls], arguments].concat()).await
    }

    pub async fn with_certificate(arguments: &[&str], name: &str) -> Self {
        let (folder, authority) = (TempDir::new().unwrap(), Authority::new("mail"));
        let identity = authority.signs(name);
        let (certificate, key) = (folder.path().join("cert.pem"), folder.path().join("key.pem"));
        std::fs::write(&certificate, identity.certificate.pem()).unwrap();
        std::fs::write(&key, identity.key.serialize_pem()).unwrap();
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/peers/mail_server.py");
        let files =
            [script.to_str().unwrap(), "--certificate", certificate.to_str().unwrap(), "--key", key.to_str().unwrap()];
        let python = python();
        let mut process = Process::spawn(&mut command(python.to_str().unwrap(), &[&files, arguments].concat(), &[]));
        let address = process.listening().await;
        Self { process, address, authority: authority.pem(), _folder: folder }
    }

    /// Every mail so far.
    pub fn mails(&self) -> Vec<Mail> {
        let output = self.process.output();
        let lines = output.lines().filter(|line| line.starts_with('{'));
        let mails = lines.map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
        let word = |mail: &Value, key: &str| mail[key].as_str().map(str::to_owned);
        mails
            .map(|mail| Mail {
                greeting: word(&mail, "greeting").expect("a greeting"),
                encrypted: mail["encrypted"].as_bool().expect("yes or no"),
                user: word(&mail, "user"),
                from: word(&mail, "from").expect("a sender"),
                to: mail["to"].as_array().expect("a list").iter().map(|to| to.as_str().unwrap().to_owned()).collect(),
                content: word(&mail, "content").expect("a text"),
            })
            .collect()
    }

    /// The only mail, once it is there.
    pub async fn mail(&self) -> Mail {
        eventually("a mail", || async { !self.mails().is_empty() }).await;
        let mut mails = self.mails();
        assert_eq!(mails.len(), 1, "{mails:?}");
        mails.pop().unwrap()
    }
}

/// Codes by the mail server at this address alone; `lines` join its section.
pub fn by_mail(server: SocketAddr, lines: &str) -> Setup {
    let port = server.port();
    Setup {
        delivery: Some("sms = []\nemail = [\"smtp\"]".to_owned()),
        more: format!("[smtp]\nhost = \"localhost\"\nport = {port}\nfrom = \"no-reply@gateway.example.com\"\n{lines}"),
        ..Setup::default()
    }
}

/// The same over TLS, with the server's authority.
pub fn by_mail_over_tls(server: &MailServer, lines: &str) -> Setup {
    let lines = format!("root_certificates = [\"DIR/mail-ca.pem\"]\n{lines}");
    Setup { files: vec![("mail-ca.pem", server.authority.clone())], ..by_mail(server.address, &lines) }
}

/// What an odd server does instead of what it should.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Odd {
    /// Says this.
    Says(&'static str),
    /// Closes the connection.
    Closes,
}

/// An odd server: like any other, but for one command (`greeting`, `EHLO`, `STARTTLS`, `MAIL`, …; `.` is the final dot).
#[derive(Clone)]
pub struct OddServer {
    pub address: SocketAddr,
    oddity: Arc<Mutex<(&'static str, Odd)>>,
}

impl OddServer {
    pub async fn start(at: &'static str, odd: Odd) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let server = Self { address: listener.local_addr().unwrap(), oddity: Arc::new(Mutex::new((at, odd))) };
        let oddity = Arc::clone(&server.oddity);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let oddity = *oddity.lock().unwrap();
                tokio::spawn(converse(stream, oddity));
            }
        });
        server
    }

    /// From the next connection on.
    pub fn becomes(&self, at: &'static str, odd: Odd) {
        *self.oddity.lock().unwrap() = (at, odd);
    }
}

async fn converse(stream: TcpStream, (at, odd): (&'static str, Odd)) {
    let mut stream = BufReader::new(stream);
    let (mut command, mut in_mail) = ("greeting".to_owned(), false);
    loop {
        let usual = match command.as_str() {
            "greeting" => "220 odd.test ESMTP",
            "EHLO" => "250-odd.test\r\n250-AUTH PLAIN\r\n250 STARTTLS",
            "DATA" => "354 go on",
            "QUIT" => "221 bye",
            _ => "250 OK",
        };
        let said = match odd {
            Odd::Says(text) if command == at => text,
            Odd::Closes if command == at => return,
            Odd::Says(_) | Odd::Closes => usual,
        };
        if stream.write_all(format!("{said}\r\n").as_bytes()).await.is_err() {
            return;
        }
        in_mail = in_mail || command == "DATA" && said.starts_with("354");
        loop {
            let mut line = String::new();
            if !matches!(stream.read_line(&mut line).await, Ok(count) if count > 0) {
                return;
            }
            if !in_mail {
                command = line.split_whitespace().next().unwrap_or_default().to_owned();
                break;
            }
            if line == ".\r\n" {
                (command, in_mail) = (".".to_owned(), false);
                break;
            }
        }
    }
}

//! What will be written: every answer, checked.

use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};

use anyhow::ensure;

use crate::account::NewAccount;
use crate::domain::host::Authority;
use crate::platform::process::is_root;
use crate::platform::secret::SecretString;

/// Where everything goes. All paths are absolute: commands then work from any directory.
#[derive(Debug, Clone)]
pub(super) struct Layout {
    /// The configuration file.
    pub config: PathBuf,
    /// The folder of the database and the key file.
    pub data: PathBuf,
}

/// The answers. Texts are in the spelling of the configuration.
#[derive(Clone)]
pub(super) struct Plan {
    pub layout: Layout,
    pub upstream: String,
    pub host: String,
    pub front: Front,
    pub listen: String,
    pub codes: Codes,
}

/// What visitors speak to first.
#[derive(Debug, Clone)]
pub(super) enum Front {
    /// The gateway, over plain http, on this machine alone.
    Loopback,
    /// The gateway, with a certificate of the operator.
    Certificate { certificate: PathBuf, key: PathBuf },
    /// A proxy that ends TLS, at one of these addresses.
    Proxy(Vec<String>),
}

/// How codes are sent.
#[derive(Clone)]
pub(super) enum Codes {
    Cpaas(CpaasAccount),
    MailServer(MailServer),
    /// The CPaaS that `portcullis sandbox` simulates at this URL.
    Sandbox(String),
}

#[derive(Clone)]
pub(super) struct CpaasAccount {
    pub base_url: String,
    pub client_id: String,
    /// The address of an account; `None`: a project.
    pub email: Option<String>,
    pub secret: Secret,
    pub root_certificates: Vec<String>,
}

#[derive(Clone)]
pub(super) struct MailServer {
    pub host: String,
    /// `None`: the usual port for `tls`.
    pub port: Option<u16>,
    pub tls: String,
    pub from: String,
    pub account: Option<MailAccount>,
    pub root_certificates: Vec<String>,
}

#[derive(Clone)]
pub(super) struct MailAccount {
    pub username: String,
    pub password: Secret,
}

/// Where a secret comes from.
#[derive(Clone)]
pub(super) enum Secret {
    /// It was typed, or came from a variable: it gets a file of its own.
    Given(SecretString),
    /// The operator's own file, which the configuration names.
    File(PathBuf),
}

/// The first account.
#[derive(Clone)]
pub(super) struct Person {
    pub account: NewAccount,
    pub password: SecretString,
    pub origin: PasswordOrigin,
}

/// Whether the person knows the password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PasswordOrigin {
    Given,
    /// It is shown once.
    Generated,
}

/// The folder of a service and that of its data.
const SYSTEM: (&str, &str) = ("/etc/portcullis", "/var/lib/portcullis");

/// The first place where `serve` looks, so that it needs no option.
const BESIDE: &str = "config";

impl Layout {
    /// Everything in one folder, if the operator names it; else the places of a service for root, and `config` in the
    /// working directory for others.
    pub(super) fn of(directory: Option<&Path>) -> anyhow::Result<Self> {
        let (config, data) = match directory {
            Some(directory) => (directory, directory),
            None if is_root() => (Path::new(SYSTEM.0), Path::new(SYSTEM.1)),
            None => (Path::new(BESIDE), Path::new(BESIDE)),
        };
        let config = std::path::absolute(config)?;
        let data = std::path::absolute(data)?;
        // The configuration is UTF-8 and names both.
        let is_text = |path: &Path| path.to_str().is_some();
        ensure!(is_text(&config) && is_text(&data), "the path of the folder is not UTF-8: {}", config.display());
        // A line break would begin a line of its own in what is printed and in the unit.
        let is_one_line = |path: &Path| !path.to_string_lossy().chars().any(char::is_control);
        ensure!(is_one_line(&config), "the path of the folder contains a control character; name another folder");
        Ok(Self { config: config.join("portcullis.toml"), data })
    }

    /// Whether these are the places that the unit for systemd is written for.
    pub(super) fn is_of_the_system(&self) -> bool {
        self.config.parent() == Some(Path::new(SYSTEM.0)) && self.data == Path::new(SYSTEM.1)
    }

    pub(super) fn store(&self) -> PathBuf {
        self.data.join("portcullis.db")
    }

    pub(super) fn keys(&self) -> PathBuf {
        self.data.join("portcullis.keys")
    }

    /// The file for the secret of the CPaaS or the mail server.
    pub(super) fn secret(&self, codes: &Codes) -> PathBuf {
        let name = match codes {
            Codes::Cpaas(_) | Codes::Sandbox(_) => "cpaas.secret",
            Codes::MailServer(_) => "smtp.secret",
        };
        self.config.with_file_name(name)
    }
}

impl Front {
    /// The address to listen on unless the operator names another.
    pub(super) fn usual_address(&self) -> &'static str {
        match self {
            // Ports below 1024 are for root, and for the service with its unit.
            Self::Certificate { .. } if is_root() => "0.0.0.0:443",
            Self::Certificate { .. } => "0.0.0.0:8443",
            Self::Loopback | Self::Proxy(_) => "127.0.0.1:8080",
        }
    }
}

impl Codes {
    /// The secret, if there is one, and the variable for it.
    pub(super) fn secret(&self) -> Option<(&'static str, &Secret)> {
        match self {
            Self::Cpaas(account) if account.email.is_some() => Some(("PORTCULLIS_CPAAS__PASSWORD", &account.secret)),
            Self::Cpaas(account) => Some(("PORTCULLIS_CPAAS__CLIENT_SECRET", &account.secret)),
            Self::MailServer(server) => {
                server.account.as_ref().map(|account| ("PORTCULLIS_SMTP__PASSWORD", &account.password))
            }
            Self::Sandbox(_) => None,
        }
    }
}

impl Plan {
    /// The plan before the first answer.
    pub(super) fn new(layout: Layout) -> Self {
        Self {
            layout,
            upstream: "http://127.0.0.1:3000".to_owned(),
            host: "app.localhost".to_owned(),
            front: Front::Loopback,
            listen: "127.0.0.1:8080".to_owned(),
            codes: Codes::Sandbox(SANDBOX.to_owned()),
        }
    }

    /// The secret that gets a file of its own.
    pub(super) fn given_secret(&self) -> Option<&SecretString> {
        match self.codes.secret()? {
            (_, Secret::Given(secret)) => Some(secret),
            (_, Secret::File(_)) => None,
        }
    }

    /// Whether the host is one of this machine, which plain http may serve.
    pub(super) fn is_for_this_machine(&self) -> bool {
        self.host.parse::<Authority>().is_ok_and(|authority| authority.host().is_loopback())
    }

    /// Whether codes go to the sandbox.
    pub(super) const fn is_for_trial(&self) -> bool {
        matches!(self.codes, Codes::Sandbox(_))
    }

    /// Why the address cannot be listened on, if so. A unix socket is not tried.
    pub(super) fn listen_problem(&self) -> Option<String> {
        let address = self.listen.parse::<SocketAddr>().ok()?;
        let error = TcpListener::bind(address).err()?;
        Some(format!("{address} cannot be listened on: {error}; name another address, or stop what listens there"))
    }

    /// Where people open the app.
    pub(super) fn url(&self) -> String {
        let typed = self.host.parse::<Authority>().ok().and_then(|authority| authority.port());
        let port = self.listen.rsplit_once(':').and_then(|(_, port)| port.parse::<u16>().ok());
        let (scheme, port) = match self.front {
            Front::Loopback => ("http", port.filter(|port| *port != 80)),
            Front::Certificate { .. } => ("https", port.filter(|port| *port != 443)),
            Front::Proxy(_) => ("https", None),
        };
        let port = port.filter(|_| typed.is_none()).map(|port| format!(":{port}")).unwrap_or_default();
        format!("{scheme}://{}{port}/", self.host)
    }
}

/// Where `portcullis sandbox` listens unless told otherwise.
pub(super) const SANDBOX: &str = "http://127.0.0.1:8090";

/// The account that `portcullis sandbox` accepts unless told otherwise. Its secret protects nothing.
pub(super) const SANDBOX_ACCOUNT: (&str, &str) = ("PRIV-demo", "sandbox-secret");

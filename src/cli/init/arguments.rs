//! The options, and the plan that they make without a question.

use std::io::BufRead;
use std::net::SocketAddr;
use std::path::PathBuf;

use anyhow::{bail, ensure};

use super::plan::{
    Codes, CpaasAccount, Front, Layout, MailAccount, MailServer, PasswordOrigin, Person, Plan, SANDBOX, Secret,
};
use super::questions::Answers;
use super::upstream::{self, UpstreamAnswer};
use crate::account::NewAccount;
use crate::cli::generated_password;
use crate::cli::prompt::first_line;
use crate::cli::terminal;
use crate::config::answer::{AnswerKind, parse, secret_of_file};
use crate::config::load::secret_variable;
use crate::domain::email::EmailAddress;
use crate::domain::identity::DisplayName;
use crate::domain::method::CodeMethod;
use crate::domain::phone::PhoneNumber;
use crate::domain::username::Username;
use crate::platform::random::Random;
use crate::platform::secret::SecretString;

/// Write a first configuration.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Arguments {
    /// The folder for the configuration, its secrets, the database and the keys. Default: /etc/portcullis and
    /// /var/lib/portcullis for root, else `config` in the working directory.
    #[arg(long, value_name = "DIR")]
    pub directory: Option<PathBuf>,
    /// Keep a configuration that is there under another name, instead of refusing to write.
    #[arg(long)]
    pub force: bool,
    /// Try nothing on the network.
    #[arg(long)]
    pub offline: bool,
    /// Ask nothing: the answers are in the options below. A failed test writes nothing and exits with status 1.
    #[arg(long, requires_all = ["upstream", "host"])]
    pub yes: bool,
    #[command(flatten)]
    pub options: Options,
}

/// The answers for `--yes`. Secrets come from a file, a variable or standard input, never from an option, which every user
/// of the machine can read.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Answers for --yes")]
pub(in crate::cli) struct Options {
    /// Where the app runs, such as `http://127.0.0.1:3000`.
    #[arg(long, value_name = "URL", requires = "yes", value_parser = upstream::read)]
    upstream: Option<UpstreamAnswer>,
    /// The host that people type.
    #[arg(long, value_name = "HOST", requires = "yes", value_parser = site_host)]
    host: Option<String>,
    /// The address to listen on.
    #[arg(long, value_name = "ADDRESS", requires = "yes", value_parser = listen)]
    listen: Option<String>,
    /// The certificate for https, in PEM.
    #[arg(long, value_name = "FILE", requires_all = ["yes", "key"], conflicts_with = "trusted_proxy")]
    certificate: Option<PathBuf>,
    /// Its key.
    #[arg(long, value_name = "FILE", requires = "certificate")]
    key: Option<PathBuf>,
    /// A proxy in front that ends TLS; can be given several times. Default for a host that is not of this machine, without
    /// --certificate: a proxy on this machine.
    #[arg(long, value_name = "ADDRESS", requires = "yes", value_parser = trusted_proxy)]
    trusted_proxy: Vec<String>,
    /// How codes are sent.
    #[arg(long, value_enum, requires = "yes", default_value = "sandbox")]
    codes: Way,
    /// cpaas: its URL. sandbox: where it will listen [default: `http://127.0.0.1:8090`].
    #[arg(long, value_name = "URL", requires = "yes", value_parser = cpaas_url)]
    cpaas_url: Option<String>,
    /// cpaas: the key of the project, or the client id of the account.
    #[arg(long, value_name = "ID", requires = "yes", value_parser = identifier)]
    client_id: Option<String>,
    /// cpaas: the e-mail address of the account; not for a project.
    #[arg(long, value_name = "ADDRESS", requires = "yes", value_parser = cpaas_email)]
    cpaas_email: Option<String>,
    /// smtp: the mail server.
    #[arg(long, value_name = "HOST", requires = "yes", value_parser = mail_host)]
    smtp_host: Option<String>,
    /// smtp: its port, if not the usual one.
    #[arg(long, value_name = "PORT", requires = "yes", value_parser = clap::value_parser!(u16).range(1..))]
    smtp_port: Option<u16>,
    /// smtp: starttls, implicit or none.
    #[arg(long, value_name = "TLS", requires = "yes", value_parser = encryption, default_value = "starttls")]
    smtp_tls: String,
    /// smtp: the user name there, if it needs one.
    #[arg(long, value_name = "NAME", requires = "yes", value_parser = identifier)]
    smtp_username: Option<String>,
    /// smtp: the sender of the mails.
    #[arg(long, value_name = "SENDER", requires = "yes", value_parser = sender)]
    smtp_from: Option<String>,
    /// cpaas, smtp: the file of the secret, which the configuration will name. Without it: `PORTCULLIS_CPAAS__CLIENT_SECRET`,
    /// `PORTCULLIS_CPAAS__PASSWORD` or `PORTCULLIS_SMTP__PASSWORD`, which gets a file of its own.
    #[arg(long, value_name = "FILE", requires = "yes", conflicts_with = "secret_stdin")]
    secret_file: Option<PathBuf>,
    /// cpaas, smtp: read the secret from the first line of standard input; it gets a file of its own.
    #[arg(long, requires = "yes")]
    secret_stdin: bool,
    /// cpaas, smtp: the certificate of an authority of its own, in PEM.
    #[arg(long, value_name = "FILE", requires = "yes")]
    root_certificate: Option<PathBuf>,
    /// The user name of the first account; without it none is added.
    #[arg(long, value_name = "NAME", requires = "yes")]
    user: Option<Username>,
    /// Their name.
    #[arg(long, value_name = "NAME", requires = "user")]
    name: Option<DisplayName>,
    /// Their e-mail address.
    #[arg(long, value_name = "ADDRESS", requires = "user")]
    email: Option<EmailAddress>,
    /// Their telephone number.
    #[arg(long, value_name = "NUMBER", requires = "user")]
    phone: Option<PhoneNumber>,
    /// Read their password from standard input: its first line, or the second with --secret-stdin. Default: one is
    /// generated and shown once.
    #[arg(long, requires = "user")]
    password_stdin: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Way {
    Cpaas,
    Smtp,
    /// A simulated phone on this machine (portcullis sandbox).
    Sandbox,
}

/// Defines the parser of an option: that of its key.
macro_rules! parsers {
    ($($name:ident = $kind:ident),* $(,)?) => {
        $(fn $name(text: &str) -> Result<String, String> { parse(AnswerKind::$kind, text) })*
    };
}
parsers! {
    site_host = SiteHost, listen = Listen, trusted_proxy = TrustedProxy, cpaas_url = CpaasUrl,
    identifier = Identifier, cpaas_email = Email, mail_host = MailHost, encryption = Encryption, sender = Sender,
}

impl Options {
    /// The plan and the person. Reads secrets from `input`, line by line.
    pub(super) fn answers(self, layout: Layout, input: &mut dyn BufRead) -> anyhow::Result<Answers> {
        let mut plan = Plan::new(layout);
        if let (Some(upstream), Some(host)) = (&self.upstream, &self.host) {
            if let Some(remark) = upstream.remark() {
                terminal::tell(&format!("--upstream: {remark}"));
            }
            plan.upstream.clone_from(&upstream.url);
            plan.host.clone_from(host);
        }
        plan.front = self.front(plan.is_for_this_machine())?;
        plan.listen = self.listen.clone().unwrap_or_else(|| plan.front.usual_address().to_owned());
        plan.codes = self.codes(input)?;
        let person = self.person(&plan, input)?;
        Ok(Answers { plan, person })
    }

    fn front(&self, is_for_this_machine: bool) -> anyhow::Result<Front> {
        Ok(match (&self.certificate, &self.key) {
            (Some(certificate), Some(key)) => {
                Front::Certificate { certificate: std::path::absolute(certificate)?, key: std::path::absolute(key)? }
            }
            (Some(_) | None, _) if !self.trusted_proxy.is_empty() => Front::Proxy(self.trusted_proxy.clone()),
            (Some(_) | None, _) if is_for_this_machine => Front::Loopback,
            (Some(_) | None, _) => Front::Proxy(vec!["127.0.0.1".to_owned(), "::1".to_owned()]),
        })
    }

    /// An option for another way to send codes would be ignored, and nobody would get a code.
    fn refuse_options_of_another_way(&self) -> anyhow::Result<()> {
        let cpaas = [("--client-id", self.client_id.is_some()), ("--cpaas-email", self.cpaas_email.is_some())];
        let smtp = [
            ("--smtp-host", self.smtp_host.is_some()),
            ("--smtp-port", self.smtp_port.is_some()),
            ("--smtp-username", self.smtp_username.is_some()),
            ("--smtp-from", self.smtp_from.is_some()),
        ];
        for (way, word, options) in [(Way::Cpaas, "cpaas", &cpaas[..]), (Way::Smtp, "smtp", &smtp[..])] {
            let given = options.iter().find(|(_, is_given)| *is_given && way != self.codes);
            if let Some((option, _)) = given {
                bail!("{option} needs --codes {word}");
            }
        }
        ensure!(self.codes != Way::Smtp || self.cpaas_url.is_none(), "--cpaas-url needs --codes cpaas");
        let has_secret = self.secret_file.is_some() || self.secret_stdin;
        ensure!(self.codes != Way::Sandbox || !has_secret, "a secret needs --codes cpaas or --codes smtp");
        Ok(())
    }

    fn codes(&self, input: &mut dyn BufRead) -> anyhow::Result<Codes> {
        self.refuse_options_of_another_way()?;
        let root_certificates = self.root_certificate.as_ref().map(std::path::absolute).transpose()?;
        let root_certificates = root_certificates.iter().map(|file| file.display().to_string()).collect();
        match self.codes {
            Way::Sandbox => {
                ensure!(cfg!(feature = "demo"), "this build has no sandbox; give --codes cpaas or --codes smtp");
                let url = self.cpaas_url.as_deref().unwrap_or(SANDBOX);
                let address = url.strip_prefix("http://").and_then(|address| address.parse::<SocketAddr>().ok());
                ensure!(address.is_some(), "--cpaas-url: the sandbox listens on an address such as {SANDBOX}");
                Ok(Codes::Sandbox(url.to_owned()))
            }
            Way::Cpaas => {
                let (Some(base_url), Some(client_id)) = (&self.cpaas_url, &self.client_id) else {
                    bail!("--codes cpaas needs --cpaas-url and --client-id");
                };
                let key = if self.cpaas_email.is_some() { "password" } else { "client_secret" };
                Ok(Codes::Cpaas(CpaasAccount {
                    base_url: base_url.clone(),
                    client_id: client_id.clone(),
                    email: self.cpaas_email.clone(),
                    secret: self.secret("cpaas", key, input)?,
                    root_certificates,
                }))
            }
            Way::Smtp => {
                let (Some(host), Some(from)) = (&self.smtp_host, &self.smtp_from) else {
                    bail!("--codes smtp needs --smtp-host and --smtp-from");
                };
                let account = match &self.smtp_username {
                    Some(username) => {
                        let password = self.secret("smtp", "password", input)?;
                        Some(MailAccount { username: username.clone(), password })
                    }
                    None => None,
                };
                Ok(Codes::MailServer(MailServer {
                    host: host.clone(),
                    port: self.smtp_port,
                    tls: self.smtp_tls.clone(),
                    from: from.clone(),
                    account,
                    root_certificates,
                }))
            }
        }
    }

    fn secret(&self, section: &str, key: &str, input: &mut dyn BufRead) -> anyhow::Result<Secret> {
        if let Some(file) = &self.secret_file {
            secret_of_file(file).map_err(|why| anyhow::anyhow!("--secret-file: {why}"))?;
            return Ok(Secret::File(std::path::absolute(file)?));
        }
        let (from, secret) = if self.secret_stdin {
            ("standard input".to_owned(), Some(first_line(input)?))
        } else {
            secret_variable(section, key)
        };
        let Some(secret) = secret else {
            bail!("the secret is missing: give --secret-file or --secret-stdin, or set {from}");
        };
        checked(&secret).map_err(|why| anyhow::anyhow!("{from}: {why}"))?;
        Ok(Secret::Given(secret))
    }

    fn person(self, plan: &Plan, input: &mut dyn BufRead) -> anyhow::Result<Option<Person>> {
        let Some(username) = self.user else { return Ok(None) };
        let by_mail = matches!(plan.codes, Codes::MailServer(_));
        let account = NewAccount {
            username,
            name: self.name,
            email: self.email,
            code_email: None,
            phone: self.phone,
            groups: Vec::new(),
            default_method: by_mail.then_some(CodeMethod::Email),
        };
        account.method()?;
        let (password, origin) = if self.password_stdin {
            (first_line(input)?, PasswordOrigin::Given)
        } else {
            (generated_password::draw(&mut Random::system())?, PasswordOrigin::Generated)
        };
        Ok(Some(Person { account, password, origin }))
    }
}

fn checked(secret: &SecretString) -> Result<(), String> {
    use crate::platform::secret::ExposeSecret as _;
    parse(AnswerKind::Secret, secret.expose_secret()).map(|_| ())
}

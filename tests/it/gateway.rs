//! Boots the gateway for a test: a fresh folder and store, a sandbox CPaaS, a recording site, a clock moved by hand.
//!
//! [`Gateway`] runs it in the test's own process, so that the clock can be moved. [`GatewayProcess`] runs the real
//! binary, so that it can be killed and its output read. Both stand in an [`Environment`] and are started with a
//! [`Setup`]. Everything that names a function of the product stands in `wiring`.

mod wiring;

use std::fmt::Write as _;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use portcullis::parts::{Clock, HandClock};
use tempfile::TempDir;

use crate::backend::Backend;
use crate::phone::Phone;
use crate::process::{Process, run, text};
use crate::response::expect_redirect;
use crate::visitor::{SharedAddress, VERIFY, Visitor};

pub const CLIENT_ID: &str = "PRIV-client of.tests";
pub const CLIENT_SECRET: &str = "canary-client-secret-5f1c0e";

/// What a test wants otherwise than usual. Each field is TOML that joins its section; `DIR` becomes the folder,
/// `//SITE` the address of the recording site.
#[derive(Debug, Clone, Default)]
pub struct Setup {
    /// Where it listens, for who must know before the start; else on a free port.
    pub listen: Option<SocketAddr>,
    pub server: String,
    pub portal: String,
    pub session: String,
    pub cpaas: String,
    /// Replaces the usual ways of delivery.
    pub delivery: Option<String>,
    /// Where the site runs, for who brings another app than the recording site.
    pub upstream: Option<String>,
    /// Lines of the one `[[sites]]`; `upstream` is written already.
    pub site: String,
    /// Further sections.
    pub more: String,
    /// Files of the folder, written before the start.
    pub files: Vec<(&'static str, String)>,
}

/// A person with an account.
#[derive(Debug, Clone)]
pub struct Account {
    pub name: String,
    pub email: String,
    pub phone: String,
    pub password: String,
}

impl Account {
    /// Somebody who is not yet known to any gateway.
    pub fn new(name: &str) -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        // Consecutive numbers with other last digits; each block of ten thousand is one prefix to the throttle.
        let number = NUMBER.fetch_add(1, Ordering::SeqCst);
        Self {
            name: name.to_owned(),
            email: format!("{name}@example.com"),
            phone: format!("+1500{:07}", 5_550_000 + number),
            password: format!("{name} walks over nine bridges"),
        }
    }
}

/// Folder, site and sandbox: what stands around a gateway.
pub struct Environment {
    dir: TempDir,
    pub backend: Backend,
    pub sandbox: Phone,
    setup: Setup,
    _sandbox: wiring::Sandbox,
}

impl Environment {
    async fn new(setup: Setup, clock: Clock) -> Self {
        let backend = Backend::start().await;
        let sandbox = wiring::sandbox(clock).await;
        let phone = Phone::of(wiring::sandbox_address(&sandbox));
        let environment = Self { dir: TempDir::new().unwrap(), backend, sandbox: phone, setup, _sandbox: sandbox };
        std::fs::write(environment.path("cpaas.secret"), CLIENT_SECRET).unwrap();
        only_for_us(&environment.path("cpaas.secret"));
        for (name, text) in &environment.setup.files {
            std::fs::write(environment.path(name), text).unwrap();
            only_for_us(&environment.path(name));
        }
        environment.write_config();
        environment
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    pub fn dir(&self) -> &Path {
        self.dir.path()
    }

    pub fn config_file(&self) -> String {
        self.path("portcullis.toml").to_str().unwrap().to_owned()
    }

    fn write_config(&self) {
        std::fs::write(self.config_file(), self.config()).unwrap();
        only_for_us(Path::new(&self.config_file()));
    }

    /// The whole configuration.
    pub fn config(&self) -> String {
        // The folder's own name is put in last and once: by chance it may hold the word it stands for.
        let (dir, setup) = ("DIR", &self.setup);
        let (sandbox, site) = (self.sandbox.address, self.backend.address);
        let delivery = setup.delivery.as_deref().unwrap_or("sms = [\"cpaas\"]\nemail = [\"cpaas\"]");
        let listen = setup.listen.unwrap_or(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)));
        let mut toml = format!("[server]\nlisten = [\"{listen}\"]\n{}\n[portal]\n{}\n", setup.server, setup.portal);
        let _ = write!(toml, "[keys]\nfile = \"{dir}/portcullis.keys\"\n[session]\n{}\n", setup.session);
        let _ = write!(toml, "[store]\nurl = \"sqlite://{dir}/portcullis.db\"\n");
        let _ = write!(toml, "[cpaas]\nbase_url = \"http://{sandbox}\"\nclient_id = \"{CLIENT_ID}\"\n");
        let _ = write!(toml, "client_secret_file = \"{dir}/cpaas.secret\"\n{}\n[delivery]\n{delivery}\n", setup.cpaas);
        let upstream = setup.upstream.clone().unwrap_or_else(|| format!("http://{site}"));
        let _ = write!(toml, "[[sites]]\nupstream = [\"{upstream}\"]\n{}\n{}\n", setup.site, setup.more);
        toml.replace("//SITE", &format!("//{site}")).replace("DIR", &self.dir.path().display().to_string())
    }

    /// `portcullis user …` on this installation.
    pub async fn user(&self, arguments: &[&str], typed: &str) -> String {
        let config = self.config_file();
        let arguments = [&["user"], arguments, &["--config", &config]].concat();
        let output = run(&arguments, &[], typed).await;
        assert!(output.status.success(), "{arguments:?}: {}", text(&output));
        text(&output)
    }

    pub async fn add(&self, account: &Account) {
        let Account { name, email, phone, password } = account;
        let arguments = ["add", name, "--email", email, "--phone", phone, "--password-stdin"];
        self.user(&arguments, &format!("{password}\n")).await;
    }

    /// Adds somebody with a number and an address.
    pub async fn add_account(&self, name: &str) -> Account {
        let account = Account::new(name);
        self.add(&account).await;
        account
    }

    /// Every file of the folder.
    pub fn files(&self) -> Vec<PathBuf> {
        std::fs::read_dir(self.dir())
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.is_file())
            .collect()
    }

    /// Name and details of the newest row of the audit trail, but for sessions that timed out.
    pub async fn newest_event(&self) -> (String, String) {
        wiring::newest_event(self.path("portcullis.db")).await
    }

    /// The store, as another process of the installation opens it.
    pub async fn store(&self) -> portcullis::parts::store::Store {
        wiring::store(self.path("portcullis.db")).await
    }

    /// Bytes that the store takes on disk.
    pub fn store_size(&self) -> u64 {
        let ours = self.files().into_iter().filter(|path| path.to_string_lossy().contains("portcullis.db"));
        ours.map(|path| path.metadata().map_or(0, |data| data.len())).sum()
    }
}

/// Mode 0600.
pub fn only_for_us(file: &Path) {
    set_mode(file, 0o600);
}

pub fn set_mode(file: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(file, std::fs::Permissions::from_mode(mode)).unwrap();
}

/// The gateway in this process, with a clock moved by hand. It has one account, `ada`.
pub struct Gateway {
    pub environment: Environment,
    pub clock: HandClock,
    pub listening: SharedAddress,
    pub account: Account,
    running: Option<wiring::RunningGateway>,
}

impl std::ops::Deref for Gateway {
    type Target = Environment;

    fn deref(&self) -> &Environment {
        &self.environment
    }
}

impl Gateway {
    pub async fn start() -> Self {
        Self::with(Setup::default()).await
    }

    pub async fn with(setup: Setup) -> Self {
        let clock = HandClock::starting_at(Clock::system().now());
        let environment = Environment::new(setup, clock.clock()).await;
        let account = environment.add_account("ada").await;
        let running = wiring::gateway(&environment.config_file(), clock.clock()).await;
        let listening = SharedAddress::at(wiring::address(&running));
        Self { environment, clock, listening, account, running: Some(running) }
    }

    /// Stops the gateway and starts it again on the same store, perhaps on another port; visitors find it.
    pub async fn restart(&mut self) {
        self.stop().await;
        self.start_again().await;
    }

    pub async fn stop(&mut self) {
        if let Some(running) = self.running.take() {
            running.shutdown().await;
        }
    }

    pub async fn start_again(&mut self) {
        let running = wiring::gateway(&self.environment.config_file(), self.clock.clock()).await;
        self.listening.moved_to(wiring::address(&running));
        self.running = Some(running);
    }

    pub fn visitor(&self) -> Visitor {
        Visitor::new(&self.listening)
    }

    /// A visitor from another address, `127.x.y.z` by its number.
    pub fn visitor_from(&self, number: u32) -> Visitor {
        self.visitor().coming_from(Ipv4Addr::from(0x7f01_0000 + number + 1))
    }

    pub fn address(&self) -> SocketAddr {
        self.listening.address()
    }

    /// Password given, code sent, code not typed.
    pub async fn half_signed_in(&self, account: &Account) -> (Visitor, String) {
        half_way(self.visitor(), &self.sandbox, account).await
    }

    /// A visitor with a session.
    pub async fn signed_in(&self, account: &Account) -> Visitor {
        all_the_way(self.visitor(), &self.sandbox, account).await
    }

    /// A visitor with a session of the one account.
    pub async fn ada(&self) -> Visitor {
        self.signed_in(&self.account).await
    }

    pub fn advance(&self, seconds: u64) {
        self.clock.advance(Duration::from_secs(seconds));
    }
}

/// The same installation with the real binary and the machine's clock.
pub struct GatewayProcess {
    pub environment: Environment,
    pub listening: SharedAddress,
    pub account: Account,
    pub process: Process,
    arguments: Vec<String>,
}

impl std::ops::Deref for GatewayProcess {
    type Target = Environment;

    fn deref(&self) -> &Environment {
        &self.environment
    }
}

impl GatewayProcess {
    pub async fn start(setup: Setup) -> Self {
        let environment = Environment::new(setup, Clock::system()).await;
        let account = environment.add_account("ada").await;
        let arguments = vec!["serve".to_owned(), "--config".to_owned(), environment.config_file()];
        let mut process = serve(&arguments, &environment);
        let listening = SharedAddress::at(process.listening().await);
        Self { environment, listening, account, process, arguments }
    }

    pub fn visitor(&self) -> Visitor {
        Visitor::new(&self.listening)
    }

    /// Everything that was logged about what happened before: lines are written by a thread of their own, so the last
    /// of them is waited for.
    pub async fn log(&self) -> String {
        static MARK: AtomicU32 = AtomicU32::new(0);
        let mark = format!("/portcullis/mark-{}", MARK.fetch_add(1, Ordering::SeqCst));
        self.visitor().get(&mark).await;
        self.process.has_written(&mark).await;
        self.process.output()
    }

    /// `kill -9` and a new start.
    pub async fn crash(&mut self) {
        self.process.kill().await;
        self.start_again().await;
    }

    /// Another process of the same installation, on another port.
    pub async fn second(&self) -> Process {
        let mut process = serve(&self.arguments, &self.environment);
        process.listening().await;
        process
    }

    /// Starts it after its end.
    pub async fn start_again(&mut self) {
        self.process = serve(&self.arguments, &self.environment);
        let address = self.process.listening().await;
        self.listening.moved_to(address);
    }

    pub async fn half_signed_in(&self, account: &Account) -> (Visitor, String) {
        half_way(self.visitor(), &self.sandbox, account).await
    }

    pub async fn signed_in(&self, account: &Account) -> Visitor {
        all_the_way(self.visitor(), &self.sandbox, account).await
    }
}

fn serve(arguments: &[String], environment: &Environment) -> Process {
    let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
    Process::start(&arguments, &[], environment.dir())
}

/// Gives the password and reads the code from the phone.
pub async fn half_way(mut visitor: Visitor, sandbox: &Phone, account: &Account) -> (Visitor, String) {
    let before = sandbox.messages_to(&account.phone).await.len();
    let answer = visitor.password("/", &account.email, &account.password).await;
    expect_redirect(&answer, VERIFY, "the right password leads to the code page");
    let page = visitor.follow(answer).await;
    assert_eq!(page.status, 200, "the code page: {page:?}");
    let code = sandbox.code(&account.phone, before + 1).await;
    (visitor, code)
}

pub async fn all_the_way(visitor: Visitor, sandbox: &Phone, account: &Account) -> Visitor {
    let (mut visitor, code) = half_way(visitor, sandbox, account).await;
    let answer = visitor.code(&code).await;
    expect_redirect(&answer, "/", "the right code leads to the site");
    assert!(visitor.is_in().await, "the right code opens the site");
    visitor
}

//! `portcullis demo`: gateway, sandbox CPaaS, phone page and dashboard in one process, without configuration; removes
//! its files at the end.

use std::net::SocketAddr;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use anyhow::Context as _;

use super::signals::Stop;
use super::taken_address::of_gateway;
use super::{configuration, generated_password, terminal};
use crate::account::{Accounts, NewAccount};
use crate::config::load::{Sources, load};
use crate::config::settings::Settings;
use crate::password::Passwords;
use crate::platform::clock::Clock;
use crate::platform::private_file;
use crate::platform::random::Random;
use crate::platform::secret::{ExposeSecret as _, SecretString};
use crate::sandbox::{self, Dashboard, RunningDashboard, RunningSandbox, Sandbox};
use crate::startup::{self, Gateway};

/// Try Portcullis: gateway, sandbox CPaaS, phone page and a protected dashboard in one process.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The address of the protected dashboard; must be a loopback address.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
}

const EMAIL: &str = "demo@portcullis.example";

struct Demo {
    gateway: Gateway,
    sandbox: RunningSandbox,
    dashboard: RunningDashboard,
}

/// Runs until interrupted.
pub(super) async fn run(arguments: Arguments) -> anyhow::Result<()> {
    anyhow::ensure!(
        arguments.listen.ip().is_loopback(),
        "the demo only serves this machine: --listen must be a loopback address such as 127.0.0.1:8080"
    );
    let mut stop = Stop::listen()?;
    // A new folder with a random name, never an existing one; removed when dropped.
    let private = std::fs::Permissions::from_mode(0o700);
    let folder = tempfile::Builder::new().prefix("portcullis-demo-").permissions(private).tempdir();
    let folder = folder.context("the folder of the demo cannot be created")?;
    // No fixed password opens a demo that somebody forgot to stop.
    let password = generated_password::draw(&mut Random::system())?;
    let demo = start(arguments.listen, folder.path(), password.expose_secret()).await?;
    announce(&demo, password.expose_secret())?;
    stop.wait().await;
    demo.gateway.shutdown().await;
    demo.dashboard.stop().await;
    demo.sandbox.stop().await;
    Ok(())
}

async fn start(listen: SocketAddr, folder: &Path, password: &str) -> anyhow::Result<Demo> {
    let clock = Clock::system();
    let sandbox_settings = sandbox::Settings::default();
    let client_id = sandbox_settings.client_id.clone();
    let secret = sandbox_settings.client_secret.clone();
    let sandbox = phone(listen, sandbox_settings, &clock).await?;
    let dashboard =
        Dashboard::start(SocketAddr::new(listen.ip(), 0)).await.context("the demo dashboard cannot be started")?;
    let written = format!(
        "[server]\nlisten = [\"{listen}\"]\n[keys]\nfile = \"{folder}/demo.keys\"\n\
         [store]\nurl = \"sqlite://{folder}/demo.db\"\n[log]\nformat = \"text\"\nlevel = \"warn\"\n\
         [portal]\nname = \"Portcullis demo\"\n\
         [cpaas]\nbase_url = \"{cpaas}\"\nclient_id = \"{client_id}\"\nclient_secret = \"{secret}\"\n\
         [[sites]]\nupstream = [\"{site}\"]\n",
        folder = folder.display(),
        cpaas = sandbox.base_url(),
        secret = secret.expose_secret(),
        site = dashboard.base_url(),
    );
    let file = folder.join("demo.toml");
    private_file::create(&file, written.as_bytes())?;
    let settings = load(&Sources::of_file(file))?.settings;
    add_account(&settings, password, &clock).await?;
    let gateway = startup::serve(settings, clock).await.map_err(|error| of_gateway(error, "--listen"))?;
    Ok(Demo { gateway, sandbox, dashboard })
}

/// The phone page uses the port after the site's, so that its address is the same at every start; if that is taken, any
/// other.
async fn phone(listen: SocketAddr, settings: sandbox::Settings, clock: &Clock) -> anyhow::Result<RunningSandbox> {
    let next = listen.port().checked_add(1).filter(|_| listen.port() != 0).unwrap_or(0);
    let wanted = SocketAddr::new(listen.ip(), next);
    if let Ok(sandbox) = Sandbox::start(wanted, clock.clone(), settings.clone()).await {
        return Ok(sandbox);
    }
    let any = SocketAddr::new(listen.ip(), 0);
    Sandbox::start(any, clock.clone(), settings).await.context("the sandbox CPaaS cannot be started")
}

async fn add_account(settings: &Settings, password: &str, clock: &Clock) -> anyhow::Result<()> {
    let store = configuration::open_store(settings).await?;
    let passwords = Passwords::start(&settings.password, &mut Random::system())?;
    let accounts = Accounts::new(store.clone(), passwords.into(), clock.clone());
    let account = NewAccount {
        username: "demo".parse()?,
        name: Some("Demo Visitor".parse()?),
        email: Some(EMAIL.parse()?),
        phone: Some("+15005550074".parse()?),
        groups: vec!["visitors".parse()?],
        code_email: None,
        default_method: None,
    };
    accounts.add(account, &SecretString::from(password), &mut Random::system()).await?;
    store.close().await;
    Ok(())
}

fn announce(demo: &Demo, password: &str) -> anyhow::Result<()> {
    let address = demo.gateway.addresses().first().context("no address")?;
    let phone = demo.sandbox.base_url();
    terminal::print(&format!(
        "\n  Portcullis demo\n\n  Protected site   http://{address}/\n  E-mail           {EMAIL}\n  \
         Password         {password}\n  Phone            {phone}/   (the codes arrive here)\n\n  \
         Ctrl-C ends it; nothing is kept.\n\n"
    ))?;
    terminal::tell(&format!("listening on {address}"));
    Ok(())
}

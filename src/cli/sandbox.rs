//! `portcullis sandbox`: only the sandbox CPaaS and its phone page, for your own experiments.

use std::io::Write as _;
use std::net::SocketAddr;

use secrecy::{ExposeSecret as _, SecretString};

use super::signals::Stop;
use super::taken_address::taken_address;
use super::terminal;
use crate::platform::clock::Clock;
use crate::sandbox::{Sandbox, SandboxError, Settings};

/// Simulate a CPaaS that delivers to a phone page on this machine.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The address to listen on; loopback addresses only, port 0 takes a free one.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8090")]
    pub listen: SocketAddr,

    /// The project key it accepts.
    #[arg(long, value_name = "ID")]
    pub client_id: Option<String>,

    /// The project secret it accepts.
    #[arg(long, value_name = "SECRET")]
    pub client_secret: Option<SecretString>,
}

/// Serves until Ctrl-C or SIGTERM.
pub(super) async fn run(args: Args) -> anyhow::Result<()> {
    let mut settings = Settings::default();
    if let Some(id) = args.client_id {
        settings.client_id = id;
    }
    if let Some(secret) = args.client_secret {
        settings.client_secret = secret;
    }
    let mut stop = Stop::listen()?;
    let running = Sandbox::start(args.listen, Clock::system(), settings.clone()).await;
    let running = running.map_err(|error| match error {
        SandboxError::InUse(_) => taken_address(&error, "--listen"),
        SandboxError::NotLoopback(_) | SandboxError::Listen { .. } => error.into(),
    })?;
    announce(&running.base_url(), &settings)?;
    terminal::tell(&format!("sandbox listening on {}", running.address()));
    stop.wait().await;
    running.stop().await;
    Ok(())
}

fn announce(base: &str, settings: &Settings) -> std::io::Result<()> {
    let mut out = terminal::Output;
    writeln!(out, "Sandbox CPaaS: delivers to a page on this machine; no message leaves it.")?;
    writeln!(out)?;
    writeln!(out, "  phone          {base}/")?;
    writeln!(out, "  messages       {base}/messages")?;
    writeln!(out)?;
    writeln!(out, "For the gateway:")?;
    writeln!(out, "  [cpaas]")?;
    writeln!(out, "  base_url = {base:?}")?;
    writeln!(out, "  client_id = {:?}", settings.client_id)?;
    writeln!(out, "  client_secret = {:?}", settings.client_secret.expose_secret())?;
    writeln!(out)?;
    writeln!(
        out,
        "Or the account grant: client_id = {:?}, email = {:?}, password = {:?}",
        settings.account_client_id,
        settings.account_email,
        settings.account_password.expose_secret()
    )?;
    out.flush()
}

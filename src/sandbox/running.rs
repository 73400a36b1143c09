//! Starts the sandbox and holds it while it runs.

use std::net::SocketAddr;
use std::sync::Arc;

use super::faults::Calls;
#[cfg(test)]
use super::faults::Misbehaviour;
use super::messages::Message;
use super::routes;
use super::serve::{SandboxError, Serving};
use super::settings::Settings;
use super::shared::Shared;
#[cfg(test)]
use super::tokens::Tokens;
use crate::platform::clock::Clock;
use crate::platform::random::Random;

/// The sandbox, not yet started.
#[derive(Debug, Clone, Copy)]
pub struct Sandbox;

/// A sandbox that serves; ends when dropped.
pub struct RunningSandbox {
    serving: Serving,
    shared: Arc<Shared>,
}

impl Sandbox {
    /// Listens on a loopback address; codes and tokens expire by `clock`.
    pub async fn start(listen: SocketAddr, clock: Clock, settings: Settings) -> Result<RunningSandbox, SandboxError> {
        // The sandbox is a program of its own: this is its start.
        let shared = Shared::new(settings, clock, Random::system());
        let serving = Serving::start(listen, routes::router(Arc::clone(&shared))).await?;
        Ok(RunningSandbox { serving, shared })
    }
}

impl RunningSandbox {
    /// Where it listens, port 0 resolved.
    pub const fn address(&self) -> SocketAddr {
        self.serving.address()
    }

    /// What to put into `cpaas.base_url`; the phone page is there too.
    pub fn base_url(&self) -> String {
        format!("http://{}", self.address())
    }

    /// What was delivered, newest last.
    pub fn messages(&self) -> Vec<Message> {
        self.shared.state().messages.all()
    }

    /// How often it was called.
    pub fn calls(&self) -> Calls {
        self.shared.state().calls.clone()
    }

    /// Ends it and every connection, and waits until the port is free.
    pub async fn stop(self) {
        self.serving.stop().await;
    }
}

/// What the tests of this room have it do.
#[cfg(test)]
impl RunningSandbox {
    /// Puts a misbehaviour in force, as `POST /misbehave` does.
    pub(super) fn misbehave(&self, misbehaviour: Misbehaviour) {
        self.shared.state().faults.set(misbehaviour);
    }

    /// Ends all misbehaviour, as `DELETE /misbehave` does.
    pub(super) fn behave(&self) {
        self.shared.state().faults.clear();
    }

    /// Forgets every token it gave out, as a restarted CPaaS does: the next calls earn a 401.
    pub(super) fn forget_tokens(&self) {
        self.shared.state().tokens = Tokens::default();
    }
}

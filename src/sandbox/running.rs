//! Starts and stops the sandbox.

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

/// A running sandbox. Dropping it stops it.
pub struct RunningSandbox {
    serving: Serving,
    shared: Arc<Shared>,
}

impl Sandbox {
    /// Starts the sandbox on a loopback address. Codes and tokens expire by `clock`.
    pub async fn start(listen: SocketAddr, clock: Clock, settings: Settings) -> Result<RunningSandbox, SandboxError> {
        // The sandbox stands for a program of its own, so it opens its own source of entropy.
        let shared = Shared::new(settings, clock, Random::system());
        let serving = Serving::start(listen, routes::router(Arc::clone(&shared))).await?;
        Ok(RunningSandbox { serving, shared })
    }
}

impl RunningSandbox {
    /// The address it listens on; port 0 is resolved.
    pub const fn address(&self) -> SocketAddr {
        self.serving.address()
    }

    /// The value for `cpaas.base_url`. The phone page has the same URL.
    pub fn base_url(&self) -> String {
        format!("http://{}", self.address())
    }

    /// The delivered messages, newest last.
    pub fn messages(&self) -> Vec<Message> {
        self.shared.state().messages.all()
    }

    /// The counters of calls.
    pub fn calls(&self) -> Calls {
        self.shared.state().calls.clone()
    }

    /// Stops it, closes every connection and waits until the port is free.
    pub async fn stop(self) {
        self.serving.stop().await;
    }
}

/// Controls for the tests of this room.
#[cfg(test)]
impl RunningSandbox {
    /// Sets a fault, as `POST /misbehave` does.
    pub(super) fn misbehave(&self, misbehaviour: Misbehaviour) {
        self.shared.state().faults.set(misbehaviour);
    }

    /// Ends all faults, as `DELETE /misbehave` does.
    pub(super) fn behave(&self) {
        self.shared.state().faults.clear();
    }

    /// Forgets all issued tokens, as a restarted CPaaS does. The next calls get 401.
    pub(super) fn forget_tokens(&self) {
        self.shared.state().tokens = Tokens::default();
    }
}

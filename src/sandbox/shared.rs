//! What every handler of the sandbox shares: one lock, one clock, and the door through which each operation goes.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::http::StatusCode;
use axum::response::Response;

use super::codes::Codes;
use super::faults::{Calls, Faults, Kind, Operation};
use super::messages::Messages;
use super::reply::{self, Refusal};
use super::settings::Settings;
use super::tokens::Tokens;
use crate::platform::clock::{Clock, Timestamp};
use crate::platform::random::Random;

/// The sandbox behind its routes.
pub(super) struct Shared {
    /// How it behaves.
    pub settings: Settings,
    clock: Clock,
    state: Mutex<State>,
}

/// Everything it remembers.
pub(super) struct State {
    /// Tokens in force.
    pub tokens: Tokens,
    /// Codes in force.
    pub codes: Codes,
    /// What was delivered.
    pub messages: Messages,
    /// How often it was called.
    pub calls: Calls,
    /// How it misbehaves.
    pub faults: Faults,
    /// Draws codes and identifiers.
    pub random: Random,
}

impl Shared {
    /// An empty sandbox.
    pub(super) fn new(settings: Settings, clock: Clock, random: Random) -> Arc<Self> {
        let state = State {
            tokens: Tokens::default(),
            codes: Codes::default(),
            messages: Messages::default(),
            calls: Calls::default(),
            faults: Faults::default(),
            random,
        };
        Arc::new(Self { settings, clock, state: Mutex::new(state) })
    }

    /// The present, by the sandbox's clock.
    pub(super) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Everything it remembers. No handler panics with the lock held; a test that does must not stop the others.
    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Runs one operation: counts it, lets it suffer what is in force, and does it.
    pub(super) async fn operate<F>(&self, operation: Operation, act: F) -> Response
    where
        F: FnOnce(&mut State, Timestamp) -> Result<Response, Refusal>,
    {
        let fault = {
            let mut state = self.state();
            state.calls.count(operation);
            state.faults.take(operation)
        };
        // Before anything is done: a caller that gives up and hangs up meanwhile has done nothing.
        if !fault.delay.is_zero() {
            tokio::time::sleep(fault.delay).await;
        }
        let done = || act(&mut self.state(), self.now()).unwrap_or_else(|refusal| refusal.answer());
        match fault.kind {
            Kind::None | Kind::Delay => done(),
            Kind::Status => {
                reply::fault(StatusCode::from_u16(fault.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR))
            }
            Kind::Garbage => reply::garbage(),
            Kind::Drop => {
                done();
                reply::hang_up()
            }
            Kind::Cut => reply::cut(done()).await,
        }
    }
}

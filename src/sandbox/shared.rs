//! The state that the handlers share, and the entry point of every operation.

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

/// The state behind the routes.
pub(super) struct Shared {
    pub settings: Settings,
    clock: Clock,
    state: Mutex<State>,
}

/// The mutable state.
pub(super) struct State {
    /// Tokens that are valid.
    pub tokens: Tokens,
    /// Codes that are valid.
    pub codes: Codes,
    /// Delivered messages.
    pub messages: Messages,
    /// The counters of calls.
    pub calls: Calls,
    /// The faults that are set.
    pub faults: Faults,
    /// Draws codes, ids and tokens.
    pub random: Random,
}

impl Shared {
    /// A sandbox without tokens, codes or messages.
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

    /// The time of the sandbox's clock.
    pub(super) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Locks the state. No handler panics with the lock held; a test that does must not stop the others.
    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Runs one operation: counts the call, applies its fault and calls `act`.
    pub(super) async fn operate<F>(&self, operation: Operation, act: F) -> Response
    where
        F: FnOnce(&mut State, Timestamp) -> Result<Response, Refusal>,
    {
        let fault = {
            let mut state = self.state();
            state.calls.count(operation);
            state.faults.take(operation)
        };
        // Before `act`, so that a caller that disconnects meanwhile has changed nothing.
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

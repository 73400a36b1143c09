//! Tests of the gateway's client against the whole sandbox, and of the sandbox alone, over loopback.

mod client;
mod failures;
mod pages;
mod protocol;
mod tokens;

use std::net::SocketAddr;
use std::time::Duration;

use super::{RunningSandbox, Sandbox, Settings};
use crate::delivery::{
    self, CodeProvider, CodeRequest, CpaasSettings, Delivery, Destination, EmailProvider, Grant, MessageProvider,
    Provider, SmsProvider,
};
use crate::domain::code::Alphabet;
use crate::domain::method::CodeMethod;
use crate::platform::clock::{Clock, HandClock, Timestamp};
use crate::platform::random::Random;

pub(super) const NUMBER: &str = "+15005550006";
pub(super) const TEXT: &str = "Sign-in code for Example\n\n@app.example.com #{code}";

pub(super) fn free_port() -> SocketAddr {
    "127.0.0.1:0".parse().unwrap()
}

pub(super) fn hand() -> HandClock {
    HandClock::starting_at(Timestamp::from_millis(1_800_000_000_000))
}

pub(super) async fn sandbox(clock: &Clock) -> RunningSandbox {
    Sandbox::start(free_port(), clock.clone(), Settings::default()).await.unwrap()
}

pub(super) fn project() -> Grant {
    let settings = Settings::default();
    Grant::Project { client_id: settings.client_id, client_secret: settings.client_secret }
}

pub(super) fn account() -> Grant {
    let Settings { account_client_id, account_email, account_password, .. } = Settings::default();
    Grant::Account { client_id: account_client_id, email: account_email, password: account_password }
}

pub(super) fn delivery(sandbox: &RunningSandbox, clock: &Clock, grant: Grant) -> Delivery {
    within(sandbox, clock, grant, Duration::from_secs(20))
}

pub(super) fn within(sandbox: &RunningSandbox, clock: &Clock, grant: Grant, timeout: Duration) -> Delivery {
    let cpaas = CpaasSettings {
        base_url: sandbox.base_url().parse().unwrap(),
        grant,
        origin_line: true,
        sender_number: None,
        timeout,
        extra_roots: Vec::new(),
    };
    let settings = delivery::Settings {
        sms: vec![SmsProvider::Cpaas, SmsProvider::CpaasMessage],
        email: vec![EmailProvider::Cpaas],
        cpaas: Some(cpaas),
        smtp: None,
    };
    Delivery::new(&settings, clock, &Random::system()).unwrap()
}

pub(super) fn codes(delivery: &Delivery, method: CodeMethod) -> &dyn CodeProvider {
    match delivery.provider(method, "cpaas") {
        Some(Provider::Codes(codes)) => codes.as_ref(),
        _ => panic!("no codes by {method}"),
    }
}

pub(super) fn texts(delivery: &Delivery) -> &dyn MessageProvider {
    match delivery.provider(CodeMethod::Sms, "cpaas_message") {
        Some(Provider::Messages(messages)) => messages.as_ref(),
        _ => panic!("no messages"),
    }
}

pub(super) fn request() -> CodeRequest {
    CodeRequest {
        to: Destination::Phone(NUMBER.parse().unwrap()),
        text: TEXT.into(),
        origin_line: None,
        subject: None,
        length: 6,
        alphabet: Alphabet::Numeric,
        lifetime: Duration::from_mins(5),
    }
}

/// The code of the newest message.
pub(super) fn newest_code(sandbox: &RunningSandbox) -> crate::domain::code::OneTimeCode {
    let newest = sandbox.messages().pop().unwrap();
    crate::domain::code::OneTimeCode::exactly(&newest.code.unwrap())
}

pub(super) fn wrong() -> crate::domain::code::OneTimeCode {
    // Has another length than any code that is drawn.
    crate::domain::code::OneTimeCode::exactly("0000000")
}

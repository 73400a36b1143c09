//! Tests the client against peers that send given bytes over real sockets. (`sandbox/tests`, on a higher floor, tests
//! it against the whole sandbox.)

mod answers;
mod peer;
mod reach;

use std::time::Duration;

use secrecy::SecretString;

use super::{
    CodeProvider, CodeRequest, CpaasSettings, Delivery, Destination, EmailProvider, Grant, MessageProvider, Provider,
    Settings, SmsProvider,
};
use crate::domain::code::Alphabet;
use crate::domain::method::CodeMethod;
use crate::platform::clock::Clock;
use crate::platform::random::Random;

pub(super) const NUMBER: &str = "+15005550006";
pub(super) const SECRET: &str = "canary-secret-4711";

pub(super) fn cpaas_settings(base_url: &str) -> CpaasSettings {
    CpaasSettings {
        base_url: base_url.parse().unwrap(),
        grant: Grant::Project { client_id: "PRIV-a b.c".into(), client_secret: SecretString::from(SECRET) },
        origin_line: true,
        sender_number: Some("+15005550001".parse().unwrap()),
        timeout: Duration::from_secs(20),
        extra_roots: Vec::new(),
    }
}

pub(super) fn delivery(cpaas: CpaasSettings) -> Delivery {
    let settings = Settings {
        sms: vec![SmsProvider::Cpaas, SmsProvider::CpaasMessage],
        email: vec![EmailProvider::Cpaas],
        cpaas: Some(cpaas),
        smtp: None,
    };
    Delivery::new(&settings, &Clock::system(), &Random::system()).unwrap()
}

pub(super) fn codes(delivery: &Delivery, method: CodeMethod) -> &dyn CodeProvider {
    match delivery.provider(method, "cpaas") {
        Some(Provider::Codes(codes)) => codes.as_ref(),
        _ => panic!("no codes by {method}"),
    }
}

pub(super) fn messages(delivery: &Delivery) -> &dyn MessageProvider {
    match delivery.provider(CodeMethod::Sms, "cpaas_message") {
        Some(Provider::Messages(messages)) => messages.as_ref(),
        _ => panic!("no messages"),
    }
}

pub(super) fn phone() -> Destination {
    Destination::Phone(NUMBER.parse().unwrap())
}

pub(super) fn request() -> CodeRequest {
    CodeRequest {
        to: phone(),
        text: "Your code is {code}".into(),
        origin_line: None,
        subject: None,
        length: 6,
        alphabet: Alphabet::Numeric,
        lifetime: Duration::from_mins(5),
    }
}

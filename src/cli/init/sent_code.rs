//! A code that is sent to the first person as the gateway will send codes, before there is an installation.

use crate::account::NewAccount;
use crate::config::load::Config;
use crate::delivery::{CodeVerdict, Delivery};
use crate::domain::code::{CodeShape, OneTimeCode};
use crate::domain::host::HostPattern;
use crate::domain::identifier::ChallengeId;
use crate::domain::language::Language;
use crate::domain::method::CodeMethod;
use crate::factor::{Factors, Sending};
use crate::keys::KeyRing;
use crate::platform::clock::Clock;
use crate::platform::random::Random;
use crate::store::{Challenge, EarlierCode};

/// The code, as whoever checks it has it.
pub(super) struct SentCode {
    factors: Factors,
    challenge: Challenge,
    clock: Clock,
}

impl SentCode {
    /// Sends through the configured providers, in their order.
    pub(super) async fn send(config: &Config, account: &NewAccount) -> anyhow::Result<Self> {
        let clock = Clock::system();
        let mut random = Random::system();
        let settings = &config.settings;
        let delivery = Delivery::new(&settings.delivery, &clock, &random)?.into();
        let keys = KeyRing::of_this_process(clock.now(), &mut random)?.into();
        let factors = Factors::new(settings.factor.clone(), &delivery, &keys, &random);
        let account = account.clone().into_account(clock.now(), &mut random)?;
        let id = ChallengeId::draw(&mut random)?;
        let host = settings.sites.first().and_then(|site| match &site.host {
            HostPattern::Exact(host) => Some(host.as_str()),
            HostPattern::Below(_) | HostPattern::Any => None,
        });
        let method = account.default_method;
        let sending = Sending { account: &account, challenge: id, before: None, host, language: Language::English };
        let sent = factors.begin(method, sending).await?;
        let expires_at = clock.now().plus(settings.factor.code_lifetime);
        let challenge = Challenge {
            id,
            method,
            provider: sent.provider.to_owned(),
            proof: sent.proof,
            earlier: EarlierCode::None,
            guesses: 0,
            expires_at,
            next_send_at: expires_at,
        };
        Ok(Self { factors, challenge, clock })
    }

    pub(super) const fn method(&self) -> CodeMethod {
        self.challenge.method
    }

    /// Whether this is the code. What holds no code is not.
    pub(super) async fn is_right(&self, typed: &str) -> anyhow::Result<bool> {
        let settings = self.factors.settings();
        let shape = CodeShape { length: settings.code_length, alphabet: settings.code_alphabet };
        let Ok(guess) = OneTimeCode::read(typed, shape) else { return Ok(false) };
        let verdict = self.factors.verify(&self.challenge, &guess, self.clock.now()).await?;
        Ok(verdict == CodeVerdict::Right)
    }
}

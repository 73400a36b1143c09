//! Sends and checks codes for every factor that uses them: through the configured providers, in order. Either the
//! provider keeps the code or the store keeps its keyed hash.

use std::sync::Arc;

use tracing::{info, warn};

use crate::delivery::{
    CodeProvider, CodeReference, CodeRequest, CodeVerdict, Delivery, DeliveryError, MessageProvider, Provider, Sent,
};
use crate::domain::code::{Alphabet, OneTimeCode};
use crate::domain::method::CodeMethod;
use crate::factor::sent_code::{Dispatched, FactorError, Message, Sending, Settings};
use crate::keys::{KeyId, KeyRing, Purpose};
use crate::platform::clock::Timestamp;
use crate::platform::random::Random;
use crate::platform::secret::{ExposeSecret as _, SecretString};
use crate::platform::telemetry::GATEWAY;
use crate::store::{Challenge, EarlierCode, Proof};

#[derive(Clone)]
pub(super) struct Codes {
    settings: Settings,
    delivery: Arc<Delivery>,
    keys: Arc<KeyRing>,
    random: Random,
}

/// The alphabet of our own codes if letters are allowed, without characters that are easily confused (`0O1IL`).
const CLEAR_LETTERS: &[u8] = b"23456789ABCDEFGHJKMNPQRSTUVWXYZ";

impl Codes {
    pub(super) const fn new(settings: Settings, delivery: Arc<Delivery>, keys: Arc<KeyRing>, random: Random) -> Self {
        Self { settings, delivery, keys, random }
    }

    pub(super) fn configured(&self, method: CodeMethod) -> bool {
        !self.delivery.providers(method).is_empty()
    }

    /// Sends through the first provider that accepts the message. The next one is tried only if the previous one
    /// certainly did not send: two codes on one phone would confuse people, and one of them would be refused.
    pub(super) async fn send(
        &self,
        method: CodeMethod,
        sending: Sending<'_>,
        message: &Message,
    ) -> Result<Dispatched, FactorError> {
        let mut failure = FactorError::NoDestination;
        for (name, provider) in self.delivery.providers(method) {
            match self.send_by(method, name, provider, sending, message).await {
                Ok(proof) => {
                    self.forget_code_of_other_way(method, name, sending.before).await;
                    return Ok(Dispatched { provider: name, proof });
                }
                Err(FactorError::Delivery(error)) if error.sent == Sent::No => {
                    warn!(target: GATEWAY, %method, %error, "a code could not be sent");
                    failure = FactorError::Delivery(error);
                }
                Err(error) => return Err(error),
            }
        }
        Err(failure)
    }

    async fn send_by(
        &self,
        method: CodeMethod,
        name: &str,
        provider: &Provider,
        sending: Sending<'_>,
        message: &Message,
    ) -> Result<Proof, FactorError> {
        match provider {
            Provider::Codes(codes) => {
                let same_way = sending.before.filter(|before| before.method == method && before.provider == name);
                self.send_remote(codes.as_ref(), same_way, message).await.map_err(FactorError::Delivery)
            }
            Provider::Messages(messages) => self.send_local(messages.as_ref(), sending, message).await,
        }
    }

    /// The provider generates, sends and keeps the code. A second code replaces the first there.
    async fn send_remote(
        &self,
        provider: &dyn CodeProvider,
        before: Option<&Challenge>,
        message: &Message,
    ) -> Result<Proof, DeliveryError> {
        let request = CodeRequest {
            to: message.to.clone(),
            text: message.text.clone(),
            origin_line: message.origin_line.clone(),
            subject: message.subject.clone(),
            length: self.settings.code_length,
            alphabet: self.settings.code_alphabet,
            lifetime: self.settings.code_lifetime,
        };
        let old = before.and_then(|challenge| match &challenge.proof {
            Proof::Remote(reference) => Some(CodeReference(reference.clone())),
            Proof::Local { .. } | Proof::Nothing => None,
        });
        let sent = match old {
            Some(old) => match provider.resend(&old, &request).await {
                // The code has expired or was spent at the provider meanwhile, so a new one is created.
                Err(error) if error.sent == Sent::No => provider.create(&request).await,
                other => other,
            },
            None => provider.create(&request).await,
        };
        sent.map(|reference| Proof::Remote(reference.0))
    }

    /// We generate the code and keep its keyed hash, bound to the challenge.
    async fn send_local(
        &self,
        provider: &dyn MessageProvider,
        sending: Sending<'_>,
        message: &Message,
    ) -> Result<Proof, FactorError> {
        let alphabet = match self.settings.code_alphabet {
            Alphabet::Numeric => &b"0123456789"[..],
            Alphabet::Alphanumeric => CLEAR_LETTERS,
        };
        let code = SecretString::from(self.random.clone().string(alphabet, usize::from(self.settings.code_length))?);
        let (key, tag) =
            self.keys.sign(Purpose::Code, &[sending.challenge.as_bytes(), code.expose_secret().as_bytes()]);
        let text = message
            .origin_line
            .as_ref()
            .map_or_else(|| message.text.clone(), |line| format!("{}\n\n{line}", message.text));
        let text = SecretString::from(text.replace("{code}", code.expose_secret()));
        provider.send(&message.to, text.expose_secret(), message.subject.as_deref()).await?;
        Ok(Proof::Local { key: key.number(), tag })
    }

    /// Deletes a code that was sent by another method or provider at the provider that keeps it. The challenge no
    /// longer refers to it, so it is invalid for us in any case, and a failure is only logged.
    async fn forget_code_of_other_way(&self, method: CodeMethod, name: &str, before: Option<&Challenge>) {
        let Some(before) = before.filter(|before| before.method != method || before.provider != name) else { return };
        if let (Proof::Remote(reference), Some(Provider::Codes(codes))) =
            (&before.proof, self.delivery.provider(before.method, &before.provider))
            && let Err(error) = codes.delete(&CodeReference(reference.clone())).await
        {
            info!(target: GATEWAY, %error, "an unused code could not be deleted at its provider");
        }
    }

    /// Checks a guess at the current code or at the one before it.
    pub(super) async fn check(
        &self,
        challenge: &Challenge,
        guess: &OneTimeCode,
        now: Timestamp,
    ) -> Result<CodeVerdict, FactorError> {
        match &challenge.earlier {
            EarlierCode::Local { key, tag, expires_at }
                if *expires_at > now && self.is_code(challenge, guess, *key, tag) =>
            {
                return Ok(CodeVerdict::Right);
            }
            EarlierCode::Local { .. } | EarlierCode::None => {}
        }
        match &challenge.proof {
            Proof::Nothing => Ok(CodeVerdict::Wrong),
            Proof::Local { key, tag } => {
                let right = self.is_code(challenge, guess, *key, tag);
                Ok(if right { CodeVerdict::Right } else { CodeVerdict::Wrong })
            }
            Proof::Remote(reference) => {
                let Some(Provider::Codes(codes)) = self.delivery.provider(challenge.method, &challenge.provider) else {
                    return Err(FactorError::ProviderGone(challenge.provider.clone()));
                };
                Ok(codes.verify(&CodeReference(reference.clone()), guess).await?)
            }
        }
    }

    fn is_code(&self, challenge: &Challenge, guess: &OneTimeCode, key: u8, tag: &[u8; 32]) -> bool {
        let typed = as_drawn(guess);
        let parts: [&[u8]; 2] = [challenge.id.as_bytes(), typed.expose_secret().as_bytes()];
        self.keys.verify(Purpose::Code, KeyId::new(key), &parts, tag)
    }
}

/// Letters in our own codes are upper case; people may type them in lower case.
fn as_drawn(guess: &OneTimeCode) -> SecretString {
    SecretString::from(guess.expose().to_ascii_uppercase())
}

//! The issued tokens: three-part JWTs with the claims of the real ones.
//!
//! The signature is random bytes. Nobody verifies it: a token is valid because it is in this list.

use std::collections::HashMap;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use crate::platform::clock::Timestamp;
use crate::platform::random::{EntropyUnavailable, Random};

/// The most tokens that are kept: each client uses one.
const KEPT: usize = 1000;

/// The project's user id, which looks as random as the real ones.
pub(super) const PROJECT_USER: &str = "Sb7PortcullisDemo";

/// Whom a token is issued to, and for how long.
pub(super) struct Holder<'a> {
    /// The user id.
    pub user: &'a str,
    /// The client id of the request.
    pub client: &'a str,
    /// How long the token is valid.
    pub life: Duration,
}

/// The valid tokens.
#[derive(Debug, Default)]
pub(super) struct Tokens(HashMap<String, Issued>);

#[derive(Debug)]
struct Issued {
    user: String,
    until: Timestamp,
}

impl Tokens {
    /// Issues a token. Returns the response body of the token endpoint.
    pub(super) fn issue(
        &mut self,
        holder: &Holder<'_>,
        now: Timestamp,
        random: &mut Random,
    ) -> Result<Value, EntropyUnavailable> {
        self.make_room(now);
        let until = now.plus(holder.life);
        let access = jwt(&claims("Bearer", holder, now, random)?, random)?;
        let id = jwt(&claims("ID", holder, now, random)?, random)?;
        let refresh = jwt(&claims("Refresh", holder, now, random)?, random)?;
        self.0.insert(access.clone(), Issued { user: holder.user.to_owned(), until });
        Ok(json!({
            "access_token": access,
            "expires_in": holder.life.as_secs(),
            "refresh_expires_in": 1_209_600,
            "refresh_token": refresh,
            "token_type": "bearer",
            "id_token": id,
            "not-before-policy": 0,
            "scope": "openid",
        }))
    }

    /// The user id of a token. `None` if it is unknown or has expired.
    pub(super) fn user(&self, token: &str, now: Timestamp) -> Option<&str> {
        self.0.get(token).filter(|issued| now < issued.until).map(|issued| issued.user.as_str())
    }

    fn make_room(&mut self, now: Timestamp) {
        if self.0.len() >= KEPT {
            self.0.retain(|_, issued| now < issued.until);
        }
        if self.0.len() >= KEPT {
            self.0.clear();
        }
    }
}

fn claims(kind: &str, holder: &Holder<'_>, now: Timestamp, random: &mut Random) -> Result<Value, EntropyUnavailable> {
    let user = holder.user;
    let client = holder.client;
    let iat = now.seconds();
    let life = i64::try_from(holder.life.as_secs()).unwrap_or(i64::MAX);
    Ok(json!({
        "jti": identifier(random)?,
        "exp": iat.saturating_add(life),
        "nbf": 0,
        "iat": iat,
        "iss": "http://sandbox.invalid/auth/realms/sandbox",
        "aud": client,
        "sub": identifier(random)?,
        "typ": kind,
        "azp": client,
        "acr": "1",
        "clientId": client,
        "preferred_username": user,
        "realm_access": { "roles": ["auth", "smsmessaging"] },
        "scope": "openid",
    }))
}

fn jwt(claims: &Value, random: &mut Random) -> Result<String, EntropyUnavailable> {
    let header = json!({ "alg": "RS256", "typ": "JWT", "kid": "sandbox" });
    let signature: [u8; 64] = random.bytes()?;
    let part = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
    Ok(format!("{}.{}.{}", part(header.to_string().as_bytes()), part(claims.to_string().as_bytes()), part(&signature)))
}

/// A random id of 22 letters and digits: 131 bits.
pub(super) fn identifier(random: &mut Random) -> Result<String, EntropyUnavailable> {
    random.string(b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", 22)
}

//! Reads the claims of the CPaaS's tokens.
//!
//! Their signature is not verified: they come directly from the configured host over TLS, we have no key to verify them
//! with, and they only provide the user id for our own calls and the time of renewal. A JWT library is made for
//! verifying; without that, reading claims takes one base64 and one JSON call.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::DecodePaddingMode;
use base64::engine::GeneralPurpose;
use base64::engine::general_purpose::GeneralPurposeConfig;
use serde_json::Value;

use crate::platform::clock::Timestamp;

/// Parts of a JWT have no padding (RFC 7515 §2), but some issuers add it.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &base64::alphabet::URL_SAFE,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// How long a token is used if neither it nor the response states its lifetime.
const UNSTATED_LIFE: Duration = Duration::from_mins(5);

/// How long before its end a token is replaced if only its end is known.
const MARGIN: Duration = Duration::from_mins(1);

/// The claims of a JWT; `None` if the token is not a JWT.
pub(super) fn read(token: &str) -> Option<Value> {
    let mut parts = token.split('.');
    let payload = parts.nth(1)?;
    let claims: Value = serde_json::from_slice(&LENIENT.decode(payload).ok()?).ok()?;
    claims.is_object().then_some(claims)
}

/// When to replace a token that arrived at `now`: after half of its lifetime.
///
/// That is relative to our own `now`, not to `iat`: on a machine whose clock is hours off, every token would otherwise
/// be stale at once or fresh forever. Without `iat` the lifetime is unknown, and the token is used until a minute
/// before `exp`.
pub(super) fn refresh_at(claims: Option<&Value>, expires_in: Option<i64>, now: Timestamp) -> Timestamp {
    let claim = |name: &str| claims.and_then(|claims| claims.get(name)).and_then(number);
    let seconds = |count: i64| Duration::from_secs(u64::try_from(count).unwrap_or(0));
    match (claim("exp"), claim("iat"), expires_in) {
        (Some(exp), Some(iat), _) => now.plus(seconds(exp.saturating_sub(iat)) / 2),
        (Some(exp), None, _) => Timestamp::from_millis(exp.saturating_mul(1000)).minus(MARGIN),
        (None, _, Some(life)) => now.plus(seconds(life) / 2),
        (None, _, None) => now.plus(UNSTATED_LIFE),
    }
}

/// A number of seconds. RFC 7519 §2 allows fractions.
pub(super) fn number(value: &Value) -> Option<i64> {
    #[expect(clippy::cast_possible_truncation, reason = "the fraction of a second is meant to go; `as` saturates")]
    value.as_i64().or_else(|| value.as_f64().map(|seconds| seconds as i64))
}

#[cfg(test)]
mod tests {
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    use serde_json::json;

    use super::*;

    const NOW: Timestamp = Timestamp::from_millis(1_000_000_000);

    #[test]
    fn a_token_is_replaced_after_half_of_its_life() {
        let claims = json!({ "iat": 1_000_000, "exp": 1_028_800 });
        assert_eq!(refresh_at(Some(&claims), None, NOW), NOW.plus(Duration::from_hours(4)));
    }

    #[test]
    fn a_token_without_iat_is_replaced_a_minute_before_its_end() {
        let claims = json!({ "exp": 1_000_300 });
        assert_eq!(refresh_at(Some(&claims), Some(9999), NOW), NOW.plus(Duration::from_mins(4)));
    }

    #[test]
    fn a_token_that_says_nothing_is_kept_for_five_minutes_at_most() {
        assert_eq!(refresh_at(None, Some(120), NOW), NOW.plus(Duration::from_mins(1)));
        assert_eq!(refresh_at(None, None, NOW), NOW.plus(UNSTATED_LIFE));
        let backwards = json!({ "iat": 9, "exp": 3 });
        assert_eq!(refresh_at(Some(&backwards), None, NOW), NOW);
    }

    #[test]
    fn what_is_no_jwt_has_no_claims() {
        for token in ["", "a", "a.b", "a.!!.c", "a.bnVsbA.c"] {
            assert!(read(token).is_none(), "{token}");
        }
        let part = URL_SAFE_NO_PAD.encode(json!({ "iat": 1.5 }).to_string());
        assert_eq!(read(&format!("e30.{part}.x")).and_then(|claims| number(claims.get("iat")?)), Some(1));
        assert!(read("e30.e30=.x").is_some(), "padding is tolerated");
    }
}

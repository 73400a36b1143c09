//! Reads what a browser says for a passkey.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use webauthn_rs_core::proto::{PublicKeyCredential, RegisterPublicKeyCredential};

/// In bytes. A credential id has at most 1023 bytes (WebAuthn §4), a signature of RSA 256.
const LONGEST: usize = 12 * 1024;

const TYPE: &str = "public-key";

/// The answer to a request for a signature.
pub(super) fn assertion(shown: &str) -> Option<PublicKeyCredential> {
    let answer: PublicKeyCredential = read(shown)?;
    let client = &answer.response.client_data_json;
    (answer.type_ == TYPE && agree(&answer.id, &answer.raw_id) && is_top(client)).then_some(answer)
}

/// The answer to a request for a new passkey.
pub(super) fn registration(shown: &str) -> Option<RegisterPublicKeyCredential> {
    let answer: RegisterPublicKeyCredential = read(shown)?;
    let client = &answer.response.client_data_json;
    (answer.type_ == TYPE && agree(&answer.id, &answer.raw_id) && is_top(client)).then_some(answer)
}

fn read<T: DeserializeOwned>(shown: &str) -> Option<T> {
    if shown.len() > LONGEST {
        return None;
    }
    serde_json::from_str(shown).ok()
}

/// Whether the page was not inside a page of another site (WebAuthn §7.2, steps 14 and 15). Ours never are, and the library
/// checks this for new passkeys only.
fn is_top(client_data: &[u8]) -> bool {
    serde_json::from_slice::<ClientData>(client_data)
        .is_ok_and(|client| client.cross_origin != Some(true) && client.top_origin.is_none())
}

/// The part of the client data that is judged here.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ClientData {
    cross_origin: Option<bool>,
    top_origin: Option<serde_json::Value>,
}

/// `id` is `rawId` in base64url (WebAuthn §5.1). A library that looks up one and verifies the other could be told two.
fn agree(id: &str, raw: &[u8]) -> bool {
    URL_SAFE_NO_PAD.decode(id).is_ok_and(|id| id == raw)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(id: &str, raw: &str, kind: &str) -> String {
        format!(
            r#"{{"id":"{id}","rawId":"{raw}","type":"{kind}","response":{{"authenticatorData":"AA","clientDataJSON":"e30",
               "signature":"AA","userHandle":null}},"clientExtensionResults":{{}}}}"#
        )
    }

    #[test]
    fn an_answer_from_inside_another_page_is_none() {
        let top = |client: &str| is_top(client.as_bytes());
        assert!(top(r#"{"type":"webauthn.get"}"#) && top(r#"{"crossOrigin":false}"#));
        assert!(!top(r#"{"crossOrigin":true}"#) && !top(r#"{"topOrigin":"https://evil.example"}"#));
        assert!(!top(r#"{"crossOrigin":false,"topOrigin":"https://evil.example"}"#));
    }

    #[test]
    fn an_answer_names_one_credential_and_is_of_the_right_type() {
        assert!(assertion(&answer("AQID", "AQID", "public-key")).is_some());
        assert!(assertion(&answer("AQIE", "AQID", "public-key")).is_none(), "two credentials");
        assert!(assertion(&answer("AQID", "AQID", "password")).is_none());
        for junk in ["", "{}", "null", "[]", "{\"id\":1}", &answer("AQID", "AQID", "public-key").replace(':', "=")] {
            assert!(assertion(junk).is_none() && registration(junk).is_none(), "{junk}");
        }
        let long = answer(&"A".repeat(20_000), &"A".repeat(20_000), "public-key");
        assert!(assertion(&long).is_none());
    }
}

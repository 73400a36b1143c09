//! A security key of our own, written after WebAuthn Level 3 §6 and RFC 9052, whose every part can be forged.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::digest::{SHA256, digest};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair as _};
use serde_json::{Value, json};

/// Somebody touched it.
pub const PRESENT: u8 = 0x01;
/// It verified its user.
pub const VERIFIED: u8 = 0x04;
/// The key may be copied to other devices.
pub const BACKUP_ELIGIBLE: u8 = 0x08;
/// It is copied.
pub const BACKED_UP: u8 = 0x10;
const HAS_CREDENTIAL: u8 = 0x40;

/// A key with one credential.
pub struct SoftKey {
    pair: EcdsaKeyPair,
    pub id: Vec<u8>,
    pub user: Vec<u8>,
    pub counter: u32,
    pub flags: u8,
    pub origin: String,
    pub rp_id: String,
}

/// What a key says, before it is signed.
pub struct Answer {
    pub kind: String,
    pub challenge: String,
    pub origin: String,
    pub cross_origin: bool,
    pub rp_id: String,
    pub flags: u8,
    pub counter: u32,
    pub id: String,
    pub raw_id: Vec<u8>,
    pub user: Option<Vec<u8>>,
    pub type_: String,
    /// Applied to the signature.
    pub spoil: bool,
}

impl SoftKey {
    /// A key for pages of this origin, which shows its user present and verified.
    pub fn new(origin: &str) -> Self {
        let random = SystemRandom::new();
        let document = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &random).unwrap();
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, document.as_ref(), &random).unwrap();
        let id = digest(&SHA256, pair.public_key().as_ref()).as_ref().to_vec();
        let host = origin.split("://").nth(1).unwrap().split(':').next().unwrap();
        Self {
            pair,
            id,
            user: Vec::new(),
            counter: 0,
            flags: PRESENT | VERIFIED,
            origin: origin.to_owned(),
            rp_id: host.to_owned(),
        }
    }

    /// The answer to `navigator.credentials.create`.
    pub fn register(&mut self, options: &Value) -> Value {
        self.user = URL_SAFE_NO_PAD.decode(options["user"]["id"].as_str().unwrap()).unwrap();
        let answer = self.answer("webauthn.create", options);
        self.attested(&answer)
    }

    /// A registration with whatever the answer says.
    pub fn attested(&self, answer: &Answer) -> Value {
        let public = self.pair.public_key().as_ref();
        let mut key = vec![0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20];
        key.extend_from_slice(&public[1..33]);
        key.extend_from_slice(&[0x22, 0x58, 0x20]);
        key.extend_from_slice(&public[33..65]);
        let mut data = authenticator_data(answer, answer.flags | HAS_CREDENTIAL);
        data.extend_from_slice(&[0; 16]);
        data.extend_from_slice(&u16::try_from(self.id.len()).unwrap().to_be_bytes());
        data.extend_from_slice(&self.id);
        data.extend_from_slice(&key);
        let mut object = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x59".to_vec();
        object.extend_from_slice(&u16::try_from(data.len()).unwrap().to_be_bytes());
        object.extend_from_slice(&data);
        json!({
            "id": answer.id,
            "rawId": URL_SAFE_NO_PAD.encode(&answer.raw_id),
            "type": answer.type_,
            "response": {
                "clientDataJSON": URL_SAFE_NO_PAD.encode(client_data(answer)),
                "attestationObject": URL_SAFE_NO_PAD.encode(object),
                "transports": ["usb"],
            },
            "clientExtensionResults": {},
        })
    }

    /// The answer to `navigator.credentials.get`.
    pub fn sign(&mut self, options: &Value) -> Value {
        let answer = self.answer("webauthn.get", options);
        self.signed(&answer)
    }

    /// A signature over whatever the answer says.
    pub fn signed(&self, answer: &Answer) -> Value {
        let (client, data) = (client_data(answer), authenticator_data(answer, answer.flags));
        let message = [data.as_slice(), digest(&SHA256, &client).as_ref()].concat();
        let mut signature = self.pair.sign(&SystemRandom::new(), &message).unwrap().as_ref().to_vec();
        if answer.spoil {
            *signature.last_mut().unwrap() ^= 1;
        }
        json!({
            "id": answer.id,
            "rawId": URL_SAFE_NO_PAD.encode(&answer.raw_id),
            "type": answer.type_,
            "response": {
                "clientDataJSON": URL_SAFE_NO_PAD.encode(client),
                "authenticatorData": URL_SAFE_NO_PAD.encode(data),
                "signature": URL_SAFE_NO_PAD.encode(signature),
                "userHandle": answer.user.as_ref().map(|user| URL_SAFE_NO_PAD.encode(user)),
            },
            "clientExtensionResults": {},
        })
    }

    /// What an honest key says to these options.
    pub fn answer(&mut self, kind: &str, options: &Value) -> Answer {
        self.counter += u32::from(self.counter > 0);
        Answer {
            kind: kind.to_owned(),
            challenge: options["challenge"].as_str().unwrap().to_owned(),
            origin: self.origin.clone(),
            cross_origin: false,
            rp_id: self.rp_id.clone(),
            flags: self.flags,
            counter: self.counter,
            id: URL_SAFE_NO_PAD.encode(&self.id),
            raw_id: self.id.clone(),
            user: Some(self.user.clone()),
            type_: "public-key".to_owned(),
            spoil: false,
        }
    }
}

fn client_data(answer: &Answer) -> Vec<u8> {
    let Answer { kind, challenge, origin, cross_origin, .. } = answer;
    json!({ "type": kind, "challenge": challenge, "origin": origin, "crossOrigin": cross_origin }).to_string().into()
}

fn authenticator_data(answer: &Answer, flags: u8) -> Vec<u8> {
    let hash = digest(&SHA256, answer.rp_id.as_bytes());
    [hash.as_ref(), &[flags], &answer.counter.to_be_bytes()].concat()
}

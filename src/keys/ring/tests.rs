//! Tests of the keys in memory.

use super::*;

fn ring() -> (tempfile::TempDir, Settings, KeyRing) {
    let folder = tempfile::tempdir().unwrap();
    let settings = Settings { file: folder.path().join("keys") };
    let ring = KeyRing::open_or_create(&settings, Timestamp::from_millis(0), &mut Random::system()).unwrap();
    (folder, settings, ring)
}

fn bytes_of(hex: &str) -> Vec<u8> {
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
}

/// Issued cookies, stored hashes and public keys must stay valid. These values were made with another
/// implementation of RFC 2104 and RFC 5869.
#[test]
fn what_is_derived_and_signed_is_what_the_rfcs_say() {
    let (_folder, settings, ring) = ring();
    let written = "portcullis-keys 1\n1 2027-01-01T00:00:00.000Z AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8\n";
    std::fs::write(&settings.file, written).unwrap();
    ring.reload().unwrap();
    let (_, tag) = ring.sign(Purpose::SessionCookie, &[b"a", b"b"]);
    assert_eq!(tag.as_slice(), bytes_of("71d2be735cafb8b98722312607d031d3860727c1b520895dc7fe97a6b32238d0"));
    let seed = bytes_of("5df9750babdd84fa01e71183a17c3cb665a8d994e05b03f79a286d42bd98a3ab");
    let expected = AssertionKey::grow(&seed).unwrap();
    assert!(ring.signs_assertions(expected.name()));
}

#[test]
fn a_value_signed_for_one_purpose_verifies_for_no_other() {
    let (_folder, _settings, ring) = ring();
    let (key, tag) = ring.sign(Purpose::SessionCookie, &[b"a", b"b"]);
    assert!(ring.verify(Purpose::SessionCookie, key, &[b"ab"], &tag));
    assert!(!ring.verify(Purpose::SessionCookie, key, &[b"ac"], &tag));
    assert!(!ring.verify(Purpose::SessionCookie, KeyId::new(9), &[b"ab"], &tag));
    for other in Purpose::ALL.into_iter().filter(|purpose| *purpose != Purpose::SessionCookie) {
        assert!(!ring.verify(other, key, &[b"ab"], &tag), "{other:?}");
    }
    for length in 0..32 {
        assert!(!ring.verify(Purpose::SessionCookie, key, &[b"ab"], &tag[..length]), "a cut tag of {length} bytes");
    }
}

#[test]
fn a_rotation_signs_nobody_out_and_a_removed_version_is_dead_at_once() {
    let (_folder, settings, ring) = ring();
    let (old, tag) = ring.sign(Purpose::SessionCookie, &[b"x"]);
    KeyRing::rotate(&settings, Timestamp::from_millis(1), &mut Random::system()).unwrap();
    ring.reload().unwrap();
    let (new, _) = ring.sign(Purpose::SessionCookie, &[b"x"]);
    assert_ne!(old, new);
    assert!(ring.verify(Purpose::SessionCookie, old, &[b"x"], &tag));
    KeyRing::remove(&settings, old).unwrap();
    ring.reload().unwrap();
    assert!(!ring.verify(Purpose::SessionCookie, old, &[b"x"], &tag));
}

#[test]
fn a_mark_names_one_key_whatever_its_number_is() {
    let (_folder, settings, keys) = ring();
    let (mark, tag) = keys.sign_marked(Purpose::AuditChain, &[b"x"]);
    let verdict = |keys: &KeyRing, part: &[u8]| keys.verify_marked(Purpose::AuditChain, mark, &[part], &tag);
    assert_eq!((verdict(&keys, b"x"), verdict(&keys, b"y")), (MarkedVerdict::Right, MarkedVerdict::Wrong));
    KeyRing::rotate(&settings, Timestamp::from_millis(1), &mut Random::system()).unwrap();
    keys.reload().unwrap();
    assert_eq!(verdict(&keys, b"x"), MarkedVerdict::Right);
    let (_folder, _settings, other) = ring();
    assert_eq!(verdict(&other, b"x"), MarkedVerdict::UnknownKey, "version 1 as well, with another key");
}

#[test]
fn the_newest_version_signs_assertions_and_every_public_key_is_shown() {
    let (_folder, settings, ring) = ring();
    let claims = serde_json::json!({ "sub": "ada" });
    let (first, _) = ring.sign_assertion(&claims).unwrap();
    KeyRing::rotate(&settings, Timestamp::from_millis(1), &mut Random::system()).unwrap();
    ring.reload().unwrap();
    let (second, _) = ring.sign_assertion(&claims).unwrap();
    assert!(first != second && ring.signs_assertions(&second) && !ring.signs_assertions(&first));
    let names = || {
        let keys: serde_json::Value = serde_json::from_str(&ring.public_keys()).unwrap();
        keys["keys"].as_array().unwrap().iter().map(|key| key["kid"].clone()).collect::<Vec<_>>()
    };
    assert!(names().len() == 2 && names() != [names()[0].clone(), names()[0].clone()]);
    KeyRing::remove(&settings, KeyId::new(1)).unwrap();
    ring.reload().unwrap();
    assert_eq!(names().len(), 1);
}

#[test]
fn what_was_encrypted_is_read_back_only_for_what_it_belongs_to_and_only_unchanged() {
    const FACTOR: EncryptionPurpose = EncryptionPurpose::Factor;
    let (_folder, settings, ring) = ring();
    let mut random = Random::system();
    let encrypted = ring.encrypt(FACTOR, &[b"row 1", b"totp"], b"a secret", &mut random).unwrap();
    assert_eq!(ring.decrypt(FACTOR, &[b"row 1", b"totp"], &encrypted).unwrap().as_slice(), b"a secret");
    assert!(ring.decrypt(FACTOR, &[b"row 2", b"totp"], &encrypted).is_none());
    let as_challenge = ring.decrypt(EncryptionPurpose::Challenge, &[b"row 1", b"totp"], &encrypted);
    assert!(as_challenge.is_none(), "each purpose has a key of its own");
    assert!(!encrypted.bytes.windows(8).any(|window| window == b"a secret"));
    for at in 0..encrypted.bytes.len() {
        let mut changed = encrypted.clone();
        changed.bytes[at] ^= 1;
        assert!(ring.decrypt(FACTOR, &[b"row 1", b"totp"], &changed).is_none(), "byte {at}");
        changed.bytes.truncate(at);
        assert!(ring.decrypt(FACTOR, &[b"row 1", b"totp"], &changed).is_none(), "cut at {at}");
    }
    assert_ne!(ring.encrypt(FACTOR, &[b"row 1", b"totp"], b"a secret", &mut random).unwrap().bytes, encrypted.bytes);
    KeyRing::rotate(&settings, Timestamp::from_millis(1), &mut random).unwrap();
    ring.reload().unwrap();
    assert!(ring.decrypt(FACTOR, &[b"row 1", b"totp"], &encrypted).is_some() && ring.newest() == KeyId::new(2));
    KeyRing::remove(&settings, KeyId::new(1)).unwrap();
    ring.reload().unwrap();
    assert!(ring.decrypt(FACTOR, &[b"row 1", b"totp"], &encrypted).is_none());
}

#[test]
fn a_broken_file_leaves_the_keys_as_they_are() {
    let (_folder, settings, ring) = ring();
    let (key, tag) = ring.sign(Purpose::FormToken, &[b"x"]);
    std::fs::write(&settings.file, "nonsense").unwrap();
    assert!(ring.reload().is_err());
    assert!(ring.verify(Purpose::FormToken, key, &[b"x"], &tag));
}

use crate::platform::random::Random;
use std::time::Duration;

use proptest::prelude::*;

use super::*;

fn passwords() -> Passwords {
    Passwords::start(
        &Settings { threads: 2, queue: 8, policy: PasswordPolicy::BesideFactor, service: Vec::new() },
        &mut Random::system(),
    )
    .unwrap()
}

async fn stored(passwords: &Passwords, password: &str) -> PasswordHash {
    passwords.hash(NewPassword::check(password, &[], PasswordPolicy::BesideFactor).ok().unwrap()).await.unwrap()
}

async fn verdict(passwords: &Passwords, typed: &str, stored: Option<&PasswordHash>) -> Verdict {
    let slot = passwords.reserve().unwrap();
    passwords.verify(slot, SubmittedPassword::new(typed), stored.cloned()).await.unwrap()
}

fn refusal(password: &str, personal: &[&str]) -> Option<WeakPassword> {
    NewPassword::check(password, personal, PasswordPolicy::BesideFactor).err()
}

#[test]
fn a_password_has_8_to_256_code_points_whatever_their_size() {
    let emoji = "🦀";
    assert_eq!(refusal(&emoji.repeat(7), &[]), Some(WeakPassword::TooShort(PasswordPolicy::BesideFactor)));
    assert_eq!(refusal(&emoji.repeat(8), &[]), None);
    assert_eq!(refusal(&emoji.repeat(256), &[]), None);
    assert_eq!(refusal(&emoji.repeat(257), &[]), Some(WeakPassword::TooLong));
    // Counted in NFC: eight composed letters, typed as sixteen characters.
    assert_eq!(refusal(&"e\u{301}".repeat(8), &[]), None);
    assert_eq!(refusal(&"e\u{301}".repeat(7), &[]), Some(WeakPassword::TooShort(PasswordPolicy::BesideFactor)));
    assert_eq!(refusal(&"e\u{301}".repeat(256), &[]), None);
}

#[test]
fn no_rule_asks_for_digits_or_signs() {
    for fine in ["a quiet phrase of words", "yfkqmzwptbhd", "        x", "my password is a long phrase"] {
        assert_eq!(refusal(fine, &[]), None, "{fine}");
    }
}

#[test]
fn common_passwords_are_refused_in_any_case_with_a_reason() {
    for common in ["password", "Password1", "PASSW0RD", "12345678", "qwertyuiop", "1q2w3e4r", "iloveyou"] {
        assert_eq!(refusal(common, &[]), Some(WeakPassword::Common), "{common}");
    }
    assert_eq!(refusal("Summer2024!", &[]), None, "a pattern is no common password");
    assert!(WeakPassword::Common.to_string().contains("most common"));
    assert!(WeakPassword::TooShort(PasswordPolicy::BesideFactor).to_string().contains("at least 8 characters"));
    assert!(WeakPassword::TooShort(PasswordPolicy::Alone).to_string().contains("at least 15 characters"));
    assert!(WeakPassword::TooLong.to_string().contains("256"));
}

#[test]
fn the_list_is_long_and_every_line_of_it_refuses() {
    let list = include_str!("common.txt");
    assert!(list.lines().count() > 1500);
    for line in list.lines() {
        assert_eq!(refusal(line, &[]), Some(WeakPassword::Common), "{line}");
    }
}

#[test]
fn words_about_the_person_or_the_product_are_refused_alone_or_with_digits() {
    let personal = ["ada.lovelace", "Countess@analytical-engine.example", "Example Portal"];
    for word in [
        "ada.lovelace",
        "ADA.LOVELACE",
        "lovelace",
        "Lovelace1815",
        "1815lovelace",
        "ecalevol",
        "countess",
        "Countess99",
        "countess@analytical-engine.example",
        "analytical-engine.example",
        "analytical",
        "portcullis",
        "Portcullis1",
        "example portal",
        "Example Portal 1",
    ] {
        assert_eq!(refusal(word, &personal), Some(WeakPassword::Personal), "{word}");
    }
    assert_eq!(refusal("lovelace was the first of them", &personal), None);
    for (word, fine) in [
        ("ZedMiller", false),
        ("Miller.Zed-2027!", false),
        ("zedwiki2027", false),
        ("wikiacme-zed", false),
        ("zed on a boat", true),
        ("miller zed x", false),
        ("zed walks over nine bridges", true),
        ("wiki of nine bridges", true),
        ("comorgapp-web", true),
    ] {
        let personal = ["zed", "Zed Miller", "zm@wiki.acme.com", "@app.example.org"];
        assert_eq!(refusal(word, &personal).is_none(), fine, "{word}");
    }
    // Empty words are ignored: digits are only checked against the list.
    assert_eq!(refusal("83920174650", &["", "@", "x@y.co"]), None);
}

#[tokio::test]
async fn a_stored_hash_names_argon2id_and_its_cost_and_no_two_are_equal() {
    let passwords = passwords();
    let one = stored(&passwords, "a quiet phrase").await;
    let two = stored(&passwords, "a quiet phrase").await;
    assert!(one.as_str().starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{}", one.as_str());
    assert_ne!(one.as_str(), two.as_str());
    assert!(!format!("{one:?}").contains("argon2"));
}

#[tokio::test]
async fn every_character_counts_and_case_and_blanks_do_too() {
    let passwords = passwords();
    let long: String = (0..100_u8).map(|n| char::from(b'a' + n % 26)).collect();
    let hash = stored(&passwords, &long).await;
    assert_eq!(verdict(&passwords, &long, Some(&hash)).await, Verdict::Right);
    for place in [0, 72, 99] {
        let mut other = long.clone();
        other.replace_range(place..=place, "0");
        assert_eq!(verdict(&passwords, &other, Some(&hash)).await, Verdict::Wrong, "{place}");
    }
    for other in
        [long.to_uppercase(), format!(" {long}"), format!("{long} "), long[..99].to_owned(), format!("{long}\0")]
    {
        assert_eq!(verdict(&passwords, &other, Some(&hash)).await, Verdict::Wrong);
    }
}

#[tokio::test]
async fn an_accent_is_the_same_in_one_stroke_or_two_but_a_wide_letter_is_another_letter() {
    let passwords = passwords();
    let hash = stored(&passwords, "caf\u{e9} au lait").await;
    assert_eq!(verdict(&passwords, "cafe\u{301} au lait", Some(&hash)).await, Verdict::Right);
    let plain = stored(&passwords, "AAAAbbbbCC").await;
    assert_eq!(verdict(&passwords, "\u{ff21}AAAbbbbCC", Some(&plain)).await, Verdict::Wrong);
}

#[tokio::test]
async fn a_password_longer_than_any_is_wrong_and_never_compared_by_its_beginning() {
    let passwords = passwords();
    let longest = "x".repeat(256);
    let hash = stored(&passwords, &longest).await;
    assert_eq!(verdict(&passwords, &longest, Some(&hash)).await, Verdict::Right);
    assert_eq!(verdict(&passwords, &"x".repeat(257), Some(&hash)).await, Verdict::Wrong);
    assert_eq!(verdict(&passwords, &"x".repeat(1 << 20), Some(&hash)).await, Verdict::Wrong);
    // The empty text is hashed in its place: even its hash must not match.
    let empty =
        hash::hash(b"", &mut hash::Workspace::default(), &mut crate::platform::random::Random::system()).unwrap();
    assert_eq!(verdict(&passwords, &"x".repeat(257), Some(&empty)).await, Verdict::Wrong);
}

#[tokio::test]
async fn without_a_stored_hash_every_password_is_wrong() {
    let passwords = passwords();
    for typed in ["", "a quiet phrase"] {
        assert_eq!(verdict(&passwords, typed, None).await, Verdict::Wrong);
    }
}

#[tokio::test]
async fn a_hash_of_older_parameters_is_right_but_outdated() {
    use argon2::{Algorithm, Argon2, Params, PasswordHasher as _, Version};
    let passwords = passwords();
    let cases = [(Algorithm::Argon2id, 8192, 2), (Algorithm::Argon2id, 19_456, 1), (Algorithm::Argon2i, 19_456, 2)];
    for (algorithm, memory, passes) in cases {
        let argon2 = Argon2::new(algorithm, Version::V0x13, Params::new(memory, passes, 1, None).unwrap());
        let old = argon2.hash_password_with_salt(b"a quiet phrase", b"sixteen bytes ok").unwrap();
        let old = PasswordHash::from_stored(old.to_string());
        assert_eq!(verdict(&passwords, "a quiet phrase", Some(&old)).await, Verdict::RightButOutdated);
        assert_eq!(verdict(&passwords, "a loud phrase", Some(&old)).await, Verdict::Wrong);
    }
}

#[tokio::test]
async fn a_damaged_or_boundless_hash_is_an_error_and_the_threads_go_on() {
    let passwords = passwords();
    let good = stored(&passwords, "a quiet phrase").await;
    let cut = good.as_str().rsplit_once('$').unwrap().0.to_owned();
    let costly = good.as_str().replace("m=19456", "m=4194304");
    let foreign = "$2b$31$6DjihuUtjNaYoeWqqh3MC.YOYcxn5JcO6HI4T9EL1lQYlpj4kUV6.".to_owned();
    for damaged in [String::new(), "plain text".to_owned(), "$1$salt$hash".to_owned(), cut, costly, foreign] {
        let slot = passwords.reserve().unwrap();
        let stored = Some(PasswordHash::from_stored(damaged.clone()));
        let found = passwords.verify(slot, SubmittedPassword::new("a quiet phrase"), stored).await;
        assert!(matches!(found, Err(PasswordError::Unreadable)), "{damaged}: {found:?}");
    }
    assert_eq!(verdict(&passwords, "a quiet phrase", Some(&good)).await, Verdict::Right);
}

#[tokio::test]
async fn one_more_than_the_queue_holds_is_refused_at_once_and_a_dropped_place_is_free_again() {
    let passwords = Passwords::start(
        &Settings { threads: 1, queue: 2, policy: PasswordPolicy::BesideFactor, service: Vec::new() },
        &mut Random::system(),
    )
    .unwrap();
    let mut slots: Vec<Slot> = (0..3).map(|_| passwords.reserve().unwrap()).collect();
    assert!(passwords.reserve().is_err());
    slots.pop();
    let slot = passwords.reserve().unwrap();
    assert_eq!(passwords.verify(slot, SubmittedPassword::new("x"), None).await.unwrap(), Verdict::Wrong);
    slots.push(passwords.reserve().unwrap());
    assert!(passwords.reserve().is_err());
}

#[tokio::test]
async fn a_client_that_goes_away_keeps_its_place_until_the_work_is_over() {
    let passwords = Passwords::start(
        &Settings { threads: 1, queue: 0, policy: PasswordPolicy::BesideFactor, service: Vec::new() },
        &mut Random::system(),
    )
    .unwrap();
    let slot = passwords.reserve().unwrap();
    let gone = passwords.verify(slot, SubmittedPassword::new("x"), None);
    drop(tokio::time::timeout(Duration::ZERO, gone).await);
    // Waits for the slot of the abandoned check. If that slot were lost, this would never return.
    let hashed =
        passwords.hash(NewPassword::check("a quiet phrase", &[], PasswordPolicy::BesideFactor).ok().unwrap()).await;
    assert!(hashed.is_ok());
}

proptest! {
    #[test]
    fn what_is_typed_never_breaks_and_is_bounded(typed in "\\PC{0,400}") {
        let kept = SubmittedPassword::new(&typed);
        prop_assert!(kept.expose().is_none_or(|text| text.chars().count() <= 256));
    }

    #[test]
    fn a_new_password_is_kept_whole(typed in "[a-zA-Z0-9 ~]{20,60}") {
        if let Ok(kept) = NewPassword::check(&typed, &[], PasswordPolicy::BesideFactor) {
            prop_assert_eq!(kept.expose(), &typed);
        }
    }
}

#[test]
fn a_password_that_stands_alone_is_longer() {
    let fifteen = "\u{1f980}".repeat(15);
    let fourteen = "\u{1f980}".repeat(14);
    assert!(NewPassword::check(&fifteen, &[], PasswordPolicy::Alone).is_ok());
    assert_eq!(
        NewPassword::check(&fourteen, &[], PasswordPolicy::Alone).err(),
        Some(WeakPassword::TooShort(PasswordPolicy::Alone))
    );
    assert!(stands_alone(&fifteen) && !stands_alone(&fourteen));
    // Two typed characters can be one code point, and a password over the maximum length is never long enough.
    assert!(!stands_alone(&"e\u{301}".repeat(14)));
    assert!(!stands_alone(&"a".repeat(300)));
}

//! The hashes were made by passlib 1.7.4 and bcrypt 4.0.1 (Python), of [`PASSWORD`], unless the line says otherwise.

use proptest::prelude::*;

use super::{HashFault, Strength, is_of, parse};
use crate::password::{UnusableHash, WeakHashes, adopt_hash};

const PASSWORD: &str = "nine bridges over the river";

const SLOW: [(&str, &str); 13] = [
    ("bcrypt", "$2b$06$6DjihuUtjNaYoeWqqh3MC.YOYcxn5JcO6HI4T9EL1lQYlpj4kUV6."),
    ("bcrypt", "$2y$06$oRS/.GtAz45gPPFaGIq5mezk0erPCEXPexE1/dDaR2Ix2t5/pZA9K"),
    ("bcrypt", "$2a$10$ysFeSEM3QOxp1Ze/fzMM2.aRJbNArH7GEIX44XklFvUrRrtK96n.a"),
    (
        "sha512-crypt",
        "$6$7pgGaAFsfMEf0dv4$iaQ0vZIi507jA5PI4x5xM97sqbNG74IcfwjP7jJE1hzBrK0kOI42fSTIfdsTiFVsxW7kl0Pw.kKCwuapeGk/5/",
    ),
    (
        "sha512-crypt",
        "{CRYPT}$6$rounds=50000$6uDS9tIwTofy.9UX$A4zNPlbpDXbSpSqsux5nTXRdKzxY5.zI8XnseXXrOZB1M61P2gpjoq3ZSPnjtVT0om02y\
         mkSB6J6sBZGjykUr.",
    ),
    ("sha256-crypt", "$5$TVc6gGA4vFPKf27W$FYBwKbikvlQmWTLpqXCofJ0GeFzdxiCKWpNYO0TVho5"),
    ("pbkdf2", "$pbkdf2$20000$/l8LAeC8915LKaU0JqR0Tg$IcJfqlcbuMEnsAVqMjwdlbk32Pg"),
    ("pbkdf2", "$pbkdf2-sha256$20000$au1dy/m/F0II4by3lvJ.7w$L5/Vb8r.Uf5zPTkBk5S5Gep96KV3YLxD6hlNdAGL.hI"),
    (
        "pbkdf2",
        "$pbkdf2-sha512$20000$rHWu9T6ntJaSEuKcMyYEQA$yIZ478B73Oci6eTcxzJPB5aHh0tYNoTrc7wR35QbFEt46MyCXt2OtMPofXaFMLrU\
         VzC4BcxkbHEwSYzPKHw4bQ",
    ),
    (
        "pbkdf2",
        "{pbkdf2-sha512}20000$du6ds7ZW6t27F.L8/z.ntA$.52Dyyfzi0rh/oM049DYdagCaixSKEjzUbcUTj8uYE2XWunJ9i3ceLHMOw5myjAS\
         gzbe9vgfB2MU5c8HLfBzlg",
    ),
    ("scrypt", "$scrypt$ln=14,r=8,p=1$gXDOWYvRWgsBQKhVyllLqQ$8VywbwdTw/KQnYrjlwV/Z2lfYHjPBp1CnkZh9ICohxM"),
    // Doubled for Docker Compose.
    ("bcrypt", "$$2b$$06$$6DjihuUtjNaYoeWqqh3MC.YOYcxn5JcO6HI4T9EL1lQYlpj4kUV6."),
    // As go-authcrunch writes it.
    ("bcrypt", "bcrypt:6:$2y$06$oRS/.GtAz45gPPFaGIq5mezk0erPCEXPexE1/dDaR2Ix2t5/pZA9K"),
];

const FAST: [(&str, &str); 6] = [
    ("apr1", "$apr1$DXPOZfkU$3Q1lm9MPn3q8oI9KeTeTs/"),
    ("md5-crypt", "{CRYPT}$1$Jrf02QQK$M7W7hyHI9rPPolXZ.35Ky/"),
    ("{SHA}", "{SHA}a9UxDAUrYZEd0Hx/4BRQo0Mgr0Y="),
    ("{SSHA}", "{ssha}NrGwA3ar62TTPXJ/SHbeQXUY1HmcU4pR"),
    ("{SSHA256}", "{SSHA256}WgpeUSdsZHhYaCwRpgCLyNv30aJEecf8fmLmHx7aWNdXKsW4F0Io5Q=="),
    (
        "{SSHA512}",
        "{SSHA512}CxjHkTCaD4foRK4teeYJKUzNYgZeQ9ngLi7to/4Go4e9KtIqsq5Ln61UmYu4y1X2r+TQmXF9cUSywoektyCuNR5DiFFKCcG4",
    ),
];

#[test]
fn a_hash_of_every_scheme_matches_its_password_and_no_other() {
    for (name, written) in SLOW.iter().chain(&FAST) {
        let stored = adopt_hash(written, WeakHashes::Allow).unwrap_or_else(|error| panic!("{name}: {error}"));
        let hash = parse(stored.as_str()).unwrap().unwrap();
        assert_eq!(hash.name(), *name);
        assert!(is_of(&*hash, PASSWORD.as_bytes()), "{name}");
        for other in ["", "nine bridges over the rivers", "nine bridges over the rive", "Nine bridges over the river"] {
            assert!(!is_of(&*hash, other.as_bytes()), "{name}: {other}");
        }
        assert!(!is_of(&*hash, format!("{PASSWORD}\0").as_bytes()), "{name}: a NUL is no end");
    }
}

/// From the documents of Authelia, whose password is `insecure_secret`.
#[test]
fn the_pbkdf2_hash_of_authelias_documents_matches() {
    let hash = "$pbkdf2-sha512$310000$c8p78n7pUMln0jzvd4aK4Q$JNRBzwAo0ek5qKn50cFzzvE9RXV88h1wJn5KGiHrD0YKtZaR/nCb2CJPOs\
                KaPK0hjf.9yHxzQGZziziccp6Yng";
    assert!(parse(hash).unwrap().unwrap().matches(b"insecure_secret"));
}

#[test]
fn what_is_fast_to_guess_is_stored_only_where_it_is_allowed() {
    for (name, written) in FAST {
        assert_eq!(adopt_hash(written, WeakHashes::Refuse).unwrap_err(), UnusableHash::Weak(name), "{name}");
        let stored = adopt_hash(written, WeakHashes::Allow).unwrap();
        assert_eq!(parse(stored.as_str()).unwrap().unwrap().strength(), Strength::Fast);
    }
    for (name, written) in SLOW {
        assert!(adopt_hash(written, WeakHashes::Refuse).is_ok(), "{name}");
    }
}

#[test]
fn a_hash_that_would_take_long_is_refused_before_it_is_computed() {
    let sha = "A4zNPlbpDXbSpSqsux5nTXRdKzxY5.zI8XnseXXrOZB1M61P2gpjoq3ZSPnjtVT0om02ymkSB6J6sBZGjykUr.";
    let salted = "c8p78n7pUMln0jzvd4aK4Q$JNRBzwAo0ek5qKn50cFzzvE9RXV88h1wJn5KGiHrD0YKtZaR/nCb2CJPOsKaPK0";
    let long = "gXDOWYvRWgsBQKhVyllLqQ$8VywbwdTw/KQnYrjlwV/Z2lfYHjPBp1CnkZh9ICohxM";
    for costly in [
        "$2b$31$6DjihuUtjNaYoeWqqh3MC.YOYcxn5JcO6HI4T9EL1lQYlpj4kUV6.".to_owned(),
        "$2b$15$6DjihuUtjNaYoeWqqh3MC.YOYcxn5JcO6HI4T9EL1lQYlpj4kUV6.".to_owned(),
        "$2b$99$6DjihuUtjNaYoeWqqh3MC.YOYcxn5JcO6HI4T9EL1lQYlpj4kUV6.".to_owned(),
        format!("$6$rounds=999999999$saltsalt${sha}"),
        format!("$6$rounds=99999999999999999999$saltsalt${sha}"),
        format!("$6$rounds=1000001$saltsalt${sha}"),
        format!("$pbkdf2-sha512$4294967295${salted}"),
        format!("$pbkdf2-sha512$99999999999999${salted}"),
        format!("$scrypt$ln=31,r=8,p=1${long}"),
        format!("$scrypt$ln=64,r=8,p=1${long}"),
        format!("$scrypt$ln=4294967295,r=8,p=1${long}"),
        format!("$scrypt$ln=1,r=4294967295,p=1${long}"),
        format!("$scrypt$ln=1,r=8,p=4294967295${long}"),
        "$argon2id$v=19$m=4194304,t=3,p=4$+b8XgjCmtJYyZuw95xxDSA$6PDU46K63nhJuZBFGTLSTcmzRwXaYYfPFS5orURh+w4"
            .to_owned(),
        "$argon2id$v=19$m=65536,t=4000000000,p=4$+b8XgjCmtJYyZuw95xxDSA$6PDU46K63nhJuZBFGTLSTcmzRwXaYYfPFS5orURh+w4"
            .to_owned(),
    ] {
        assert!(matches!(adopt_hash(&costly, WeakHashes::Allow), Err(UnusableHash::TooCostly(_))), "{costly}");
        assert!(!matches!(parse(&costly), Some(Ok(_))), "{costly}");
    }
}

#[test]
fn what_is_no_whole_hash_is_never_stored() {
    let refused = |text: &str| adopt_hash(text, WeakHashes::Allow).expect_err(text);
    for empty in ["", "  ", "{CRYPT}"] {
        assert_eq!(refused(empty), UnusableHash::Missing);
    }
    for locked in
        ["!", "!!", "*", "x", "!$6$saltsalt$A4zNPlbpDXbSpSqsux5nTXRdKzxY5.zI8", "{crypt}!", "{CRYPT}x", "*LK*", "NP"]
    {
        assert_eq!(refused(locked), UnusableHash::Locked, "{locked}");
    }
    for unknown in [
        "abRp6YT84uU.o",
        "$y$j9T$saltsaltsalt$IJoG41qhDh8OEemguHjv0addE2MjukD1EutSNkDURaC",
        "$2x$06$6DjihuUtjNaYoeWqqh3MC.YOYcxn5JcO6HI4T9EL1lQYlpj4kUV6.",
        "$2$06$6DjihuUtjNaYoeWqqh3MC.YOYcxn5JcO6HI4T9EL1lQYlpj4kUV6.",
        "plain-text-password",
        "two words",
        "{MD5}X03MO1qnZdYdgyfeuILPmQ==",
        "{PBKDF2_SHA256}AAAIAN7jyfft",
        &"a".repeat(4096),
    ] {
        assert!(matches!(refused(unknown), UnusableHash::Unknown(_)), "{unknown}");
    }
    for damaged in [
        "$2b$06$",
        "$2b$06$6DjihuUtjNaYoeWqqh3MC.",
        "$2b$03$6DjihuUtjNaYoeWqqh3MC.YOYcxn5JcO6HI4T9EL1lQYlpj4kUV6.",
        "$2b$6$6DjihuUtjNaYoeWqqh3MC.YOYcxn5JcO6HI4T9EL1lQYlpj4kUV6.",
        "$6$",
        "$6$salt$",
        "$6$$A4zNPlbpDXbSpSqsux5nTXRdKzxY5.zI8XnseXXrOZB1M61P2gpjoq3ZSPnjtVT0om02ymkSB6J6sBZGjykUr.",
        "$6$rounds=$salt$A4zNPlbpDXbSpSqsux5nTXRdKzxY5.zI8XnseXXrOZB1M61P2gpjoq3ZSPnjtVT0om02ymkSB6J6sBZGjykUr.",
        "$6$rounds=10$salt$A4zNPlbpDXbSpSqsux5nTXRdKzxY5.zI8XnseXXrOZB1M61P2gpjoq3ZSPnjtVT0om02ymkSB6J6sBZGjykUr.",
        "$pbkdf2-sha512$20000$rHWu9T6ntJaSEuKcMyYEQA$",
        "$pbkdf2-sha512$0$rHWu9T6ntJaSEuKcMyYEQA$yIZ478B73Oci6eTcxzJPB5aHh0tYNoTrc7wR35QbFEt",
        "$scrypt$ln=14,r=8,p=1$$",
        "$scrypt$ln=0,r=8,p=1$gXDOWYvRWgsBQKhVyllLqQ$8VywbwdTw/KQnYrjlwV/Z2lfYHjPBp1CnkZh9ICohxM",
        "$apr1$$",
        "$apr1$DXPOZfkU$",
        "{SHA}",
        "{SSHA}",
        "{SHA}a9UxDAUrYZEd0Hx",
        // As long as the unsalted one: no salt is left.
        "{SSHA}a9UxDAUrYZEd0Hx/4BRQo0Mgr0Y=",
        "$argon2id$v=19$m=65536,t=3,p=4$+b8XgjCmtJYyZuw95xxDSA",
        "$argon2id$v=19$m=65536,t=3,p=4$+b8XgjCmtJYyZuw95xxDSA$",
    ] {
        assert!(matches!(refused(damaged), UnusableHash::Damaged(_)), "{damaged}");
    }
}

#[test]
fn a_password_that_bcrypt_would_cut_is_wrong() {
    // Of 80 times the letter, cut by the program that made it.
    let cut = "$2b$04$Ol8QdRTiANTbtcpdIzrlrONijEAUkrMo.cAO6gi6v3JBon5wTXE6G";
    let hash = parse(cut).unwrap().unwrap();
    assert!(!hash.matches("a".repeat(80).as_bytes()) && !hash.matches("a".repeat(72).as_bytes()));
}

proptest! {
    #[test]
    fn any_text_is_a_hash_or_not_and_nothing_breaks(text in "[$!*{}.=a-zA-Z0-9,:/+ ]{0,120}") {
        let _ = adopt_hash(&text, WeakHashes::Allow);
        let _ = parse(&text);
    }

    #[test]
    fn a_garbled_hash_is_refused_or_stays_within_the_bounds(
        which in 0..SLOW.len(), at in 0..80_usize, with in "[$=,0-9a-z]{0,12}",
    ) {
        let mut text = SLOW[which].1.to_owned();
        let at = at.min(text.len());
        text.insert_str(at, &with);
        // What is adopted is what can be checked.
        if let Ok(stored) = adopt_hash(&text, WeakHashes::Allow) {
            let parsed = parse(stored.as_str());
            prop_assert!(parsed.is_none_or(|hash| !matches!(hash, Err(HashFault::TooCostly(_)))));
        }
    }
}

/// Prints how long the highest cost of each scheme takes.
#[test]
#[ignore = "measures: cargo test --lib --release foreign -- --ignored --nocapture"]
#[expect(clippy::disallowed_methods, reason = "it measures time, and asserts none")]
fn print_the_measures_of_the_bounds() {
    let sha = "A4zNPlbpDXbSpSqsux5nTXRdKzxY5.zI8XnseXXrOZB1M61P2gpjoq3ZSPnjtVT0om02ymkSB6J6sBZGjykUr.";
    let hashes = [
        "$2b$10$6DjihuUtjNaYoeWqqh3MC.YOYcxn5JcO6HI4T9EL1lQYlpj4kUV6.".to_owned(),
        "$2b$12$6DjihuUtjNaYoeWqqh3MC.YOYcxn5JcO6HI4T9EL1lQYlpj4kUV6.".to_owned(),
        "$2b$14$6DjihuUtjNaYoeWqqh3MC.YOYcxn5JcO6HI4T9EL1lQYlpj4kUV6.".to_owned(),
        format!("$6$saltsalt${sha}"),
        format!("$6$rounds=50000$saltsalt${sha}"),
        format!("$6$rounds=500000$saltsalt${sha}"),
        format!("$6$rounds=1000000$saltsaltsaltsalt${sha}"),
        "$5$rounds=1000000$saltsaltsaltsalt$FYBwKbikvlQmWTLpqXCofJ0GeFzdxiCKWpNYO0TVho5".to_owned(),
        "$pbkdf2-sha512$310000$c8p78n7pUMln0jzvd4aK4Q$JNRBzwAo0ek5qKn50cFzzvE9RXV88h1wJn5KGiHrD0Y".to_owned(),
        "$pbkdf2-sha512$1500000$c8p78n7pUMln0jzvd4aK4Q$JNRBzwAo0ek5qKn50cFzzvE9RXV88h1wJn5KGiHrD0Y".to_owned(),
        "$pbkdf2-sha256$1500000$c8p78n7pUMln0jzvd4aK4Q$JNRBzwAo0ek5qKn50cFzzvE9RXV88h1wJn5KGiHrD0Y".to_owned(),
        "$pbkdf2$1500000$c8p78n7pUMln0jzvd4aK4Q$JNRBzwAo0ek5qKn50cFzzvE9RXV88h1wJn5KGiHrD0Y".to_owned(),
        "$scrypt$ln=16,r=8,p=1$gXDOWYvRWgsBQKhVyllLqQ$8VywbwdTw/KQnYrjlwV/Z2lfYHjPBp1CnkZh9ICohxM".to_owned(),
        "$scrypt$ln=18,r=8,p=1$gXDOWYvRWgsBQKhVyllLqQ$8VywbwdTw/KQnYrjlwV/Z2lfYHjPBp1CnkZh9ICohxM".to_owned(),
        "$apr1$DXPOZfkU$3Q1lm9MPn3q8oI9KeTeTs/".to_owned(),
    ];
    for text in hashes {
        let hash = parse(&text).unwrap().unwrap();
        for length in [16, 1024] {
            let password = vec![b'x'; length];
            let start = std::time::Instant::now();
            assert!(!hash.matches(&password));
            println!("{:>6} ms, password of {length:>4} bytes: {:.40}", start.elapsed().as_millis(), text);
        }
    }
}

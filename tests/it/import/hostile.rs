//! Nothing in a file lets anybody in, takes minutes or fills the memory.

use super::{BCRYPT, folder, import, names};
use crate::gateway::{GatewayProcess, Setup};
use crate::visitor::LOGIN;

const SHA: &str = "A4zNPlbpDXbSpSqsux5nTXRdKzxY5.zI8XnseXXrOZB1M61P2gpjoq3ZSPnjtVT0om02ymkSB6J6sBZGjykUr.";

#[tokio::test]
async fn a_hash_that_would_take_minutes_or_is_cut_is_refused() {
    let folder = folder();
    let tail = &BCRYPT[7..];
    for (hash, why) in [
        (format!("$2b$31${tail}"), "bcrypt with cost 31; at most 14 is computed"),
        (
            format!("$6$rounds=999999999$saltsalt${SHA}"),
            "sha512-crypt with 999999999 rounds; at most 1000000 are computed",
        ),
        (
            "$argon2id$v=19$m=4194304,t=3,p=4$+b8XgjCmtJYyZuw95xxDSA$6PDU46K63nhJuZBFGTLSTcmzRwXaYYfPFS5orURh+w4"
                .to_owned(),
            "argon2 with a cost above the bound; at most m * t = 524288 and p=16 is computed",
        ),
        (
            "$scrypt$ln=30,r=8,p=1$gXDOWYvRWgsBQKhVyllLqQ$8VywbwdTw/KQnYrjlwV/Z2lfYHjPBp1CnkZh9ICohxM".to_owned(),
            "scrypt with ln=30, r=8, p=1; at most N*r*p = 2097152 is computed",
        ),
        (
            "$pbkdf2-sha512$4000000000$c8p78n7pUMln0jzvd4aK4Q$JNRBzwAo0ek5qKn50cFzzvE9RXV88h1wJn5KGiHrD0Y".to_owned(),
            "pbkdf2 with 4000000000 iterations; at most 1500000 are computed",
        ),
        ("$2b$06$".to_owned(), "the bcrypt hash is damaged"),
        ("$6$saltsalt$".to_owned(), "the sha512-crypt hash is damaged"),
        ("{SHA}".to_owned(), "the {SHA} hash is damaged"),
    ] {
        let said = import(&folder, format!("eve:{hash}\n"), &["--allow-weak-hashes"]).await;
        assert_eq!(said.out.lines().next(), Some(format!("line 1: eve: refused: {why}").as_str()), "{hash}");
        assert_eq!(said.status, Some(1));
    }
    assert_eq!(names(&folder).await, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_without_a_usable_hash_lets_nobody_in_even_when_it_is_enabled() {
    let gateway = GatewayProcess::start(Setup::default()).await;
    let hashes = ["", "!", "*", "x", "!!", "{CRYPT}", "plain-text-password", "abRp6YT84uU.o"];
    let lines: Vec<String> = hashes.iter().enumerate().map(|(number, hash)| format!("u{number}:{hash}\n")).collect();
    let file = gateway.path("users");
    std::fs::write(&file, lines.concat()).unwrap();
    let said =
        gateway.user(&["import", "--format", "htpasswd", file.to_str().unwrap(), "--allow-weak-hashes"], "").await;
    assert!(said.ends_with("8 disabled\n"), "{said}");
    assert!(!said.contains("plain-text-password"), "{said}");
    for (number, hash) in hashes.iter().enumerate() {
        let name = format!("u{number}");
        gateway.user(&["enable", &name], "").await;
        let guess = if hash.is_empty() { "any" } else { *hash };
        let mut visitor = gateway.visitor();
        let answer = visitor.password("/", &name, guess).await;
        assert_eq!(answer.status, 422, "{name} {answer:?}");
        assert!(answer.text().contains(LOGIN) && !visitor.is_in().await, "{name}");
    }
}

#[tokio::test]
async fn a_file_that_would_fill_the_memory_is_refused() {
    let folder = folder();
    let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..12 {
        let copies = vec![format!("*a{}", level - 1); 10].join(", ");
        bomb = format!("{bomb}a{level}: &a{level} [{copies}]\n");
    }
    let large = vec![b'a'; (16 << 20) + 1];
    let deep = format!("{{\"users\": {}", "[".repeat(100_000));
    for (content, format, said) in [
        (
            format!("{bomb}users: *a11\n").into_bytes(),
            "authelia",
            "the file has too many values, or aliases repeat them",
        ),
        (
            format!("users: {}", "[".repeat(10_000)).into_bytes(),
            "authelia",
            "this is not YAML: recursion limit exceeded",
        ),
        (large, "csv", "the file is larger than 16 MiB; split it"),
        (deep.into_bytes(), "caddy-security", "this is not JSON: recursion limit exceeded"),
        (b"\xff\xfe\xfd".to_vec(), "ldif", "the file is not UTF-8"),
    ] {
        let found = import(&folder, content, &["--format", format]).await;
        assert!(found.status == Some(1) && found.err.contains(said), "{said}: {found:?}");
    }
}

#[tokio::test]
async fn a_name_moves_no_cursor_and_becomes_no_formula() {
    let folder = folder();
    let said = import(&folder, format!("\u{1b}[2Jeve:{BCRYPT}\n=eve:{BCRYPT}\n"), &["--format", "htpasswd"]).await;
    assert!(!said.out.contains('\u{1b}') && said.out.contains("line 1: \"\\u{1b}[2Jeve\": refused: "), "{said:?}");
    assert!(said.out.contains("line 2: =eve: refused: user name: "), "{said:?}");
}

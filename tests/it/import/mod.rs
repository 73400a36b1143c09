//! `portcullis user import` and `portcullis rules import` through the real command, and what the gateway makes of it.

mod apps;
mod atomic;
mod formats;
mod hostile;
mod repeated;
mod rules;
mod samples;
mod sign_in;

use std::process::Output;

use crate::first_hour::{EXAMPLE, Folder};
use crate::process::{BINARY, command, finish};

/// Hashes of [`PASSWORD`], made by passlib 1.7.4 and bcrypt 4.0.1 (Python); with what the list calls them.
pub const HASHES: [(&str, &str); 11] = [
    ("bcrypt", "$2b$06$6DjihuUtjNaYoeWqqh3MC.YOYcxn5JcO6HI4T9EL1lQYlpj4kUV6."),
    ("bcrypt", "$2y$06$oRS/.GtAz45gPPFaGIq5mezk0erPCEXPexE1/dDaR2Ix2t5/pZA9K"),
    (
        "sha512-crypt",
        "{CRYPT}$6$rounds=50000$6uDS9tIwTofy.9UX$A4zNPlbpDXbSpSqsux5nTXRdKzxY5.zI8XnseXXrOZB1M61P2gpjoq3ZSPnjtVT0om02y\
         mkSB6J6sBZGjykUr.",
    ),
    ("sha256-crypt", "$5$TVc6gGA4vFPKf27W$FYBwKbikvlQmWTLpqXCofJ0GeFzdxiCKWpNYO0TVho5"),
    (
        "pbkdf2",
        "$pbkdf2-sha512$20000$rHWu9T6ntJaSEuKcMyYEQA$yIZ478B73Oci6eTcxzJPB5aHh0tYNoTrc7wR35QbFEt46MyCXt2OtMPofXaFMLrU\
         VzC4BcxkbHEwSYzPKHw4bQ",
    ),
    ("scrypt", "$scrypt$ln=14,r=8,p=1$gXDOWYvRWgsBQKhVyllLqQ$8VywbwdTw/KQnYrjlwV/Z2lfYHjPBp1CnkZh9ICohxM"),
    ("current", "$argon2id$v=19$m=65536,t=3,p=4$+b8XgjCmtJYyZuw95xxDSA$6PDU46K63nhJuZBFGTLSTcmzRwXaYYfPFS5orURh+w4"),
    ("argon2i", "$argon2i$v=19$m=8192,t=3,p=1$HqP0njNmrFUKobR2TimFsA$kt5UWVD2DckiauiCWlpQe98AOCght/1nQhrR7qothws"),
    ("apr1", "$apr1$DXPOZfkU$3Q1lm9MPn3q8oI9KeTeTs/"),
    ("{SHA}", "{SHA}a9UxDAUrYZEd0Hx/4BRQo0Mgr0Y="),
    ("{SSHA}", "{SSHA}NrGwA3ar62TTPXJ/SHbeQXUY1HmcU4pR"),
];

pub const PASSWORD: &str = "nine bridges over the river";

/// A bcrypt hash of [`PASSWORD`].
pub const BCRYPT: &str = HASHES[0].1;

/// An operator's folder with a configuration.
fn folder() -> Folder {
    Folder::with(EXAMPLE)
}

/// What a command said.
#[derive(Debug, PartialEq, Eq)]
struct Said {
    status: Option<i32>,
    out: String,
    err: String,
}

impl From<Output> for Said {
    fn from(output: Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        Self { status: output.status.code(), out: text(&output.stdout), err: text(&output.stderr) }
    }
}

/// A file of `tests/it/import/samples`.
fn sample(name: &str) -> Vec<u8> {
    std::fs::read(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/import/samples").join(name)).unwrap()
}

/// Runs a command on a file of this content, called `users`.
async fn on(folder: &Folder, command: &[&str], content: impl AsRef<[u8]>, more: &[&str]) -> Said {
    std::fs::write(folder.path("users"), content).unwrap();
    says(folder, &[command, &["users"], more].concat()).await
}

async fn import(folder: &Folder, content: impl AsRef<[u8]>, more: &[&str]) -> Said {
    on(folder, &["user", "import"], content, more).await
}

async fn says(folder: &Folder, arguments: &[&str]) -> Said {
    finish(command(BINARY, arguments, &[]).current_dir(folder.dir()), "").await.into()
}

/// The names of all accounts.
async fn names(folder: &Folder) -> Vec<String> {
    let said = says(folder, &["user", "list", "--json"]).await;
    let list: serde_json::Value = serde_json::from_str(&said.out).unwrap_or_else(|_| panic!("{said:?}"));
    list.as_array().unwrap().iter().map(|one| one["username"].as_str().unwrap().to_owned()).collect()
}

/// One account as JSON.
async fn account(folder: &Folder, name: &str) -> serde_json::Value {
    let said = says(folder, &["user", "show", name, "--json"]).await;
    serde_json::from_str(&said.out).unwrap_or_else(|_| panic!("{said:?}"))
}

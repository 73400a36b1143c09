//! People sign in with the password that they had.

use serde_json::Value;

use super::{HASHES, PASSWORD};
use crate::gateway::{Account, GatewayProcess, Setup, all_the_way};
use crate::process::{command, finish, text};

/// Imports these hashes as accounts with an address and a number each.
async fn imported(gateway: &GatewayProcess, hashes: &[&str], password: &str) -> Vec<Account> {
    let mut table = "username,email,phone,hash\n".to_owned();
    let mut accounts = Vec::new();
    for (number, hash) in hashes.iter().enumerate() {
        let account = Account { password: password.to_owned(), ..Account::new(&format!("person{number}")) };
        table = format!("{table}{},{},{},\"{hash}\"\n", account.name, account.email, account.phone);
        accounts.push(account);
    }
    let file = gateway.path("users.csv");
    std::fs::write(&file, table).unwrap();
    let said = gateway.user(&["import", file.to_str().unwrap(), "--allow-weak-hashes"], "").await;
    assert!(said.ends_with(&format!("\n{} added\n", hashes.len())), "{said}");
    accounts
}

async fn scheme(gateway: &GatewayProcess, account: &Account) -> String {
    let shown: Value = serde_json::from_str(&gateway.user(&["show", &account.name, "--json"], "").await).unwrap();
    shown["password"].as_str().expect("a password").to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_kept_hash_lets_its_owner_in_once_more_and_is_replaced_then() {
    let gateway = GatewayProcess::start(Setup::default()).await;
    let hashes = HASHES.map(|(_, hash)| hash);
    let accounts = imported(&gateway, &hashes, PASSWORD).await;
    for (account, (name, _)) in accounts.iter().zip(HASHES) {
        assert_eq!(scheme(&gateway, account).await, name);
        let mut stranger = gateway.visitor();
        stranger.password("/", &account.name, "nine bridges over the rivers").await;
        assert!(!stranger.is_in().await, "{name}: another password");
        assert_eq!(scheme(&gateway, account).await, name, "a wrong password replaces nothing");
        all_the_way(gateway.visitor(), &gateway.sandbox, account).await;
        assert_eq!(scheme(&gateway, account).await, "current", "{name} is replaced");
        let (_, code) = gateway.half_signed_in(account).await;
        assert!(!code.is_empty(), "{name}: the same password is right again");
    }
}

/// The program that the passwords of htpasswd files often come from.
#[tokio::test(flavor = "multi_thread")]
async fn what_openssl_passwd_writes_lets_its_owner_in() {
    let gateway = GatewayProcess::start(Setup::default()).await;
    let password = "neun Br\u{fc}cken \u{fc}ber den Flu\u{df}";
    let mut hashes = Vec::new();
    for scheme in ["-6", "-5", "-apr1", "-1"] {
        let output = finish(&mut command("openssl", &["passwd", scheme, "-stdin"], &[]), password).await;
        hashes.push(text(&output).trim().to_owned());
    }
    let hashes: Vec<&str> = hashes.iter().map(String::as_str).collect();
    for account in imported(&gateway, &hashes, password).await {
        all_the_way(gateway.visitor(), &gateway.sandbox, &account).await;
        assert_eq!(scheme(&gateway, &account).await, "current");
    }
}

/// The rules for new passwords hold for new passwords only.
#[tokio::test(flavor = "multi_thread")]
async fn a_password_that_is_too_short_for_a_new_one_stays_good_with_its_hash() {
    let gateway = GatewayProcess::start(Setup::default()).await;
    let accounts =
        imported(&gateway, &["$2b$04$QVY13fCw39LBXH/YcAZ2XevaZZ1DYbJmgHnJP38b8NV.SuLRMsJny"], "abc123").await;
    for _ in 0..2 {
        all_the_way(gateway.visitor(), &gateway.sandbox, &accounts[0]).await;
        assert_eq!(scheme(&gateway, &accounts[0]).await, "bcrypt");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_that_no_code_reaches_passes_where_a_password_is_enough_and_nowhere_else() {
    let one = "[[sites.rules]]\npath = \"/one/**\"\nrequire = \"one_factor\"\n";
    let gateway = GatewayProcess::start(Setup { site: one.to_owned(), ..Setup::default() }).await;
    let file = gateway.path("users");
    std::fs::write(&file, format!("eve:{}\n", HASHES[0].1)).unwrap();
    gateway.user(&["import", file.to_str().unwrap()], "").await;
    let mut visitor = gateway.visitor();
    let answer = visitor.password("/one/x", "eve", PASSWORD).await;
    let page = visitor.follow(answer).await;
    assert_eq!(page.status, 200, "{page:?}");
    assert_eq!(visitor.get("/one/x").await.status, 200);
    assert_eq!(visitor.get("/two").await.status, 302, "two factors are required there");
    let shown: Value = serde_json::from_str(&gateway.user(&["show", "eve", "--json"], "").await).unwrap();
    assert_eq!(shown["password"], "current");
}

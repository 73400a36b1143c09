//! Authenticator apps go on showing the right codes after their secrets were imported.

use portcullis::parts::Clock;
use serde_json::{Value, json};

use super::{BCRYPT, PASSWORD};
use crate::factors::authenticator::Authenticator;
use crate::factors::{ACCOUNT, asks_for, password, type_proof};
use crate::gateway::{Account, GatewayProcess, Setup};
use crate::process::{run, text};
use crate::response::Response;
use crate::visitor::Visitor;
use crate::wire::eventually;

/// The key of the app, and how files write it.
const KEY: &[u8] = b"thirty drops of rain";
const BASE32: &str = "ORUGS4TUPEQGI4TPOBZSA33GEBZGC2LO";
const BASE32_IN_BASE64: &str = "T1JVR1M0VFVQRVFHSTRUUE9CWlNBMzNHRUJaR0MyTE8=";

/// caddy-security uses the text itself as the key.
const CADDY_KEY: &str = "c71ca4c68bc14ec5b4ab8d3c3b63802c";

/// The same in Base32, as the store writes it before it encrypts it.
const CADDY_BASE32: &str = "MM3TCY3BGRRTMODCMMYTIZLDGVRDIYLCHBSDGYZTMI3DGOBQGJRQ";

fn now() -> u64 {
    u64::try_from(Clock::system().now().millis()).unwrap() / 1000
}

/// Somebody whose file has no address and no number.
fn imported(name: &str) -> Account {
    Account { password: PASSWORD.to_owned(), ..Account::new(name) }
}

/// `portcullis user import` of a file of this content: what it says, successful or not.
async fn import(gateway: &GatewayProcess, content: &str, more: &[&str]) -> String {
    let file = gateway.path("import");
    std::fs::write(&file, content).unwrap();
    let config = gateway.config_file();
    let arguments = [&["user", "import", file.to_str().unwrap(), "--config", &config], more].concat();
    let output = run(&arguments, &[], "").await;
    std::fs::remove_file(file).unwrap();
    text(&output)
}

fn tinyauth(name: &str) -> String {
    format!("{name}:{BCRYPT}:{BASE32}\n")
}

fn caddy(name: &str) -> String {
    let app = json!({ "type": "totp", "comment": "My phone", "algorithm": "sha512", "secret": CADDY_KEY, "period": 60,
                      "digits": 8 });
    json!({ "users": [{ "username": name, "passwords": [{ "hash": BCRYPT }], "mfa_tokens": [app] }] }).to_string()
}

fn authelia(name: &str) -> String {
    format!(
        "totp_configurations:\n- {{username: {name}, issuer: home.example, algorithm: SHA512, digits: 8, period: 60, \
         secret: {BASE32_IN_BASE64}}}\n"
    )
}

/// Signs in with the app. Its next code is taken: the one that it shows may have been used in the other program.
async fn sign_in(gateway: &GatewayProcess, account: &Account, app: &Authenticator) -> Visitor {
    let mut visitor = gateway.visitor();
    let page = password(&mut visitor, account).await;
    assert_eq!(asks_for(&page), "totp", "{page:?}");
    let answer = type_proof(&mut visitor, &page, &app.code(now() + app.period)).await;
    assert_eq!((answer.status, answer.location()), (303, "/"), "{answer:?}");
    assert!(visitor.is_in().await);
    visitor
}

async fn account_page(visitor: &mut Visitor) -> Response {
    let page = visitor.get(ACCOUNT).await;
    assert_eq!(page.status, 200, "{page:?}");
    page
}

async fn shown(gateway: &GatewayProcess, name: &str) -> Value {
    serde_json::from_str(&gateway.user(&["show", name, "--json"], "").await).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_imported_app_signs_in_after_the_password_whatever_its_hash_digits_and_period() {
    let gateway = GatewayProcess::start(Setup::default()).await;
    let before = now();
    let said = import(&gateway, &tinyauth("eve"), &[]).await;
    assert_eq!(
        said, "line 1: eve: added\nline 1: eve: totp: added; SHA1, 6 digits, 30 s\n1 added, 1 totp added\n",
        "an app needs no address"
    );
    let said = import(&gateway, &caddy("finn"), &[]).await;
    assert_eq!(
        said,
        "users[0]: finn: added\nusers[0]: finn: totp: added; SHA512, 8 digits, 60 s\n1 added, 1 totp added\n"
    );
    for (name, app, called) in [
        ("eve", Authenticator::usual(KEY), "Authenticator app"),
        ("finn", Authenticator::strict(CADDY_KEY.as_bytes()), "My phone"),
    ] {
        let account = imported(name);
        let mut visitor = gateway.visitor();
        let page = password(&mut visitor, &account).await;
        let seen = type_proof(&mut visitor, &page, &app.code(before)).await;
        assert_eq!(seen.status, 422, "{name}: what the app showed before the import is used up: {seen:?}");
        let mut visitor = sign_in(&gateway, &account, &app).await;
        let page = account_page(&mut visitor).await;
        assert!(page.words().contains(called), "{name}: {page:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_trial_writes_nothing_and_a_second_import_changes_nothing() {
    let gateway = GatewayProcess::start(Setup::default()).await;
    let file = tinyauth("eve");
    let said = import(&gateway, &file, &["--dry-run"]).await;
    let ending = "1 added, 1 totp added; this was a dry run, nothing is written\n";
    assert!(said.ends_with(&format!("line 1: eve: totp: added; SHA1, 6 digits, 30 s\n{ending}")), "{said}");
    assert!(!gateway.user(&["list"], "").await.contains("eve"), "nothing is written");
    import(&gateway, &file, &[]).await;
    let visitor = sign_in(&gateway, &imported("eve"), &Authenticator::usual(KEY)).await;
    let held = shown(&gateway, "eve").await["factors"].clone();
    assert_eq!(held.as_array().map(Vec::len), Some(1), "{held}");
    let event = gateway.newest_event().await;
    for more in [&[][..], &["--update"]] {
        let said = import(&gateway, &file, more).await;
        assert_eq!(
            said,
            "line 1: eve: unchanged\nline 1: eve: totp: unchanged; SHA1, 6 digits, 30 s\n1 unchanged, 1 totp unchanged\n"
        );
    }
    assert_eq!(shown(&gateway, "eve").await["factors"], held);
    assert_eq!(gateway.newest_event().await, event);
    assert!(visitor.is_in().await, "no session ended");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_that_was_there_gets_the_app_as_one_more_and_has_to_sign_in_again() {
    let gateway = GatewayProcess::start(Setup::default()).await;
    let ada = gateway.account.clone();
    let visitor = gateway.signed_in(&ada).await;
    let said = import(&gateway, &authelia("ada"), &["--json"]).await;
    let report: Value = serde_json::from_str(&said).unwrap();
    assert_eq!(
        report["entries"],
        json!([{ "at": "line 2", "line": 2, "name": "ada", "kind": "totp", "outcome": "added", "reason": null,
                 "notes": ["SHA512, 8 digits, 60 s"] }])
    );
    assert_eq!((&report["summary"]["totp_added"], &report["written"]), (&json!(1), &json!(true)));
    let (name, details) = gateway.newest_event().await;
    assert_eq!(name, "factor.added");
    let details: Value = serde_json::from_str(&details).unwrap();
    assert_eq!(details, json!({ "method": "totp", "name": "home.example", "by": "command line" }));
    eventually("the session ends", || async { !visitor.is_in().await }).await;
    // They signed in with an SMS last, which is asked for first; the app is one click away.
    let mut visitor = gateway.visitor();
    password(&mut visitor, &ada).await;
    let page = visitor.get(crate::factors::BY_APP).await;
    let app = Authenticator::strict(KEY);
    let answer = type_proof(&mut visitor, &page, &app.code(now() + app.period)).await;
    assert_eq!((answer.status, answer.location()), (303, "/"), "{answer:?}");
    let said = import(&gateway, &authelia("ada").replace("60", "30"), &[]).await;
    assert!(said.starts_with("line 2: ada: totp: added; SHA512, 8 digits, 30 s\n"), "{said}");
    assert_eq!(shown(&gateway, "ada").await["factors"].as_array().map(Vec::len), Some(2));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disabled_account_gets_its_app_and_an_account_that_is_refused_does_not() {
    let gateway = GatewayProcess::start(Setup::default()).await;
    let users = format!("eve:!:{BASE32}\nada@example.com:{BCRYPT}:{BASE32}\nfinn:{BCRYPT}:MZXW6YTB\n");
    let said = import(&gateway, &users, &["--format", "tinyauth", "--skip-refused"]).await;
    let taken = "refused: the user name is taken by another account (`portcullis user list` shows all)";
    for line in [
        "line 1: eve: totp: added; SHA1, 6 digits, 30 s\n",
        &format!("line 2: ada@example.com: {taken}\nline 2: ada@example.com: totp: refused: its account is refused\n"),
        "line 3: finn: totp: refused: its secret has 40 bits, and fewer than 128 are not accepted (RFC 4226)",
    ] {
        assert!(said.contains(line), "{line} is missing in {said}");
    }
    let eve = shown(&gateway, "eve").await;
    assert_eq!((&eve["status"], eve["factors"].as_array().map(Vec::len)), (&json!("disabled"), Some(1)), "{eve}");
    assert_eq!(shown(&gateway, "ada").await["factors"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_the_secret_is_in_a_file_or_in_what_is_printed() {
    let gateway = GatewayProcess::start(Setup::default()).await;
    let mut printed = vec![
        import(&gateway, &tinyauth("eve"), &[]).await,
        import(&gateway, &tinyauth("eve"), &["--json"]).await,
        import(&gateway, &caddy("finn"), &[]).await,
        import(&gateway, &authelia("ada"), &["--json"]).await,
        gateway.user(&["show", "eve"], "").await,
        gateway.user(&["show", "finn", "--json"], "").await,
    ];
    sign_in(&gateway, &imported("finn"), &Authenticator::strict(CADDY_KEY.as_bytes())).await;
    printed.push(gateway.log().await);
    let mut places: Vec<Vec<u8>> = printed.into_iter().map(String::into_bytes).collect();
    let files = gateway.files();
    assert!(files.iter().any(|file| file.ends_with("portcullis.db")), "{files:?}");
    places.extend(files.into_iter().map(|file| std::fs::read(file).unwrap()));
    for secret in [KEY, BASE32.as_bytes(), BASE32_IN_BASE64.as_bytes(), CADDY_KEY.as_bytes(), CADDY_BASE32.as_bytes()] {
        for place in &places {
            let found = place.windows(secret.len()).any(|window| window == secret);
            assert!(!found, "{} is in {}", String::from_utf8_lossy(secret), String::from_utf8_lossy(place));
        }
    }
}

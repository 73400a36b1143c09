//! Second factors that people hold: authenticator apps, passkeys and recovery codes, from the account page to the sign-in.

pub mod authenticator;
mod enrolment;
mod passkey;
mod passkey_alone;
mod passkey_browser;
mod recovery;
mod soft_key;
mod totp;

use authenticator::Authenticator;

use crate::gateway::{Account, Gateway};
use crate::response::{Response, expect_redirect};
use crate::visitor::{VERIFY, Visitor, form};

pub const ACCOUNT: &str = "/portcullis/";
pub const APP: &str = "/portcullis/account/app";
pub const APP_VERIFY: &str = "/portcullis/account/app/verify";
pub const CODES: &str = "/portcullis/account/recovery";
pub const FACTOR: &str = "/portcullis/account/factor";
pub const CONFIRM: &str = "/portcullis/confirm";
pub const BY_APP: &str = "/portcullis/verify?factor=totp";
pub const BY_RECOVERY: &str = "/portcullis/verify?factor=recovery";

/// Seconds of a time step.
pub const STEP: u64 = 30;

pub fn seconds(gateway: &Gateway) -> u64 {
    u64::try_from(gateway.clock.clock().now().millis()).unwrap() / 1000
}

/// The app that the page sets up, and the page.
pub async fn setting_up(visitor: &mut Visitor) -> (Authenticator, Response) {
    let page = visitor.get(APP).await;
    assert_eq!(page.status, 200, "{page:?}");
    let page = visitor.submit(&page, APP, &[]).await;
    assert_eq!(page.status, 200, "{page:?}");
    (Authenticator::typed_from(&page), page)
}

/// Adds an authenticator app in a signed-in browser.
pub async fn with_app(gateway: &Gateway, visitor: &mut Visitor, name: &str) -> Authenticator {
    let (app, page) = setting_up(visitor).await;
    let answer = visitor.submit(&page, APP_VERIFY, &[("code", &app.code(seconds(gateway))), ("name", name)]).await;
    expect_redirect(&answer, "/portcullis/?done=added", "the code adds the app");
    app
}

/// Makes recovery codes in a signed-in browser.
pub async fn with_recovery_codes(visitor: &mut Visitor) -> Vec<String> {
    let page = visitor.get(CODES).await;
    assert_eq!(page.status, 200, "{page:?}");
    let page = visitor.submit(&page, CODES, &[]).await;
    assert_eq!(page.status, 200, "{page:?}");
    let text = page.text();
    let codes: Vec<String> =
        text.split("<li><code>").skip(1).map(|rest| rest.split("</code>").next().unwrap().to_owned()).collect();
    assert_eq!(codes.len(), 10, "{page:?}");
    codes
}

/// A new browser that has given the password, and the page that it gets.
pub async fn after_the_password(gateway: &Gateway, account: &Account) -> (Visitor, Response) {
    let mut visitor = gateway.visitor();
    let page = password(&mut visitor, account).await;
    (visitor, page)
}

pub async fn password(visitor: &mut Visitor, account: &Account) -> Response {
    let answer = visitor.password("/", &account.name, &account.password).await;
    expect_redirect(&answer, VERIFY, "a second factor is asked for");
    visitor.follow(answer).await
}

/// Types what an app shows, or a recovery code.
pub async fn type_proof(visitor: &mut Visitor, page: &Response, code: &str) -> Response {
    visitor.submit(page, VERIFY, &[("code", code)]).await
}

/// Which factor the form of a page asks for; nothing for a code that was sent.
pub fn asks_for(page: &Response) -> String {
    form(page, VERIFY).field("factor").unwrap_or_default().to_owned()
}

/// The page of the one factor in the list.
pub async fn factor_page(visitor: &mut Visitor) -> String {
    let page = visitor.get(ACCOUNT).await;
    let text = page.text();
    let link = text.split("href=\"/portcullis/account/factor?id=").nth(1).and_then(|rest| rest.split('"').next());
    format!("{FACTOR}?id={}", link.unwrap_or_else(|| panic!("no factor: {page:?}")))
}

/// Changes the store behind the gateway.
pub async fn sql(file: &std::path::Path, statement: &str) {
    let program = "import sqlite3, sys\nwith sqlite3.connect(sys.argv[1]) as db: db.execute(sys.argv[2])\n";
    let done = tokio::process::Command::new(crate::sdk::python())
        .args(["-c", program])
        .arg(file)
        .arg(statement)
        .output()
        .await
        .unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

//! Codes by mail alone: what is advised works, and an account that no code can reach is not added in silence.

use super::introduction::introduction;
use super::{EXAMPLE, Folder};

const PASSWORD: &str = "nine quiet bridges\n";
const NO_SMS: &str = "`delivery.sms` is empty, so none is sent to a telephone number; give --email";

/// `EXAMPLE` with a mail server in place of the CPaaS.
fn mail_only() -> String {
    let (before, rest) = EXAMPLE.split_once("[cpaas]").unwrap();
    let (_, sites) = rest.split_once("[[sites]]").unwrap();
    format!(
        "{before}[delivery]\nsms = []\nemail = [\"smtp\"]\n\n[smtp]\nhost = \"mail.example.com\"\nfrom = \
         \"codes@example.com\"\n\n[[sites]]{sites}"
    )
}

#[tokio::test]
async fn the_first_account_is_advised_with_an_address_where_no_sms_is_sent() {
    let folder = Folder::with(&mail_only());
    let advice = "portcullis user add NAME --email ADDRESS";
    assert_eq!(
        introduction(&folder, &["serve"]).await.last().unwrap(),
        &format!("WARN nobody can sign in: there are no accounts; add one with `{advice}`")
    );
    assert_eq!(
        folder.done(&["user", "list"], "").await,
        format!("there are no accounts yet; add one with: {advice}\n")
    );
}

#[tokio::test]
async fn the_command_that_is_advised_names_the_configuration_that_was_given() {
    let folder = Folder::empty();
    folder.write("cpaas.secret", "canary-client-secret\n");
    folder.write("gate/p.toml", EXAMPLE);
    let advice = "portcullis user add NAME --phone NUMBER --config gate/p.toml";
    assert_eq!(
        introduction(&folder, &["serve", "--config", "gate/p.toml"]).await.last().unwrap(),
        &format!("WARN nobody can sign in: there are no accounts; add one with `{advice}`")
    );
    assert_eq!(
        folder.done(&["user", "list", "--config", "gate/p.toml"], "").await,
        format!("there are no accounts yet; add one with: {advice}\n")
    );
}

#[tokio::test]
async fn an_account_that_no_code_can_reach_is_refused_and_an_edit_that_makes_one_warns() {
    let folder = Folder::with(&mail_only());
    let add = ["user", "add", "ada", "--phone", "+15005550074", "--password-stdin"];
    let refused = format!("portcullis: ada would get no code: {NO_SMS}\n");
    assert_eq!(folder.said(&add).await, (Some(1), refused));
    assert!(folder.done(&["user", "list"], "").await.starts_with("there are no accounts yet"));
    let with_mail = [&add[..], &["--email", "ada@example.com"]].concat();
    assert_eq!(folder.done(&with_mail, PASSWORD).await, "ada is added, codes are sent by email\n");
    assert_eq!(
        folder.done(&["user", "edit", "ada", "--no-email"], "").await,
        format!("ada is changed (email)\nwarning: ada gets no code: {NO_SMS}\n")
    );
    assert_eq!(
        folder.done(&["user", "edit", "ada", "--code-email", "codes@mail.example"], "").await,
        "ada is changed (code_email), codes are sent by email\n"
    );
}

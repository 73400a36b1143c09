//! D10: the identity is `TEST_EMAIL`; `DESTINATION_EMAIL` is the mailbox for codes and nothing else.

use super::Folder;
use crate::backend::Backend;
use crate::gateway::{GatewayProcess, Setup};
use crate::process::{BINARY, Process, command, text};

const PASSWORD: &str = "nine quiet bridges";
const PERSON: [(&str, &str); 6] = [
    ("CLIENT_ID", "PRIV-1"),
    ("CLIENT_SECRET", "canary-client-secret"),
    ("BASE_URL", "https://oauth-cpaas.example.com"),
    ("DESTINATION_NUMBER", "+15005550074"),
    ("TEST_EMAIL", "ada@example.com"),
    ("TEST_PASSWORD", PASSWORD),
];

async fn account(folder: &Folder, mailbox: &str) -> serde_json::Value {
    let environment = [&PERSON[..], &[("DESTINATION_EMAIL", mailbox)]].concat();
    let backend = Backend::start().await;
    let arguments = ["serve", "--listen", "127.0.0.1:0", "--upstream", &format!("http://{}", backend.address)];
    let mut gateway = Process::spawn(command(BINARY, &arguments, &environment).current_dir(folder.dir()));
    gateway.listening().await;
    let shown = folder.run_with(&["user", "show", "ada@example.com", "--json"], &environment, "").await;
    serde_json::from_str(&text(&shown)).unwrap_or_else(|_| panic!("{}", text(&shown)))
}

#[tokio::test]
async fn the_address_of_the_person_is_test_email_and_the_mailbox_stands_beside_it() {
    let folder = Folder::empty();
    for mailbox in ["codes@mail.example", "other@mail.example"] {
        let ada = account(&folder, mailbox).await;
        assert_eq!((&ada["email"], &ada["code_email"]), (&"ada@example.com".into(), &mailbox.into()));
    }
    let ada = account(&folder, "").await;
    assert_eq!((&ada["email"], &ada["code_email"]), (&"ada@example.com".into(), &serde_json::Value::Null));
}

#[tokio::test(flavor = "multi_thread")]
async fn codes_go_to_the_mailbox_and_the_site_sees_the_address() {
    let gateway = GatewayProcess::start(Setup::default()).await;
    let edit = ["edit", "ada", "--code-email", "codes@mail.example", "--method", "email"];
    let said = gateway.user(&edit, "").await;
    assert_eq!(said, "ada is changed (code_email, method), codes are sent by email\n");
    let mut visitor = gateway.visitor();
    let answer = visitor.password("/", "ada@example.com", &gateway.account.password).await;
    visitor.follow(answer).await;
    let code = gateway.sandbox.code("codes@mail.example", 1).await;
    visitor.code(&code).await;
    assert!(visitor.is_in().await);
    assert_eq!(gateway.backend.last().await.headers_named("Remote-Email"), ["ada@example.com"]);
    let mut stranger = gateway.visitor();
    let answer = stranger.password("/", "codes@mail.example", &gateway.account.password).await;
    assert_eq!(answer.status, 422, "a mailbox signs nobody in");
}

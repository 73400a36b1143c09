//! D11: a user name may be an e-mail address.

use crate::gateway::{Account, GatewayProcess, Setup, all_the_way};

#[tokio::test(flavor = "multi_thread")]
async fn an_address_is_a_user_name_that_signs_in_and_reaches_the_site() {
    let gateway = GatewayProcess::start(Setup::default()).await;
    let phone = "+15005557001";
    let add = ["add", "Eve.R+x@example.com", "--phone", phone, "--password-stdin"];
    let said = gateway.user(&add, "nine quiet bridges\n").await;
    assert_eq!(said, "eve.r+x@example.com is added, codes are sent by sms\n");
    let eve = Account {
        name: "eve.r+x@example.com".to_owned(),
        email: "EVE.R+x@Example.com".to_owned(),
        phone: phone.to_owned(),
        password: "nine quiet bridges".to_owned(),
    };
    all_the_way(gateway.visitor(), &gateway.sandbox, &eve).await.get("/").await;
    let seen = gateway.backend.last().await;
    assert_eq!(seen.headers_named("Remote-User"), ["eve.r+x@example.com"]);
    assert_eq!(seen.headers_named("Remote-Email"), [""; 0], "a name is no address that codes or mail go to");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_that_is_another_accounts_address_is_taken() {
    let gateway = GatewayProcess::start(Setup::default()).await;
    let config = gateway.config_file();
    let add = ["user", "add", "Ada@Example.com", "--phone", "+15005557002", "--password-stdin", "--config", &config];
    let output = crate::process::run(&add, &[], "nine quiet bridges\n").await;
    assert_eq!(
        crate::process::text(&output),
        "portcullis: the user name is taken by another account (`portcullis user list` shows all)\n"
    );
    let own = gateway.user(&["edit", "ada", "--rename", "ada@example.com"], "").await;
    assert_eq!(own, "ada@example.com is changed (username), codes are sent by sms\n", "it is one's own");
    let named = gateway.user(&["show", "ada@example.com"], "").await;
    assert!(named.contains("user     ada@example.com\n"), "{named}");
}

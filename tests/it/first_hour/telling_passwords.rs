//! D15: passwords that are mainly a name, a part of an address, a site or the product are refused.

use super::{EXAMPLE, Folder};

const SITE: &str = "host = \"intranet.acme-tools.localhost\"";

fn folder() -> Folder {
    let config = EXAMPLE.replace("host = \"app.localhost\"", SITE);
    Folder::with(&config.replace("[cpaas]", "[portal]\nname = \"Acme Gate\"\n\n[cpaas]"))
}

const REFUSED: &str = "portcullis: This password is too close to your name, your address, the name of this service or \
                       the host of a site. Please choose another.\n";

#[tokio::test]
async fn names_mail_parts_sites_and_the_product_are_no_passwords_whole_or_as_the_main_part() {
    let folder = folder();
    let zed = ["user", "add", "zed", "--name", "Zed Miller", "--email", "zm@rivers.example", "--password-stdin"];
    for password in [
        "ZedMiller",
        "millerzed2027!",
        "Miller-Zed-x",
        "zed.rivers",
        "RiversRivers",
        "intranet2027",
        "Intranet-Tools!",
        "acme gateway 1",
        "portcullis-zed",
    ] {
        let output = folder.run(&zed, &format!("{password}\n")).await;
        assert_eq!((output.status.code(), crate::process::text(&output)), (Some(1), REFUSED.to_owned()), "{password}");
    }
    assert_eq!(folder.done(&zed, "zed walks over nine bridges\n").await, "zed is added, codes are sent by email\n");
}

#[tokio::test]
async fn a_word_in_a_longer_phrase_is_no_reason_to_refuse_it() {
    for password in ["miller of nine quiet bridges", "the intranet is under water", "a gateway in the old town"] {
        let folder = folder();
        let zed = ["user", "add", "zed", "--name", "Zed Miller", "--phone", "+15005550074", "--password-stdin"];
        folder.done(&zed, &format!("{password}\n")).await;
    }
}

#[tokio::test]
async fn the_password_of_the_one_person_environment_is_judged_before_the_start() {
    let folder = folder();
    std::fs::remove_file(folder.path("config/portcullis.toml")).unwrap();
    let environment = [
        ("CLIENT_ID", "PRIV-1"),
        ("CLIENT_SECRET", "canary-client-secret"),
        ("BASE_URL", "https://oauth-cpaas.example.com"),
        ("DESTINATION_NUMBER", "+15005550074"),
        ("TEST_EMAIL", "zed.miller@rivers.example"),
        ("TEST_PASSWORD", "MillerZed-2027"),
    ];
    let output = folder.run_with(&["serve", "--upstream", "http://127.0.0.1:3000"], &environment, "").await;
    let said = crate::process::text(&output);
    assert_eq!(output.status.code(), Some(78), "{said}");
    assert!(said.starts_with("TEST_PASSWORD (environment): too similar to `TEST_EMAIL`"), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
}

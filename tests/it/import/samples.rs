//! Each sample file and its whole report.

use super::{Said, folder, import, on, sample};

const SET_PASSWORD: &str = "note: a disabled account without a password signs in after `portcullis user password NAME` \
                            and `portcullis user enable NAME`\n";
const ENABLE: &str = "note: an account that is disabled in the file signs in after `portcullis user enable NAME`\n";
const GIVE_ADDRESS: &str = "note: an account that no code reaches needs an address or a number: `portcullis user edit \
                            NAME --email ADDRESS`\n";

async fn reports(name: &str, more: &[&str], status: i32, lines: &[&str]) {
    let expected = Said { status: Some(status), out: lines.concat(), err: String::new() };
    let folder = folder();
    let dry = import(&folder, sample(name), &[&["--dry-run"], more].concat()).await;
    let dry_out = expected.out.replace(ENDING, DRY);
    let last = dry_out.lines().last().unwrap().to_owned();
    let dry_out = if dry_out.contains(DRY) { dry_out } else { dry_out.replace(&last, &format!("{last}{DRY}")) };
    assert_eq!(dry, Said { status: Some(status), out: dry_out, err: String::new() }, "{name}, tried");
    assert_eq!(super::names(&folder).await, Vec::<String>::new(), "{name}: a trial writes nothing");
    assert_eq!(import(&folder, sample(name), more).await, expected, "{name}");
}

const ENDING: &str = "; nothing is written: correct what was refused, or leave it out with --skip-refused";
/// What is said of `JBSWY3DPEHPK3PXP`, the secret of many examples.
const SHORT: &str = "its secret has 80 bits, and fewer than 128 are not accepted (RFC 4226); its owner adds a new app on \
                     the account page";
const DRY: &str = "; this was a dry run, nothing is written";

#[tokio::test]
async fn authelias_users_are_imported_with_their_types_and_prefixes() {
    reports("01-authelia-min.yml", &[], 0, &["line 2: anna: added\n", "1 added\n"]).await;
    let lines = ["line 2: ben: added; no code reaches it\n", GIVE_ADDRESS, "1 added\n"];
    reports("02-authelia-crypt-prefix.yml", &[], 0, &lines).await;
    let line = "line 3: 1001: disabled: it is disabled in the file; its number has an extension, where no SMS arrives; \
                left out; no code reaches it\n";
    reports("04-authelia-yaml-types.yml", &[], 0, &[line, ENABLE, GIVE_ADDRESS, "1 disabled\n"]).await;
}

#[tokio::test]
async fn an_htpasswd_file_keeps_what_resists_guessing_and_disables_the_rest() {
    let weak = "is fast to guess; --allow-weak-hashes keeps such hashes until the next sign-in; no code reaches it\n";
    let lines = [
        "line 2: anna: added; no code reaches it\n",
        &format!("line 3: ben: disabled: apr1 {weak}"),
        &format!("line 4: carl: disabled: {{SHA}} {weak}"),
        "line 5: dora: disabled: DES crypt, which keeps 8 characters, is not supported; no code reaches it\n",
        "line 6: emil: added; no code reaches it\n",
        "line 8: fred: disabled: yescrypt is not supported; no code reaches it\n",
        GIVE_ADDRESS,
        SET_PASSWORD,
        "2 added, 4 disabled\n",
    ];
    reports("05-htpasswd-mixed", &[], 0, &lines).await;
    let lines = [
        "line 2: anna: added; no code reaches it\n",
        "line 3: ben: added; no code reaches it\n",
        "line 4: carl: added; no code reaches it\n",
        "line 5: dora: disabled: DES crypt, which keeps 8 characters, is not supported; no code reaches it\n",
        "line 6: emil: added; no code reaches it\n",
        "line 8: fred: disabled: yescrypt is not supported; no code reaches it\n",
        GIVE_ADDRESS,
        SET_PASSWORD,
        "4 added, 2 disabled\n",
    ];
    reports("05-htpasswd-mixed", &["--allow-weak-hashes"], 0, &lines).await;
}

#[tokio::test]
async fn dollars_that_compose_doubled_are_read_and_apps_are_named() {
    let lines = [
        "line 1: anna: added; no code reaches it\n",
        "line 1: ben: added; no code reaches it\n",
        &format!("line 1: ben: totp: refused: {SHORT}\n"),
        GIVE_ADDRESS,
        &format!("2 added, 1 totp refused{ENDING}\n"),
    ];
    reports("07-compose-doubled-dollars.env", &[], 1, &lines).await;
}

#[tokio::test]
async fn a_table_of_a_spreadsheet_is_refused_line_by_line() {
    let lines = [
        "line 2: anna@example.test: disabled: it has no password\n",
        "line 3: ben@example.test: refused: name: \"=cmd()|x\" begins like a formula of a spreadsheet\n",
        "line 4: carl@example.test: disabled: it has no password\n",
        "line 5: \u{dc}@example.test: refused: it is not UTF-8; save the table as UTF-8, or give --encoding latin-1\n",
        SET_PASSWORD,
        &format!("2 disabled, 2 refused{ENDING}\n"),
    ];
    reports("11-excel.csv", &[], 1, &lines).await;
}

#[tokio::test]
async fn a_configuration_is_not_a_file_of_accounts_and_is_told_where_they_are() {
    let folder = folder();
    for (name, said) in [
        (
            "08-authelia-legacy-config.yml",
            "portcullis: users: this is Authelia's configuration; its users are in the file of \
             `authentication_backend.file.path`: \"/config/users.yml\"; its rules are read by `portcullis rules import`\n",
        ),
        (
            "10-oauth2-proxy.cfg",
            "portcullis: users: this is the configuration of oauth2-proxy, which has no accounts; those of its \
             `htpasswd_file` can be imported, and its routes are read by `portcullis rules import`\n",
        ),
    ] {
        let expected = Said { status: Some(1), out: String::new(), err: said.to_owned() };
        assert_eq!(import(&folder, sample(name), &[]).await, expected, "{name}");
    }
}

#[tokio::test]
async fn secrets_of_apps_belong_to_accounts_that_exist() {
    let folder = folder();
    let export = String::from_utf8(sample("14-authelia-totp-export.yml")).unwrap();
    std::fs::write(folder.path("totp.yml"), &export).unwrap();
    let said = import(&folder, sample("01-authelia-min.yml"), &["--totp", "totp.yml", "--skip-refused"]).await;
    let expected = [
        "line 2: anna: added\n",
        &format!("line 2: anna: totp: refused: {SHORT}\n"),
        &format!("line 3: gone: totp: refused: {SHORT}\n"),
        "1 added, 2 totp refused; what was refused is left out\n",
    ];
    assert_eq!(said, Said { status: Some(1), out: expected.concat(), err: String::new() });
    // Alone, for accounts that are there. Base64 of base32 of twenty bytes, as Authelia writes it.
    let long = "R0VaREdOQlZHWTNUUU9KUUdFWkRHTkJWR1kzVFFPSlE=";
    let said = on(&folder, &["user", "import"], export.replace("SkJTV1kzRFBFSFBLM1BYUA==", long), &["--skip-refused"]);
    let expected = [
        "line 2: anna: totp: added; SHA1, 6 digits, 30 s\n",
        "line 3: gone: totp: refused: there is no account with this user name\n",
        "note: an account that was there and gets an app has to sign in again: its sessions end, and its factors cannot be \
         removed for `factors.recovery_delay`\n",
        "1 totp added, 1 totp refused; what was refused is left out\n",
    ];
    assert_eq!(said.await, Said { status: Some(1), out: expected.concat(), err: String::new() });
}

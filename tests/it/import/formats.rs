//! What each format means, beyond the samples.

use serde_json::json;

use super::{BCRYPT, account, folder, import, names};

#[tokio::test]
async fn an_ldif_is_unfolded_and_decoded_and_groups_come_from_both_sides() {
    let folder = folder();
    // `e1NTSEF9...` is {SSHA} in base64, `w4RkYQ==` is Äda.
    let ldif = format!(
        "version: 1\n# a comment\n that goes on\n\ndn: dc=example,dc=test\nobjectClass: domain\ndc: example\n\n\
         dn: uid=ada,ou=people,dc=example,dc=test\nobjectClass: inetOrgPerson\nuid: ada\ncn;lang-de:: w4RkYQ==\n\
         mail: ada@exam\n ple.test\nmail: second@example.test\nmobile: +1 (500) 555-0074\n\
         userPassword: {{CRYPT}}!\nuserPassword: {BCRYPT}\nmemberOf: cn=ops,ou=groups,dc=example,dc=test\n\
         memberOf: cn=\\6eight,ou=groups,dc=example,dc=test\nmemberOf: cn=a\\zb\\\n\
         jpegPhoto:: /9j/4AAQ\n\n\
         dn: uid=ben,ou=people,dc=example,dc=test\nchangetype: add\nobjectClass: posixAccount\nuid: ben\n\
         gecos: Ben\ntelephoneNumber: 12\nuserPassword:: e1NTSEF9TnJHd0EzYXI2MlRUUFhKL1NIYmVRWFVZMUhtY1U0cFI=\n\n\
         dn: cn=night,ou=groups,dc=example,dc=test\nobjectClass: groupOfNames\ncn: night\n\
         member: uid=ada, ou=People,dc=example,dc=test\n\n\
         dn: cn=staff,ou=groups,dc=example,dc=test\nobjectClass: posixGroup\ncn: staff\nmemberUid: ben\nmemberUid: ada\n\n\
         dn: uid=carl,ou=people,dc=example,dc=test\nobjectClass: person\nuid: carl\nuserPassword:< file:///etc/shadow\n\n\
         dn: uid=dora,dc=example,dc=test\nchangetype: modify\nreplace: mail\nmail: d@example.test\n"
    );
    let said = import(&folder, ldif, &["--allow-weak-hashes", "--skip-refused"]).await;
    assert_eq!(
        said.out,
        "line 9: ada: added; it has several addresses; the first is taken\n\
         line 24: ben: added; telephone number: \"12\": a telephone number is written in international form: `+`, the \
         country code and the number, 7 to 15 digits; the number is left out; no code reaches it\n\
         line 43: uid=carl,ou=people,dc=example,dc=test: refused: line 46: `userpassword` names a file, which is not read\n\
         line 48: uid=dora,dc=example,dc=test: refused: line 49: it is a change, not a record\n\
         note: 1 records are neither people with a `uid` nor groups; left out\n\
         note: an account that no code reaches needs an address or a number: `portcullis user edit NAME --email ADDRESS`\n\
         2 added, 2 refused; what was refused is left out\n",
        "{said:?}"
    );
    let ada = account(&folder, "ada").await;
    assert_eq!(
        json!([ada["name"], ada["email"], ada["phone"], ada["groups"], ada["password"], ada["status"]]),
        json!(["\u{c4}da", "ada@example.test", "+15005550074", ["night", "ops", "staff"], "bcrypt", "active"])
    );
    let ben = account(&folder, "ben").await;
    assert_eq!(json!([ben["name"], ben["groups"], ben["password"]]), json!(["Ben", ["staff"], "{SSHA}"]));
}

#[tokio::test]
async fn the_users_of_caddy_security_have_names_roles_and_the_newest_password() {
    let folder = folder();
    let old = "$2a$10$abcdefghijklmnopqrstuuP90mHh8SdYuFnrBCJTuyL0GGTDSUT6O";
    let file = json!({ "version": "1.0.0", "users": [
        {
            "username": "ada", "name": { "first": "Ada", "last": "Lovelace" },
            "email_address": { "address": "ada@example.test", "domain": "example.test" },
            "passwords": [
                { "algorithm": "bcrypt", "hash": old, "expired": true, "disabled": true },
                { "algorithm": "bcrypt", "hash": BCRYPT },
            ],
            "roles": [{ "name": "user", "organization": "authp" }, { "name": "ops" }],
            "mfa_tokens": [
                { "type": "totp", "algorithm": "sha512", "secret": "c71ca4c68bc14ec5b4ab8d3c3b63802c", "period": 60, "digits": 8 },
                { "type": "totp", "algorithm": "sha1", "secret": "c71ca4c68bc14ec5b4ab8d3c3b63802c", "period": 300, "digits": 6 },
                { "type": "totp", "secret": "c71ca4c68bc14ec5b4ab8d3c3b63802d", "period": 30, "digits": 6, "disabled": true },
                { "type": "u2f", "secret": "x" },
            ],
        },
        { "username": "ben", "disabled": true, "email_addresses": [{ "address": "ben@example.test" }],
          "passwords": [{ "hash": BCRYPT }] },
        { "username": "carl", "email_address": "carl@example.test", "passwords": [{ "hash": old, "disabled": true }] },
        { "username": 5 },
    ]});
    let said = import(&folder, file.to_string(), &["--skip-refused"]).await;
    assert_eq!(
        said.out,
        "users[0]: ada: added; its security keys are left out: they are bound to the other program\n\
         users[0]: ada: totp: added; SHA512, 8 digits, 60 s\n\
         users[0]: ada: totp: refused: period: 300 is not between 15 and 120 seconds\n\
         users[1]: ben: disabled: it is disabled in the file\n\
         users[2]: carl: disabled: it has no password\n\
         users[3]: \"\": refused: it has not the form of a user\n\
         note: an account that is disabled in the file signs in after `portcullis user enable NAME`\n\
         note: a disabled account without a password signs in after `portcullis user password NAME` and `portcullis user \
         enable NAME`\n\
         1 added, 2 disabled, 1 refused, 1 totp added, 1 totp refused; what was refused is left out\n"
    );
    let ada = account(&folder, "ada").await;
    assert_eq!(
        json!([ada["name"], ada["email"], ada["groups"], ada["password"]]),
        json!(["Ada Lovelace", "ada@example.test", ["authp/user", "ops"], "bcrypt"])
    );
}

#[tokio::test]
async fn a_table_has_its_own_columns_separators_and_encodings() {
    let folder = folder();
    let table = format!(
        "\u{feff}sep=\t\r\nUser Name\tE-Mail\tHandynummer\tPasswort\tGruppen\tAbteilung\r\n\
                         ada\tada@example.test\t+49 1512 3456789\t{BCRYPT}\tops, night\tIT\r\n"
    );
    let said = import(&folder, table, &["--column", "phone=Handynummer"]).await;
    assert_eq!(said.out, "line 3: ada: added\nnote: the column \"Abteilung\" is left out\n1 added\n", "{said:?}");
    let ada = account(&folder, "ada").await;
    assert_eq!(
        json!([ada["email"], ada["phone"], ada["groups"], ada["password"]]),
        json!(["ada@example.test", "+4915123456789", ["night", "ops"], "bcrypt"])
    );
    let latin = b"email,name,disabled\nben@example.test,J\xfcrgen,yes\n".as_slice();
    let said = import(&folder, latin, &["--encoding", "latin-1"]).await;
    assert!(said.out.starts_with("line 2: ben@example.test: disabled: it has no password\n"), "{said:?}");
    assert_eq!(account(&folder, "ben@example.test").await["name"], "J\u{fc}rgen");
    let utf16: Vec<u8> = [0xff, 0xfe]
        .into_iter()
        .chain("email\tname\nc@example.test\tC\n".encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    let said = import(&folder, utf16, &["--format", "csv"]).await;
    assert!(said.out.starts_with("line 2: c@example.test: disabled"), "{said:?}");
    for (table, said) in [
        (
            "name,phone\nAda,+15005550074\n",
            "no column of the first line (2) is `username` or `email`; say which one with --column",
        ),
        (
            "email,mail\na@example.test,b@example.test\n",
            "several columns are `email`; say which one with --column email=HEADER",
        ),
    ] {
        let found = import(&folder, table, &["--format", "csv"]).await;
        assert_eq!((found.status, found.err), (Some(1), format!("portcullis: users: {said}\n")));
    }
    let said = import(&folder, "email,phone\nd@example.test,15550100142\ne@example.test,1,2\n", &[]).await;
    assert!(said.out.contains("line 2: d@example.test: refused: telephone number: \"15550100142\": "), "{said:?}");
    assert!(said.out.contains("line 3: e@example.test: refused: it has more cells than the first line"), "{said:?}");
}

#[tokio::test]
async fn names_stand_once_in_a_file_whatever_their_letters() {
    let folder = folder();
    let users = format!("Ada:{BCRYPT}\nada:{BCRYPT}\nben:{BCRYPT}\nbad name:{BCRYPT}\nnocolon\n");
    let said = import(&folder, users, &["--skip-refused"]).await;
    assert!(said.out.contains("line 1: ada: added"), "{said:?}");
    assert!(said.out.contains("line 2: ada: refused: the user name is taken by line 1\n"), "{said:?}");
    assert!(said.out.contains("line 4: \"bad name\": refused: user name: \"bad name\": a user name has"), "{said:?}");
    assert!(said.out.contains("line 5: \"\": refused: there is no `:` between a name and a hash\n"), "{said:?}");
    assert!(!said.out.contains("nocolon"), "it may be a password: {said:?}");
    assert_eq!(names(&folder).await, ["ada", "ben"]);
}

#[tokio::test]
async fn the_report_for_programs_has_the_same_lines() {
    let folder = folder();
    let said = import(&folder, format!("ada:{BCRYPT}\nben:abRp6YT84uU.o\n"), &["--json"]).await;
    let report: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(report["written"], true);
    assert_eq!(
        report["entries"],
        json!([
            { "at": "line 1", "line": 1, "name": "ada", "kind": "account", "outcome": "added", "reason": null,
              "notes": ["no code reaches it"] },
            { "at": "line 2", "line": 2, "name": "ben", "kind": "account", "outcome": "disabled",
              "reason": "DES crypt, which keeps 8 characters, is not supported", "notes": ["no code reaches it"] },
        ])
    );
    assert_eq!(
        report["summary"],
        json!({
            "added": 1, "updated": 0, "unchanged": 0, "differs": 0, "disabled": 1, "refused": 0,
            "totp_added": 0, "totp_unchanged": 0, "totp_refused": 0,
        })
    );
    assert!(!said.out.contains("$2b$"), "no hash is printed: {said:?}");
}

#[tokio::test]
async fn what_may_be_a_password_stands_in_no_report() {
    let folder = folder();
    for (content, format) in [
        (&b"ada@example.test,hunter-two\nbob@example.test,hunter-two\n"[..], "csv"),
        (b"hunter-two\xe9\n", "htpasswd"),
        (b"hunter-two\n", "htpasswd"),
    ] {
        let said = import(&folder, content, &["--format", format, "--skip-refused"]).await;
        assert_eq!(said.status, Some(1), "{said:?}");
        assert!(!format!("{said:?}").contains("hunter"), "{said:?}");
    }
}

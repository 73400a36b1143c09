//! An import can be repeated.

use serde_json::json;

use super::{BCRYPT, account, folder, import, names};

fn table(name: &str, group: &str) -> String {
    format!("username,email,name,groups,hash\nada,ada@example.test,{name},{group},{BCRYPT}\n")
}

#[tokio::test]
async fn the_same_file_changes_nothing_and_another_one_only_where_it_is_asked_to() {
    let folder = folder();
    assert_eq!(import(&folder, table("Ada", "ops"), &[]).await.out, "line 2: ada: added\n1 added\n");
    let before = account(&folder, "ada").await;
    assert_eq!(import(&folder, table("Ada", "ops"), &["--update"]).await.out, "line 2: ada: unchanged\n1 unchanged\n");
    let said = import(&folder, table("Ada L.", "night"), &[]).await;
    assert_eq!(
        (said.status, said.out.as_str()),
        (
            Some(0),
            "line 2: ada: differs: name, groups\nnote: --update changes accounts that differ to what the file says\n1 differs\n"
        )
    );
    assert_eq!(account(&folder, "ada").await, before);
    let said = import(&folder, table("Ada L.", "night"), &["--update"]).await;
    assert_eq!(said.out, "line 2: ada: updated: name, groups\n1 updated\n");
    let after = account(&folder, "ada").await;
    assert_eq!(json!([after["name"], after["groups"]]), json!(["Ada L.", ["night"]]));
    // What a format does not have stays.
    assert_eq!(
        import(&folder, format!("ada:{BCRYPT}\n"), &["--update"]).await.out,
        "line 1: ada: unchanged\n1 unchanged\n"
    );
    assert_eq!(account(&folder, "ada").await, after);
}

#[tokio::test]
async fn an_account_without_a_password_gets_that_of_the_file_and_no_other_account_does() {
    let folder = folder();
    import(&folder, "ada:$apr1$DXPOZfkU$3Q1lm9MPn3q8oI9KeTeTs/\n", &[]).await;
    assert_eq!(account(&folder, "ada").await["password"], json!(null));
    let said = import(&folder, format!("ada:{BCRYPT}\n"), &["--update"]).await;
    assert_eq!(said.out.lines().next(), Some("line 1: ada: updated: password; no code reaches it"));
    let ada = account(&folder, "ada").await;
    assert_eq!(json!([ada["password"], ada["status"]]), json!(["bcrypt", "disabled"]), "an operator enables it");
    let other = "ada:$5$TVc6gGA4vFPKf27W$FYBwKbikvlQmWTLpqXCofJ0GeFzdxiCKWpNYO0TVho5\n";
    assert_eq!(import(&folder, other, &["--update"]).await.out, "line 1: ada: unchanged\n1 unchanged\n");
    assert_eq!(account(&folder, "ada").await["password"], json!("bcrypt"));
}

#[tokio::test]
async fn a_name_or_address_of_another_account_is_refused_with_its_line() {
    let folder = folder();
    import(&folder, table("Ada", "ops"), &[]).await;
    let taken =
        format!("username,email,hash\nben,ADA@example.test,{BCRYPT}\nada@example.test,c@example.test,{BCRYPT}\n");
    let said = import(&folder, taken, &[]).await;
    assert_eq!(
        (said.status, said.out.as_str()),
        (
            Some(1),
            "line 2: ben: refused: the e-mail address is taken by another account (`portcullis user list` shows all)\n\
             line 3: ada@example.test: refused: the user name is taken by line 2\n\
             2 refused; nothing is written: correct what was refused, or leave it out with --skip-refused\n"
        )
    );
    let said = import(&folder, format!("ada@example.test:{BCRYPT}\n"), &["--format", "htpasswd"]).await;
    let line = "line 1: ada@example.test: refused: the user name is taken by another account (`portcullis user list` shows all)";
    assert_eq!(said.out.lines().next(), Some(line));
    assert_eq!(names(&folder).await, ["ada"]);
}

//! `portcullis init` where a database is there already, with its accounts.

use super::{Machine, PASSWORD};
use crate::process::text;
use crate::terminal::Terminal;
use crate::wire::free_address;

/// A machine on which `init` added ada.
async fn with_ada() -> Machine {
    let machine = Machine::bare().await;
    let (upstream, listen) = (machine.upstream(), free_address().to_string());
    let usual = ["init", "--yes", "--directory", "gate", "--upstream", &upstream, "--listen", &listen];
    let ada = ["--host", "app.localhost", "--user", "ada", "--email", "ada@example.com", "--password-stdin"];
    machine.folder.done(&[&usual[..], &ada].concat(), &format!("{PASSWORD}\n")).await;
    machine
}

#[tokio::test(flavor = "multi_thread")]
async fn a_user_name_and_an_address_that_are_taken_are_told_at_the_question_and_asked_again() {
    let machine = with_ada().await;
    let database = machine.folder.dir().canonicalize().unwrap().join("gate/portcullis.db").display().to_string();
    let mut terminal = Terminal::start(&["init", "--directory", "gate", "--force"], machine.folder.dir());
    terminal.answers("your app [app.localhost]: ", "").await;
    terminal.answers("your app runs [http://127.0.0.1:3000]: ", &machine.app.address.to_string()).await;
    terminal.sees(&format!("understood as {}", machine.upstream())).await;
    terminal.sees(&format!("{} answers 200", machine.upstream())).await;
    terminal.answers("Number [3]: ", "").await;
    terminal.answers("Address to listen on [127.0.0.1:8080]: ", &free_address().to_string()).await;
    terminal.sees("How are codes sent?").await;
    terminal.answers("Number [3]: ", "").await;
    terminal.answers("User name: ", "Ada").await;
    terminal.sees(&format!("the user name ada is taken by another account in {database}; write another")).await;
    terminal.answers("User name: ", "grace").await;
    terminal.answers("Name; may be empty: ", "").await;
    terminal.answers("E-mail address: ", "ADA@example.com").await;
    terminal.sees("the e-mail address ADA@example.com is taken by another account in ").await;
    terminal.answers("E-mail address: ", "grace@example.com").await;
    terminal.answers("such as +15005550074: ", "").await;
    terminal.answers("Number [1]: ", "2").await;
    terminal.answers("Write it to ", "y").await;
    let (status, shown) = terminal.ends().await;
    assert_eq!(status, Some(0), "{shown}");
    let accounts = machine.folder.done(&["user", "list", "--config", &machine.config()], "").await;
    assert!(accounts.contains("ada@example.com") && accounts.contains("grace@example.com"), "{accounts}");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_questions_one_line_says_what_is_taken_before_anything_is_tried() {
    let machine = with_ada().await;
    let before = machine.names();
    // Nothing listens there: were it tried, that would be a line too.
    let (upstream, listen) = (format!("http://{}", free_address()), free_address().to_string());
    let usual = ["init", "--yes", "--force", "--directory", "gate", "--upstream", &upstream, "--listen", &listen];
    for (person, what) in [
        (["--user", "ada", "--phone", "+15005550074"], "user name ada"),
        (["--user", "grace", "--email", "ada@example.com"], "e-mail address ada@example.com"),
    ] {
        let output = machine.folder.run(&[&usual[..], &["--host", "app.localhost"], &person].concat(), "").await;
        let said = text(&output);
        assert_eq!((output.status.code(), said.lines().count()), (Some(1), 1), "{said}");
        assert!(said.starts_with(&format!("portcullis: the {what} is taken by another account in /")), "{said}");
        assert!(said.ends_with("; give another one, or leave --user out; nothing was written\n"), "{said}");
    }
    assert_eq!(machine.names(), before);
}

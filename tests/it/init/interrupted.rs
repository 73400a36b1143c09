//! A conversation that ends early writes nothing, and leaves a terminal that shows what is typed.

use super::Machine;
use crate::process::text;
use crate::terminal::{SHOWS, Terminal};
use crate::wire::free_address;

const INIT: [&str; 4] = ["init", "--directory", "gate", "--offline"];

/// A conversation up to the question for the secret.
async fn up_to_the_secret(machine: &Machine) -> Terminal {
    let mut terminal = Terminal::start(&INIT, machine.folder.dir());
    terminal.answers("[app.localhost]: ", "").await;
    terminal.answers("[http://127.0.0.1:3000]: ", "").await;
    terminal.answers("Number [3]: ", "").await;
    terminal.answers("Address to listen on [", &free_address().to_string()).await;
    terminal.answers("Number [3]: ", "1").await;
    terminal.answers("URL of the CPaaS: ", &machine.cpaas()).await;
    terminal.answers("client id of the account: ", "PRIV-1").await;
    terminal.answers("empty for a project: ", "").await;
    terminal.sees("Secret of the project (not shown): ").await;
    terminal.hides().await;
    terminal
}

async fn nothing_is_written(machine: &Machine, terminal: &mut Terminal, status: i32, said: &str) {
    let (ended, shown) = terminal.ends().await;
    assert_eq!(ended, Some(status), "{shown}");
    assert!(shown.contains(said) && shown.contains(SHOWS), "{shown}");
    assert!(machine.has_written_nothing());
}

#[tokio::test(flavor = "multi_thread")]
async fn ctrl_c_at_a_question_and_while_a_secret_is_typed_writes_nothing() {
    let machine = Machine::bare().await;
    let mut terminal = Terminal::start(&INIT, machine.folder.dir());
    terminal.sees("[app.localhost]: ").await;
    terminal.types("app\u{3}").await;
    nothing_is_written(&machine, &mut terminal, 130, "portcullis: stopped; nothing was written").await;
    let mut terminal = up_to_the_secret(&machine).await;
    terminal.types("half\u{3}").await;
    nothing_is_written(&machine, &mut terminal, 130, "portcullis: stopped; nothing was written").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_end_of_the_input_writes_nothing() {
    let machine = Machine::bare().await;
    let mut terminal = Terminal::start(&INIT, machine.folder.dir());
    terminal.sees("[app.localhost]: ").await;
    terminal.types("\u{4}").await;
    nothing_is_written(&machine, &mut terminal, 1, "portcullis: the input ended; nothing was written").await;
    let mut terminal = up_to_the_secret(&machine).await;
    terminal.types("\u{4}").await;
    nothing_is_written(&machine, &mut terminal, 1, "portcullis: the input ended; nothing was written").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_failed_test_the_operator_may_stop_or_go_on() {
    let machine = Machine::bare().await;
    let dead = format!("http://{}", free_address());
    let mut terminal = Terminal::start(&["init", "--directory", "gate"], machine.folder.dir());
    terminal.answers("[app.localhost]: ", "").await;
    terminal.answers("[http://127.0.0.1:3000]: ", &dead).await;
    terminal.answers("Number [1]: ", "3").await;
    nothing_is_written(&machine, &mut terminal, 1, "portcullis: stopped; nothing was written").await;
    let mut terminal = Terminal::start(&["init", "--directory", "gate"], machine.folder.dir());
    terminal.answers("[app.localhost]: ", "").await;
    terminal.answers("[http://127.0.0.1:3000]: ", &dead).await;
    terminal.answers("Number [1]: ", "2").await;
    terminal.sees("How do people reach it?").await;
    terminal.types("\u{3}").await;
    nothing_is_written(&machine, &mut terminal, 130, "portcullis: stopped; nothing was written").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_terminal_nothing_is_asked() {
    let machine = Machine::bare().await;
    let output = machine.folder.run(&["init", "--directory", "gate"], "app.localhost\n").await;
    assert_eq!(output.status.code(), Some(1), "{}", text(&output));
    assert!(text(&output).contains("portcullis init --yes --upstream URL --host HOST"), "{}", text(&output));
    assert!(machine.has_written_nothing());
}

#[tokio::test(flavor = "multi_thread")]
async fn ctrl_c_at_the_prompt_of_another_command_leaves_the_terminal_as_it_was() {
    let machine = Machine::bare().await;
    let options = ["--upstream", "http://127.0.0.1:3000", "--host", "app.localhost", "--offline"];
    machine.folder.done(&[&["init", "--yes", "--directory", "gate"][..], &options].concat(), "").await;
    let config = machine.config();
    let add = ["user", "add", "ada", "--phone", "+15005550074", "--config", &config];
    let mut terminal = Terminal::start(&add, machine.folder.dir());
    terminal.sees("New password: ").await;
    terminal.hides().await;
    terminal.types("half\u{3}").await;
    let (status, shown) = terminal.ends().await;
    assert_eq!(status, Some(130), "{shown}");
    assert!(shown.contains("portcullis: stopped; nothing was changed") && shown.contains(SHOWS), "{shown}");
}

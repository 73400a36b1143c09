//! Two `portcullis init` for one configuration: one writes everything, and the other takes nothing of it away.

use tokio::process::Command;

use super::{Machine, PASSWORD};
use crate::process::{BINARY, command, finish, text};
use crate::wire::free_address;

/// A call that writes an account; nothing is tried, so that both are at the writing at the same time.
fn init(machine: &Machine, listen: &str) -> Command {
    let upstream = machine.upstream();
    let usual = ["init", "--yes", "--offline", "--directory", "gate", "--upstream", &upstream, "--listen", listen];
    let person = ["--host", "app.localhost", "--user", "ada", "--phone", "+15005550074", "--password-stdin"];
    let mut command = command(BINARY, &[&usual[..], &person].concat(), &[]);
    command.current_dir(machine.folder.dir());
    command
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_at_once_one_writes_everything_and_the_other_takes_nothing_away() {
    let machine = Machine::bare().await;
    let listen = free_address().to_string();
    let typed = format!("{PASSWORD}\n");
    let (mut first, mut second) = (init(&machine, &listen), init(&machine, &listen));
    let (first, second) = tokio::join!(finish(&mut first, &typed), finish(&mut second, &typed));
    let mut statuses = [first.status.code(), second.status.code()];
    statuses.sort_unstable();
    assert_eq!(statuses, [Some(0), Some(1)], "{}{}", text(&first), text(&second));
    let refused = if first.status.success() { text(&second) } else { text(&first) };
    assert!(refused.contains(" is there"), "{refused}");
    assert_eq!(machine.names(), ["portcullis.db", "portcullis.keys", "portcullis.toml"]);
    let accounts = machine.folder.done(&["user", "list", "--config", &machine.config()], "").await;
    assert!(accounts.contains("ada"), "{accounts}");
    machine.serve().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn while_another_writes_or_after_it_was_killed_nothing_is_touched_and_the_message_says_what_to_remove() {
    let machine = Machine::bare().await;
    machine.folder.write("gate/portcullis.toml.lock", "");
    machine.folder.write("gate/portcullis.db", "of the other");
    let listen = free_address().to_string();
    let typed = format!("{PASSWORD}\n");
    let output = finish(&mut init(&machine, &listen), &typed).await;
    assert_eq!(output.status.code(), Some(1), "{}", text(&output));
    let lock = machine.folder.path("gate/portcullis.toml.lock");
    let lock = lock.display();
    assert_eq!(
        text(&output),
        format!(
            "portcullis: nothing was written: {lock} is there: another `portcullis init` is writing this configuration. \
             If none is running, one was killed; then run: rm {lock}\n"
        )
    );
    assert_eq!(machine.names(), ["portcullis.db", "portcullis.toml.lock"]);
    for name in machine.names() {
        std::fs::remove_file(machine.folder.path(&format!("gate/{name}"))).unwrap();
    }
    let output = finish(&mut init(&machine, &listen), &typed).await;
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
    assert_eq!(machine.names(), ["portcullis.db", "portcullis.keys", "portcullis.toml"]);
}

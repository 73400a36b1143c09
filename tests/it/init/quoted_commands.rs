//! The commands that are printed can be pasted, whatever the folder is called.

use std::process::Command;

use super::Machine;
use crate::process::BINARY;

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_with_a_space_or_a_dollar_sign_reaches_the_shell_as_it_is() {
    let machine = Machine::bare().await;
    let folder = "ada's $HOME & gate";
    let options = ["--upstream", "http://127.0.0.1:3000", "--host", "app.localhost", "--offline"];
    let said = machine.folder.done(&[&["init", "--yes", "--directory", folder][..], &options].concat(), "").await;
    let lines: Vec<&str> = said.lines().filter_map(|line| line.strip_prefix("  portcullis serve ")).collect();
    let [options] = lines[..] else { panic!("{said}") };
    // The shell takes the line apart, as it does with what is pasted.
    let check = format!("\"$0\" config check {options}");
    let output = Command::new("sh").args(["-c", &check, BINARY]).env_clear().output().unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap(), "ok\n", "{check}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_with_a_line_break_is_refused() {
    let machine = Machine::bare().await;
    let options = ["--upstream", "http://127.0.0.1:3000", "--host", "app.localhost", "--offline"];
    let arguments = [&["init", "--yes", "--directory", "gate\nExecStartPre=x"][..], &options].concat();
    let (status, said) = machine.folder.said(&arguments).await;
    assert_eq!(status, Some(1));
    assert!(said.contains("the path of the folder contains a control character; name another folder"), "{said}");
}

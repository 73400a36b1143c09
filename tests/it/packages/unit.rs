//! The unit for systemd, as systemd itself reads it.

use std::process::Command;

use super::{output, read};
use crate::fronts::program::program;
use crate::process::{BINARY, text};

#[test]
fn systemd_finds_nothing_wrong_with_the_unit() {
    let unit = read("config/systemd/portcullis.service");
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("portcullis.service");
    // It looks whether the program is there.
    std::fs::write(&file, unit.replace("/usr/local/bin/portcullis", BINARY)).unwrap();
    let mut verify = Command::new(program("systemd-analyze", "systemd"));
    let found = output(verify.args(["verify", "--man=no", "--recursive-errors=no"]).arg(&file));
    assert_eq!((found.status.code(), text(&found).as_str()), (Some(0), ""));
}

#[test]
fn the_service_waits_for_a_configuration_and_needs_no_program_that_small_systems_lack() {
    let unit = read("config/systemd/portcullis.service");
    let lines: Vec<&str> = unit.lines().collect();
    for line in ["ConditionPathExists=/etc/portcullis/portcullis.toml", "ExecReload=/bin/sh -c \"kill -HUP $MAINPID\""]
    {
        assert!(lines.contains(&line), "{line}");
    }
}

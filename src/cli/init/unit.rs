//! The unit for systemd: the one in `config/systemd`, with the places of this installation.

use std::path::Path;

use super::plan::Layout;
use crate::cli::quoting::{for_unit, unit_argument, unit_word};

const UNIT: &str = include_str!("../../../config/systemd/portcullis.service");

/// Where systemd reads it.
pub(super) const FILE: &str = "/etc/systemd/system/portcullis.service";

/// The unit for this program and this layout. In other places than those of a service, systemd creates no folder, and
/// the service may write to the one that there is.
pub(super) fn text(program: &Path, layout: &Layout) -> String {
    let start = format!("ExecStart={} serve --config {}", unit_word(program), unit_argument(&layout.config));
    let data = &layout.data;
    let is_home = [program, &layout.config, &layout.data].iter().any(|path| is_in_a_home(path));
    let lines = UNIT.lines().filter_map(|line| {
        let (key, _) = line.split_once('=').unwrap_or((line, ""));
        match key {
            "ExecStart" => Some(start.clone()),
            _ if layout.is_of_the_system() => Some(line.to_owned()),
            "ConditionPathExists" => Some(format!("ConditionPathExists={}", for_unit(&layout.config))),
            "StateDirectory" => Some(format!("ReadWritePaths={}", unit_word(data))),
            "StateDirectoryMode" => None,
            "WorkingDirectory" => Some(format!("WorkingDirectory={}", for_unit(data))),
            "ProtectHome" if is_home => None,
            _ => Some(line.to_owned()),
        }
    });
    // The comment in front is about the places of a service; the commands are said apart.
    let body = lines.skip_while(|line| line.starts_with('#') || line.is_empty());
    body.map(|line| line + "\n").collect()
}

/// `ProtectHome=yes` hides these.
fn is_in_a_home(path: &Path) -> bool {
    ["/home", "/root", "/run/user"].iter().any(|home| path.starts_with(home))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layout(config: &str, data: &str) -> Layout {
        Layout { config: config.into(), data: data.into() }
    }

    #[test]
    fn in_the_places_of_a_service_the_unit_is_the_documented_one_without_its_heading() {
        let layout = layout("/etc/portcullis/portcullis.toml", "/var/lib/portcullis");
        let unit = text(Path::new("/usr/local/bin/portcullis"), &layout);
        assert!(UNIT.ends_with(&unit) && unit.starts_with("[Unit]\n"), "{unit}");
    }

    #[test]
    fn elsewhere_the_unit_names_the_program_and_the_folder_and_may_write_there_alone() {
        let layout = layout("/home/ada/gate/portcullis.toml", "/home/ada/gate");
        let unit = text(Path::new("/opt/portcullis"), &layout);
        for line in [
            "ExecStart=/opt/portcullis serve --config /home/ada/gate/portcullis.toml",
            "ReadWritePaths=/home/ada/gate",
            "WorkingDirectory=/home/ada/gate",
            "ConditionPathExists=/home/ada/gate/portcullis.toml",
            "ProtectSystem=strict",
        ] {
            assert_eq!(unit.lines().filter(|known| *known == line).count(), 1, "{line}: {unit}");
        }
        assert!(!unit.contains("StateDirectory") && !unit.contains("ProtectHome"), "{unit}");
    }

    #[test]
    fn a_space_or_a_percent_sign_in_a_path_reaches_systemd_as_itself() {
        let layout = layout("/srv/my gate 100%n/portcullis.toml", "/srv/my gate 100%n");
        let unit = text(Path::new("/opt/my programs/portcullis"), &layout);
        for line in [
            r#"ExecStart="/opt/my programs/portcullis" serve --config "/srv/my gate 100%%n/portcullis.toml""#,
            r#"ReadWritePaths="/srv/my gate 100%%n""#,
            "WorkingDirectory=/srv/my gate 100%%n",
            "ConditionPathExists=/srv/my gate 100%%n/portcullis.toml",
        ] {
            assert_eq!(unit.lines().filter(|known| *known == line).count(), 1, "{line}: {unit}");
        }
    }
}

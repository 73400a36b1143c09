//! The unit for systemd: the one in `config/systemd`, with the places of this installation.

use std::path::Path;

use super::plan::Layout;

const UNIT: &str = include_str!("../../../config/systemd/portcullis.service");

/// Where systemd reads it.
pub(super) const FILE: &str = "/etc/systemd/system/portcullis.service";

/// Whether this machine runs systemd (`sd_booted(3)`).
pub(super) fn is_systemd_here() -> bool {
    Path::new("/run/systemd/system").is_dir()
}

/// The unit for this program and this layout. In other places than those of a service, systemd creates no folder, and
/// the service may write to the one that there is.
pub(super) fn text(program: &Path, layout: &Layout) -> String {
    let start = format!("ExecStart={} serve --config {}", program.display(), layout.config.display());
    let data = layout.data.display();
    let is_home = [program, &layout.config, &layout.data].iter().any(|path| is_in_a_home(path));
    let lines = UNIT.lines().filter_map(|line| {
        let (key, _) = line.split_once('=').unwrap_or((line, ""));
        match key {
            "ExecStart" => Some(start.clone()),
            _ if layout.is_of_the_system() => Some(line.to_owned()),
            "StateDirectory" => Some(format!("ReadWritePaths={data}")),
            "StateDirectoryMode" => None,
            "WorkingDirectory" => Some(format!("WorkingDirectory={data}")),
            "ProtectHome" if is_home => None,
            _ => Some(line.to_owned()),
        }
    });
    // The comment in front is about the places of a service; the commands are said apart.
    let body = lines.skip_while(|line| line.starts_with('#') || line.is_empty());
    body.map(|line| line + "\n").collect()
}

/// What to run after the unit is there: its user, what the user owns, the start.
pub(super) fn commands(layout: &Layout) -> Vec<String> {
    let folder = layout.config.parent().unwrap_or(&layout.config);
    let mut folders = folder.display().to_string();
    if layout.data != folder {
        folders = format!("{folders} {}", layout.data.display());
    }
    vec![
        "useradd --system --home-dir /var/lib/portcullis --shell /usr/sbin/nologin portcullis".to_owned(),
        format!("chown -R portcullis: {folders}"),
        "systemctl daemon-reload".to_owned(),
        "systemctl enable --now portcullis".to_owned(),
    ]
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
        let commands = commands(&layout);
        assert_eq!(commands[1], "chown -R portcullis: /etc/portcullis /var/lib/portcullis");
    }

    #[test]
    fn elsewhere_the_unit_names_the_program_and_the_folder_and_may_write_there_alone() {
        let layout = layout("/home/ada/gate/portcullis.toml", "/home/ada/gate");
        let unit = text(Path::new("/opt/portcullis"), &layout);
        for line in [
            "ExecStart=/opt/portcullis serve --config /home/ada/gate/portcullis.toml",
            "ReadWritePaths=/home/ada/gate",
            "WorkingDirectory=/home/ada/gate",
            "ProtectSystem=strict",
        ] {
            assert_eq!(unit.lines().filter(|known| *known == line).count(), 1, "{line}: {unit}");
        }
        assert!(!unit.contains("StateDirectory") && !unit.contains("ProtectHome"), "{unit}");
        assert_eq!(commands(&layout)[1], "chown -R portcullis: /home/ada/gate");
    }
}

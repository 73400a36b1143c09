//! What this machine has for a service: a package's unit and the user; and the commands that give the files to it.

use std::fs;
use std::path::{Path, PathBuf};

use super::plan::{Codes, Front, Layout, Plan, Secret};
use crate::cli::quoting::for_shell;

/// The user that the service runs as.
const USER: &str = "portcullis";

/// Where packages put the unit. One in /etc/systemd/system would take its place.
const PACKAGED: [&str; 2] = ["usr/lib/systemd/system/portcullis.service", "lib/systemd/system/portcullis.service"];

/// What is there of the service.
pub(super) struct Service {
    /// The unit of a package.
    packaged: Option<PathBuf>,
    has_user: bool,
}

impl Service {
    /// `None`: this machine does not run systemd (`sd_booted(3)`).
    pub(super) fn of_this_machine() -> Option<Self> {
        Self::below(Path::new("/"))
    }

    fn below(root: &Path) -> Option<Self> {
        if !root.join("run/systemd/system").is_dir() {
            return None;
        }
        let packaged = PACKAGED.iter().map(|unit| root.join(unit)).find(|unit| unit.exists());
        let users = fs::read_to_string(root.join("etc/passwd")).unwrap_or_default();
        let has_user = users.lines().any(|line| line.split(':').next() == Some(USER));
        Some(Self { packaged, has_user })
    }

    /// The unit of a package.
    pub(super) fn packaged(&self) -> Option<&Path> {
        self.packaged.as_deref()
    }

    /// Whether the unit of a package runs what is in these places.
    pub(super) fn runs(&self, layout: &Layout) -> bool {
        self.packaged.is_some() && layout.is_of_the_system()
    }

    /// What root runs after the unit is there: its user, what that user may read and what it owns, the start. `made` are
    /// the folders that did not exist before; no other folder changes its owner.
    pub(super) fn commands(&self, plan: &Plan, made: &[PathBuf]) -> Vec<String> {
        let layout = &plan.layout;
        let mut readable = vec![layout.config.clone()];
        if plan.given_secret().is_some() {
            readable.push(layout.secret(&plan.codes));
        }
        let entered: Vec<PathBuf> = made.iter().filter(|folder| **folder != layout.data).cloned().collect();
        let mut owned: Vec<PathBuf> = made.iter().filter(|folder| **folder == layout.data).cloned().collect();
        owned.extend([layout.store(), layout.keys()]);
        let mut commands = Vec::new();
        if !self.has_user {
            commands.push(format!("useradd --system --home-dir /var/lib/portcullis --shell /usr/sbin/nologin {USER}"));
        }
        if !entered.is_empty() {
            commands.push(format!("chown root:{USER} {}", words(&entered)));
            commands.push(format!("chmod 750 {}", words(&entered)));
        }
        commands.push(format!("chown root:{USER} {}", words(&readable)));
        commands.push(format!("chmod 640 {}", words(&readable)));
        commands.push(format!("chown {USER}: {}", words(&owned)));
        if self.packaged.is_some() {
            commands.push(format!("systemctl start {USER}"));
        } else {
            commands.push("systemctl daemon-reload".to_owned());
            commands.push(format!("systemctl enable --now {USER}"));
        }
        commands
    }
}

/// What the commands leave to the operator, because it is theirs.
pub(super) fn remarks(plan: &Plan, made: &[PathBuf]) -> Vec<String> {
    let layout = &plan.layout;
    let mut remarks = Vec::new();
    // In the places of a service, the unit (`StateDirectory=`) or the package gives the folder to the user.
    if !layout.is_of_the_system() && !made.contains(&layout.data) {
        remarks.push(format!(
            "The database needs to write to its folder, which was there before: let the user {USER} write to {}, or use a \
             folder of its own.",
            layout.data.display()
        ));
    }
    let own = own_files(plan);
    if !own.is_empty() {
        let own: Vec<String> = own.iter().map(|file| file.display().to_string()).collect();
        remarks.push(format!("The user {USER} has to be able to read your own files too: {}.", own.join(", ")));
    }
    remarks
}

/// The operator's own files, which the configuration names.
fn own_files(plan: &Plan) -> Vec<&Path> {
    let mut files: Vec<&Path> = Vec::new();
    if let Front::Certificate { certificate, key } = &plan.front {
        files.extend([certificate.as_path(), key.as_path()]);
    }
    if let Some((_, Secret::File(file))) = plan.codes.secret() {
        files.push(file);
    }
    match &plan.codes {
        Codes::Cpaas(account) => files.extend(account.root_certificates.iter().map(Path::new)),
        Codes::MailServer(server) => files.extend(server.root_certificates.iter().map(Path::new)),
        Codes::Sandbox(_) => {}
    }
    files
}

fn words(paths: &[PathBuf]) -> String {
    let words: Vec<String> = paths.iter().map(|path| for_shell(path)).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::init::plan::CpaasAccount;

    /// A machine in a folder: systemd, and these files.
    fn machine(files: &[(&str, &str)]) -> Service {
        let root = tempfile::tempdir().unwrap();
        for (name, content) in [&[("run/systemd/system/x", "")], files].concat() {
            let file = root.path().join(name);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, content).unwrap();
        }
        let mut service = Service::below(root.path()).unwrap();
        service.packaged = service.packaged.map(|unit| Path::new("/").join(unit.strip_prefix(root.path()).unwrap()));
        service
    }

    fn plan(config: &str, data: &str) -> Plan {
        let mut plan = Plan::new(Layout { config: config.into(), data: data.into() });
        plan.codes = Codes::Cpaas(CpaasAccount {
            base_url: "https://cpaas.example.com".into(),
            client_id: "PRIV-1".into(),
            email: None,
            secret: Secret::Given("canary".to_owned().into()),
            root_certificates: Vec::new(),
        });
        plan
    }

    const USERS: (&str, &str) =
        ("etc/passwd", "root:x:0:0::/root:/bin/sh\nportcullis:x:998:998::/var/lib/portcullis:/bin/false\n");

    #[test]
    fn after_the_package_the_commands_give_each_file_to_its_service_and_start_it() {
        let service = machine(&[USERS, ("usr/lib/systemd/system/portcullis.service", "[Unit]")]);
        assert_eq!(service.packaged(), Some(Path::new("/usr/lib/systemd/system/portcullis.service")));
        let plan = plan("/etc/portcullis/portcullis.toml", "/var/lib/portcullis");
        assert!(service.runs(&plan.layout) && remarks(&plan, &[]).is_empty());
        let expected = [
            "chown root:portcullis /etc/portcullis/portcullis.toml /etc/portcullis/cpaas.secret",
            "chmod 640 /etc/portcullis/portcullis.toml /etc/portcullis/cpaas.secret",
            "chown portcullis: /var/lib/portcullis/portcullis.db /var/lib/portcullis/portcullis.keys",
            "systemctl start portcullis",
        ];
        assert_eq!(service.commands(&plan, &[]), expected);
    }

    #[test]
    fn without_a_package_the_user_is_made_and_the_folders_that_are_new_are_given_to_it() {
        let service = machine(&[("etc/passwd", "portcullis2:x:1:1::/:/bin/sh\n")]);
        let plan = plan("/etc/portcullis/portcullis.toml", "/var/lib/portcullis");
        assert!(!service.runs(&plan.layout));
        let made = ["/etc/portcullis", "/var/lib/portcullis"].map(PathBuf::from);
        let commands = service.commands(&plan, &made);
        assert_eq!(
            commands[..3],
            [
                "useradd --system --home-dir /var/lib/portcullis --shell /usr/sbin/nologin portcullis",
                "chown root:portcullis /etc/portcullis",
                "chmod 750 /etc/portcullis",
            ]
        );
        assert_eq!(
            commands[5..],
            [
                "chown portcullis: /var/lib/portcullis /var/lib/portcullis/portcullis.db /var/lib/portcullis/portcullis.keys",
                "systemctl daemon-reload",
                "systemctl enable --now portcullis",
            ]
        );
    }

    #[test]
    fn a_folder_that_was_there_keeps_its_owner_and_every_path_is_one_word() {
        let service = machine(&[USERS]);
        let plan = plan("/home/ada/my project/portcullis.toml", "/home/ada/my project");
        let expected = [
            "chown root:portcullis '/home/ada/my project/portcullis.toml' '/home/ada/my project/cpaas.secret'",
            "chmod 640 '/home/ada/my project/portcullis.toml' '/home/ada/my project/cpaas.secret'",
            "chown portcullis: '/home/ada/my project/portcullis.db' '/home/ada/my project/portcullis.keys'",
            "systemctl daemon-reload",
            "systemctl enable --now portcullis",
        ];
        assert_eq!(service.commands(&plan, &[]), expected);
        assert!(remarks(&plan, &[])[0].contains("let the user portcullis write to /home/ada/my project,"));
        assert!(remarks(&plan, &["/home/ada/my project".into()]).is_empty());
    }
}

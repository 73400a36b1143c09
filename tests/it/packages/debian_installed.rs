//! The Debian package, built and installed into a Debian of its own: `mmdebstrap` makes it, `chroot` enters it.
//!
//! systemd does not run in there. A stand-in for `systemctl` writes down what the package asks of it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use super::{VERSION, as_root, output, printed, source};
use crate::process::{BINARY, text};

/// Stands where `systemctl` was: writes down what concerns a running service, and leaves links of the unit to the real one.
const SYSTEMCTL: &str = r#"#!/bin/sh
echo "$*" >>/asked
case " $* " in
*" is-enabled "*) echo enabled ;;
*" start "* | *" restart "* | *" stop "* | *" daemon-reload "* | *" is-active "*) ;;
*) SYSTEMD_OFFLINE=1 exec /usr/bin/systemctl.real "$@" ;;
esac
"#;

fn build() -> PathBuf {
    let printed = printed(Command::new(source("config/deb/build")).args([BINARY, "--fast"]));
    PathBuf::from(printed.lines().last().unwrap())
}

/// A Debian in a folder, which root owns.
struct Debian(TempDir);

impl Debian {
    fn new() -> Self {
        let archive = std::env::vars_os().find(|(name, _)| name == "PORTCULLIS_TEST_DEBIAN");
        let archive = archive.expect("PORTCULLIS_TEST_DEBIAN names no archive: run `./tests/run --all`").1;
        let folder = tempfile::tempdir().unwrap();
        // Device files need more rights than this test has everywhere, and nothing here uses them.
        let extract = ["--extract", "--numeric-owner", "--preserve-permissions", "--exclude=./dev/*", "--directory"];
        printed(as_root("tar").args(extract).arg(folder.path()).arg("--file").arg(archive));
        let debian = Self(folder);
        debian
            .shell("mkdir -p /run/systemd/system && touch /dev/null && mv /usr/bin/systemctl /usr/bin/systemctl.real");
        debian.shell(&format!("cat >/usr/bin/systemctl <<'END'\n{SYSTEMCTL}END\nchmod 755 /usr/bin/systemctl"));
        debian
    }

    fn dir(&self) -> &Path {
        self.0.path()
    }

    /// What a script prints in there that succeeds, both streams.
    fn shell(&self, script: &str) -> String {
        let output =
            output(as_root("chroot").arg(self.dir()).args(["/bin/sh", "-ec", &format!("exec 2>&1\n{script}")]));
        assert!(output.status.success(), "{script}: {}", text(&output));
        text(&output)
    }

    /// What the package asked of systemd since the last time.
    fn asked(&self) -> Vec<String> {
        let asked = self.shell("cat /asked 2>/dev/null || true; rm -f /asked");
        let verbs = ["start", "restart", "stop"].map(|verb| format!(" {verb} "));
        let line = |line: &str| {
            verbs.iter().find(|verb| format!(" {line} ").contains(*verb)).map(|verb| verb.trim().to_owned())
        };
        asked.lines().filter_map(line).collect()
    }

    fn exists(&self, path: &str) -> bool {
        self.shell(&format!("if [ -e {path} ]; then echo yes; fi")) == "yes\n"
    }
}

impl Drop for Debian {
    fn drop(&mut self) {
        // Files of root, which the folder's own removal might not delete.
        drop(as_root("rm").args(["-rf", "--one-file-system"]).arg(self.dir()).status());
    }
}

#[test]
#[ignore = "heavy: ./tests/run --all"]
fn the_debian_package_installs_upgrades_and_leaves_as_its_users_expect() {
    let package = build();
    contents_are_complete(&package);
    let debian = Debian::new();
    printed(as_root("cp").arg(&package).arg(debian.dir().join("portcullis.deb")));
    installed_without_a_configuration(&debian);
    initialised(&debian);
    configured(&debian);
    upgraded(&debian);
    removed_and_purged(&debian);
}

/// Names and modes of everything in it, and the fields of its description.
fn contents_are_complete(package: &Path) {
    let field = |name: &str| printed(Command::new("dpkg-deb").arg("--field").arg(package).arg(name)).trim().to_owned();
    assert_eq!((field("Package"), field("Version")), ("portcullis".to_owned(), format!("{VERSION}-1")));
    assert!(field("Depends").starts_with("libc6 (>= ") && field("Depends").contains(", systemd | "));
    assert_eq!(field("Conffiles"), "");
    let listed = printed(Command::new("dpkg-deb").arg("--contents").arg(package));
    let files: BTreeMap<&str, &str> = listed
        .lines()
        .filter(|line| !line.ends_with('/'))
        .map(|line| (line.rsplit(' ').next().unwrap().trim_start_matches('.'), &line[..10]))
        .collect();
    assert!(listed.lines().all(|line| line.split_whitespace().nth(1) == Some("0/0")), "{listed}");
    for (file, mode) in [
        ("/usr/bin/portcullis", "-rwxr-xr-x"),
        ("/usr/lib/systemd/system/portcullis.service", "-rw-r--r--"),
        ("/usr/lib/sysusers.d/portcullis.conf", "-rw-r--r--"),
        ("/usr/share/man/man1/portcullis.1.gz", "-rw-r--r--"),
        ("/usr/share/man/man1/portcullis-user-add.1.gz", "-rw-r--r--"),
        ("/usr/share/bash-completion/completions/portcullis", "-rw-r--r--"),
        ("/usr/share/zsh/vendor-completions/_portcullis", "-rw-r--r--"),
        ("/usr/share/fish/vendor_completions.d/portcullis.fish", "-rw-r--r--"),
        ("/usr/share/doc/portcullis/copyright", "-rw-r--r--"),
        ("/usr/share/doc/portcullis/third-party-licences.gz", "-rw-r--r--"),
        ("/usr/share/doc/portcullis/changelog.gz", "-rw-r--r--"),
        ("/usr/share/doc/portcullis/changelog.Debian.gz", "-rw-r--r--"),
        ("/usr/share/doc/portcullis/examples/portcullis.toml", "-rw-r--r--"),
        ("/usr/share/doc/portcullis/examples/portcullis.example.toml", "-rw-r--r--"),
    ] {
        assert_eq!(files.get(file), Some(&mode), "{file}");
    }
}

fn installed_without_a_configuration(debian: &Debian) {
    let said = debian.shell("dpkg --install /portcullis.deb");
    assert!(
        said.contains("portcullis: not started, because /etc/portcullis/portcullis.toml does not exist.")
            && said.contains("`portcullis init`, which prints the commands"),
        "{said}"
    );
    let modes = debian.shell("stat -c '%a %U:%G' /etc/portcullis /var/lib/portcullis");
    assert_eq!(modes, "750 root:portcullis\n700 portcullis:portcullis\n");
    assert_eq!(debian.shell("getent passwd portcullis | cut -d: -f6,7"), "/var/lib/portcullis:/usr/sbin/nologin\n");
    assert!(
        debian.exists("/etc/systemd/system/multi-user.target.wants/portcullis.service"),
        "it starts with the system"
    );
    let unit = debian.shell("cat /usr/lib/systemd/system/portcullis.service");
    assert!(
        unit.contains("\nExecStart=/usr/bin/portcullis serve ") && unit.contains("\nConditionPathExists="),
        "{unit}"
    );
    assert_eq!(debian.shell("systemd-analyze verify portcullis.service"), "");
    assert_eq!(debian.shell("dpkg --verify portcullis"), "", "no file differs from the package");
    assert_eq!(debian.asked(), ["start"], "which the condition of the unit prevents");
}

/// `portcullis init` as root, and what it prints: then the user of the service can read and write what it needs.
fn initialised(debian: &Debian) {
    let said = debian.shell(
        "echo 'canary of this test' | portcullis init --yes --offline --upstream http://127.0.0.1:3000 \\\n\
         --host app.example.com --codes cpaas --cpaas-url https://cpaas.example.com --client-id PRIV-1 --secret-stdin \\\n\
         --user ada --phone +15005550074",
    );
    let (_, commands) = said.split_once("give it its files, as root:\n").unwrap_or_else(|| panic!("{said}"));
    assert!(!said.contains("/etc/systemd/system") && !said.contains("useradd"), "{said}");
    debian.shell(commands);
    assert_eq!(debian.asked(), ["start"]);
    let modes = debian.shell("stat -c '%a %U:%G' /etc/portcullis/* /var/lib/portcullis /var/lib/portcullis/*");
    let readable = "640 root:portcullis\n640 root:portcullis\n";
    assert_eq!(
        modes,
        format!("{readable}700 portcullis:portcullis\n600 portcullis:portcullis\n600 portcullis:portcullis\n")
    );
    assert_eq!(debian.shell("runuser -u portcullis -- portcullis config check"), "ok\n");
    assert!(debian.shell("runuser -u portcullis -- portcullis user list").contains("ada"));
    debian.shell("rm /etc/portcullis/* /var/lib/portcullis/*");
}

/// The steps at the head of the example, as they stand there.
fn configured(debian: &Debian) {
    debian.shell(
        "install -m 0640 -g portcullis /usr/share/doc/portcullis/examples/portcullis.toml /etc/portcullis/\n\
         install -m 0640 -g portcullis /dev/null /etc/portcullis/cpaas.secret\n\
         echo a-secret-of-this-test >/etc/portcullis/cpaas.secret",
    );
    let run =
        |command: &str| debian.shell(&format!("echo 'a long sentence of hers' | runuser -u portcullis -- {command}"));
    assert_eq!(run("portcullis config check"), "ok\n");
    run("portcullis user add ada --email ada@example.com --phone +15005550074 --password-stdin");
    let modes = debian.shell("stat -c '%a %U' /var/lib/portcullis/portcullis.db");
    assert_eq!(modes, "600 portcullis\n");
}

fn upgraded(debian: &Debian) {
    debian.shell("chmod 0700 /etc/portcullis");
    let before = debian.shell("md5sum /etc/portcullis/* /var/lib/portcullis/portcullis.db");
    let said = debian.shell("dpkg --install /portcullis.deb </dev/null");
    assert!(!said.contains("not started"), "{said}");
    assert_eq!(debian.asked(), ["restart"]);
    assert_eq!(debian.shell("md5sum /etc/portcullis/* /var/lib/portcullis/portcullis.db"), before);
    assert_eq!(debian.shell("stat -c %a /etc/portcullis"), "700\n", "the administrator's choice holds");
}

fn removed_and_purged(debian: &Debian) {
    debian.shell("dpkg --remove portcullis");
    assert_eq!(debian.asked(), ["stop"]);
    assert!(!debian.exists("/usr/bin/portcullis"));
    for kept in ["/etc/portcullis/portcullis.toml", "/var/lib/portcullis/portcullis.db"] {
        assert!(debian.exists(kept), "{kept}");
    }
    debian.shell("dpkg --purge portcullis");
    for gone in
        ["/etc/portcullis", "/var/lib/portcullis", "/etc/systemd/system/multi-user.target.wants/portcullis.service"]
    {
        assert!(!debian.exists(gone), "{gone}");
    }
    assert_eq!(
        debian.shell("getent passwd portcullis | cut -d: -f1"),
        "portcullis\n",
        "the number is not given to others"
    );
}

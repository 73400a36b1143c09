//! Apache: `mod_dav` as a file server, and `mod_cgi` for programs that are CGI.

use std::fmt::Write as _;
use std::net::SocketAddr;
use std::path::Path;

use super::{Behind, CLOSED, folder, installed, listens, webdav};
use crate::gateway::set_mode;
use crate::process::{Process, command};
use crate::wire::free_address;

/// Apache with these modules and lines, as one process that leaves none behind.
pub async fn start(home: &Path, modules: &[&str], lines: &str) -> (Process, SocketAddr) {
    let address = free_address();
    // Started by root, Apache serves as another user.
    set_mode(home, 0o777);
    let mut text = String::new();
    for name in ["mpm_event", "authz_core"].iter().chain(modules) {
        let _ = writeln!(text, "LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so");
    }
    let home = home.display();
    let _ = write!(
        text,
        "ServerName localhost\nServerRoot {home}\nPidFile {home}/apache.pid\nErrorLog {home}/error.log\n\
         Listen {address}\nUser nobody\nGroup nogroup\n{lines}\n"
    );
    let file = format!("{home}/apache.conf");
    std::fs::write(&file, text).unwrap();
    let program = installed("apache2");
    let mut command = command(program.to_str().expect("a path"), &["-X", "-f", &file], &[]);
    let process = Process::spawn(&mut command);
    listens(address).await;
    (process, address)
}

#[tokio::test(flavor = "multi_thread")]
async fn apache_serves_files_by_every_method_and_no_second_target_gets_past_a_rule() {
    let home = folder();
    let root = home.path().join("files");
    for folder in [&root, &root.join("closed")] {
        std::fs::create_dir(folder).unwrap();
        set_mode(folder, 0o777);
    }
    let lines = format!(
        "DocumentRoot {files}\nDavLockDB {home}/locks\n<Directory {files}>\nDav On\nRequire all granted\n</Directory>",
        files = root.display(),
        home = home.path().display()
    );
    let (_apache, address) = start(home.path(), &["dav", "dav_fs"], &lines).await;
    webdav(&Behind::start(address, CLOSED).await, &root).await;
}

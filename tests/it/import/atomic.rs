//! All of a file is written, or nothing.

use std::fmt::Write as _;

use super::{BCRYPT, folder, import, names};
use crate::process::Process;
use crate::wire::eventually;

#[tokio::test]
async fn one_refused_entry_stops_all_of_them_unless_it_may_be_left_out() {
    let folder = folder();
    let users = format!("ada:{BCRYPT}\nben:$2b$31${}\ncarl:{BCRYPT}\n", &BCRYPT[7..]);
    let said = import(&folder, &users, &[]).await;
    assert_eq!(said.status, Some(1));
    assert!(said.out.contains("line 2: ben: refused: bcrypt with cost 31; at most 14 is computed\n"), "{said:?}");
    assert!(
        said.out.ends_with(
            "2 added, 1 refused; nothing is written: correct what was refused, or leave it out with \
                                --skip-refused\n"
        ),
        "{said:?}"
    );
    assert_eq!(names(&folder).await, Vec::<String>::new());
    let said = import(&folder, &users, &["--skip-refused"]).await;
    assert_eq!(said.status, Some(1));
    assert!(said.out.ends_with("2 added, 1 refused; what was refused is left out\n"), "{said:?}");
    assert_eq!(names(&folder).await, ["ada", "carl"]);
}

/// The store writes parts of a long transaction to its log before the end. What is there when the command is killed is no
/// part of the store.
#[tokio::test(flavor = "multi_thread")]
async fn a_killed_import_writes_nothing() {
    let folder = folder();
    import(&folder, "# nobody\n", &["--format", "htpasswd"]).await;
    assert_eq!(names(&folder).await, Vec::<String>::new());
    let mut users = String::new();
    for number in 0..40_000 {
        let _ = writeln!(users, "user{number}:{BCRYPT}");
    }
    std::fs::write(folder.path("users"), users).unwrap();
    let log = folder.path("var/lib/portcullis/portcullis.db-wal");
    let mut process = Process::start(&["user", "import", "users"], &[], folder.dir());
    let size = || std::fs::metadata(&log).map_or(0, |data| data.len());
    eventually("the store's log grows", || async { size() > 1 << 20 }).await;
    process.kill().await;
    assert!(process.output().is_empty(), "the report comes after the end");
    assert_eq!(names(&folder).await, Vec::<String>::new());
}

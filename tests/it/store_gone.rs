//! The database is taken away, locked or full while the gateway runs: a clear page, never a way in, and 503 for every
//! session once a log-out could have been missed.

use std::path::{Path, PathBuf};
use std::time::Duration;

use sqlx::Connection as _;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};

use crate::gateway::{Gateway, GatewayProcess, Setup};
use crate::process::{BINARY, Process, command, finish, run, text};
use crate::response::{Response, expect_redirect};
use crate::visitor::{LOGIN, LOGOUT, Request, SESSION_COOKIE, VERIFY, Visitor, form};
use crate::wire::{eventually, within};

const READY: &str = "/portcullis/health/ready";
const LIVE: &str = "/portcullis/health/live";

/// Another program that has the database open.
pub async fn intruder(file: &Path) -> SqliteConnection {
    let options = SqliteConnectOptions::new().filename(file).busy_timeout(Duration::from_secs(20));
    within("opening the database", SqliteConnection::connect_with(&options)).await.expect("a database")
}

pub async fn does(database: &mut SqliteConnection, statement: &'static str) {
    within(statement, sqlx::query(statement).execute(database)).await.unwrap_or_else(|error| panic!("{error}"));
}

async fn status(visitor: &Visitor, target: &str) -> u16 {
    visitor.clone().get(target).await.status
}

/// A page of ours that says to try again, and no cookie of a session.
fn assert_unavailable(answer: &Response, what: &str) {
    assert_eq!(answer.status, 503, "{what}: {answer:?}");
    assert!(answer.header("retry-after").is_some(), "{what}: {answer:?}");
    assert!(answer.set_cookies().iter().all(|cookie| cookie.name != SESSION_COOKIE), "{what}: {answer:?}");
    assert!(answer.is_html() && !answer.text().contains("sqlite"), "{what}: no internals: {answer:?}");
}

/// Moves the database away, as a clumsy restore or clean-up does, with what SQLite keeps beside it.
fn move_away(file: &Path, ending: &str) -> Vec<(PathBuf, PathBuf)> {
    let mut moved = Vec::new();
    for beside in ["", "-wal", "-shm"] {
        let from = PathBuf::from(format!("{}{beside}", file.display()));
        let to = PathBuf::from(format!("{}{ending}{beside}", file.display()));
        if from.exists() {
            std::fs::rename(&from, &to).unwrap();
            moved.push((from, to));
        }
    }
    moved
}

fn move_back(moved: Vec<(PathBuf, PathBuf)>) {
    for (from, to) in moved {
        std::fs::rename(to, from).unwrap();
    }
}

/// As if `span` had passed for everything that waits, without waiting. The runtime of the test must have one thread.
pub async fn pass(span: Duration) {
    tokio::time::pause();
    tokio::time::advance(span).await;
    tokio::time::resume();
}

#[tokio::test]
async fn when_the_feed_cannot_be_read_sessions_work_for_the_grace_and_then_nobody_passes() {
    let gateway = Gateway::start().await;
    let (signed_in, stranger) = (gateway.ada().await, gateway.visitor());
    let forged = with_session(&stranger, &"A".repeat(99));
    assert_eq!(status(&stranger, READY).await, 200);
    let before = gateway.backend.count();
    let mut other = intruder(&gateway.path("portcullis.db")).await;
    does(&mut other, "ALTER TABLE feed RENAME TO gone").await;

    pass(Duration::from_secs(5)).await;
    assert_eq!((status(&stranger, READY).await, status(&stranger, LIVE).await), (503, 200));
    assert!(signed_in.is_in().await, "a live session is answered from memory");

    pass(Duration::from_secs(30)).await;
    let passed = gateway.backend.count();
    for request in [Request::get("/"), Request::get("/x?y").bare(), Request::post("/", &[("a", "b")])] {
        let answer = signed_in.clone().send(request.clone()).await;
        assert_eq!(answer.status, 503, "{request:?}: {answer:?}");
        assert!(answer.header("retry-after").is_some(), "{answer:?}");
    }
    assert_unavailable(&signed_in.clone().get("/portcullis/").await, "a page for those signed in");
    assert_eq!((status(&forged, "/").await, status(&stranger, "/").await), (302, 302));
    assert_eq!((status(&stranger, READY).await, status(&stranger, LIVE).await), (503, 200));
    assert_eq!(gateway.backend.count(), passed, "nothing reaches the site");
    assert_eq!(passed, before + 1, "the one request within the grace");

    does(&mut other, "ALTER TABLE gone RENAME TO feed").await;
    eventually("the gateway is ready again", || async { status(&stranger, READY).await == 200 }).await;
    assert!(signed_in.is_in().await, "the session was never over");
}

#[tokio::test]
async fn a_log_out_that_was_missed_meanwhile_counts_when_the_feed_is_back() {
    let gateway = Gateway::start().await;
    let visitor = gateway.ada().await;
    let mut other = intruder(&gateway.path("portcullis.db")).await;
    does(&mut other, "ALTER TABLE feed RENAME TO gone").await;
    pass(Duration::from_secs(31)).await;
    assert_eq!(status(&visitor, "/").await, 503);
    does(&mut other, "ALTER TABLE gone RENAME TO feed").await;
    let config = gateway.config_file();
    let output = run(&["session", "revoke", "ada", "--config", &config], &[], "").await;
    assert!(output.status.success(), "{}", text(&output));
    eventually("the gateway is ready again", || async { status(&visitor, READY).await == 200 }).await;
    eventually("the revocation counts", || async { !visitor.is_in().await }).await;
}

fn with_session(visitor: &Visitor, value: &str) -> Visitor {
    let mut visitor = visitor.clone();
    visitor.jar.insert(SESSION_COOKIE.to_owned(), value.to_owned());
    visitor
}

/// A login form and a code form, loaded while all was well.
async fn two_forms(gateway: &GatewayProcess) -> ((Visitor, Request), (Visitor, Request)) {
    let ada = gateway.account.clone();
    let mut stranger = gateway.visitor();
    let page = stranger.open("/").await;
    let typed = [("username", "ada"), ("password", ada.password.as_str())];
    let login = Request::post(LOGIN, &form(&page, LOGIN).filled(&typed));
    let (mut half, code) = gateway.half_signed_in(&ada).await;
    let page = half.get(VERIFY).await;
    let verify = Request::post(VERIFY, &form(&page, VERIFY).filled(&[("code", &code)]));
    ((stranger, login), (half, verify))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_was_moved_away_or_replaced_lets_nobody_in() {
    let gateway = GatewayProcess::start(Setup::default()).await;
    let bob = gateway.add_account("bob").await;
    let signed_in = gateway.signed_in(&bob).await;
    let file = gateway.path("portcullis.db");
    let moved = {
        let ((mut stranger, login), (mut half, verify)) = two_forms(&gateway).await;
        let moved = move_away(&file, ".away");
        assert_unavailable(&stranger.send(login).await, "a password");
        assert_unavailable(&half.send(verify).await, "a right code");
        assert!(!half.is_in().await && !stranger.is_in().await);
        moved
    };
    assert!(signed_in.is_in().await, "a live session is answered from memory");
    let stranger = gateway.visitor();
    eventually("the gateway is not ready", || async { status(&stranger, READY).await == 503 }).await;
    assert_eq!(status(&stranger, LIVE).await, 200);
    let url = format!("http://{}", gateway.listening.address());
    assert_eq!(run(&["health", "--url", &url], &[], "").await.status.code(), Some(1));

    // Somebody's command makes a new, empty database in the old one's place.
    let config = gateway.config_file();
    let add = ["user", "add", "dan", "--phone", "+15005550190", "--password-stdin", "--config", &config];
    let made = run(&add, &[], "nine quiet bridges\n").await;
    assert!(made.status.success() && file.exists(), "{}", text(&made));
    let answer = gateway.visitor().password("/", "bob", &bob.password).await;
    assert_eq!(answer.status, 503, "a file that took the place is not the store: {answer:?}");
    assert_eq!(status(&stranger, READY).await, 503);

    move_away(&file, ".other");
    move_back(moved);
    eventually("the gateway is ready again", || async { status(&stranger, READY).await == 200 }).await;
    assert!(signed_in.is_in().await);
    assert!(gateway.signed_in(&gateway.add_account("cyd").await).await.is_in().await, "people sign in again");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_another_program_keeps_locked_lets_nobody_in_and_nobody_out() {
    let gateway = GatewayProcess::start(Setup::default()).await;
    let bob = gateway.add_account("bob").await;
    let signed_in = gateway.signed_in(&bob).await;
    let ((mut stranger, login), (mut half, verify)) = two_forms(&gateway).await;
    let mut other = intruder(&gateway.path("portcullis.db")).await;
    does(&mut other, "BEGIN IMMEDIATE").await;
    let before = half.clone();
    let (password, code) = tokio::join!(stranger.send(login), half.send(verify.clone()));
    assert_unavailable(&password, "a password");
    assert_unavailable(&code, "a right code");
    assert!(signed_in.is_in().await, "a live session is answered from memory");
    does(&mut other, "ROLLBACK").await;
    let mut half = before;
    let answer = half.send(verify).await;
    let said = gateway.process.output();
    expect_redirect(&answer, "/", &format!("what could not be judged cost nothing: {said}"));
    assert!(half.is_in().await);
}

/// The gateway where writing over a size is an error and not a signal: for [`full`].
async fn with_files_that_can_be_limited(gateway: &mut GatewayProcess) {
    gateway.process.kill().await;
    let arguments = ["-c", "trap '' XFSZ; exec \"$0\" \"$@\"", BINARY, "serve", "--config", &gateway.config_file()];
    gateway.process = Process::spawn(command("sh", &arguments, &[]).current_dir(gateway.dir()));
    let address = gateway.process.listening().await;
    gateway.listening.moved_to(address);
}

/// From now on no file of the gateway grows or changes behind this many bytes: to SQLite, a full disk.
async fn full(gateway: &GatewayProcess, limit: &str) {
    let (process, limit) = (gateway.process.id().to_string(), format!("--fsize={limit}:unlimited"));
    let output = finish(&mut command("prlimit", &["--pid", &process, &limit], &[]), "").await;
    assert!(output.status.success(), "{}", text(&output));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_lets_nobody_in_and_live_sessions_work_on() {
    let mut gateway = GatewayProcess::start(Setup::default()).await;
    with_files_that_can_be_limited(&mut gateway).await;
    let bob = gateway.add_account("bob").await;
    let signed_in = gateway.signed_in(&bob).await;
    let ((mut stranger, login), (mut half, verify)) = two_forms(&gateway).await;
    full(&gateway, "1").await;
    assert_unavailable(&stranger.send(login).await, "a password");
    let before = half.clone();
    assert_unavailable(&half.send(verify.clone()).await, "a right code");
    assert!(!half.is_in().await && !stranger.is_in().await);
    assert!(signed_in.is_in().await, "a live session is answered from memory");
    assert_eq!(status(&gateway.visitor(), LIVE).await, 200);
    full(&gateway, "unlimited").await;
    let mut half = before;
    let answer = half.send(verify).await;
    let said = gateway.process.output();
    expect_redirect(&answer, "/", &format!("what could not be judged cost nothing: {said}"));
    assert!(half.is_in().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_out_with_a_full_disk_ends_the_session_at_once_and_is_saved_when_there_is_space() {
    let mut gateway = GatewayProcess::start(Setup::default()).await;
    with_files_that_can_be_limited(&mut gateway).await;
    let ada = gateway.account.clone();
    let mut leaving = gateway.signed_in(&ada).await;
    let (copy, page) = (leaving.clone(), leaving.get(LOGOUT).await);
    full(&gateway, "1").await;
    let answer = leaving.submit(&page, LOGOUT, &[]).await;
    assert_eq!((answer.status, answer.location()), (303, "/portcullis/login?out=unsaved"), "{answer:?}");
    let said = leaving.get("/portcullis/login?out=unsaved").await;
    assert!(said.words().contains("You are signed out, but the server could not save this yet."), "{said:?}");
    assert!(!copy.is_in().await && !leaving.is_in().await, "a copied cookie is dead at once");
    gateway.process.line_with("a log-out could not be written to the store").await;
    full(&gateway, "unlimited").await;
    let config = gateway.config_file();
    eventually("the store knows of it", || async {
        text(&run(&["session", "list", "ada", "--config", &config], &[], "").await) == "ada has no live sessions\n"
    })
    .await;
    gateway.crash().await;
    assert!(!copy.is_in().await, "nor does a restart bring it back");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_command_that_cannot_be_written_says_that_access_goes_on_and_what_to_do() {
    let gateway = GatewayProcess::start(Setup::default()).await;
    let ada = gateway.account.clone();
    let signed_in = gateway.signed_in(&ada).await;
    let config = gateway.config_file();
    for arguments in
        [&["user", "disable", "ada"][..], &["user", "remove", "ada", "--yes"], &["session", "revoke", "ada"]]
    {
        let limited = ["-c", "trap '' XFSZ; ulimit -f 0; exec \"$0\" \"$@\"", BINARY];
        let arguments = [&limited[..], arguments, &["--config", &config]].concat();
        let output = finish(&mut command("sh", &arguments, &[]), "").await;
        let said = text(&output);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}: {said}");
        let what = "nothing was changed, so access continues: free space for the store and try again, or stop the gateway, \
                    which lets nobody in";
        assert!(said.contains(what), "{arguments:?}: {said}");
    }
    assert!(signed_in.is_in().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn sessions_that_expire_while_the_database_is_locked_do_not_hold_up_the_change_feed() {
    let gateway = Gateway::start().await;
    let bob = gateway.add_account("bob").await;
    for _ in 0..3 {
        gateway.ada().await;
    }
    gateway.advance(3599);
    let stays = gateway.signed_in(&bob).await;
    let stranger = gateway.visitor();
    let mut other = intruder(&gateway.path("portcullis.db")).await;
    does(&mut other, "BEGIN IMMEDIATE").await;
    gateway.advance(2);
    // How long the lock is held, which is what is tried here: longer than the 3 s without the feed after which the
    // gateway is not ready, and than the 5 s that a write waits for the lock. SQLite waits by no clock that could be
    // moved by hand.
    for _ in 0..32 {
        tokio::time::sleep(Duration::from_millis(250)).await;
        assert_eq!(status(&stranger, READY).await, 200, "the feed is read while writing waits");
        assert!(stays.is_in().await);
    }
    does(&mut other, "ROLLBACK").await;
    let config = gateway.config_file();
    eventually("the sessions past their limit are ended in the store", || async {
        text(&run(&["session", "list", "ada", "--config", &config], &[], "").await) == "ada has no live sessions\n"
    })
    .await;
    let newest = gateway.store().await.newest_events(1).await.unwrap();
    assert_eq!(newest[0].name, "session.timed-out");
}

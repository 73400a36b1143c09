mod files;
mod statements;

use std::path::PathBuf;
use std::sync::Arc;

use sqlx::sqlite::{SqlitePool, SqlitePoolOptions};
use tempfile::TempDir;

use super::*;
use crate::domain::identifier::AccountId;
use crate::domain::method::CodeMethod;
use crate::keys::KeyRing;
use crate::platform::clock::Timestamp;
use crate::platform::random::Random;
use crate::store::StoredEvent;

struct Fixture {
    _folder: TempDir,
    file: PathBuf,
    keys: Arc<KeyRing>,
    store: Store,
}

async fn fixture() -> Fixture {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("portcullis.db");
    let keys = Arc::new(KeyRing::of_this_process(now(), &mut Random::system()).unwrap());
    let store = Store::open(&Settings { file: file.clone() }, &keys).await.unwrap();
    Fixture { _folder: folder, file, keys, store }
}

impl Fixture {
    /// Opens the file again, as the next process does.
    async fn open(&self) -> Result<Store, StoreError> {
        Store::open(&Settings { file: self.file.clone() }, &self.keys).await
    }

    /// A separate connection, like an operator's `sqlite3` shell.
    async fn beside(&self) -> SqlitePool {
        let one = SqlitePoolOptions::new().max_connections(1);
        one.connect(&format!("sqlite://{}", self.file.display())).await.unwrap()
    }

    async fn damage(&self, statement: &'static str) {
        let pool = self.beside().await;
        sqlx::raw_sql("PRAGMA ignore_check_constraints = ON").execute(&pool).await.unwrap();
        sqlx::raw_sql(statement).execute(&pool).await.unwrap();
        pool.close().await;
    }
}

/// The column named by the error for an unreadable row.
fn corrupt<T: std::fmt::Debug>(found: Result<T, StoreError>) -> String {
    match found {
        Err(StoreError::Corrupt(column)) => column,
        other => panic!("{other:?}"),
    }
}

fn now() -> Timestamp {
    Timestamp::from_millis(1_800_000_000_000)
}

fn event(name: &str) -> StoredEvent {
    StoredEvent { at: now(), name: name.into(), account: None, client: None, request: None, details: "{}".into() }
}

fn account() -> Account {
    Account {
        id: AccountId::from_bytes([7; 16]),
        username: "ada".parse().unwrap(),
        name: None,
        email: Some("ada@example.com".parse().unwrap()),
        phone: Some("+15005550074".parse().unwrap()),
        groups: vec!["staff".parse().unwrap()],
        code_email: None,
        default_method: CodeMethod::Sms,
        password: None,
        status: AccountStatus::Active,
        created_at: now(),
    }
}

#[tokio::test]
async fn a_damaged_account_is_an_error_and_never_an_active_one() {
    let fixture = fixture().await;
    fixture.store.insert_account(&account(), &event("account.added")).await.unwrap();
    for (damage, column) in [
        ("UPDATE accounts SET status = 'superuser'", "status"),
        ("UPDATE accounts SET status = 'active', phone = '0'", "phone"),
        ("UPDATE accounts SET phone = NULL, groups = '{}'", "groups"),
        ("UPDATE accounts SET groups = '[\"a,b\"]'", "groups"),
        ("UPDATE accounts SET groups = '[]', default_method = 'none'", "default_method"),
        ("UPDATE accounts SET default_method = 'sms', username = ''", "username"),
        ("UPDATE accounts SET username = 'ada', email = 'nobody'", "email"),
    ] {
        fixture.damage(damage).await;
        assert_eq!(corrupt(fixture.store.account(account().id).await), column, "{damage}");
    }
}

#[tokio::test]
async fn a_damaged_session_is_an_error_and_never_a_surer_one() {
    let fixture = fixture().await;
    fixture.store.insert_account(&account(), &event("account.added")).await.unwrap();
    fixture
        .damage(
            "INSERT INTO sessions SELECT zeroblob(16), id, 9, NULL, 1, 1, 1, 1, '', NULL, NULL FROM accounts;
             INSERT INTO sessions SELECT randomblob(16), id, 2, 'voice', 2, 1, 1, 1, '', NULL, NULL FROM accounts",
        )
        .await;
    let one = crate::domain::identifier::SessionId::from_bytes([0; 16]);
    assert_eq!(corrupt(fixture.store.session(one).await), "assurance");
    assert_eq!(corrupt(fixture.store.sessions_of(account().id).await), "method");
}

#[tokio::test]
async fn a_transaction_that_is_dropped_leaves_nothing_and_the_next_one_works() {
    let fixture = fixture().await;
    let mut transaction = fixture.store.write().await.unwrap();
    super::event::append(&mut transaction, &event("lost")).await.unwrap();
    drop(transaction);
    assert!(fixture.store.newest_events(10).await.unwrap().is_empty());
    fixture.store.append_event(&event("kept")).await.unwrap();
    assert_eq!(fixture.store.newest_events(10).await.unwrap(), [event("kept")]);
}

#[tokio::test]
async fn a_request_that_is_cancelled_at_any_step_leaves_nothing() {
    let fixture = fixture().await;
    // Each time it is given up later, until it is too late.
    for polls in 0.. {
        let (account, event) = (account(), event("account.added"));
        let mut insert = Box::pin(fixture.store.insert_account(&account, &event));
        let mut done = false;
        for _ in 0..polls {
            if tokio::time::timeout(std::time::Duration::from_micros(200), &mut insert).await.is_ok() {
                done = true;
                break;
            }
        }
        drop(insert);
        // Waits until the one writing connection has finished what was begun.
        drop(fixture.store.write().await.unwrap());
        let events = fixture.store.newest_events(1).await.unwrap().len();
        let accounts = fixture.store.accounts().await.unwrap().len();
        let names = fixture.store.find_account(&crate::domain::username::LoginName::new("ada")).await.unwrap();
        assert_eq!((accounts, names.is_some()), (events, events == 1), "after {polls} polls, done: {done}");
        if events == 1 {
            break;
        }
    }
}

#[tokio::test]
async fn the_audit_trail_refuses_changes_and_deletion() {
    let fixture = fixture().await;
    fixture.store.append_event(&event("kept")).await.unwrap();
    let beside = fixture.beside().await;
    for statement in ["UPDATE events SET name = 'other'", "DELETE FROM events"] {
        let refused = sqlx::raw_sql(statement).execute(&beside).await.unwrap_err();
        assert!(refused.to_string().contains("append-only"), "{refused}");
    }
    assert_eq!(fixture.store.newest_events(10).await.unwrap(), [event("kept")]);
}

#[tokio::test]
async fn a_reading_connection_cannot_write() {
    let fixture = fixture().await;
    let refused = sqlx::query("DELETE FROM accounts").execute(fixture.store.reading()).await.unwrap_err();
    assert!(refused.to_string().contains("readonly"), "{refused}");
}

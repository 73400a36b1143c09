use std::path::PathBuf;

use sqlx::sqlite::{SqlitePool, SqlitePoolOptions};
use tempfile::TempDir;

use super::*;
use crate::domain::identifier::AccountId;
use crate::domain::method::CodeMethod;
use crate::platform::clock::Timestamp;
use crate::store::StoredEvent;

struct Handler {
    _folder: TempDir,
    file: PathBuf,
    store: Store,
}

async fn house() -> Handler {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("portcullis.db");
    let store = Store::open(&Settings { file: file.clone() }).await.unwrap();
    Handler { _folder: folder, file, store }
}

impl Handler {
    /// A connection beside the store's own, as an operator with the `sqlite3` shell has it.
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
        default_method: CodeMethod::Sms,
        password: None,
        status: AccountStatus::Active,
        created_at: now(),
    }
}

#[tokio::test]
async fn a_damaged_account_is_an_error_and_never_an_active_one() {
    let house = house().await;
    house.store.insert_account(&account(), &event("account.added")).await.unwrap();
    for (damage, column) in [
        ("UPDATE accounts SET status = 'superuser'", "status"),
        ("UPDATE accounts SET status = 'active', phone = '0'", "phone"),
        ("UPDATE accounts SET phone = NULL, groups = '{}'", "groups"),
        ("UPDATE accounts SET groups = '[\"a,b\"]'", "groups"),
        ("UPDATE accounts SET groups = '[]', default_method = 'none'", "default_method"),
        ("UPDATE accounts SET default_method = 'sms', username = ''", "username"),
        ("UPDATE accounts SET username = 'ada', email = 'nobody'", "email"),
    ] {
        house.damage(damage).await;
        let found = house.store.account(account().id).await;
        assert!(matches!(&found, Err(StoreError::Corrupt(named)) if *named == column), "{damage}: {found:?}");
    }
}

#[tokio::test]
async fn a_damaged_session_is_an_error_and_never_a_surer_one() {
    let house = house().await;
    house.store.insert_account(&account(), &event("account.added")).await.unwrap();
    house
        .damage(
            "INSERT INTO sessions SELECT zeroblob(16), id, 9, NULL, 1, 1, 1, 1, '', NULL FROM accounts;
             INSERT INTO sessions SELECT randomblob(16), id, 2, 'voice', 1, 1, 1, 1, '', NULL FROM accounts",
        )
        .await;
    let one = crate::domain::identifier::SessionId::from_bytes([0; 16]);
    assert!(matches!(house.store.session(one).await, Err(StoreError::Corrupt("assurance"))));
    assert!(matches!(house.store.sessions_of(account().id).await, Err(StoreError::Corrupt(_))));
}

#[tokio::test]
async fn a_transaction_that_is_dropped_leaves_nothing_and_the_next_one_works() {
    let house = house().await;
    let mut transaction = house.store.write().await.unwrap();
    super::event::append(&mut transaction, &event("lost")).await.unwrap();
    drop(transaction);
    assert!(house.store.newest_events(10).await.unwrap().is_empty());
    house.store.append_event(&event("kept")).await.unwrap();
    assert_eq!(house.store.newest_events(10).await.unwrap(), [event("kept")]);
}

#[tokio::test]
async fn a_request_that_is_cancelled_at_any_step_leaves_nothing() {
    let house = house().await;
    for polls in 0..40 {
        let (account, event) = (account(), event("account.added"));
        let mut insert = Box::pin(house.store.insert_account(&account, &event));
        let mut done = false;
        for _ in 0..polls {
            if tokio::time::timeout(std::time::Duration::from_micros(200), &mut insert).await.is_ok() {
                done = true;
                break;
            }
        }
        drop(insert);
        // Waits until the one writing connection is done with what was begun.
        drop(house.store.write().await.unwrap());
        let events = house.store.newest_events(1).await.unwrap().len();
        let accounts = house.store.accounts().await.unwrap().len();
        let names = house.store.find_account(&crate::domain::username::LoginName::new("ada")).await.unwrap();
        assert_eq!((accounts, names.is_some()), (events, events == 1), "after {polls} polls, done: {done}");
        if events == 1 {
            break;
        }
    }
}

#[tokio::test]
async fn the_audit_trail_refuses_changes_and_deletion() {
    let house = house().await;
    house.store.append_event(&event("kept")).await.unwrap();
    let beside = house.beside().await;
    for statement in ["UPDATE events SET name = 'other'", "DELETE FROM events"] {
        let refused = sqlx::raw_sql(statement).execute(&beside).await.unwrap_err();
        assert!(refused.to_string().contains("append-only"), "{refused}");
    }
    assert_eq!(house.store.newest_events(10).await.unwrap(), [event("kept")]);
}

#[tokio::test]
async fn a_reading_connection_cannot_write() {
    let house = house().await;
    let refused = sqlx::query("DELETE FROM accounts").execute(house.store.reading()).await.unwrap_err();
    assert!(refused.to_string().contains("readonly"), "{refused}");
}

#[tokio::test]
async fn tables_of_a_newer_version_are_refused_with_what_to_do() {
    let house = house().await;
    house.store.close().await;
    house.damage("PRAGMA user_version = 1000").await;
    let refused = Store::open(&Settings { file: house.file.clone() }).await.err().unwrap().to_string();
    assert!(refused.contains("newer Portcullis") && refused.contains("1000"), "{refused}");
}

#[tokio::test]
async fn a_database_of_another_program_is_refused_and_left_alone() {
    let house = house().await;
    house.store.close().await;
    house.damage("PRAGMA application_id = 7").await;
    let refused = Store::open(&Settings { file: house.file.clone() }).await.err().unwrap().to_string();
    assert!(refused.contains("another program"), "{refused}");
    let foreign = house.file.with_file_name("foreign.db");
    std::fs::write(&foreign, "this is a letter, not a database, and long enough to be read as one".repeat(20)).unwrap();
    std::fs::set_permissions(&foreign, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
    assert!(Store::open(&Settings { file: foreign }).await.is_err());
}

#[tokio::test]
async fn every_question_of_the_hot_tables_uses_an_index() {
    let house = house().await;
    let beside = house.beside().await;
    for statement in [
        "SELECT * FROM account_names WHERE name = 'x'",
        "SELECT * FROM sessions WHERE account = x'00'",
        "SELECT * FROM challenges WHERE sign_in = x'00'",
        "SELECT count(*) FROM failures WHERE key = 'x' AND at > 1",
        "SELECT count(*) FROM sends WHERE key = 'x' AND span = 1 AND at > 1",
        "SELECT seq FROM feed WHERE seq > 1 ORDER BY seq",
        "DELETE FROM failures WHERE forget_at <= 1 AND held_until <= 1",
        "DELETE FROM sends WHERE forget_at <= 1",
        "DELETE FROM sessions WHERE expires_at <= 1",
        "DELETE FROM sign_ins WHERE expires_at <= 1",
        "DELETE FROM events WHERE at < 1",
    ] {
        let plan = sqlx::query(sqlx::AssertSqlSafe(format!("EXPLAIN QUERY PLAN {statement}")));
        for step in plan.fetch_all(&beside).await.unwrap() {
            let step: String = sqlx::Row::get(&step, "detail");
            assert!(step.starts_with("SEARCH"), "{statement}: {step}");
        }
    }
}

#[tokio::test]
async fn counters_that_named_somebody_are_gone_after_the_update() {
    let house = house().await;
    house.store.close().await;
    let pool = house.beside().await;
    let before = "INSERT INTO sends VALUES ('to:+15005550074:10m', 1, 1, 1, 1), ('range:1500555', 1, 1, 1, 1),
                      ('all:day', 1, 1, 1, 1);
                  INSERT INTO failures VALUES ('network:192.0.2.1', 1, 1, 1, 1, 1), ('account:07:password', 1, 1, 1, 1, 1);
                  ALTER TABLE challenges ADD COLUMN spent_at INTEGER;
                  PRAGMA user_version = 2;";
    sqlx::raw_sql(before).execute(&pool).await.unwrap();
    Store::open(&Settings { file: house.file.clone() }).await.unwrap().close().await;
    let keys = sqlx::query_scalar("SELECT key FROM sends UNION ALL SELECT key FROM failures ORDER BY key");
    let keys: Vec<String> = keys.fetch_all(&pool).await.unwrap();
    assert_eq!(keys, ["account:07:password", "all:day"]);
    pool.close().await;
}

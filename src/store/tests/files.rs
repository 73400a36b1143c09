//! Files of earlier versions, of newer versions and of other programs.

use super::*;
use crate::domain::identifier::{DeviceId, SessionId, SignInId};
use crate::domain::username::LoginName;
use crate::store::schema::STEPS;

/// One row for each table, as the first version wrote it.
const ROWS: &str = "
    INSERT INTO accounts (id, username, name, email, phone, groups, default_method, password, status, created_at)
        VALUES
        (x'07070707070707070707070707070707', 'ada', 'Ada', 'ada@example.com', '+15005550074', '[\"staff\"]', 'sms',
         '$argon2id$hash', 'active', 1);
    INSERT INTO account_names VALUES
        ('ada', x'07070707070707070707070707070707', 'username'),
        ('ada@example.com', x'07070707070707070707070707070707', 'email'),
        ('countess@example.com', x'07070707070707070707070707070707', 'alias');
    INSERT INTO sign_ins (id, account, return_to, created_at, expires_at) VALUES
        (x'01010101010101010101010101010101', x'07070707070707070707070707070707', 'https://a.test/', 1, 1900000000000);
    INSERT INTO challenges (id, sign_in, method, provider, proof, reference, guesses, most, expires_at, next_send_at) VALUES
        (x'02020202020202020202020202020202', x'01010101010101010101010101010101', 'sms', 'cpaas', 'remote', 'abc', 3, 5,
         1900000000000, 7);
    INSERT INTO sessions (id, account, assurance, method, created_at, authenticated_at, last_used_at, expires_at, client)
        VALUES (x'03030303030303030303030303030303', x'07070707070707070707070707070707', 2, 'sms', 1, 2, 3, 1900000000000,
                '192.0.2.0/24');
    INSERT INTO devices (account, id, last_used_at) VALUES (x'07070707070707070707070707070707', x'04040404040404040404040404040404', 5);
    INSERT INTO failures VALUES ('account:07:password', 1, 1, 1, 1, NULL);
    INSERT INTO sends VALUES ('all:day', 1, 1, 1, 1);
    INSERT INTO feed (seq, at, kind, subject) VALUES (40, 1, 'account-changed', x'07070707070707070707070707070707');
    DELETE FROM feed WHERE seq = 40;
    INSERT INTO feed (at, kind, subject) VALUES (2, 'sessions-ended', x'07070707070707070707070707070707');
    INSERT INTO events (at, name, details) VALUES (1, 'account.added', '{}');
    UPDATE bookkeeping SET value = 39 WHERE name = 'feed-swept';";

#[tokio::test]
async fn a_file_of_every_earlier_version_is_carried_over_without_loss() {
    for version in 1..=STEPS.len() {
        let fixture = fixture().await;
        fixture.store.close().await;
        std::fs::write(&fixture.file, "").unwrap();
        let pool = fixture.beside().await;
        for step in STEPS.iter().copied().take(version) {
            sqlx::raw_sql(step).execute(&pool).await.unwrap();
        }
        sqlx::raw_sql(ROWS).execute(&pool).await.unwrap();
        pool.close().await;

        // Two processes start at once, and the tables are updated once.
        let (store, second) = tokio::join!(fixture.open(), fixture.open());
        second.unwrap().close().await;
        let store = store.unwrap();
        let ada = store.find_account(&LoginName::new("countess@example.com")).await.unwrap().unwrap();
        assert_eq!((ada.id, ada.username.as_str(), ada.groups.len()), (account().id, "ada", 1), "{version}");
        assert_eq!(ada.password.unwrap().as_str(), "$argon2id$hash");
        let sign_in = store.sign_in(SignInId::from_bytes([1; 16]), now()).await.unwrap().unwrap();
        let challenge = sign_in.challenge.unwrap();
        assert_eq!((challenge.guesses, challenge.proof), (3, Proof::Remote("abc".to_owned())), "{version}");
        assert_eq!((sign_in.nonce, sign_in.session), (None, None), "{version}");
        let session = store.session(SessionId::from_bytes([3; 16])).await.unwrap().unwrap();
        assert_eq!((session.client.as_str(), session.home, session.device), ("192.0.2.0/24", None, None), "{version}");
        let device = DeviceId::from_bytes([4; 16]);
        assert!(store.knows_device(ada.id, device).await.unwrap(), "{version}");
        let since = Timestamp::from_millis(0);
        let remembered = store.remembered_browsers(ada.id, Some(device), since).await.unwrap();
        assert_eq!(remembered, RememberedBrowsers::default(), "{version}: nobody asked for it");
        assert_eq!(store.feed_since(40).await.unwrap().unwrap(), [(41, Change::SessionsEnded(ada.id))], "{version}");
        assert_eq!(store.feed_since(38).await.unwrap(), None, "{version}");
        assert_eq!(store.newest_events(9).await.unwrap().len(), 1, "{version}");
        store.close().await;
        let pool = fixture.beside().await;
        let kept =
            sqlx::query_scalar::<_, String>("SELECT key FROM sends UNION ALL SELECT key FROM failures ORDER BY key");
        assert_eq!(kept.fetch_all(&pool).await.unwrap(), ["account:07:password", "all:day"], "{version}");
        let taken: i64 = sqlx::query_scalar("PRAGMA user_version").fetch_one(&pool).await.unwrap();
        assert_eq!(usize::try_from(taken), Ok(STEPS.len()));
    }
}

#[tokio::test]
async fn tables_of_a_newer_version_are_refused_with_what_to_do() {
    let fixture = fixture().await;
    fixture.store.close().await;
    fixture.damage("PRAGMA user_version = 1000").await;
    let refused = fixture.open().await.err().unwrap().to_string();
    let expected = format!(
        "{} was written by a newer Portcullis (tables of version 1000, this one knows {}); install that version again, \
         or restore a copy made before it",
        fixture.file.display(),
        STEPS.len()
    );
    assert_eq!(refused, expected);
}

#[tokio::test]
async fn a_database_of_another_program_is_refused_and_left_alone() {
    let fixture = fixture().await;
    fixture.store.close().await;
    fixture.damage("PRAGMA application_id = 7").await;
    let refused = fixture.open().await.err().unwrap().to_string();
    let file = fixture.file.display();
    assert_eq!(refused, format!("{file} is a database of another program; name another file in store.url"));
    let foreign = fixture.file.with_file_name("foreign.db");
    std::fs::write(&foreign, "this is a letter, not a database, and long enough to be read as one".repeat(20)).unwrap();
    std::fs::set_permissions(&foreign, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
    assert!(Store::open(&Settings { file: foreign }, &fixture.keys).await.is_err());
}

#[tokio::test]
async fn events_from_before_the_chain_are_counted_and_the_chain_begins_behind_them() {
    let fixture = fixture().await;
    fixture.store.close().await;
    std::fs::write(&fixture.file, "").unwrap();
    let pool = fixture.beside().await;
    for step in STEPS.iter().copied().take(8) {
        sqlx::raw_sql(step).execute(&pool).await.unwrap();
    }
    let before = "INSERT INTO events (id, at, name, details) VALUES (7, 1, 'account.added', '{}'),
                      (9, 2, 'account.disabled', '{}')";
    sqlx::raw_sql(before).execute(&pool).await.unwrap();
    let store = fixture.open().await.unwrap();
    let report = store.verify_trail(None).await.unwrap();
    assert_eq!((report.unchained, report.fitting, report.broken), (2, 0, None));
    store.append_event(&event("session.ended")).await.unwrap();
    let report = store.verify_trail(None).await.unwrap();
    assert_eq!((report.unchained, report.fitting, report.head.event), (2, 1, 10));
    // The old ones go for their age, and the chain begins where it began.
    store.sweep(Timestamp::from_millis(3).plus(std::time::Duration::from_hours(24 * 90))).await.unwrap();
    let report = store.verify_trail(None).await.unwrap();
    assert_eq!((report.unchained, report.fitting, report.broken), (0, 1, None));
    pool.close().await;
}

#[tokio::test]
async fn counters_that_named_somebody_are_gone_after_the_update() {
    let fixture = fixture().await;
    fixture.store.close().await;
    std::fs::write(&fixture.file, "").unwrap();
    let pool = fixture.beside().await;
    for step in STEPS.iter().copied().take(2) {
        sqlx::raw_sql(step).execute(&pool).await.unwrap();
    }
    let before = "INSERT INTO sends VALUES ('to:+15005550074:10m', 1, 1, 1, 1), ('range:1500555', 1, 1, 1, 1),
                      ('all:day', 1, 1, 1, 1);
                  INSERT INTO failures VALUES ('network:192.0.2.1', 1, 1, 1, 1, 1), ('account:07:password', 1, 1, 1, 1, 1);";
    sqlx::raw_sql(before).execute(&pool).await.unwrap();
    fixture.open().await.unwrap().close().await;
    let keys = sqlx::query_scalar("SELECT key FROM sends UNION ALL SELECT key FROM failures ORDER BY key");
    let keys: Vec<String> = keys.fetch_all(&pool).await.unwrap();
    assert_eq!(keys, ["account:07:password", "all:day"]);
    pool.close().await;
}

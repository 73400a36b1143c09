//! The database file itself.

use super::*;

#[tokio::test]
async fn what_was_stored_is_there_after_closing_and_opening_again() {
    let fixture = Fixture::build().await;
    let ada = fixture.account("ada").await;
    let session = fixture.session(&ada).await;
    let (sign_in, _) = fixture.challenged(&ada).await;
    fixture.store.claim_guess(sign_in, 5, now()).await.unwrap();
    fixture.store.count_failure("key", &ACCOUNT, now()).await.unwrap();
    let head = fixture.store.feed_head().await.unwrap();
    fixture.store.close().await;
    assert!(fixture.store.accounts().await.is_err(), "a closed store answers nothing");
    let store = fixture.second().await;
    assert!(store.session(session).await.unwrap().is_some());
    assert_eq!(store.sign_in(sign_in, now()).await.unwrap().unwrap().challenge.unwrap().guesses, 1);
    assert_eq!(store.count_failure("key", &ACCOUNT, now()).await.unwrap(), Counted::Allowed { failures: 2 });
    assert_eq!(store.feed_head().await.unwrap(), head);
    assert_eq!(store.find_account(&LoginName::new("ada")).await.unwrap().unwrap().id, ada.id);
}

#[tokio::test]
async fn the_file_and_everything_beside_it_are_for_the_owner_only() {
    let fixture = Fixture::build().await;
    fixture.account("ada").await;
    for ending in ["", "-wal", "-shm"] {
        let mode = std::fs::metadata(fixture.file(ending)).unwrap().permissions().mode();
        assert_eq!(mode & 0o7777, 0o600, "{ending}");
    }
    fixture.store.close().await;
    assert!(!fixture.file("-wal").exists(), "everything is in the one file");
}

#[tokio::test]
async fn a_link_or_a_file_that_others_can_read_is_refused_with_what_to_do() {
    let fixture = Fixture::build().await;
    fixture.store.close().await;
    let refusal = async |file: PathBuf| match Store::open(&Settings { file }, &fixture.keys).await {
        Err(StoreError::File(text)) => text,
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("opened"),
    };
    let link = fixture.folder.path().join("link.db");
    symlink(fixture.file(""), &link).unwrap();
    assert!(refusal(link).await.contains("symbolic link"));
    std::fs::set_permissions(fixture.file(""), PermissionsExt::from_mode(0o644)).unwrap();
    assert!(refusal(fixture.file("")).await.contains("chmod 600"));
    std::fs::set_permissions(fixture.file(""), PermissionsExt::from_mode(0o600)).unwrap();
    std::fs::hard_link(fixture.file(""), fixture.folder.path().join("second.db")).unwrap();
    assert!(refusal(fixture.file("")).await.contains("hard link"));
    assert!(refusal(fixture.folder.path().to_owned()).await.contains("not a regular file"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn ten_processes_that_start_at_once_on_no_file_all_start() {
    for _ in 0..5 {
        let folder = tempfile::tempdir().unwrap();
        let settings = Settings { file: folder.path().join("portcullis.db") };
        let keys = keys(&folder);
        let opens = (0..10).map(|_| {
            let (settings, keys) = (settings.clone(), Arc::clone(&keys));
            tokio::spawn(async move { Store::open(&settings, &keys).await })
        });
        for open in opens.collect::<Vec<_>>() {
            let store = open.await.unwrap().unwrap();
            assert!(store.accounts().await.unwrap().is_empty());
        }
    }
}

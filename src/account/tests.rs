use std::sync::Arc;

use secrecy::SecretString;
use tempfile::TempDir;

use super::*;
use crate::account::token::LONGEST_TOKEN_LIFE;
use crate::domain::factor_kind::FactorKind;
use crate::domain::username::LoginName;
use crate::factor::{TotpAlgorithm, TotpImporter, TotpSecret};
use crate::keys::{self, KeyRing};
use crate::password::{PasswordPolicy, Settings as PasswordSettings, SubmittedPassword, Verdict};
use crate::platform::clock::{HandClock, Timestamp};
use crate::platform::random::Random;
use crate::store::{AccountStatus, Counted, CounterRule, FactorOwner, Settings};

struct Fixture {
    _folder: TempDir,
    store: Store,
    accounts: Accounts,
}

async fn fixture() -> Fixture {
    let folder = tempfile::tempdir().unwrap();
    let keys = Arc::new(KeyRing::of_this_process(Timestamp::from_millis(0), &mut Random::system()).unwrap());
    let store = Store::open(&Settings { file: folder.path().join("portcullis.db") }, &keys).await.unwrap();
    let passwords = Arc::new(
        Passwords::start(
            &PasswordSettings { threads: 1, queue: 4, policy: PasswordPolicy::default(), service: Vec::new() },
            &mut Random::system(),
        )
        .unwrap(),
    );
    let clock = HandClock::starting_at(Timestamp::from_millis(1_800_000_000_000)).clock();
    Fixture { _folder: folder, store: store.clone(), accounts: Accounts::new(store, passwords, clock) }
}

impl Fixture {
    async fn add(&self, new: NewAccount, password: &str) -> Result<crate::store::Account, AccountError> {
        self.accounts.add(new, &secret(password), &mut Random::system()).await
    }

    async fn ensure(&self, person: &Person) -> Result<crate::store::Account, AccountError> {
        self.accounts.ensure_person(person, &mut Random::system()).await
    }

    async fn opens(&self, name: &str, password: &str) -> bool {
        let stored = self.store.find_account(&LoginName::new(name)).await.unwrap().and_then(|found| found.password);
        let slot = self.accounts.passwords.reserve().unwrap();
        self.accounts.passwords.verify(slot, SubmittedPassword::new(password), stored).await.unwrap() == Verdict::Right
    }

    /// The names of the events, newest last.
    async fn events(&self) -> Vec<String> {
        let events = self.store.newest_events(100).await.unwrap();
        events.into_iter().rev().map(|event| event.name).collect()
    }
}

fn secret(text: &str) -> SecretString {
    SecretString::from(text)
}

fn ada() -> NewAccount {
    NewAccount {
        username: "ada".parse().unwrap(),
        name: None,
        email: Some("ada@example.com".parse().unwrap()),
        phone: Some("+15005550074".parse().unwrap()),
        groups: vec!["staff".parse().unwrap(), "admins".parse().unwrap(), "staff".parse().unwrap()],
        code_email: None,
        default_method: None,
    }
}

fn person() -> Person {
    Person {
        sign_in: "grace@example.com".parse().unwrap(),
        password: secret("a quiet phrase"),
        phone: "+15005550001".parse().unwrap(),
        destination_email: None,
    }
}

#[tokio::test]
async fn a_new_account_signs_in_with_its_password_and_every_change_is_told() {
    let fixture = fixture().await;
    let added = fixture.add(ada(), "a quiet phrase").await.unwrap();
    assert_eq!(added.default_method, CodeMethod::Sms);
    assert_eq!(added.groups.iter().map(ToString::to_string).collect::<Vec<_>>(), ["admins", "staff"]);
    assert!(fixture.opens("ada@example.com", "a quiet phrase").await);
    let name = LoginName::new("Ada@example.com");
    assert_eq!(fixture.accounts.disable(&name).await.unwrap().status, AccountStatus::Disabled);
    assert_eq!(fixture.accounts.enable(&name).await.unwrap().status, AccountStatus::Active);
    fixture.accounts.change_password(&name, &secret("another quiet phrase")).await.unwrap();
    assert!(fixture.opens("ada", "another quiet phrase").await && !fixture.opens("ada", "a quiet phrase").await);
    fixture.accounts.restore(&name).await.unwrap();
    fixture.accounts.remove(&name).await.unwrap();
    assert!(matches!(fixture.accounts.show(&name).await, Err(AccountError::Unknown)));
    let told = ["added", "disabled", "restored", "enabled", "password-changed", "restored", "removed"];
    assert_eq!(fixture.events().await, told.map(|what| format!("account.{what}")));
    let trail = fixture.store.newest_events(100).await.unwrap();
    assert!(trail.iter().all(|event| event.account == Some(added.id) && event.details == r#"{"username":"ada"}"#));
}

#[tokio::test]
async fn an_account_without_a_way_to_send_codes_is_refused() {
    let fixture = fixture().await;
    let bare = NewAccount { email: None, phone: None, ..ada() };
    assert!(matches!(fixture.add(bare, "a quiet phrase").await, Err(AccountError::NoWay)));
    let no_number = NewAccount { phone: None, default_method: Some(CodeMethod::Sms), ..ada() };
    let refused = fixture.add(no_number.clone(), "a quiet phrase").await.unwrap_err();
    assert_eq!(refused.to_string(), "codes by sms need a telephone number");
    let mail = NewAccount { default_method: None, ..no_number };
    assert_eq!(fixture.add(mail, "a quiet phrase").await.unwrap().default_method, CodeMethod::Email);
}

#[tokio::test]
async fn a_weak_password_or_a_taken_name_leaves_nothing() {
    let fixture = fixture().await;
    for weak in ["short", "password", "ada@example.com", "15005550074"] {
        assert!(matches!(fixture.add(ada(), weak).await, Err(AccountError::Weak(_))), "{weak}");
    }
    assert!(fixture.accounts.list().await.unwrap().is_empty());
    fixture.add(ada(), "a quiet phrase").await.unwrap();
    let refused = fixture.add(ada(), "a quiet phrase").await.unwrap_err();
    assert_eq!(refused.to_string(), "the user name is taken by another account (`portcullis user list` shows all)");
    let name = LoginName::new("ada");
    assert!(fixture.accounts.change_password(&name, &secret("password")).await.is_err());
    assert!(fixture.opens("ada", "a quiet phrase").await);
    assert_eq!(fixture.events().await, ["account.added"]);
}

#[tokio::test]
async fn restoring_opens_a_closed_factor_of_this_account_only() {
    let fixture = fixture().await;
    let account = fixture.add(ada(), "a quiet phrase").await.unwrap();
    let rule = CounterRule {
        free: 1,
        first_wait: std::time::Duration::ZERO,
        longest_wait: std::time::Duration::ZERO,
        window: None,
        limit: Some(1),
    };
    let now = fixture.accounts.clock.now();
    let keys = [format!("account:{}:sms", account.id.to_hex()), "account:0:sms".to_owned()];
    for key in &keys {
        fixture.store.count_failure(key, &rule, now).await.unwrap();
        assert_eq!(fixture.store.count_failure(key, &rule, now).await.unwrap(), Counted::Closed);
    }
    fixture.accounts.restore(&LoginName::new("ada")).await.unwrap();
    assert_eq!(fixture.store.count_failure(&keys[0], &rule, now).await.unwrap(), Counted::Allowed { failures: 1 });
    assert_eq!(fixture.store.count_failure(&keys[1], &rule, now).await.unwrap(), Counted::Closed);
}

#[tokio::test]
async fn the_one_person_is_added_once_and_an_unchanged_start_changes_nothing() {
    let fixture = fixture().await;
    let first = fixture.ensure(&person()).await.unwrap();
    assert_eq!(first.username.as_str(), "grace");
    assert_eq!(first.phone.as_ref().unwrap().as_str(), "+15005550001");
    let head = fixture.store.feed_head().await.unwrap();
    let second = fixture.ensure(&person()).await.unwrap();
    assert_eq!((second.id, second.password.unwrap().as_str()), (first.id, first.password.unwrap().as_str()));
    assert_eq!(fixture.store.feed_head().await.unwrap(), head);
    assert_eq!(fixture.events().await, ["account.added"]);
    assert!(fixture.opens("grace@example.com", "a quiet phrase").await);
}

#[tokio::test]
async fn a_changed_environment_changes_the_person_and_a_new_password_ends_sessions() {
    let fixture = fixture().await;
    let first = fixture.ensure(&person()).await.unwrap();
    let moved = Person {
        phone: "+15005550002".parse().unwrap(),
        destination_email: Some("codes@example.com".parse().unwrap()),
        ..person()
    };
    let second = fixture.ensure(&moved).await.unwrap();
    assert_eq!(second.id, first.id);
    assert_eq!(second.email.unwrap().as_str(), "grace@example.com");
    assert_eq!(second.code_email.unwrap().as_str(), "codes@example.com");
    assert_eq!(second.phone.unwrap().as_str(), "+15005550002");
    fixture.ensure(&moved).await.unwrap();
    fixture.ensure(&Person { password: secret("another quiet phrase"), ..moved.clone() }).await.unwrap();
    for (name, opens) in [("grace", true), ("grace@example.com", true), ("codes@example.com", false)] {
        assert_eq!(fixture.opens(name, "another quiet phrase").await, opens, "{name}");
    }
    assert_eq!(fixture.events().await, ["account.added", "account.changed", "account.password-changed"]);
    let back = fixture.ensure(&Person { password: secret("another quiet phrase"), ..person() }).await.unwrap();
    assert_eq!(back.code_email, None);
}

#[tokio::test]
async fn a_person_whose_name_is_taken_gets_another_and_a_disabled_one_stays_disabled() {
    let fixture = fixture().await;
    let namesake =
        NewAccount { username: "grace".parse().unwrap(), email: Some("other@example.com".parse().unwrap()), ..ada() };
    fixture.add(namesake, "a quiet phrase").await.unwrap();
    assert_eq!(fixture.ensure(&person()).await.unwrap().username.as_str(), "owner");
    fixture.accounts.disable(&LoginName::new("grace@example.com")).await.unwrap();
    assert_eq!(fixture.ensure(&person()).await.unwrap().status, AccountStatus::Disabled);
}

#[tokio::test]
async fn a_token_is_made_for_a_bounded_time_listed_and_revoked_once() {
    let fixture = fixture().await;
    fixture.add(ada(), "a quiet phrase of mine").await.unwrap();
    let (owner, now) = (LoginName::new("ada"), fixture.accounts.clock.now());
    let day = std::time::Duration::from_hours(24);
    let new = |expires_at| NewToken { site: "app.example".parse().unwrap(), name: None, expires_at };
    for wrong in [now, now.minus(day), now.plus(LONGEST_TOKEN_LIFE + day)] {
        let made = fixture.accounts.create_token(&owner, new(wrong), &mut Random::system()).await;
        assert!(matches!(made, Err(AccountError::TokenLifetime)));
    }
    let (made, shown) =
        fixture.accounts.create_token(&owner, new(now.plus(LONGEST_TOKEN_LIFE)), &mut Random::system()).await.unwrap();
    assert!(keys::token_matches(shown.secret(), &made.token.hash));
    let listed = fixture.accounts.tokens(Some(&owner)).await.unwrap();
    assert!(listed.len() == 1 && listed[0].token.id == shown.id() && listed[0].owner.as_str() == "ada");
    assert_eq!(fixture.accounts.tokens(None).await.unwrap().len(), 1);
    fixture.accounts.revoke_token(&made).await.unwrap();
    assert!(matches!(fixture.accounts.revoke_token(&made).await, Err(AccountError::UnknownToken)));
    assert_eq!(fixture.events().await, ["account.added", "token.created", "token.revoked"]);
    fixture.accounts.disable(&owner).await.unwrap();
    let made = fixture.accounts.create_token(&owner, new(now.plus(day)), &mut Random::system()).await;
    assert!(matches!(made, Err(AccountError::Disabled)));
}

fn imported(name: &str) -> ImportAccount {
    ImportAccount {
        username: name.parse().unwrap(),
        name: None,
        email: Some(format!("{name}@example.com").parse().unwrap()),
        phone: None,
        groups: None,
        password: None,
        status: AccountStatus::Disabled,
    }
}

#[tokio::test]
async fn an_import_writes_nothing_if_the_accounts_changed_since_it_was_planned() {
    let fixture = fixture().await;
    fixture.add(ada(), "a quiet phrase").await.unwrap();
    let plan = async |entries: Vec<ImportAccount>| {
        fixture.accounts.plan_import(entries, ExistingAccounts::Update, &mut Random::system()).await.unwrap()
    };
    let renamed = ImportAccount { name: Some("Ada".parse().unwrap()), email: None, ..imported("ada") };
    let first = plan(vec![imported("ben"), renamed.clone()]).await;
    let second = plan(vec![imported("ben"), imported("carl")]).await;
    let third = plan(vec![imported("dora"), renamed]).await;
    fixture.accounts.carry_out(&first).await.unwrap();
    let before = fixture.accounts.list().await.unwrap().len();
    // Somebody else has taken the name, or changed the account.
    assert!(matches!(fixture.accounts.carry_out(&second).await, Err(AccountError::Store(StoreError::Taken(_)))));
    assert!(matches!(fixture.accounts.carry_out(&third).await, Err(AccountError::Store(StoreError::Overtaken(_)))));
    assert_eq!(fixture.accounts.list().await.unwrap().len(), before);
    assert_eq!(fixture.events().await, ["account.added", "account.added", "account.changed"]);
}

#[tokio::test]
async fn an_app_is_written_with_its_account_or_not_at_all_and_never_twice() {
    let fixture = fixture().await;
    let keys = KeyRing::of_this_process(Timestamp::from_millis(0), &mut Random::system()).unwrap();
    let importer = TotpImporter::new(Arc::new(keys), Random::system());
    let app = |name: &str, byte: u8| ImportApp {
        username: LoginName::new(name),
        name: "old app".parse().unwrap(),
        secret: TotpSecret::imported(&[byte; 20], TotpAlgorithm::Sha1, 6, 30).unwrap(),
    };
    let plan = async |entries: Vec<ImportAccount>, apps: Vec<ImportApp>| {
        let accounts = &fixture.accounts;
        let mut plan = accounts.plan_import(entries, ExistingAccounts::Preserve, &mut Random::system()).await.unwrap();
        let outcomes = accounts.plan_apps(&mut plan, apps, &importer).await.unwrap();
        (plan, outcomes)
    };
    let (new, existing) = (AppOutcome::Added(FactorOwner::Imported), AppOutcome::Added(FactorOwner::Existing));
    let apps = || vec![app("ada", 1), app("ADA", 1), app("ada", 2), app("ada@example.com", 3), app("ben", 1)];
    let (first, outcomes) = plan(vec![imported("ada")], apps()).await;
    let unknown = AppOutcome::UnknownAccount;
    assert_eq!(outcomes, [new, AppOutcome::Unchanged, new, unknown, unknown]);
    fixture.accounts.carry_out(&first).await.unwrap();
    let ada = fixture.accounts.show(&LoginName::new("ada")).await.unwrap();
    let held = fixture.store.held_factors(ada.id).await.unwrap();
    assert_eq!((held.rows.len(), held.last, held.recovered_at), (2, Some(FactorKind::Totp), None));

    let (second, outcomes) = plan(vec![imported("carl")], vec![app("ada", 1), app("ada", 4)]).await;
    assert_eq!(outcomes, [AppOutcome::Unchanged, existing]);
    let (third, _) = plan(vec![imported("dora")], vec![app("ada", 4)]).await;
    fixture.accounts.carry_out(&second).await.unwrap();
    // Another import added the app meanwhile: nothing of this one is written, its account neither.
    assert!(matches!(fixture.accounts.carry_out(&third).await, Err(AccountError::Store(StoreError::Overtaken(_)))));
    assert_eq!(fixture.accounts.list().await.unwrap().len(), 2);
    let held = fixture.store.held_factors(ada.id).await.unwrap();
    assert_eq!((held.rows.len(), held.recovered_at), (3, Some(fixture.accounts.clock.now())));
    let expected = ["account.added", "factor.added", "factor.added", "account.added", "factor.added"];
    assert_eq!(fixture.events().await, expected);

    let (_, outcomes) = plan(Vec::new(), (10..30).map(|byte| app("ada", byte)).collect()).await;
    let expected: Vec<AppOutcome> =
        (0..20).map(|number| if number < 17 { existing } else { AppOutcome::Full }).collect();
    assert_eq!(outcomes, expected);

    let other = KeyRing::of_this_process(Timestamp::from_millis(0), &mut Random::system()).unwrap();
    let other = TotpImporter::new(Arc::new(other), Random::system());
    let mut nothing =
        fixture.accounts.plan_import(Vec::new(), ExistingAccounts::Update, &mut Random::system()).await.unwrap();
    let outcomes = fixture.accounts.plan_apps(&mut nothing, vec![app("ada", 5)], &other).await.unwrap();
    assert_eq!(outcomes, [AppOutcome::Unreadable], "nobody can tell whether it is there");
}

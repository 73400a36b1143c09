//! Remembered browsers: who may skip a code, once for each cookie, and what forgets them.

use super::*;

const DAY: Duration = Duration::from_hours(24);

const INSTANT: Duration = Duration::from_millis(1);

fn cookie(issued_at: Timestamp) -> BrowserCookie {
    BrowserCookie { device: DEVICE, issued_at }
}

/// What the cookie says that was set at `issued_at`, `at` this time, with 30 days.
fn claim(issued_at: Timestamp, at: Timestamp) -> BrowserClaim {
    BrowserClaim { shown: cookie(issued_at), since: at.minus(DAY * 30), until: at.plus(SECOND * 30) }
}

/// A session, still without a factor, that begins `at` this time.
fn blank(account: &Account, at: Timestamp) -> SessionRow {
    SessionRow {
        id: SessionId::draw(&mut Random::system()).unwrap(),
        account: account.id,
        assurance: Assurance::TwoFactor,
        method: None,
        created_at: at,
        authenticated_at: at,
        last_used_at: at,
        expires_at: at.plus(HOUR * 12),
        client: "192.0.2.1".into(),
        home: None,
        device: None,
    }
}

impl Fixture {
    /// A completed sign-in with this mark; returns its session and its cookie.
    async fn marked(&self, account: &Account, device: DeviceId, mark: BrowserMark) -> (SessionId, BrowserCookie) {
        let (sign_in, challenge) = self.challenged(account).await;
        let browser = BrowserUse { device, mark };
        let mut completion = Completion { browser, ..completion(account, sign_in, challenge) };
        if let Earned::Session(session) = &mut completion.earned {
            session.device = Some(device);
        }
        let cookie = self.store.complete_sign_in(&completion, now()).await.unwrap().unwrap();
        (session_of(&completion), cookie)
    }

    async fn remembered(&self, account: &Account) -> (SessionId, BrowserCookie) {
        self.marked(account, DEVICE, BrowserMark::Set(event("browser.remembered"))).await
    }

    async fn opens(&self, account: &Account, claim: BrowserClaim, at: Timestamp) -> Option<SessionRow> {
        let (session, verified) = (blank(account, at), account.password.clone().unwrap());
        let id = session.id;
        let told = |_: &SessionRow| event("skipped");
        let opened = self.store.open_remembered_session(session, &verified, &claim, told).await.unwrap();
        let stored = self.store.session(id).await.unwrap();
        assert_eq!(opened.is_some(), stored.is_some(), "a session is told, and only a session");
        stored
    }

    /// A session for the password alone; returns it with its cookie.
    async fn alone(
        &self,
        account: &Account,
        shown: BrowserCookie,
        at: Timestamp,
    ) -> (SessionRow, Option<BrowserCookie>) {
        let session = SessionRow { assurance: Assurance::OneFactor, device: Some(shown.device), ..blank(account, at) };
        let verified = account.password.as_ref().unwrap();
        let opened = self.store.open_session(&session, verified, Some(shown), &event("one")).await.unwrap().unwrap();
        (self.store.session(session.id).await.unwrap().unwrap(), opened.cookie)
    }

    async fn is_remembered(&self, account: &Account) -> bool {
        let found = self.store.remembered_browsers(account.id, Some(DEVICE), now().minus(SECOND)).await.unwrap();
        found.this.is_some()
    }
}

#[tokio::test]
async fn a_session_without_a_code_has_the_time_and_the_method_of_the_code_that_was_given() {
    let fixture = Fixture::build().await;
    let ada = fixture.account("ada").await;
    fixture.remembered(&ada).await;
    assert_eq!(fixture.event_names().await[..2], ["browser.remembered", "sign-in.completed"].map(str::to_owned));
    let later = now().plus(DAY);
    let session = fixture.opens(&ada, claim(now(), later), later).await.unwrap();
    assert_eq!((session.assurance, session.method), (Assurance::TwoFactor, Some(FactorKind::Sms)));
    assert_eq!((session.created_at, session.authenticated_at, session.device), (later, now(), Some(DEVICE)));
    assert_eq!(fixture.event_names().await[0], "skipped");
}

#[tokio::test]
async fn no_code_is_skipped_without_the_mark_the_newest_cookie_the_password_and_an_active_account() {
    let fixture = Fixture::build().await;
    let (ada, bob) = (fixture.account("ada").await, fixture.account("bob").await);
    let later = now().plus(DAY);
    fixture.marked(&ada, DEVICE, BrowserMark::Keep).await;
    assert!(fixture.opens(&ada, claim(now(), later), later).await.is_none(), "nobody asked for it");
    let (_, newest) = fixture.remembered(&ada).await;
    let good = claim(newest.issued_at, later);
    assert!(fixture.opens(&bob, good, later).await.is_none(), "another account");
    let other = BrowserCookie { device: DeviceId::from_bytes([1; 16]), ..newest };
    let other = BrowserClaim { shown: other, ..good };
    assert!(fixture.opens(&ada, other, later).await.is_none(), "another browser");
    let early = BrowserClaim { shown: cookie(newest.issued_at.minus(INSTANT)), ..good };
    assert!(fixture.opens(&ada, early, later).await.is_none(), "an earlier cookie");
    let shorter = BrowserClaim { since: now(), ..good };
    assert!(fixture.opens(&ada, shorter, later).await.is_none(), "the code is as old as the period");
    let back = now().minus(MINUTE);
    assert!(fixture.opens(&ada, claim(newest.issued_at, back), back).await.is_none(), "the code lies in the future");
    let changed = Account { password: Some(PasswordHash::from_stored("$argon2id$y".into())), ..ada.clone() };
    assert!(fixture.opens(&changed, good, later).await.is_none(), "the password was replaced");
    let until_the_end = now().plus(DAY * 30).minus(INSTANT);
    assert!(fixture.opens(&ada, claim(newest.issued_at, until_the_end), until_the_end).await.is_some());
    fixture.store.set_status(ada.id, AccountStatus::Disabled, &event("account.disabled")).await.unwrap();
    assert!(fixture.opens(&ada, claim(until_the_end, until_the_end), until_the_end).await.is_none(), "disabled");
}

#[tokio::test]
async fn of_fifty_sign_ins_with_one_cookie_one_needs_no_code() {
    let fixture = Fixture::build().await;
    let (second, ada) = (fixture.second().await, fixture.account("ada").await);
    fixture.remembered(&ada).await;
    let verified = ada.password.clone().unwrap();
    let sign_ins = (1..=50_u8).map(|n| {
        let store = if n % 2 == 0 { fixture.store.clone() } else { second.clone() };
        let at = now().plus(DAY).plus(Duration::from_millis(n.into()));
        let (session, verified) = (blank(&ada, at), verified.clone());
        tokio::spawn(async move {
            let told = |_: &SessionRow| event("skipped");
            store.open_remembered_session(session, &verified, &claim(now(), at), told).await.unwrap().is_some()
        })
    });
    let mut won = 0;
    for sign_in in sign_ins.collect::<Vec<_>>() {
        won += u32::from(sign_in.await.unwrap());
    }
    assert_eq!(won, 1);
}

#[tokio::test]
async fn an_earlier_cookie_forgets_its_browser_and_the_newest_one_does_not() {
    let fixture = Fixture::build().await;
    let ada = fixture.account("ada").await;
    fixture.remembered(&ada).await;
    let forgets = async |issued_at| {
        let told = event("browser.forgotten");
        fixture.store.forget_copied_browser(ada.id, cookie(issued_at), &told).await.unwrap()
    };
    assert!(!forgets(now()).await && fixture.is_remembered(&ada).await);
    assert!(forgets(now().minus(SECOND)).await && !fixture.is_remembered(&ada).await);
    assert!(!forgets(now().minus(SECOND)).await, "told once");
    assert_eq!(fixture.event_names().await[0], "browser.forgotten");
}

#[tokio::test]
async fn a_code_without_the_wish_takes_the_mark_away_and_a_step_up_leaves_it() {
    let fixture = Fixture::build().await;
    let ada = fixture.account("ada").await;
    fixture.remembered(&ada).await;
    fixture.marked(&ada, DEVICE, BrowserMark::Keep).await;
    assert!(fixture.is_remembered(&ada).await);
    fixture.marked(&ada, DEVICE, BrowserMark::Clear).await;
    assert!(!fixture.is_remembered(&ada).await);
}

#[tokio::test]
async fn browsers_are_counted_for_their_account_and_their_period() {
    let fixture = Fixture::build().await;
    let (ada, bob) = (fixture.account("ada").await, fixture.account("bob").await);
    let set = || BrowserMark::Set(event("browser.remembered"));
    for (account, device) in [(&ada, DEVICE), (&ada, DeviceId::from_bytes([2; 16])), (&bob, DEVICE)] {
        fixture.marked(account, device, set()).await;
    }
    fixture.marked(&ada, DeviceId::from_bytes([3; 16]), BrowserMark::Keep).await;
    let counted = async |device, since| fixture.store.remembered_browsers(ada.id, device, since).await.unwrap();
    let before = now().minus(SECOND);
    assert_eq!(counted(Some(DEVICE), before).await, RememberedBrowsers { this: Some(now()), others: 1 });
    assert_eq!(counted(None, before).await, RememberedBrowsers { this: None, others: 2 });
    assert_eq!(counted(Some(DEVICE), now()).await, RememberedBrowsers { this: None, others: 0 });
}

#[tokio::test]
async fn forgetting_is_told_once_and_reaches_no_other_account() {
    let fixture = Fixture::build().await;
    let (ada, bob) = (fixture.account("ada").await, fixture.account("bob").await);
    fixture.remembered(&ada).await;
    fixture.remembered(&bob).await;
    let told = event("browser.forgotten");
    assert!(fixture.store.forget_browser(ada.id, DEVICE, &told).await.unwrap());
    assert!(!fixture.store.forget_browser(ada.id, DEVICE, &told).await.unwrap());
    assert!(!fixture.store.forget_browsers_of(ada.id, &told).await.unwrap());
    assert_eq!(fixture.event_names().await.iter().filter(|name| *name == "browser.forgotten").count(), 1);
    assert!(fixture.store.forget_browsers_of(bob.id, &told).await.unwrap() && !fixture.is_remembered(&bob).await);
}

#[tokio::test]
async fn changes_that_an_attacker_would_use_forget_every_browser() {
    let fixture = Fixture::build().await;
    let told = event("account.changed");
    for what in ["password", "phone", "mailbox", "email", "disabled", "revoked"] {
        let ada = fixture.account(what).await;
        fixture.remembered(&ada).await;
        let address = Some("new@example.com".parse().unwrap());
        match what {
            "password" => {
                let hash = PasswordHash::from_stored("$argon2id$y".into());
                fixture.store.change_password(ada.id, &hash, &told, now()).await.unwrap();
            }
            "phone" => {
                let changed = Account { phone: Some("+15005550075".parse().unwrap()), ..ada.clone() };
                fixture.store.update_account(&changed, &told).await.unwrap();
            }
            "mailbox" => {
                let changed = Account { code_email: address, ..ada.clone() };
                fixture.store.update_account(&changed, &told).await.unwrap();
            }
            "email" => {
                let kept = Account { code_email: ada.email.clone(), ..ada.clone() };
                fixture.store.update_account(&kept, &told).await.unwrap();
                assert!(fixture.is_remembered(&ada).await, "the mailbox is the same");
                let changed = Account { email: address, ..kept };
                fixture.store.update_account(&changed, &told).await.unwrap();
            }
            "disabled" => {
                fixture.store.set_status(ada.id, AccountStatus::Disabled, &told).await.unwrap();
            }
            _ => {
                fixture.store.end_sessions_of(ada.id, &told).await.unwrap();
            }
        }
        assert!(!fixture.is_remembered(&ada).await, "{what}");
    }
    let ada = fixture.account("ada").await;
    fixture.remembered(&ada).await;
    let renamed = Account { name: None, groups: Vec::new(), default_method: CodeMethod::Email, ..ada.clone() };
    fixture.store.update_account(&renamed, &told).await.unwrap();
    assert!(fixture.is_remembered(&ada).await, "a name, groups and the method say nothing about the browser");
}

#[tokio::test]
async fn a_session_that_ends_takes_its_browser_along_only_where_that_is_asked_for() {
    let fixture = Fixture::build().await;
    let ada = fixture.account("ada").await;
    let elsewhere = DeviceId::from_bytes([2; 16]);
    let ((first, _), (second, _)) = (fixture.remembered(&ada).await, fixture.remembered(&ada).await);
    fixture.marked(&ada, elsewhere, BrowserMark::Set(event("browser.remembered"))).await;
    fixture.store.end_session(&SessionEnd::of(first, event("session.ended"))).await.unwrap();
    assert!(fixture.is_remembered(&ada).await);
    let forgets = Some(forgetting(&ada));
    let end = SessionEnd { forgets, ..SessionEnd::of(second, event("session.ended")) };
    assert_eq!(fixture.store.end_session(&end).await.unwrap(), Ended { session: true, browser: true });
    let left = fixture.store.remembered_browsers(ada.id, Some(DEVICE), now().minus(SECOND)).await.unwrap();
    assert_eq!(left, RememberedBrowsers { this: None, others: 1 });
    assert_eq!(fixture.event_names().await[0], "browser.forgotten");
}

fn forgetting(account: &Account) -> ForgottenBrowser {
    ForgottenBrowser { account: account.id, device: DEVICE, event: event("browser.forgotten") }
}

#[tokio::test]
async fn a_browser_is_forgotten_as_asked_even_if_its_session_has_ended_already() {
    let fixture = Fixture::build().await;
    let ada = fixture.account("ada").await;
    let (session, _) = fixture.remembered(&ada).await;
    fixture.store.end_session(&SessionEnd::of(session, event("session.timed-out"))).await.unwrap();
    assert!(fixture.is_remembered(&ada).await);
    let end = SessionEnd { forgets: Some(forgetting(&ada)), ..SessionEnd::of(session, event("session.ended")) };
    assert_eq!(fixture.store.end_session(&end).await.unwrap(), Ended { session: false, browser: true });
    assert!(!fixture.is_remembered(&ada).await);
    assert_eq!(fixture.event_names().await[..2], ["browser.forgotten", "session.timed-out"].map(str::to_owned));
    assert_eq!(fixture.store.end_sessions(&[end]).await.unwrap(), [Ended { session: false, browser: false }]);
    assert_eq!(fixture.event_names().await[0], "browser.forgotten", "told once");
}

#[tokio::test]
async fn a_cookie_that_was_issued_while_the_code_was_checked_skips_nothing() {
    let fixture = Fixture::build().await;
    let ada = fixture.account("ada").await;
    let (_, first) = fixture.marked(&ada, DEVICE, BrowserMark::Keep).await;
    // The owner's code is on its way to the provider since now; a copy of the cookie signs in with the password alone.
    let meanwhile = now().plus(SECOND * 5);
    let (_, copy) = fixture.alone(&ada, first, meanwhile).await;
    let (copy, (_, owners)) = (copy.unwrap(), fixture.remembered(&ada).await);
    assert!(owners.issued_at > copy.issued_at, "{owners:?} {copy:?}");
    let later = now().plus(DAY);
    assert!(fixture.opens(&ada, claim(copy.issued_at, later), later).await.is_none(), "the copy");
    assert!(fixture.opens(&ada, claim(owners.issued_at, later), later).await.is_some(), "the owner");
}

#[tokio::test]
async fn an_earlier_cookie_gets_no_newer_one_for_a_password_alone() {
    let fixture = Fixture::build().await;
    let ada = fixture.account("ada").await;
    let (_, copy) = fixture.marked(&ada, DEVICE, BrowserMark::Keep).await;
    // The copy's password was checked before the owner's code was, and its session is written after.
    let (_, owners) = fixture.remembered(&ada).await;
    let (later, unknown) = (now().plus(DAY), BrowserCookie { device: DeviceId::from_bytes([1; 16]), ..copy });
    for shown in [copy, unknown] {
        let (session, cookie) = fixture.alone(&ada, shown, later).await;
        assert_eq!((session.device, cookie), (None, None), "{shown:?}");
    }
    assert!(!fixture.store.knows_device(ada.id, unknown.device).await.unwrap(), "a password makes no browser known");
    let (session, cookie) = fixture.alone(&ada, owners, later).await;
    assert_eq!((session.device, cookie), (Some(DEVICE), Some(BrowserCookie { issued_at: later, ..owners })));
    assert!(fixture.opens(&ada, claim(owners.issued_at, later), later).await.is_none(), "replaced");
    assert!(fixture.opens(&ada, claim(later, later), later).await.is_some());
}

#[tokio::test]
async fn each_cookie_is_later_than_the_one_before_also_in_one_millisecond_and_by_a_clock_set_back() {
    let fixture = Fixture::build().await;
    let ada = fixture.account("ada").await;
    let later = now().plus(DAY);
    let (_, first) = fixture.remembered(&ada).await;
    let (_, second) = fixture.remembered(&ada).await;
    assert_eq!((first.issued_at, second.issued_at), (now(), now().plus(INSTANT)), "one millisecond");
    assert!(fixture.opens(&ada, claim(second.issued_at, later), later).await.is_some());
    let (_, third) = fixture.remembered(&ada).await;
    assert_eq!(third.issued_at, later.plus(INSTANT), "the clock was set back by a day");
    let (_, fourth) = fixture.alone(&ada, third, now()).await;
    assert_eq!(fourth.map(|cookie| cookie.issued_at), Some(later.plus(INSTANT * 2)));
    assert!(fixture.opens(&ada, claim(third.issued_at, now()), now()).await.is_none(), "the one before");
    let verified = ada.password.clone().unwrap();
    let newest = claim(later.plus(INSTANT * 2), now());
    let told = |_: &SessionRow| event("skipped");
    let opened = fixture.store.open_remembered_session(blank(&ada, now()), &verified, &newest, told).await.unwrap();
    assert_eq!(opened.unwrap().cookie.issued_at, later.plus(INSTANT * 3));
}

#[tokio::test]
async fn the_sweep_takes_marks_away_that_no_configuration_accepts_and_keeps_the_browser_known() {
    let fixture = Fixture::build().await;
    let ada = fixture.account("ada").await;
    fixture.remembered(&ada).await;
    fixture.store.sweep(now().plus(DAY * 180).minus(SECOND)).await.unwrap();
    assert!(fixture.is_remembered(&ada).await);
    fixture.store.sweep(now().plus(DAY * 180)).await.unwrap();
    assert!(!fixture.is_remembered(&ada).await);
    assert!(fixture.store.knows_device(ada.id, DEVICE).await.unwrap());
}

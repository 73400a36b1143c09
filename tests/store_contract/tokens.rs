//! Access tokens: made once, revoked once, told each time.

use super::*;

fn token(account: &Account, expires: Duration) -> TokenRow {
    TokenRow {
        id: TokenId::draw(&mut Random::system()).unwrap(),
        account: account.id,
        site: "*.example.com".parse().unwrap(),
        name: Some("nightly backup".parse().unwrap()),
        hash: [7; 32],
        created_at: now(),
        expires_at: now().plus(expires),
        last_used_at: None,
    }
}

impl Fixture {
    async fn token(&self, account: &Account, expires: Duration) -> TokenId {
        let token = token(account, expires);
        self.store.insert_token(&token, &event("token.created")).await.unwrap();
        token.id
    }

    /// What the feed has told of tokens.
    async fn told(&self) -> Vec<TokenId> {
        let changes = self.store.feed_since(0).await.unwrap().unwrap();
        let tokens = changes.into_iter().filter_map(|(_, change)| match change {
            Change::TokenChanged(id) => Some(id),
            Change::SessionEnded(_)
            | Change::SessionChanged(_)
            | Change::AccountChanged(_)
            | Change::SessionsEnded(_) => None,
        });
        tokens.collect()
    }
}

#[tokio::test]
async fn a_token_is_kept_as_it_was_made() {
    let fixture = Fixture::build().await;
    let ada = fixture.account("ada").await;
    for (site, name) in [("*", None), ("app.example.com", Some("x".parse().unwrap()))] {
        let made = TokenRow { site: HostPattern::of_site(site).unwrap(), name, ..token(&ada, HOUR) };
        fixture.store.insert_token(&made, &event("token.created")).await.unwrap();
        let kept = fixture.second().await.token(made.id).await.unwrap().unwrap();
        assert_eq!((kept.account, &kept.site, &kept.name, kept.hash), (ada.id, &made.site, &made.name, [7; 32]));
        assert_eq!((kept.created_at, kept.expires_at, kept.last_used_at), (now(), now().plus(HOUR), None));
    }
}

#[tokio::test]
async fn a_revoked_token_stays_revoked_and_is_told_once() {
    let fixture = Fixture::build().await;
    let ada = fixture.account("ada").await;
    let (kept, gone) = (fixture.token(&ada, HOUR).await, fixture.token(&ada, HOUR).await);
    assert!(fixture.store.revoke_token(gone, &event("token.revoked")).await.unwrap());
    assert!(!fixture.store.revoke_token(gone, &event("token.revoked")).await.unwrap());
    fixture.store.touch_tokens(&[(gone, now())]).await.unwrap();
    assert!(fixture.store.token(gone).await.unwrap().is_none() && fixture.store.token(kept).await.unwrap().is_some());
    assert_eq!(fixture.told().await, [kept, gone, gone]);
    assert_eq!(fixture.event_names().await.iter().filter(|name| *name == "token.revoked").count(), 1);
}

#[tokio::test]
async fn an_account_takes_its_tokens_with_it_and_each_is_told() {
    let fixture = Fixture::build().await;
    let (ada, bob) = (fixture.account("ada").await, fixture.account("bob").await);
    let (first, second, other) =
        (fixture.token(&ada, HOUR).await, fixture.token(&ada, HOUR).await, fixture.token(&bob, HOUR).await);
    fixture.store.remove_account(ada.id, &event("account.removed")).await.unwrap();
    let left: Vec<_> = fixture.store.tokens(now()).await.unwrap().into_iter().map(|token| token.id).collect();
    assert_eq!(left, [other]);
    let told = fixture.told().await;
    assert!(told[..3] == [first, second, other] && told.len() == 5 && !told[3..].contains(&other));
}

#[tokio::test]
async fn an_expired_token_is_not_listed_and_is_swept() {
    let fixture = Fixture::build().await;
    let ada = fixture.account("ada").await;
    let (short, long) = (fixture.token(&ada, HOUR).await, fixture.token(&ada, HOUR * 2).await);
    let later = now().plus(HOUR);
    assert_eq!(fixture.store.tokens(later).await.unwrap().len(), 1);
    assert!(fixture.store.token(short).await.unwrap().is_some());
    fixture.store.sweep(later).await.unwrap();
    assert!(fixture.store.token(short).await.unwrap().is_none() && fixture.store.token(long).await.unwrap().is_some());
}

#[tokio::test]
async fn the_last_use_of_a_token_only_moves_forward() {
    let fixture = Fixture::build().await;
    let ada = fixture.account("ada").await;
    let token = fixture.token(&ada, HOUR).await;
    for (at, expected) in [(MINUTE * 2, MINUTE * 2), (MINUTE, MINUTE * 2), (MINUTE * 3, MINUTE * 3)] {
        fixture.store.touch_tokens(&[(token, now().plus(at))]).await.unwrap();
        let kept = fixture.store.token(token).await.unwrap().unwrap().last_used_at;
        assert_eq!(kept, Some(now().plus(expected)));
    }
}

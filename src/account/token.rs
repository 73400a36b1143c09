//! Access tokens: made, listed and revoked by the operator.

use std::collections::HashMap;
use std::time::Duration;

use super::{AccountError, Accounts};
use crate::audit::{Audit, Cause, Event, TokenChange};
use crate::domain::access_token::AccessToken;
use crate::domain::host::HostPattern;
use crate::domain::identifier::{AccountId, TokenId};
use crate::domain::identity::DisplayName;
use crate::domain::username::{LoginName, Username};
use crate::keys;
use crate::platform::clock::Timestamp;
use crate::platform::random::Random;
use crate::store::{AccountStatus, StoredEvent, TokenRow};

/// A year and the day that makes it a leap year: whoever makes one each January is not refused.
pub(super) const LONGEST_TOKEN_LIFE: Duration = Duration::from_hours(24 * 366);

/// What a token is made of.
#[derive(Debug, Clone)]
pub(crate) struct NewToken {
    /// The site it is for: one of the configuration's.
    pub site: HostPattern,
    /// What the operator calls it.
    pub name: Option<DisplayName>,
    /// When it ends.
    pub expires_at: Timestamp,
}

/// A token and whose it is.
#[derive(Debug, Clone)]
pub(crate) struct OwnedToken {
    /// The token.
    pub token: TokenRow,
    /// Its account's user name.
    pub owner: Username,
}

impl Accounts {
    /// Makes a token for an account. Its written form is nowhere but in what comes back.
    pub(crate) async fn create_token(
        &self,
        owner: &LoginName,
        new: NewToken,
        random: &mut Random,
    ) -> Result<(OwnedToken, AccessToken), AccountError> {
        let account = self.show(owner).await?;
        if account.status != AccountStatus::Active {
            return Err(AccountError::Disabled);
        }
        let now = self.clock.now();
        if new.expires_at <= now || now.until(new.expires_at) > LONGEST_TOKEN_LIFE {
            return Err(AccountError::TokenLifetime);
        }
        let shown = AccessToken::draw(TokenId::draw(random)?, random)?;
        let token = TokenRow {
            id: shown.id(),
            account: account.id,
            site: new.site,
            name: new.name,
            hash: keys::token_hash(shown.secret()),
            created_at: now,
            expires_at: new.expires_at,
            last_used_at: None,
        };
        let made = OwnedToken { token, owner: account.username };
        self.store.insert_token(&made.token, &self.token_event(TokenChange::Created, &made)).await?;
        Ok((made, shown))
    }

    /// The tokens that have not ended, oldest first: of one account, or of all.
    pub(crate) async fn tokens(&self, owner: Option<&LoginName>) -> Result<Vec<OwnedToken>, AccountError> {
        let accounts = match owner {
            Some(name) => vec![self.show(name).await?],
            None => self.list().await?,
        };
        let owners: HashMap<AccountId, Username> =
            accounts.into_iter().map(|found| (found.id, found.username)).collect();
        let rows = self.store.tokens(self.clock.now()).await?;
        let named = |token: TokenRow| Some(OwnedToken { owner: owners.get(&token.account)?.clone(), token });
        Ok(rows.into_iter().filter_map(named).collect())
    }

    /// Revokes a token: it counts no more on any instance within a second.
    pub(crate) async fn revoke_token(&self, token: &OwnedToken) -> Result<(), AccountError> {
        let revoked = self.store.revoke_token(token.token.id, &self.token_event(TokenChange::Revoked, token)).await?;
        if revoked { Ok(()) } else { Err(AccountError::UnknownToken) }
    }

    /// Names the token by what the operator sees of it. Its secret is in no event.
    fn token_event(&self, change: TokenChange, made: &OwnedToken) -> StoredEvent {
        let OwnedToken { token, owner } = made;
        let event = Event::Token {
            change,
            username: owner.clone(),
            token: token.id,
            site: token.site.clone(),
            expires: token.expires_at,
        };
        Audit::row(&event, Cause::Operator(self.clock.now()), Some(token.account))
    }
}

//! Access tokens: created, listed and revoked by the operator.

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

/// 366 days, so that a token that is renewed every January is never refused, even in a leap year.
pub(super) const LONGEST_TOKEN_LIFE: Duration = Duration::from_hours(24 * 366);

/// The data of a new token.
#[derive(Debug, Clone)]
pub(crate) struct NewToken {
    /// The site that it is valid for, one of those in the configuration.
    pub site: HostPattern,
    /// The operator's name for it.
    pub name: Option<DisplayName>,
    /// When it expires.
    pub expires_at: Timestamp,
}

/// A token and the user name of its account.
#[derive(Debug, Clone)]
pub(crate) struct OwnedToken {
    pub token: TokenRow,
    /// The user name of its account.
    pub owner: Username,
}

impl Accounts {
    /// Creates a token for an account. The returned [`AccessToken`] is the only place that contains its secret.
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

    /// Returns the tokens of one account or of all, oldest first, without expired ones.
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

    /// Revokes a token. Within a second no instance accepts it any more.
    pub(crate) async fn revoke_token(&self, token: &OwnedToken) -> Result<(), AccountError> {
        let revoked = self.store.revoke_token(token.token.id, &self.token_event(TokenChange::Revoked, token)).await?;
        if revoked { Ok(()) } else { Err(AccountError::UnknownToken) }
    }

    /// The audit event for a change to a token. It contains what the operator sees, never the secret.
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

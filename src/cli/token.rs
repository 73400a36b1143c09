//! `portcullis token create | list | revoke`: works directly on the store, whether or not the gateway runs. A running
//! gateway learns of changes through the change feed.
//!
//! A new token is the only output on standard output, so that a script can capture it (`TOKEN=$(portcullis token create
//! …)`); messages for people go to standard error.

mod print;

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, bail};

use super::moment::Moment;
use super::table::{Form, FormArguments};
use super::{configuration, revocation, terminal};
use crate::account::{Accounts, NewToken, OwnedToken};
use crate::config::settings::Settings;
use crate::domain::host::HostPattern;
use crate::domain::identity::DisplayName;
use crate::domain::username::LoginName;
use crate::password::Passwords;
use crate::platform::clock::Clock;
use crate::platform::random::Random;
use crate::platform::secret::ExposeSecret as _;
use crate::policy::SiteSettings;

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Create an access token for a script. It is shown only this once.
    Create(Create),
    /// List the access tokens that have not expired or been revoked.
    List {
        /// Only tokens of this user name or e-mail address.
        #[arg(long, value_name = "NAME")]
        user: Option<String>,
        #[command(flatten)]
        form: FormArguments,
    },
    /// Revoke an access token; a running gateway refuses it within a second.
    Revoke {
        /// The token's id, as `token list` shows it, or its first digits.
        id: String,
    },
}

#[derive(Debug, clap::Args)]
pub(super) struct Create {
    /// User name or e-mail address of the account that the script acts for.
    #[arg(long, value_name = "NAME")]
    user: String,
    /// The host of the site that it is valid for, without a port; `*` for a site without a host.
    #[arg(long, value_name = "HOST")]
    site: String,
    /// When it expires: a duration from now (`90d`, `12h`, `1h30m`), a date (`2027-01-31`, its first moment in UTC) or
    /// an RFC 3339 moment (`2027-01-31T12:00:00Z`). At most 366 days from now.
    #[arg(long, value_name = "WHEN")]
    expires: Moment,
    /// A name for the token, shown by `token list`.
    #[arg(long, value_name = "TEXT")]
    name: Option<DisplayName>,
}

/// Beyond this, a token outlives most scripts and many of the people who know of it; `create` prints a warning.
const LONG: Duration = Duration::from_hours(24 * 90);

/// Runs the command on the store of these settings.
pub(super) async fn run(command: Command, settings: &Settings) -> anyhow::Result<()> {
    let store = configuration::open_store(settings).await?;
    let passwords = Arc::new(Passwords::start(&settings.password, &mut Random::system())?);
    let accounts = Accounts::new(store.clone(), passwords, Clock::system());
    let outcome = match command {
        Command::Create(typed) => create(typed, &accounts, &settings.sites).await,
        Command::List { user, form } => list(&accounts, user, form.form()).await,
        Command::Revoke { id } => revoke(&accounts, &id).await,
    };
    store.close().await;
    outcome
}

async fn create(typed: Create, accounts: &Accounts, sites: &[SiteSettings]) -> anyhow::Result<()> {
    let site = site(&typed.site, sites)?;
    let now = Clock::system().now();
    let expires_at = typed.expires.ahead(now);
    let new = NewToken { site, name: typed.name, expires_at };
    let owner = LoginName::new(&typed.user);
    let made = accounts.create_token(&owner, new, &mut Random::system()).await;
    let (made, shown) = made.with_context(|| format!("{:?}", typed.user))?;
    let OwnedToken { token, owner } = &made;
    terminal::tell(&format!(
        "access token {} of {owner} for {} until {}; it is shown only this once:",
        token.id.short(),
        token.site,
        token.expires_at
    ));
    if now.until(expires_at) > LONG {
        terminal::tell("it is valid for more than 90 days: use a shorter time if you can");
    }
    let written = shown.written();
    terminal::print(&format!("{}\n", written.expose_secret()))?;
    Ok(())
}

/// The configured site of this host. A token for an unknown site would be refused everywhere.
fn site(written: &str, sites: &[SiteSettings]) -> anyhow::Result<HostPattern> {
    let wanted = HostPattern::of_site(written).ok();
    let found = sites.iter().map(|site| &site.host).find(|host| Some(*host) == wanted.as_ref());
    if let Some(host) = found {
        return Ok(host.clone());
    }
    let hosts: Vec<String> = sites.iter().map(|site| format!("`{}`", site.host)).collect();
    if hosts.is_empty() {
        bail!("the configuration has no site to create a token for");
    }
    bail!("the configuration has no site {written:?}; its sites are {}", hosts.join(", "))
}

async fn list(accounts: &Accounts, user: Option<String>, form: Form) -> anyhow::Result<()> {
    let owner = user.as_deref().map(LoginName::new);
    let tokens = accounts.tokens(owner.as_ref()).await.with_context(|| format!("{:?}", user.unwrap_or_default()))?;
    terminal::print(&print::tokens(&tokens, form))?;
    Ok(())
}

async fn revoke(accounts: &Accounts, written: &str) -> anyhow::Result<()> {
    let tokens = accounts.tokens(None).await?;
    let token = one(&tokens, written)?;
    revocation::outcome(accounts.revoke_token(token).await)?;
    terminal::print(&format!("access token {} of {} is revoked\n", token.token.id.short(), token.owner))?;
    Ok(())
}

/// The only token whose identifier begins with these digits.
fn one<'a>(tokens: &'a [OwnedToken], written: &str) -> anyhow::Result<&'a OwnedToken> {
    let digits = written.to_ascii_lowercase();
    let mut found = tokens.iter().filter(|token| !digits.is_empty() && token.token.id.to_hex().starts_with(&digits));
    match (found.next(), found.next()) {
        (Some(token), None) => Ok(token),
        (Some(_), Some(_)) => bail!("several access tokens begin with {written:?}: give more digits"),
        (None, _) => bail!("there is no access token {written:?}: `token list` shows the valid ones"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::identifier::{AccountId, TokenId};
    use crate::platform::clock::Timestamp;
    use crate::policy::AmbiguousPaths;
    use crate::store::TokenRow;

    fn token(first: u8) -> OwnedToken {
        let mut bytes = [0xab; 16];
        bytes[0] = first;
        let at = Timestamp::from_millis(0);
        let token = TokenRow {
            id: TokenId::from_bytes(bytes),
            account: AccountId::from_bytes([1; 16]),
            site: "app.example".parse().unwrap(),
            name: Some("nightly backup".parse().unwrap()),
            hash: [0xcd; 32],
            created_at: at,
            expires_at: at,
            last_used_at: None,
        };
        OwnedToken { token, owner: "ada".parse().unwrap() }
    }

    #[test]
    fn only_a_site_of_the_configuration_is_taken_and_the_others_are_named() {
        let pattern = |host: &str| HostPattern::of_site(host).unwrap();
        let sites =
            ["app.example", "*.example.com"].map(|host| SiteSettings::new(pattern(host), AmbiguousPaths::Refuse));
        assert_eq!(site("App.example", &sites).unwrap(), pattern("app.example"));
        assert_eq!(site("*.example.com", &sites).unwrap(), pattern("*.example.com"));
        for other in ["a.example.com", "*", "", "app.example:8443"] {
            let said = site(other, &sites).unwrap_err().to_string();
            assert!(said.contains("`app.example`, `*.example.com`"), "{said}");
        }
        let any = [SiteSettings::new(HostPattern::Any, AmbiguousPaths::Refuse)];
        assert_eq!(site("*", &any).unwrap(), HostPattern::Any);
        assert!(site("app.example", &[]).is_err());
    }

    #[test]
    fn the_first_digits_name_a_token_where_no_other_begins_with_them() {
        let tokens = [token(0x10), token(0x11)];
        assert_eq!(one(&tokens, "11AB").unwrap().token.id, tokens[1].token.id);
        assert!(one(&tokens, "1").is_err() && one(&tokens, "2").is_err() && one(&tokens, "").is_err());
    }

    #[test]
    fn a_list_shows_everything_but_what_proves_a_token() {
        for form in [Form::Text, Form::Json] {
            let text = print::tokens(&[token(1)], form);
            for word in ["01ababab", "ada", "app.example", "nightly backup", "1970-01-01T00:00:00.000Z"] {
                assert!(text.contains(word), "{text}");
            }
            assert!(!text.contains("cdcd"), "{text}");
        }
    }
}

//! Whether the names of the first account are free, where a database is there already: known before it is written.

use crate::account::NewAccount;
use crate::domain::email::EmailAddress;
use crate::domain::username::{LoginName, Username};
use crate::store::{Settings, Store};

/// Why the user name cannot be had, if so.
pub(super) async fn username(settings: &Settings, name: &Username) -> Option<String> {
    whose(settings, "user name", name.as_str()).await
}

/// Why the e-mail address cannot be had, if so.
pub(super) async fn email(settings: &Settings, email: Option<&EmailAddress>) -> Option<String> {
    whose(settings, "e-mail address", email?.as_str()).await
}

/// Why the account cannot be added, if so.
pub(super) async fn account(settings: &Settings, new: &NewAccount) -> Option<String> {
    match username(settings, &new.username).await {
        None => email(settings, new.email.as_ref()).await,
        taken => taken,
    }
}

/// A database that cannot be read, or that is just being made, is told of when it is tried or written to: it has no name
/// to tell.
async fn whose(settings: &Settings, what: &str, name: &str) -> Option<String> {
    let is_taken = Store::is_taken(settings, &LoginName::new(name)).await.unwrap_or(false);
    let database = settings.file.display();
    is_taken.then(|| format!("the {what} {name} is taken by another account in {database}"))
}

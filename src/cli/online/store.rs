//! Looks at the database, without creating it.

use super::report::{Finding, Kind, Report};
use crate::config::load::Config;
use crate::store::{Found, Store};

pub(super) async fn check(config: &Config) -> Report {
    let settings = &config.settings.store;
    let file = settings.file.display();
    match Store::examine(settings).await {
        Ok(Found::Nothing) => {
            Report::reached(format!("store: {file} does not exist yet; `serve` and `user add` create it"))
        }
        Ok(Found::Current) => Report::reached(format!("store: {file} can be opened")),
        Ok(Found::Older) => Report::reached(format!(
            "store: {file} is of an older version; the first command that needs it brings it up to date"
        )),
        Err(error) => Report::found(Finding {
            at: config.places.key("store", "url"),
            what: format!("the database cannot be opened: {error}"),
            remedy: "run this as the user that the gateway runs as, or name another file".to_owned(),
            kind: Kind::Unreachable,
        }),
    }
}

//! The plan as a configuration: its text, and what the configuration's own checks say about it.

use super::plan::{Plan, Secret};
use super::render::{self, SecretPlace};
use crate::config::load::{Config, Sources, load};
use crate::config::mistake::Mistakes;

impl Plan {
    /// The text of the configuration file.
    pub(super) fn text(&self) -> String {
        render::toml(self, SecretPlace::OwnFile)
    }

    /// The configuration as it will be, judged as `config check` judges it. Nothing is written.
    pub(super) fn draft(&self) -> Result<Config, Mistakes> {
        let secret = self.codes.secret().and_then(|(variable, secret)| match secret {
            Secret::Given(secret) => Some((variable, secret)),
            Secret::File(_) => None,
        });
        let text = render::toml(self, SecretPlace::Variable);
        load(&Sources::of_draft(self.layout.config.clone(), text, secret.as_slice()))
    }
}

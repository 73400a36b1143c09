//! Writes the files: all or none, for their owner only, and never over another one.
//!
//! The configuration comes last: where it is, everything is. If a step fails, what the steps before it created is removed
//! and what was moved aside comes back.

use std::path::PathBuf;
use std::sync::Arc;

use super::existing::{Existing, refuse_existing};
use super::lock::Lock;
use super::plan::{Person, Plan};
use super::steps::Steps;
use crate::account::Accounts;
use crate::cli::configuration::open_store;
use crate::config::load::Config;
use crate::keys::KeyRing;
use crate::password::Passwords;
use crate::platform::clock::Clock;
use crate::platform::random::Random;
use crate::platform::secret::ExposeSecret as _;
use crate::store::Store;

/// A file, with what it is.
pub(super) struct WrittenFile {
    pub file: PathBuf,
    pub what: String,
}

/// Everything that was written.
pub(super) struct CreatedFiles {
    pub files: Vec<WrittenFile>,
    /// The folders that were made for it.
    pub folders: Vec<PathBuf>,
}

/// Fails if the file of the secret is there and must not be overwritten, as soon as it is known that there will be one.
pub(super) fn refuse_existing_secret(plan: &Plan, existing: Existing) -> anyhow::Result<()> {
    match plan.given_secret() {
        Some(_) => refuse_existing(&plan.layout.secret(&plan.codes), existing),
        None => Ok(()),
    }
}

/// What is to be written.
#[derive(Clone, Copy)]
pub(super) struct Contents<'a> {
    pub plan: &'a Plan,
    /// The plan as the configuration that it becomes.
    pub config: &'a Config,
    pub person: Option<&'a Person>,
}

/// Writes everything, and says what.
pub(super) async fn write(contents: Contents<'_>, existing: Existing) -> anyhow::Result<CreatedFiles> {
    let mut steps = Steps::default();
    let outcome = write_locked(contents, existing, &mut steps).await;
    match outcome {
        Ok(()) => Ok(CreatedFiles {
            files: written(contents.plan, contents.person, &steps),
            folders: steps.folders().to_vec(),
        }),
        Err(error) => {
            steps.remove_folders();
            Err(error.context("nothing was written"))
        }
    }
}

/// Under the lock, which is in one of the folders: files are taken back while it is held, folders removed afterwards.
async fn write_locked(contents: Contents<'_>, existing: Existing, steps: &mut Steps) -> anyhow::Result<()> {
    let file = &contents.plan.layout.config;
    steps.make_folders(file)?;
    let _lock = Lock::take(file)?;
    let outcome = write_all(contents, existing, steps).await;
    if outcome.is_err() {
        steps.take_back();
    }
    outcome
}

async fn write_all(contents: Contents<'_>, existing: Existing, steps: &mut Steps) -> anyhow::Result<()> {
    let Contents { plan, config, person } = contents;
    let file = &plan.layout.config;
    let secret_file = plan.layout.secret(&plan.codes);
    steps.make_room(file, existing)?;
    if let Some(secret) = plan.given_secret() {
        steps.make_room(&secret_file, existing)?;
        steps.create(&secret_file, format!("{}\n", secret.expose_secret()).as_bytes())?;
    }
    let clock = Clock::system();
    steps.create_keys(&config.settings.keys, clock.now())?;
    // Keys that were there may be unfit; then nothing else is created.
    KeyRing::open_or_create(&config.settings.keys, clock.now(), &mut Random::system())?;
    steps.create_database(&config.settings.store.file)?;
    let store = open_store(&config.settings).await?;
    let added = add(person, config, &store, &clock).await;
    store.close().await;
    added?;
    steps.create(file, plan.text().as_bytes())
}

async fn add(person: Option<&Person>, config: &Config, store: &Store, clock: &Clock) -> anyhow::Result<()> {
    let Some(Person { account, password, .. }) = person else { return Ok(()) };
    let passwords = Arc::new(Passwords::start(&config.settings.password, &mut Random::system())?);
    let accounts = Accounts::new(store.clone(), passwords, clock.clone());
    accounts.add(account.clone(), password, &mut Random::system()).await?;
    Ok(())
}

fn written(plan: &Plan, person: Option<&Person>, steps: &Steps) -> Vec<WrittenFile> {
    let whose = person.map(|person| format!(", with the account {}", person.account.username)).unwrap_or_default();
    let is_new = steps.has_created(&plan.layout.store());
    let database = if is_new { "the database" } else { "the database that was there" };
    let mut files = vec![(plan.layout.config.clone(), "the configuration".to_owned())];
    if plan.given_secret().is_some() {
        files.push((plan.layout.secret(&plan.codes), "the secret that it names".to_owned()));
    }
    files.push((plan.layout.keys(), "the keys that sign cookies".to_owned()));
    files.push((plan.layout.store(), format!("{database}{whose}")));
    for file in steps.moved_to() {
        files.push((file.to_owned(), "the file that was there before".to_owned()));
    }
    files.into_iter().map(|(file, what)| WrittenFile { file, what }).collect()
}

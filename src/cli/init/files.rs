//! Writes the files: all or none, for their owner only, and never over another one.
//!
//! The configuration comes last: where it is, everything is. If a step fails, what the steps before it created is removed
//! and what was moved aside comes back.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, ensure};

use super::plan::{Person, Plan};
use crate::account::Accounts;
use crate::cli::terminal;
use crate::config::load::Config;
use crate::keys::KeyRing;
use crate::password::Passwords;
use crate::platform::clock::Clock;
use crate::platform::private_file;
use crate::platform::random::Random;
use crate::platform::secret::ExposeSecret as _;
use crate::store::Store;

/// What happens to a configuration that is there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Existing {
    Refuse,
    /// `--force`: it is kept under another name.
    MoveAside,
}

/// A file, with what it is.
pub(super) struct WrittenFile {
    pub file: PathBuf,
    pub what: String,
}

/// Undoes what was done, unless it was completed.
#[derive(Default)]
struct Steps {
    created: Vec<PathBuf>,
    /// Where files are now, and where they were.
    moved: Vec<Moved>,
}

struct Moved {
    now: PathBuf,
    before: PathBuf,
}

/// Fails if a file is there that must not be overwritten: before the first question.
pub(super) fn refuse_existing(file: &Path, existing: Existing) -> anyhow::Result<()> {
    let is_there = fs::symlink_metadata(file).is_ok();
    ensure!(
        existing == Existing::MoveAside || !is_there,
        "{} is there already and stays as it is; name another folder with --directory, or give --force, which keeps it \
         under another name",
        file.display()
    );
    Ok(())
}

/// The same for the file of the secret, as soon as it is known that there will be one.
pub(super) fn refuse_existing_secret(plan: &Plan, existing: Existing) -> anyhow::Result<()> {
    match plan.given_secret() {
        Some(_) => refuse_existing(&plan.layout.secret(&plan.codes), existing),
        None => Ok(()),
    }
}

/// Writes everything, and says what.
pub(super) async fn write(
    plan: &Plan,
    config: &Config,
    person: Option<&Person>,
    existing: Existing,
) -> anyhow::Result<Vec<WrittenFile>> {
    let mut steps = Steps::default();
    match write_all(plan, config, person, existing, &mut steps).await {
        Ok(()) => Ok(written(plan, person, &steps)),
        Err(error) => {
            steps.undo();
            Err(error.context("nothing was written"))
        }
    }
}

async fn write_all(
    plan: &Plan,
    config: &Config,
    person: Option<&Person>,
    existing: Existing,
    steps: &mut Steps,
) -> anyhow::Result<()> {
    let file = &plan.layout.config;
    let secret_file = plan.layout.secret(&plan.codes);
    steps.make_room(file, existing)?;
    if let Some(secret) = plan.given_secret() {
        steps.make_room(&secret_file, existing)?;
        steps.create(&secret_file, format!("{}\n", secret.expose_secret()).as_bytes())?;
    }
    let clock = Clock::system();
    steps.create_later(&plan.layout.keys());
    KeyRing::open_or_create(&config.settings.keys, clock.now(), &mut Random::system())?;
    for ending in ["-wal", "-shm", ""] {
        let mut name = plan.layout.store().into_os_string();
        name.push(ending);
        steps.create_later(Path::new(&name));
    }
    let store = Store::open(&config.settings.store).await?;
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

impl Steps {
    /// Moves a file aside that is in the way, under a name that says when.
    fn make_room(&mut self, file: &Path, existing: Existing) -> anyhow::Result<()> {
        refuse_existing(file, existing)?;
        if fs::symlink_metadata(file).is_err() {
            return Ok(());
        }
        let mut name = file.file_name().unwrap_or_default().to_owned();
        name.push(format!(".before-{}", Clock::system().now().to_string().replace(':', "")));
        let now = file.with_file_name(name);
        refuse_existing(&now, Existing::Refuse)?;
        fs::rename(file, &now).with_context(|| format!("{} cannot be moved aside", file.display()))?;
        self.moved.push(Moved { now, before: file.to_owned() });
        Ok(())
    }

    fn create(&mut self, file: &Path, content: &[u8]) -> anyhow::Result<()> {
        if let Some(folder) = file.parent() {
            self.create_later(folder);
        }
        private_file::create_parent(file)?;
        private_file::create(file, content)?;
        // Only now: one that somebody else created in the meantime is not ours to remove.
        self.created.push(file.to_owned());
        Ok(())
    }

    /// Notes the file and its missing folders, all of which will be there afterwards. What is there already is not ours.
    fn create_later(&mut self, file: &Path) {
        let missing = file.ancestors().take_while(|path| fs::symlink_metadata(path).is_err());
        let missing: Vec<PathBuf> = missing.map(Path::to_owned).collect();
        self.created.extend(missing.into_iter().rev());
    }

    fn undo(self) {
        for path in self.created.iter().rev() {
            // A folder that holds something else by now stays.
            if fs::remove_file(path).is_err() {
                let _ = fs::remove_dir(path);
            }
        }
        for Moved { now, before } in self.moved {
            if let Err(error) = fs::rename(&now, &before) {
                terminal::tell(&format!("{} is still called {}: {error}", before.display(), now.display()));
            }
        }
    }
}

fn written(plan: &Plan, person: Option<&Person>, steps: &Steps) -> Vec<WrittenFile> {
    let created = |file: &Path| steps.created.iter().any(|created| created == file);
    let whose = person.map(|person| format!(", with the account {}", person.account.username)).unwrap_or_default();
    let is_new = created(&plan.layout.store());
    let database = if is_new { "the database" } else { "the database that was there" };
    let mut files = vec![(plan.layout.config.clone(), "the configuration".to_owned())];
    if plan.given_secret().is_some() {
        files.push((plan.layout.secret(&plan.codes), "the secret that it names".to_owned()));
    }
    files.push((plan.layout.keys(), "the keys that sign cookies".to_owned()));
    files.push((plan.layout.store(), format!("{database}{whose}")));
    for Moved { now, .. } in &steps.moved {
        files.push((now.clone(), "the file that was there before".to_owned()));
    }
    files.into_iter().map(|(file, what)| WrittenFile { file, what }).collect()
}

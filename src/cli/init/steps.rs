//! The steps of writing, each of which can be taken back: only what this process made itself, and what it moved.

use std::fs::{self, DirBuilder};
use std::io::ErrorKind;
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};

use anyhow::Context as _;

use super::existing::{Existing, refuse_existing};
use crate::cli::terminal;
use crate::keys::{self, KeyRing};
use crate::platform::clock::{Clock, Timestamp};
use crate::platform::private_file;
use crate::platform::random::Random;

/// What was done until now.
#[derive(Default)]
pub(super) struct Steps {
    /// Outermost first.
    folders: Vec<PathBuf>,
    files: Vec<PathBuf>,
    moved: Vec<Moved>,
}

/// Where a file is now, and where it was.
struct Moved {
    now: PathBuf,
    before: PathBuf,
}

impl Steps {
    /// Makes the missing folders of a file, for their owner only.
    pub(super) fn make_folders(&mut self, file: &Path) -> anyhow::Result<()> {
        let missing = file.ancestors().skip(1).take_while(|folder| fs::symlink_metadata(folder).is_err());
        let missing: Vec<&Path> = missing.collect();
        for folder in missing.into_iter().rev() {
            match DirBuilder::new().mode(0o700).create(folder) {
                Ok(()) => self.folders.push(folder.to_owned()),
                // Somebody else was faster: it is theirs.
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error).with_context(|| folder.display().to_string()),
            }
        }
        Ok(())
    }

    /// Moves a file aside that is in the way, under a name that says when.
    pub(super) fn make_room(&mut self, file: &Path, existing: Existing) -> anyhow::Result<()> {
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

    pub(super) fn create(&mut self, file: &Path, content: &[u8]) -> anyhow::Result<()> {
        private_file::create(file, content)?;
        self.files.push(file.to_owned());
        Ok(())
    }

    /// Creates the key file unless one is there.
    pub(super) fn create_keys(&mut self, settings: &keys::Settings, now: Timestamp) -> anyhow::Result<()> {
        self.make_folders(&settings.file)?;
        if KeyRing::create_if_missing(settings, now, &mut Random::system())? {
            self.files.push(settings.file.clone());
        }
        Ok(())
    }

    /// Creates the database, empty, unless one is there. Its log belongs to whoever made it.
    pub(super) fn create_database(&mut self, file: &Path) -> anyhow::Result<()> {
        self.make_folders(file)?;
        if private_file::create_empty(file)? {
            for ending in ["-wal", "-shm", ""] {
                let mut name = file.as_os_str().to_owned();
                name.push(ending);
                self.files.push(PathBuf::from(name));
            }
        }
        Ok(())
    }

    /// Whether this process made the file.
    pub(super) fn has_created(&self, file: &Path) -> bool {
        self.files.iter().any(|created| created == file)
    }

    /// The new names of what was moved aside.
    pub(super) fn moved_to(&self) -> impl Iterator<Item = &Path> {
        self.moved.iter().map(|moved| moved.now.as_path())
    }

    /// The folders that were made, outermost first.
    pub(super) fn folders(&self) -> &[PathBuf] {
        &self.folders
    }

    /// Removes the files that were created, and moves back what was moved aside.
    pub(super) fn take_back(&mut self) {
        for file in self.files.drain(..).rev() {
            // A log of the database is mostly gone already.
            let _ = fs::remove_file(file);
        }
        for Moved { now, before } in self.moved.drain(..) {
            if let Err(error) = move_back(&now, &before) {
                terminal::tell(&format!("{} is still called {}: {error}", before.display(), now.display()));
            }
        }
    }

    /// Removes the folders that were made. One that holds something by now stays.
    pub(super) fn remove_folders(&mut self) {
        for folder in self.folders.drain(..).rev() {
            let _ = fs::remove_dir(folder);
        }
    }
}

/// Not over a file that somebody wrote in the meantime: a link, unlike a rename, fails then.
fn move_back(now: &Path, before: &Path) -> std::io::Result<()> {
    match fs::hard_link(now, before) {
        Ok(()) => fs::remove_file(now),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Err(error),
        // Not every file may be linked, such as one of another user.
        Err(_) => fs::rename(now, before),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `serve` and `user add` make keys and database too, and may be faster.
    #[test]
    fn keys_and_a_database_that_another_process_made_are_not_taken_back() {
        let folder = tempfile::tempdir().unwrap();
        let (theirs, ours) = (folder.path().join("theirs"), folder.path().join("ours"));
        let keys = |folder: &Path| keys::Settings { file: folder.join("portcullis.keys") };
        let now = Timestamp::from_millis(0);
        let mut steps = Steps::default();
        steps.make_folders(&ours.join("portcullis.toml")).unwrap();
        fs::create_dir(&theirs).unwrap();
        KeyRing::open_or_create(&keys(&theirs), now, &mut Random::system()).unwrap();
        fs::write(theirs.join("portcullis.db"), "accounts").unwrap();
        fs::write(theirs.join("portcullis.db-wal"), "more accounts").unwrap();
        for folder in [&theirs, &ours] {
            steps.create_keys(&keys(folder), now).unwrap();
            steps.create_database(&folder.join("portcullis.db")).unwrap();
            assert_eq!(steps.has_created(&folder.join("portcullis.db")), folder == &ours);
        }
        steps.take_back();
        steps.remove_folders();
        assert_eq!(fs::read_dir(&theirs).unwrap().count(), 3);
        assert!(!ours.exists());
    }

    #[test]
    fn what_was_moved_aside_comes_back_but_not_over_a_file_that_was_written_meanwhile() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("portcullis.toml");
        for meanwhile in [None, Some("new")] {
            fs::write(&file, "old").unwrap();
            let mut steps = Steps::default();
            steps.make_room(&file, Existing::MoveAside).unwrap();
            if let Some(text) = meanwhile {
                fs::write(&file, text).unwrap();
            }
            steps.take_back();
            assert_eq!(fs::read_to_string(&file).unwrap(), meanwhile.unwrap_or("old"));
        }
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }
}

//! The hashing threads and their bounded queue.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};

use super::check;
use super::hash::{self, Workspace};
use super::{NewPassword, PasswordError, PasswordHash, PasswordPolicy, SubmittedPassword, Verdict, WeakPassword};
use crate::platform::process;
use crate::platform::random::Random;

/// Limits of password hashing.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Number of hashing threads; each keeps 19 MiB from its first password on.
    pub threads: usize,
    /// Maximum number of waiting checks; further ones are refused at once.
    pub queue: usize,
    /// The policy for passwords of this installation.
    pub policy: PasswordPolicy,
    /// The name of the service and the hosts of its sites, which are no passwords.
    pub service: Vec<String>,
}

/// The hashing threads. They stop when this is dropped.
pub(crate) struct Passwords {
    places: Arc<Semaphore>,
    jobs: Sender<Job>,
    /// A hash that no password matches, for accounts that do not exist.
    dummy: PasswordHash,
    policy: PasswordPolicy,
    service: Vec<String>,
}

/// A slot in the bounded queue. It becomes free when dropped, or when the work that it was used for is done.
pub(crate) struct Slot {
    place: OwnedSemaphorePermit,
}

/// The queue is full.
#[derive(Debug, thiserror::Error)]
#[error("too many password checks at once")]
pub struct Busy;

enum Job {
    Verify { typed: SubmittedPassword, stored: Stored, slot: Slot, answer: Answer<Verdict> },
    Hash { password: NewPassword, slot: Slot, answer: Answer<PasswordHash> },
}

type Answer<T> = oneshot::Sender<Result<T, PasswordError>>;

/// The hash that a password is compared with.
enum Stored {
    /// The account's hash.
    Real(PasswordHash),
    /// There is no hash: the same work is done, and the result is always `Wrong`.
    Dummy(PasswordHash),
}

impl Passwords {
    pub(crate) fn start(settings: &Settings, random: &mut Random) -> Result<Self, PasswordError> {
        let threads = settings.threads.max(1);
        let dummy = hash::of_unknown_account(random)?;
        let (jobs, taken) = channel();
        let taken = Arc::new(Mutex::new(taken));
        for number in 1..=threads {
            let taken = Arc::clone(&taken);
            let mut random = random.clone();
            thread::Builder::new()
                .name(format!("password-{number}"))
                .spawn(move || {
                    // A flood of sign-ins must not slow down people who are signed in. If the system refuses, the
                    // threads just keep their normal priority.
                    let _ = process::lower_priority_of_this_thread();
                    work(&taken, &mut random);
                })
                .map_err(|_| PasswordError::Stopped)?;
        }
        let places = threads.saturating_add(settings.queue).min(Semaphore::MAX_PERMITS);
        Ok(Self {
            places: Arc::new(Semaphore::new(places)),
            jobs,
            dummy,
            policy: settings.policy,
            service: settings.service.clone(),
        })
    }

    /// Checks a new password against the rules of this installation. `personal` are words about the person.
    pub(crate) fn check(&self, typed: &str, personal: &[&str]) -> Result<NewPassword, WeakPassword> {
        let service = self.service.iter().map(String::as_str);
        let words: Vec<&str> = personal.iter().copied().chain(service).collect();
        NewPassword::check(typed, &words, self.policy)
    }

    /// Takes a slot in the queue, or fails at once if it is full.
    pub(crate) fn reserve(&self) -> Result<Slot, Busy> {
        match Arc::clone(&self.places).try_acquire_owned() {
            Ok(place) => Ok(Slot { place }),
            Err(_) => Err(Busy),
        }
    }

    /// Checks a password. Without a stored hash it takes as long and returns `Wrong`.
    pub(crate) async fn verify(
        &self,
        slot: Slot,
        typed: SubmittedPassword,
        stored: Option<PasswordHash>,
    ) -> Result<Verdict, PasswordError> {
        let stored = stored.map_or_else(|| Stored::Dummy(self.dummy.clone()), Stored::Real);
        let (answer, answered) = oneshot::channel();
        self.jobs.send(Job::Verify { typed, stored, slot, answer }).map_err(|_| PasswordError::Stopped)?;
        answered.await.map_err(|_| PasswordError::Stopped)?
    }

    /// Hashes a new password with the current parameters. Waits for a slot in the queue.
    pub(crate) async fn hash(&self, password: NewPassword) -> Result<PasswordHash, PasswordError> {
        let place = Arc::clone(&self.places).acquire_owned().await.map_err(|_| PasswordError::Stopped)?;
        let (answer, answered) = oneshot::channel();
        let job = Job::Hash { password, slot: Slot { place }, answer };
        self.jobs.send(job).map_err(|_| PasswordError::Stopped)?;
        answered.await.map_err(|_| PasswordError::Stopped)?
    }
}

fn work(jobs: &Mutex<Receiver<Job>>, random: &mut Random) {
    let mut workspace = Workspace::default();
    loop {
        // The lock is held while waiting: one thread takes the next job, and the others wait for the lock. A thread
        // that panicked during a job did not hold it.
        let next = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
        match next {
            Ok(job) => job.run(&mut workspace, random),
            Err(_) => return,
        }
    }
}

impl Job {
    fn run(self, workspace: &mut Workspace, random: &mut Random) {
        match self {
            // The client has left, so nobody waits for the result. The work would only delay others.
            Self::Verify { answer, .. } if answer.is_closed() => {}
            Self::Verify { typed, stored, slot, answer } => {
                let verdict = verdict(&typed, &stored, workspace);
                // The slot is freed before the answer is sent, so that its receiver can reserve one at once.
                drop(slot);
                drop(answer.send(verdict));
            }
            Self::Hash { password, slot, answer } => {
                let hashed = hash::hash(password.expose().as_bytes(), workspace, random);
                drop(slot);
                drop(answer.send(hashed));
            }
        }
    }
}

fn verdict(typed: &SubmittedPassword, stored: &Stored, workspace: &mut Workspace) -> Result<Verdict, PasswordError> {
    // A password over the maximum length is wrong, but only after the same work as for any other.
    let password = typed.expose();
    let bytes = password.unwrap_or_default().as_bytes();
    match stored {
        Stored::Real(hash) => {
            check::verify(bytes, hash, workspace).map(|found| if password.is_some() { found } else { Verdict::Wrong })
        }
        Stored::Dummy(hash) => check::verify(bytes, hash, workspace).map(|_| Verdict::Wrong),
    }
}

impl std::fmt::Debug for Slot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Slot({})", self.place.num_permits())
    }
}

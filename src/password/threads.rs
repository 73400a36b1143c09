//! The hashing threads and the bounded queue before them.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};

use super::hash;
use super::{NewPassword, PasswordError, PasswordHash, PasswordPolicy, SubmittedPassword, Verdict};
use crate::platform::process;
use crate::platform::random::Random;

/// How hashing is bounded.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Hashing threads; each holds 19 MiB while it works.
    pub threads: usize,
    /// How many may wait; one more is refused at once.
    pub queue: usize,
    /// What stands beside the passwords of this installation.
    pub policy: PasswordPolicy,
}

/// The hashing threads. They end when this is dropped.
pub(crate) struct Passwords {
    places: Arc<Semaphore>,
    jobs: Sender<Job>,
    /// A real hash of a password nobody knows, for accounts that do not exist.
    dummy: PasswordHash,
    policy: PasswordPolicy,
}

/// A place in the bounded queue; free again when dropped, or when the work it was used for is done.
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

/// What a typed password is compared with.
enum Stored {
    /// An account's hash.
    Real(PasswordHash),
    /// There is none: the same work, and wrong whatever comes out.
    Dummy(PasswordHash),
}

impl Passwords {
    /// Starts the threads.
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
                    // A flood of sign-ins must not slow down those who are signed in. Refused by the system, the
                    // hashing is only less polite.
                    let _ = process::lower_priority_of_this_thread();
                    work(&taken, &mut random);
                })
                .map_err(|_| PasswordError::Stopped)?;
        }
        let places = threads.saturating_add(settings.queue).min(Semaphore::MAX_PERMITS);
        Ok(Self { places: Arc::new(Semaphore::new(places)), jobs, dummy, policy: settings.policy })
    }

    /// What new passwords have to be long enough for.
    pub(crate) const fn policy(&self) -> PasswordPolicy {
        self.policy
    }

    /// Takes a place in the queue or refuses at once.
    pub(crate) fn reserve(&self) -> Result<Slot, Busy> {
        match Arc::clone(&self.places).try_acquire_owned() {
            Ok(place) => Ok(Slot { place }),
            Err(_) => Err(Busy),
        }
    }

    /// Checks; `None` works as long as a real hash and is `Wrong`.
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

    /// Hashes a new one with today's parameters; waits for a place in the queue.
    pub(crate) async fn hash(&self, password: NewPassword) -> Result<PasswordHash, PasswordError> {
        let place = Arc::clone(&self.places).acquire_owned().await.map_err(|_| PasswordError::Stopped)?;
        let (answer, answered) = oneshot::channel();
        let job = Job::Hash { password, slot: Slot { place }, answer };
        self.jobs.send(job).map_err(|_| PasswordError::Stopped)?;
        answered.await.map_err(|_| PasswordError::Stopped)?
    }
}

fn work(jobs: &Mutex<Receiver<Job>>, random: &mut Random) {
    loop {
        // The lock is held while waiting, so that one thread takes the next job and the others wait for the lock. A
        // thread that panicked at its work did not hold it.
        let next = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
        match next {
            Ok(job) => job.run(random),
            Err(_) => return,
        }
    }
}

impl Job {
    fn run(self, random: &mut Random) {
        match self {
            // Nobody waits any more (the client went away): the work would only hold up those who do.
            Self::Verify { answer, .. } if answer.is_closed() => {}
            Self::Verify { typed, stored, slot, answer } => {
                let verdict = verdict(&typed, &stored);
                // The place is free before the answer is out: who reads it may ask again at once.
                drop(slot);
                drop(answer.send(verdict));
            }
            Self::Hash { password, slot, answer } => {
                let hashed = hash::hash(password.expose().as_bytes(), random);
                drop(slot);
                drop(answer.send(hashed));
            }
        }
    }
}

fn verdict(typed: &SubmittedPassword, stored: &Stored) -> Result<Verdict, PasswordError> {
    // A password that is too long is wrong, but only after the work that every other one costs.
    let password = typed.expose();
    let bytes = password.unwrap_or_default().as_bytes();
    match stored {
        Stored::Real(hash) => {
            hash::verify(bytes, hash).map(|found| if password.is_some() { found } else { Verdict::Wrong })
        }
        Stored::Dummy(hash) => hash::verify(bytes, hash).map(|_| Verdict::Wrong),
    }
}

impl std::fmt::Debug for Slot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Slot({})", self.place.num_permits())
    }
}

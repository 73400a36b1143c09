//! Challenges: codes that were sent and not yet entered.

use sqlx::error::BoxDynError;
use sqlx::sqlite::SqliteConnection;

use super::column::Bytes;
use super::{Store, StoreError};
use crate::domain::identifier::{ChallengeId, SignInId};
use crate::domain::method::CodeMethod;
use crate::platform::clock::Timestamp;

/// A code that was sent. Each sign-in has at most one row. Sending again, also by another method, updates that row and
/// keeps `guesses`.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Challenge {
    /// The id. It never changes.
    pub id: ChallengeId,
    /// How the code was sent.
    pub method: CodeMethod,
    /// The provider's name in the registry, such as `cpaas`; empty until a message was sent.
    pub provider: String,
    /// How the code is checked.
    #[sqlx(flatten, try_from = "ProofRow")]
    pub proof: Proof,
    /// The code that was sent before the current one, if its hash is ours.
    #[sqlx(flatten, try_from = "EarlierRow")]
    pub earlier: EarlierCode,
    /// Guesses claimed so far.
    pub guesses: u32,
    /// When the code expires.
    pub expires_at: Timestamp,
    /// Earliest time of the next send.
    pub next_send_at: Timestamp,
}

/// How a code is checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Proof {
    /// The provider checks the code; the value is its reference.
    Remote(String),
    /// The store has the code's keyed hash.
    Local {
        /// Version of the key.
        key: u8,
        /// HMAC over challenge id and code.
        tag: [u8; 32],
    },
    /// A send is in progress or has failed; there is no code to guess.
    Nothing,
}

/// The code that was sent before the current one. A message can arrive late, after another one was requested.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EarlierCode {
    /// There was none, or the provider had it.
    None,
    /// The store has the code's keyed hash.
    Local {
        /// Version of the key.
        key: u8,
        /// HMAC over challenge id and code.
        tag: [u8; 32],
        /// When it expires.
        expires_at: Timestamp,
    },
}

/// The columns of the earlier code, as read.
#[derive(sqlx::FromRow)]
struct EarlierRow {
    #[sqlx(rename = "earlier_key")]
    key: Option<u8>,
    #[sqlx(rename = "earlier_tag", try_from = "Bytes")]
    tag: Option<[u8; 32]>,
    #[sqlx(rename = "earlier_expires_at")]
    expires_at: Option<Timestamp>,
}

impl From<EarlierRow> for EarlierCode {
    fn from(row: EarlierRow) -> Self {
        match (row.key, row.tag, row.expires_at) {
            (Some(key), Some(tag), Some(expires_at)) => Self::Local { key, tag, expires_at },
            _ => Self::None,
        }
    }
}

/// The columns of a proof: kind, reference, key, tag.
pub(super) type ProofColumns<'p> = (&'static str, Option<&'p str>, Option<i64>, Option<&'p [u8]>);

impl Proof {
    /// The columns for this proof.
    pub(super) fn columns(&self) -> ProofColumns<'_> {
        match self {
            Self::Remote(reference) => ("remote", Some(reference), None, None),
            Self::Local { key, tag } => ("local", None, Some(i64::from(*key)), Some(tag)),
            Self::Nothing => ("nothing", None, None, None),
        }
    }
}

/// The columns of a proof, as read.
#[derive(sqlx::FromRow)]
struct ProofRow {
    proof: String,
    reference: Option<String>,
    key: Option<u8>,
    #[sqlx(try_from = "Bytes")]
    tag: Option<[u8; 32]>,
}

impl TryFrom<ProofRow> for Proof {
    type Error = BoxDynError;

    fn try_from(row: ProofRow) -> Result<Self, BoxDynError> {
        match (row.proof.as_str(), row.reference, row.key, row.tag) {
            ("remote", Some(reference), _, _) => Ok(Self::Remote(reference)),
            ("local", _, Some(key), Some(tag)) => Ok(Self::Local { key, tag }),
            ("nothing", _, _, _) => Ok(Self::Nothing),
            _ => Err("no such proof".into()),
        }
    }
}

impl Store {
    /// Records a send. A code of ours that was sent before by the same
    /// method stays valid until it expires. `guesses` is kept, so that sending again gives no further guesses. Does nothing if the challenge
    /// was spent or deleted meanwhile.
    pub async fn record_send(
        &self,
        challenge: ChallengeId,
        method: CodeMethod,
        provider: &str,
        proof: &Proof,
        expires_at: Timestamp,
    ) -> Result<(), StoreError> {
        let (kind, reference, key, tag) = proof.columns();
        let mut transaction = self.write().await?;
        sqlx::query(
            "UPDATE challenges SET
                 earlier_key = CASE WHEN method = ?2 THEN key END,
                 earlier_tag = CASE WHEN method = ?2 THEN tag END,
                 earlier_expires_at = CASE WHEN method = ?2 AND tag IS NOT NULL THEN expires_at END,
                 method = ?2, provider = ?3, proof = ?4, reference = ?5, key = ?6, tag = ?7, expires_at = ?8
             WHERE id = ?1",
        )
        .bind(challenge)
        .bind(method)
        .bind(provider)
        .bind(kind)
        .bind(reference)
        .bind(key)
        .bind(tag)
        .bind(expires_at)
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Returns a guess after a service error.
    pub async fn return_guess(&self, challenge: ChallengeId) -> Result<(), StoreError> {
        let mut transaction = self.write().await?;
        sqlx::query("UPDATE challenges SET guesses = guesses - 1 WHERE id = ?1 AND guesses > 0")
            .bind(challenge)
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        Ok(())
    }
}

/// The challenge of a sign-in, read within a transaction.
pub(super) async fn of_sign_in(
    connection: &mut SqliteConnection,
    sign_in: SignInId,
) -> Result<Option<Challenge>, StoreError> {
    let found = sqlx::query_as::<_, Challenge>("SELECT * FROM challenges WHERE sign_in = ?1").bind(sign_in);
    Ok(found.fetch_optional(connection).await?)
}

//! What an encrypted value belongs to. It is part of the encryption, so a value that was copied to another row cannot be
//! decrypted there.

use crate::domain::factor_kind::FactorKind;
use crate::domain::identifier::{AccountId, FactorId};
use crate::store::FactorRow;

/// The factor in a row.
pub(super) fn of_row(row: &FactorRow) -> [&[u8]; 4] {
    of_factor(&row.id, &row.account, row.kind)
}

/// A factor: parts of fixed width, then its kind.
pub(super) fn of_factor<'a>(id: &'a FactorId, account: &'a AccountId, kind: FactorKind) -> [&'a [u8]; 4] {
    [b"factor", id.as_bytes(), account.as_bytes(), kind.word().as_bytes()]
}

/// A factor that is being added, which is not yet one.
pub(super) fn of_enrolment<'a>(id: &'a FactorId, account: &'a AccountId, kind: FactorKind) -> [&'a [u8]; 4] {
    [b"adding", id.as_bytes(), account.as_bytes(), kind.word().as_bytes()]
}

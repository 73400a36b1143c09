//! How `domain` values are stored in columns, in both directions: rows are structs that derive `sqlx::FromRow`, and
//! values are bound directly. A value that does not parse is [`StoreError::Corrupt`](super::StoreError::Corrupt) with
//! the name of its column, never a default.
//!
//! The implementations are generic over the database, because the domain types are stored the same way in each.

use sqlx::error::{BoxDynError, UnexpectedNullError};
use sqlx::{Database, Decode, Type};

use crate::domain::assurance::Assurance;
use crate::domain::email::EmailAddress;
use crate::domain::factor_kind::FactorKind;
use crate::domain::factor_name::FactorName;
use crate::domain::host::HostPattern;
use crate::domain::identifier::{AccountId, ChallengeId, DeviceId, FactorId, HandoverId, SessionId, SignInId, TokenId};
use crate::domain::identity::DisplayName;
use crate::domain::method::CodeMethod;
use crate::domain::phone::PhoneNumber;
use crate::domain::username::{LoginName, Username};
use crate::password::PasswordHash;
use crate::platform::clock::Timestamp;

/// `Value as Stored: write, read;`: the type that SQL knows, how to convert a value to it, and how to parse it.
macro_rules! column {
    ($($value:ty as $stored:ty: $write:expr, $read:expr;)+) => { $(
        impl<DB: sqlx::Database> sqlx::Type<DB> for $value
        where
            $stored: sqlx::Type<DB>,
        {
            fn type_info() -> DB::TypeInfo {
                <$stored>::type_info()
            }

            fn compatible(info: &DB::TypeInfo) -> bool {
                <$stored>::compatible(info)
            }
        }

        impl<'q, DB: sqlx::Database> sqlx::Encode<'q, DB> for $value
        where
            $stored: sqlx::Encode<'q, DB>,
        {
            fn encode_by_ref(
                &self,
                buffer: &mut DB::ArgumentBuffer,
            ) -> Result<sqlx::encode::IsNull, sqlx::error::BoxDynError> {
                let write: fn(&Self) -> $stored = $write;
                write(self).encode(buffer)
            }
        }

        impl<'r, DB: sqlx::Database> sqlx::Decode<'r, DB> for $value
        where
            $stored: sqlx::Decode<'r, DB>,
        {
            fn decode(value: DB::ValueRef<'r>) -> Result<Self, sqlx::error::BoxDynError> {
                // When asked for one of these types, SQLite reads NULL as an empty text, no bytes or zero.
                if sqlx::ValueRef::is_null(&value) {
                    return Err(sqlx::error::UnexpectedNullError.into());
                }
                let read: fn($stored) -> Result<Self, sqlx::error::BoxDynError> = $read;
                read(<$stored>::decode(value)?)
            }
        }
    )+ };
}
pub(super) use column;

column! {
    AccountId as Vec<u8>: |id| id.as_bytes().to_vec(), |bytes| Ok(Self::from_slice(&bytes)?);
    SessionId as Vec<u8>: |id| id.as_bytes().to_vec(), |bytes| Ok(Self::from_slice(&bytes)?);
    SignInId as Vec<u8>: |id| id.as_bytes().to_vec(), |bytes| Ok(Self::from_slice(&bytes)?);
    ChallengeId as Vec<u8>: |id| id.as_bytes().to_vec(), |bytes| Ok(Self::from_slice(&bytes)?);
    DeviceId as Vec<u8>: |id| id.as_bytes().to_vec(), |bytes| Ok(Self::from_slice(&bytes)?);
    FactorId as Vec<u8>: |id| id.as_bytes().to_vec(), |bytes| Ok(Self::from_slice(&bytes)?);
    HandoverId as Vec<u8>: |id| id.as_bytes().to_vec(), |bytes| Ok(Self::from_slice(&bytes)?);
    TokenId as Vec<u8>: |id| id.as_bytes().to_vec(), |bytes| Ok(Self::from_slice(&bytes)?);
    Timestamp as i64: |moment| moment.millis(), |millis| Ok(Self::from_millis(millis));
    Assurance as i64: |level| level.number(), |number| Self::from_number(number).ok_or_else(|| "no such level".into());
    CodeMethod as String: |method| method.word().to_owned(), |word| Ok(word.parse()?);
    FactorKind as String: |kind| kind.word().to_owned(), |word| Ok(word.parse()?);
    FactorName as String: |name| name.as_str().to_owned(), |text| Ok(text.parse()?);
    Username as String: |name| name.as_str().to_owned(), |text| Ok(text.parse()?);
    LoginName as String: |name| name.as_str().to_owned(), |text| Ok(Self::new(&text));
    DisplayName as String: |name| name.as_str().to_owned(), |text| Ok(text.parse()?);
    EmailAddress as String: |address| address.as_str().to_owned(), |text| Ok(text.parse()?);
    PhoneNumber as String: |number| number.as_str().to_owned(), |text| Ok(text.parse()?);
    PasswordHash as String: |hash| hash.as_str().to_owned(), |text| Ok(Self::from_stored(text));
    HostPattern as String: |pattern| pattern.to_string(), |text| Ok(Self::of_site(&text)?);
}

/// A fixed number of bytes, read with `#[sqlx(try_from = "Bytes")]` into `[u8; N]` or, for a nullable column,
/// `Option<[u8; N]>`. Both are foreign types, so `sqlx` traits cannot be implemented for them here.
pub(super) struct Bytes(Option<Vec<u8>>);

impl<DB: Database> Type<DB> for Bytes
where
    Vec<u8>: Type<DB>,
{
    fn type_info() -> DB::TypeInfo {
        Vec::type_info()
    }

    fn compatible(info: &DB::TypeInfo) -> bool {
        Vec::compatible(info)
    }
}

impl<'r, DB: Database> Decode<'r, DB> for Bytes
where
    Vec<u8>: Decode<'r, DB>,
{
    fn decode(value: DB::ValueRef<'r>) -> Result<Self, BoxDynError> {
        Option::decode(value).map(Self)
    }
}

/// A column holds a different number of bytes than the value has.
#[derive(Debug, thiserror::Error)]
#[error("{0} bytes")]
pub(super) struct WrongLength(usize);

impl<const N: usize> TryFrom<Bytes> for Option<[u8; N]> {
    type Error = WrongLength;

    fn try_from(Bytes(stored): Bytes) -> Result<Self, WrongLength> {
        stored.map(|bytes| bytes.try_into().map_err(|bytes: Vec<u8>| WrongLength(bytes.len()))).transpose()
    }
}

impl<const N: usize> TryFrom<Bytes> for [u8; N] {
    type Error = BoxDynError;

    fn try_from(stored: Bytes) -> Result<Self, BoxDynError> {
        Option::try_from(stored)?.ok_or_else(|| UnexpectedNullError.into())
    }
}

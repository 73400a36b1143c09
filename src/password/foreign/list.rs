//! The list of schemes.

use super::scheme::{ForeignHash, Parsed};
use super::{bcrypt, digest, md5_crypt, pbkdf2, scrypt, sha_crypt};

/// A parsed hash of any scheme.
type AnyHash = Parsed<Box<dyn ForeignHash>>;

/// Parses a hash of any scheme in this module. `None`: it is of no such scheme.
pub(in crate::password) fn parse(text: &str) -> Option<AnyHash> {
    const SCHEMES: [fn(&str) -> Option<AnyHash>; 6] = [
        |text| boxed(bcrypt::parse(text)),
        |text| boxed(sha_crypt::parse(text)),
        |text| boxed(pbkdf2::parse(text)),
        |text| boxed(scrypt::parse(text)),
        |text| boxed(md5_crypt::parse(text)),
        |text| boxed(digest::parse(text)),
    ];
    SCHEMES.iter().find_map(|scheme| scheme(text))
}

fn boxed<T: ForeignHash + 'static>(parsed: Option<Parsed<T>>) -> Option<AnyHash> {
    parsed.map(|parsed| parsed.map(|hash| -> Box<dyn ForeignHash> { Box::new(hash) }))
}

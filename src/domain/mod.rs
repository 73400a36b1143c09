//! Floor 1: parsed values.
//!
//! Text from outside is parsed into one of these types once, at the boundary; after that its type proves that it is
//! well formed. Nothing here reads time, the store or the network; identifiers are drawn from the generator they are
//! given. Called by every room above.

pub(crate) mod access_token;
pub(crate) mod assurance;
pub(crate) mod attempt_kind;
pub(crate) mod client;
pub(crate) mod code;
pub(crate) mod denial_reason;
pub(crate) mod duration;
pub(crate) mod email;
pub(crate) mod exchange_kind;
pub(crate) mod factor_kind;
pub(crate) mod factor_name;
pub(crate) mod forgery_reason;
pub(crate) mod host;
pub(crate) mod identifier;
pub(crate) mod identity;
pub(crate) mod identity_headers;
pub(crate) mod language;
pub(crate) mod method;
pub(crate) mod network;
pub(crate) mod origin;
pub(crate) mod path;
pub(crate) mod phone;
pub(crate) mod request_context;
pub(crate) mod return_target;
pub(crate) mod site;
pub(crate) mod target;
pub(crate) mod username;

//! Floor 1: parsed values.
//!
//! Text from outside is parsed into one of these types once, at the boundary; after that its type proves that it is
//! well formed. Nothing here reads time, the store or the network; identifiers are drawn from the generator they are
//! given. Called by every room above.

pub mod access_token;
pub mod assurance;
pub mod attempt_kind;
pub mod client;
pub mod code;
pub mod denial_reason;
pub mod duration;
pub mod email;
pub mod forgery_reason;
pub mod host;
pub mod identifier;
pub mod identity;
pub mod identity_headers;
pub mod method;
pub mod network;
pub mod origin;
pub mod path;
pub mod phone;
pub mod request_context;
pub mod return_target;
pub mod site;
pub mod target;
pub mod username;

//! Checks how each HTTP/1 request is framed on the wire, which hyper does not show.
//!
//! hyper accepts `Transfer-Encoding: ,chunked`, two of them, both lengths at once and `Content-Length: 0001`, and cuts
//! `#fragment` off the target (measured). So the incoming bytes are read a second time: [`parser`] follows requests and
//! bodies and queues one verdict per head; `server/receive` takes one verdict per request and refuses a request without
//! one. Where the two parsers could disagree, this one stops and everything after that on the connection is refused. It
//! never changes a byte.
//!
//! A head over a limit is refused here too: hyper would refuse it without a page and without a log line.

mod chunk;
mod head;
mod linger;
mod parser;
mod socket;

pub use parser::{FramingVerdict, FramingVerdicts};
pub(super) use parser::{MOST_FIELDS, OversizedHead};
pub(super) use socket::Refuse;
pub use socket::{FramedSocket, FramingRules, Patience};

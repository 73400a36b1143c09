//! What hyper does not show: how each HTTP/1 request is framed on the wire.
//!
//! hyper accepts `Transfer-Encoding: ,chunked`, two of them, both lengths at once, `Content-Length: 0001`, and cuts
//! `#fragment` off the target before anybody can see it (measured). So the bytes are read a second time on their way
//! in: [`parser`] follows requests and bodies and queues one verdict for each head; `server/receive` takes one for
//! each request and refuses where there is none. Where the two readers could disagree, this one gives up, and all
//! that follows on the connection is refused. It changes no byte.
//!
//! A head over a limit ends here too: hyper would answer it by itself, without a page and without a line in the log.

mod chunk;
mod head;
mod linger;
mod parser;
mod socket;

pub use parser::{FramingVerdict, FramingVerdicts};
pub(super) use parser::{MOST_FIELDS, OversizedHead};
pub(super) use socket::Refuse;
pub use socket::{FramedSocket, FramingRules, Patience};

//! The facts of one connection, shared by all of its requests.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::domain::client::Peer;
use crate::domain::identifier::RequestId;
use crate::domain::origin::Scheme;
use crate::platform::random::{EntropyUnavailable, Random};
use crate::server::activity::Activity;
use crate::server::framing::{FramingVerdict, FramingVerdicts};
use crate::server::limits::ConnectionPermit;
use crate::server::stalled::OpenAnswers;
use crate::upstream::{ClientConnection, PinnedConnections};

/// One connection.
pub(super) struct ConnectionInfo {
    pub(super) peer: Peer,
    pub(super) scheme: Scheme,
    pub(super) activity: Activity,
    /// The framing verdicts on HTTP/1 heads. `None` for HTTP/2, whose framing is unambiguous. The library cuts `#` and
    /// what follows off an HTTP/2 `:path`, for the decision and for the site alike.
    pub(super) verdicts: Option<FramingVerdicts>,
    /// Shared with tunnels, which outlive the connection's HTTP.
    pub(super) permit: Arc<ConnectionPermit>,
    /// The responses in progress over HTTP/2, where the socket does not show that a stream is stalled. `None` for
    /// HTTP/1.
    pub(super) answers: Option<OpenAnswers>,
    /// Connections to sites that are reserved for this connection. They are closed with it.
    pub(super) pinned: Arc<PinnedConnections>,
    names: RequestNames,
}

/// Generates the request ids of one connection: one random start, then a fixed step, which saves a system call per
/// request. The ids have to be unique, not secret.
#[derive(Debug)]
struct RequestNames {
    start: [u8; 16],
    count: AtomicU64,
}

/// An odd number close to 2^64 divided by the golden ratio. Its multiples spread over all digits, so that the first
/// eight, which the log shows, differ from request to request.
const STEP: u64 = 0x9E37_79B9_7F4A_7C15;

impl ConnectionInfo {
    pub(super) fn new(
        peer: Peer,
        scheme: Scheme,
        verdicts: Option<FramingVerdicts>,
        permit: Arc<ConnectionPermit>,
        client: ClientConnection,
        random: &mut Random,
    ) -> Result<Self, EntropyUnavailable> {
        let names = RequestNames { start: random.bytes()?, count: AtomicU64::new(0) };
        // HTTP/1 has verdicts, HTTP/2 has streams to watch.
        let answers = verdicts.is_none().then(OpenAnswers::default);
        let pinned = Arc::new(PinnedConnections::new(client));
        Ok(Self { peer, scheme, activity: Activity::default(), verdicts, permit, answers, pinned, names })
    }

    /// The verdict on the head of the next request.
    pub(super) fn verdict(&self) -> FramingVerdict {
        self.verdicts.as_ref().map_or(FramingVerdict::Clean, FramingVerdicts::take)
    }

    /// The id of the next request.
    pub(super) fn next_request(&self) -> RequestId {
        let step = STEP.wrapping_mul(self.names.count.fetch_add(1, Ordering::Relaxed));
        let start = u128::from_be_bytes(self.names.start);
        RequestId::from_bytes(start.wrapping_add(u128::from(step) << 64).to_be_bytes())
    }
}

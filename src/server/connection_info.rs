//! What is known of one connection, for every request on it.

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
    /// The verdicts on HTTP/1 heads. HTTP/2 frames its lines unmistakably: there are none. Of a
    /// `#` in its `:path` what follows is cut before we see it, for the decision and for the site alike.
    pub(super) verdicts: Option<FramingVerdicts>,
    /// Kept by a tunnel beyond the connection's own end.
    pub(super) permit: Arc<ConnectionPermit>,
    /// Answers on their way over HTTP/2, where the socket does not show who takes nothing.
    pub(super) answers: Option<OpenAnswers>,
    /// Connections to sites that serve this connection alone; they end with it.
    pub(super) pinned: Arc<PinnedConnections>,
    names: RequestNames,
}

/// Names of the requests of one connection: one draw of entropy, then a step for each, which spares a system call for
/// every request. They need only be different, not secret.
#[derive(Debug)]
struct RequestNames {
    start: [u8; 16],
    count: AtomicU64,
}

/// An odd number close to 2^64 divided by the golden ratio: steps of it spread over all digits, so that the first
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
        // HTTP/1 has verdicts, HTTP/2 has streams.
        let answers = verdicts.is_none().then(OpenAnswers::default);
        let pinned = Arc::new(PinnedConnections::new(client));
        Ok(Self { peer, scheme, activity: Activity::default(), verdicts, permit, answers, pinned, names })
    }

    /// The verdict on the head of the request that begins.
    pub(super) fn verdict(&self) -> FramingVerdict {
        self.verdicts.as_ref().map_or(FramingVerdict::Clean, FramingVerdicts::take)
    }

    /// A name for the request that begins.
    pub(super) fn next_request(&self) -> RequestId {
        let step = STEP.wrapping_mul(self.names.count.fetch_add(1, Ordering::Relaxed));
        let start = u128::from_be_bytes(self.names.start);
        RequestId::from_bytes(start.wrapping_add(u128::from(step) << 64).to_be_bytes())
    }
}

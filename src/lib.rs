//! Portcullis: two-factor login in front of any web app, in one small binary.
//!
//! # The path of a request
//!
//! ```text
//! server/listen       a connection is accepted (TCP, TLS, unix socket)
//! server/connection   bytes become requests (HTTP/1.1, HTTP/2); timeouts and caps live here
//! server/framing      judges on the wire what the HTTP library hides (two lengths, odd encodings, `#`)
//! server/receive      creates the RequestContext, answers every error, writes the access-log line
//!   headers/forwarded     which client, which host, which scheme (trusted proxies only)
//! server/router       which handler: health, forward auth, one of our pages, or the protected site
//!   authorize             the one pipeline: site and path checks -> policy match -> authn -> decide -> Permit or Denial
//!   proxy                 the protected site: Permit + clean headers -> upstream
//!   authz/…               the same pipeline, answered to nginx, Traefik, Caddy, HAProxy, Envoy
//!   portal/…              people: sign in, enter the code, log out -> login -> factor -> delivery
//! server/receive      security headers, Set-Cookie, log
//! ```
//!
//! # Floors
//!
//! A file names only its own room and rooms on lower floors; two rooms on the same floor do not name each other.
//! `tests/architecture` contains the table and fails on a dependency in the wrong direction.
//!
//! | floor | rooms |
//! |---|---|
//! | 0 | [`platform`]: time, entropy, secrets, private files, names of log targets |
//! | 1 | [`domain`]: parsed values; [`keys`]: the only place that signs and encrypts |
//! | 2 | [`i18n`]: every text for people; [`session`]: cookies and lifetimes; [`policy`]: rules; [`headers`]: one file for each family; [`password`] |
//! | 3 | [`store`]: SQLite; [`delivery`]: how codes are sent |
//! | 4 | [`throttle`]; [`audit`]: the closed list of security events; [`factor`] |
//! | 5 | [`registry`]: live sessions in memory; [`challenge`]: one attempt at a second factor; [`account`]: changes to an account; [`upstream`]: protected sites; [`events`]: security events for other systems |
//! | 6 | [`login`]: one sign-in; [`authn`]: which principal a request shows; [`assertion`]: the signed identity that a site can verify |
//! | 7 | [`web`]: what pages and handlers share |
//! | 8 | [`authorize`]: whether a request may pass, and how a denial is answered |
//! | 9 | [`portal`]: pages; [`authz`]: forward auth for other proxies; [`proxy`]: the protected site; [`sandbox`]: a CPaaS, a phone and a dashboard for trials |
//! | 10 | [`server`]: sockets, connections, the router |
//! | 11 | [`config`]: turns file and environment into each room's settings |
//! | 12 | [`startup`]: builds every room in floor order |
//! | 13 | [`cli`]: one file for each command |
//!
//! `docs/architecture.md` describes each kind of request, `docs/glossary.md` defines the words.

mod platform;

mod domain;
mod keys;

mod headers;
mod i18n;
mod password;
mod policy;
mod session;

mod delivery;
mod store;

mod audit;
mod factor;
mod registry;
mod throttle;

mod account;
mod challenge;
mod events;
mod login;
mod upstream;

mod assertion;
mod authn;

mod web;

mod authorize;

mod authz;
mod portal;
mod proxy;
#[cfg(feature = "demo")]
mod sandbox;

mod server;

mod config;

mod startup;

mod cli;

pub use cli::main;

/// Parts of the gateway that its own tests, benches and fuzz targets use directly. They are not a public API and change
/// without notice.
#[doc(hidden)]
pub mod parts {
    pub use crate::cli::command_line;
    pub use crate::config::load::{Sources, load};
    pub use crate::headers::known_identity;
    pub use crate::headers::target_fields;
    pub use crate::password::PasswordHash;
    pub use crate::platform::clock::{Clock, HandClock, Timestamp};
    pub use crate::platform::random::Random;
    #[cfg(feature = "demo")]
    pub use crate::sandbox::{RunningSandbox, Sandbox, Settings as SandboxSettings};
    pub use crate::startup::{Gateway, serve};

    /// The types of the store's contract tests.
    pub mod store {
        pub use crate::domain::assurance::Assurance;
        pub use crate::domain::factor_kind::FactorKind;
        pub use crate::domain::factor_name::FactorName;
        pub use crate::domain::host::HostPattern;
        pub use crate::domain::identifier::{AccountId, ChallengeId, DeviceId, FactorId, SessionId, SignInId, TokenId};
        pub use crate::domain::method::CodeMethod;
        pub use crate::domain::username::LoginName;
        pub use crate::keys::{Encrypted, KeyRing, Settings as KeySettings};
        pub use crate::store::{
            Account, AccountStatus, BrokenTrail, BrowserClaim, BrowserCookie, BrowserMark, BrowserUse, ChainHead,
            Change, CodeReplacement, Completion, Counted, CounterRule, Earned, Ended, Enrolment, EventFilter, EventRow,
            FactorAddition, FactorChange, FactorRemoval, FactorReset, FactorRow, ForgottenBrowser, GuessClaim,
            HeldFactors, LastFactor, LostEvents, OpenedRemembered, OpenedSession, OtherDomain, Proof, ProofClaim,
            RelyingPartyChange, RememberedBrowsers, RemovalRule, ResetExtent, SendClaim, SendLimit, SessionEnd,
            SessionRow, Settings, SignIn, SinkHolder, Spending, Store, StoreError, StoredEvent, SweptEvents,
            TakenFactor, TokenRow, TrailFault, TrailReport, Unverifiable,
        };
    }

    /// The parsers of untrusted input, for `fuzz/`.
    pub mod fuzzing {
        pub use crate::domain::client::Peer;
        pub use crate::domain::network::{TrustedProxies, TrustedProxy};
        pub use crate::domain::origin::{Origin, Scheme};
        pub use crate::domain::path::{CanonicalPath, Extent, PathInterpretations, folded};
        pub use crate::domain::return_target::ReturnTarget;
        pub use crate::domain::target::RequestTarget;
        pub use crate::headers::cookie::{strip, strip_set};
        pub use crate::headers::forwarded::{ForwardedInfo, client, read};
        pub use crate::server::fuzzing::{
            Activity, FramedSocket, FramingRules, FramingVerdict, FramingVerdicts, Patience,
        };
        pub use crate::session::jar::{CookieLookup, find};
    }
}

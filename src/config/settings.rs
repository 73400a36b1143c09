//! The settings of every room, checked and complete.

pub(crate) use crate::account::Person;

use crate::{
    challenge, delivery, events, factor, keys, password, policy, server, session, store, throttle, upstream, web,
};

/// The result of reading file, environment and flags: everything that `startup` needs to build the rooms.
pub struct Settings {
    /// `[server]`: sockets, TLS, limits on connections.
    pub server: server::Settings,
    /// `[portal]`, and what every page needs of `[server]`.
    pub web: web::Settings,
    /// `[keys]`.
    pub keys: keys::Settings,
    /// `[session]`.
    pub session: session::Settings,
    /// `[store]`.
    pub store: store::Settings,
    /// `[password]`.
    pub password: password::Settings,
    /// `[delivery]`, `[cpaas]` and `[smtp]`: the providers.
    pub delivery: delivery::Settings,
    /// `[delivery]` and `[factors]`: codes that are sent and factors that people hold.
    pub factor: factor::Settings,
    /// `[delivery]`: how long a code is valid, and when the next one may be sent.
    pub challenge: challenge::Limits,
    /// `[events]`: receivers of security events.
    pub events: events::Settings,
    /// `[throttle]`.
    pub throttle: throttle::Settings,
    /// `[[sites]]`: hosts and rules.
    pub sites: Vec<policy::SiteSettings>,
    /// `[upstream]` and the addresses of `[[sites]]`, in the order of `sites`.
    pub upstream: upstream::Settings,
    /// The account of the one-person environment. `None` unless all its variables are set.
    pub person: Option<Person>,
}

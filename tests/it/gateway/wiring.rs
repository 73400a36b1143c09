//! The only lines that name the product's own functions.

use std::net::SocketAddr;

use portcullis::parts::Clock;
pub use portcullis::parts::Gateway as RunningGateway;
pub use portcullis::parts::RunningSandbox as Sandbox;
use portcullis::parts::{Sources, load};

/// Reads the file as `serve` does and starts the gateway on this clock.
pub async fn gateway(file: &str, clock: Clock) -> RunningGateway {
    let sources = Sources::of_file(file.into());
    let config = load(&sources).unwrap_or_else(|mistakes| panic!("configuration: {mistakes}"));
    portcullis::parts::serve(config.settings, clock).await.unwrap_or_else(|error| panic!("start: {error}"))
}

/// The address that is really listened on.
pub fn address(gateway: &RunningGateway) -> SocketAddr {
    let mut texts = gateway.addresses().iter().map(ToString::to_string);
    let found = texts.find_map(|address| crate::process::address_in(&address));
    found.expect("a TCP address")
}

/// The store, as another process of the installation opens it.
pub async fn store(file: std::path::PathBuf) -> portcullis::parts::store::Store {
    use portcullis::parts::store::{KeyRing, KeySettings, Settings, Store};
    let keys = KeySettings { file: file.with_file_name("portcullis.keys") };
    let now = Clock::system().now();
    let keys = KeyRing::open_or_create(&keys, now, &mut portcullis::parts::Random::system());
    Store::open(&Settings { file }, &std::sync::Arc::new(keys.expect("the keys"))).await.expect("the store opens")
}

/// Name and details of the newest row of the audit trail.
pub async fn newest_event(file: std::path::PathBuf) -> (String, String) {
    let store = store(file).await;
    let events = store.newest_events(100).await.expect("the trail is read");
    store.close().await;
    // Sessions time out by themselves, at any moment after the clock was moved.
    let event = events.into_iter().find(|event| event.name != "session.timed-out").expect("an event");
    (event.name, event.details)
}

pub async fn sandbox(clock: Clock) -> Sandbox {
    let settings = portcullis::parts::SandboxSettings {
        client_id: crate::gateway::CLIENT_ID.to_owned(),
        client_secret: crate::gateway::CLIENT_SECRET.to_owned().into(),
        ..Default::default()
    };
    let at = SocketAddr::from(([127, 0, 0, 1], 0));
    portcullis::parts::Sandbox::start(at, clock, settings).await.expect("the sandbox starts")
}

pub fn sandbox_address(sandbox: &Sandbox) -> SocketAddr {
    crate::process::address_in(&sandbox.base_url()).expect("an address")
}

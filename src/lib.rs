//! Portcullis: two-factor login in front of any web app, in one small binary.
//!
//! # A request's way
//!
//! ```text
//! server/listen       a connection arrives (TCP, TLS, unix socket)
//! server/connection   bytes become requests (HTTP/1.1, HTTP/2); timeouts and caps live here
//! server/framing      what the HTTP library hides is judged on the wire (two lengths, odd encodings, `#`)
//! server/receive      one Visit is opened; every error ends here; one log line leaves here
//!   headers/forwarded     from where, for which site (trusted proxies only)
//! server/route        which door: the portal, health, a decision for another proxy, or the protected site
//!   asker                 who is asking: session cookie or access token -> directory
//!   portal/…              people: log in, enter the code, log out -> login -> factor -> delivery
//!   gate                  the protected site: access/decide -> headers/clean -> upstream/forward
//! server/receive      security headers, Set-Cookie, log
//! ```
//!
//! # Floors
//!
//! A file names only its own room and rooms on lower floors; two rooms of one floor do not name each other.
//! `tests/architecture.rs` holds the table and fails on a wrong direction.
//!
//! | floor | rooms |
//! |---|---|
//! | 0 | [`platform`]: time, chance, secrets, private files, names of log targets |
//! | 1 | [`domain`]: parsed values; [`keys`]: the only place that signs; [`words`]: every text a person reads |
//! | 2 | [`session`]: cookies and lifetimes; [`access`]: who may pass; [`headers`]: one family a file; [`password`] |
//! | 3 | [`store`]: SQLite; [`delivery`]: how a code reaches a person |
//! | 4 | [`directory`]: live sessions in memory; [`throttle`]; [`audit`]; [`factor`] |
//! | 5 | [`login`]: one sign-in; [`account`]: changes to an account; [`upstream`]: protected sites |
//! | 6 | [`asker`]: who is asking; [`assertion`]: the site is told so in signed form |
//! | 7 | [`web`]: what every door shares |
//! | 8 | [`portal`]: pages; [`authz`]: the questions of other proxies; [`gate`]: the protected site; [`sandbox`]: a CPaaS, a phone and a dashboard to try it with |
//! | 9 | [`server`]: sockets, connections, the route table |
//! | 10 | [`config`]: file and environment become each room's settings |
//! | 11 | [`startup`]: builds every room in floor order |
//! | 12 | [`cli`]: one file for each command |
//!
//! `docs/architecture.md` walks through each kind of request.

pub mod platform;

pub mod domain;
pub mod keys;
pub mod words;

pub mod access;
pub mod headers;
pub mod password;
pub mod session;

pub mod delivery;
pub mod store;

pub mod audit;
pub mod directory;
pub mod factor;
pub mod throttle;

pub mod account;
pub mod login;
pub mod upstream;

pub mod asker;
pub mod assertion;

pub mod web;

pub mod authz;
pub mod gate;
pub mod portal;
pub mod sandbox;

pub mod server;

pub mod config;

pub mod startup;

pub mod cli;

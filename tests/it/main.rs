//! Portcullis through its front door: what a visitor, a protected site, a CPaaS and an operator see of it.
//!
//! One binary, so that it links once. `gateway` boots the gateway, `visitor` is a small browser, `backend` the protected
//! site, `phone` the CPaaS, `mail_server` the mail server, `wire` raw bytes, `process` the real binary, `browser` a real
//! Chromium.
//!
//! `#[cfg(test)]` on every module, though all of it is a test: Clippy's leave to unwrap in tests goes by that word.

#![expect(unreachable_pub, reason = "nothing outside a test binary can reach into it")]

#[cfg(test)]
#[path = "../architecture/mod.rs"]
mod architecture;
#[cfg(test)]
#[path = "../store_contract.rs"]
mod store_contract;

#[cfg(test)]
mod authority;
#[cfg(test)]
mod backend;
#[cfg(test)]
mod backend_records;
#[cfg(test)]
mod broken_apache;
#[cfg(test)]
mod broken_caddy;
#[cfg(test)]
mod broken_front;
#[cfg(test)]
mod broken_nginx;
#[cfg(test)]
mod browser;
#[cfg(test)]
mod form;
#[cfg(test)]
mod gateway;
#[cfg(test)]
mod mail_server;
#[cfg(test)]
mod phone;
#[cfg(test)]
mod process;
#[cfg(test)]
mod response;
#[cfg(test)]
mod terminal;
#[cfg(test)]
mod visitor;
#[cfg(test)]
mod webdav;
#[cfg(test)]
mod wire;

#[cfg(test)]
mod accessibility;
#[cfg(test)]
mod assertion;
#[cfg(test)]
mod attacks;
#[cfg(test)]
mod audit_cli;
#[cfg(test)]
mod authz;
#[cfg(test)]
mod basic;
#[cfg(test)]
mod bodies;
#[cfg(test)]
mod clock;
#[cfg(test)]
mod code;
#[cfg(test)]
mod codes_drawn;
#[cfg(test)]
mod config;
#[cfg(test)]
mod configuration;
#[cfg(test)]
mod connection_logins;
#[cfg(test)]
mod crash;
#[cfg(test)]
mod csrf;
#[cfg(test)]
mod day;
#[cfg(test)]
mod delivery_failures;
#[cfg(test)]
mod demo;
#[cfg(test)]
mod destination;
#[cfg(test)]
mod doctor;
#[cfg(test)]
mod documents;
#[cfg(test)]
mod effects;
#[cfg(test)]
mod events;
#[cfg(test)]
mod events_syslog;
#[cfg(test)]
mod factors;
#[cfg(test)]
mod files;
#[cfg(test)]
mod first_hour;
#[cfg(test)]
mod frames;
#[cfg(test)]
mod fronts;
#[cfg(test)]
mod hand_over;
#[cfg(test)]
mod hardship;
#[cfg(test)]
mod hashing;
#[cfg(test)]
mod headers_to_site;
#[cfg(test)]
mod hosts;
#[cfg(test)]
mod hosts_in_the_browser;
#[cfg(test)]
mod identity_headers;
#[cfg(test)]
mod identity_headers_radicale;
#[cfg(test)]
mod import;
#[cfg(test)]
mod in_the_browser;
#[cfg(test)]
mod init;
#[cfg(test)]
mod kept_connections;
#[cfg(test)]
mod keys;
#[cfg(test)]
mod logout;
#[cfg(test)]
mod misconfigured;
#[cfg(test)]
mod own_pages;
#[cfg(test)]
mod packages;
#[cfg(test)]
mod pages;
#[cfg(test)]
mod programs;
#[cfg(test)]
mod protocol;
#[cfg(test)]
mod proxies;
#[cfg(test)]
mod proxying;
#[cfg(test)]
mod return_target;
#[cfg(test)]
mod rules;
#[cfg(test)]
mod rules_cli;
#[cfg(test)]
mod sdk;
#[cfg(test)]
mod secrets;
#[cfg(test)]
mod session_cookie;
#[cfg(test)]
mod sessions_cli;
#[cfg(test)]
mod sign_in;
#[cfg(test)]
mod site_connections;
#[cfg(test)]
mod smtp;
#[cfg(test)]
mod smtp_failures;
#[cfg(test)]
mod step_up;
#[cfg(test)]
mod store_gone;
#[cfg(test)]
mod throttle;
#[cfg(test)]
mod tls;
#[cfg(test)]
mod token_carriers;
#[cfg(test)]
mod tokens;
#[cfg(test)]
mod trail;
#[cfg(test)]
mod websocket;

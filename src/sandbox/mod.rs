//! Floor 9: a CPaaS that speaks the real protocol, a phone page with the messages it delivered, and a demo dashboard.
//!
//! For the demo and the tests. It listens on loopback only, keeps everything in memory and sends nothing to anybody.
//! The gateway reaches it like any CPaaS, by `cpaas.base_url`. Started by `startup` (demo), `cli` and tests.
//!
//! | path | function |
//! |---|---|
//! | `POST /cpaas/auth/v1/token` | both grants |
//! | `/cpaas/auth/v1/{user}/codes…` | create, resend, verify, delete |
//! | `POST /cpaas/smsmessaging/v1/{user}/outbound/{sender}/requests` | sends a text |
//! | `GET /cpaas/smsmessaging/v1/{user}/…/messages/{id}/status` | reports its delivery |
//! | `GET /` | the phone page |
//! | `GET /messages` | delivered messages, newest last: `[{"to", "channel", "text", "at"}]`, a mail with `"subject"` too |
//! | `GET /calls` | `{"token": 1, "create": 1, …, "verifies": {"<code id>": 2}}`: number of calls of each operation |
//! | `POST /misbehave` | see [`faults::Misbehaviour`]; `DELETE /misbehave` ends all faults |

mod codes;
mod dashboard;
mod faults;
mod messages;
mod page;
mod reply;
mod routes;
mod running;
mod serve;
mod settings;
mod shared;
mod tokens;

pub(crate) use dashboard::{Dashboard, RunningDashboard};
pub use running::{RunningSandbox, Sandbox};
pub(crate) use serve::SandboxError;
pub use settings::Settings;

#[cfg(test)]
mod tests;

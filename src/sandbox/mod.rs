//! Floor 9: a CPaaS that speaks the real protocol, a phone page that shows what it delivered, and a demo dashboard.
//!
//! For the demo and the tests. It listens on loopback only, keeps everything in memory, delivers nothing to anybody,
//! and the gateway reaches it as it reaches any CPaaS: by `cpaas.base_url`. `startup` (demo), `cli` and tests start it.
//!
//! | path | is |
//! |---|---|
//! | `POST /cpaas/auth/v1/token` | both grants |
//! | `/cpaas/auth/v1/{user}/codes…` | create, resend, verify, delete |
//! | `/cpaas/smsmessaging/v1/{user}/outbound/{sender}/requests` | sends a text; `…/messages/{id}/status` says what became of it |
//! | `GET /` | the phone page |
//! | `GET /messages` | what arrived, newest last: `[{"to", "channel", "text", "at"}]`, a mail with `"subject"` too |
//! | `GET /calls` | `{"token": 1, "create": 1, …, "verifies": {"<code id>": 2}}`: how often each operation was called |
//! | `POST /misbehave` | see [`faults::Misbehaviour`]; `DELETE /misbehave` ends all of it |

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
pub use settings::Settings;

#[cfg(test)]
mod tests;

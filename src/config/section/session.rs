//! `[session]`: limits of sessions and their cookie.

use std::time::Duration;

use crate::config::key_path::KeyPath;
use crate::config::mistake::Fault;
use crate::config::mistakes::MistakeCollector;
use crate::config::reader::{Switch, Text, section};
use crate::config::value::duration::Span;
use crate::config::value::host::CookieDomain;
use crate::domain::duration;
use crate::session::{self, CookiePersistence};

section! {
    /// How long people stay signed in.
    Session {
        /// A session ends after this time without use.
        idle: Text<Span<60, 2_592_000>> = Text(Span::seconds(3600)),
        /// A session ends after this time, used or not.
        lifetime: Text<Span<60, 31_536_000>> = Text(Span::seconds(12 * 3600)),
        /// Whether people stay signed in when they close the browser. If `false`, the cookie ends with the browser. `idle`
        /// and `lifetime` apply either way.
        persistent: Switch = Switch::On,
        /// The domain that all sites share, if they are to share one session cookie. Every host below it then gets the
        /// cookie; by default each site has its own.
        cookie_domain: Option<Text<CookieDomain>>,
    }
}

/// NIST SP 800-63B-4 §2.2.3 requires reauthentication after a day at this level.
const DAY: Duration = Duration::from_hours(24);

impl Session {
    pub(super) fn to_settings(&self, mistakes: &mut MistakeCollector<'_>) -> session::Settings {
        let [idle, lifetime] = [self.idle.0.0, self.lifetime.0.0];
        let at = KeyPath::of("session");
        let judged = mistakes.is_mistaken(&at.key("idle")) || mistakes.is_mistaken(&at.key("lifetime"));
        if idle > lifetime && !judged {
            let [idle, lifetime] = [idle, lifetime].map(duration::written);
            let what = format!("`{idle}` is longer than `session.lifetime`, `{lifetime}`");
            mistakes.mistake(&at.key("idle"), Fault::new(what, "make `session.idle` at most as long"));
        }
        if lifetime > DAY {
            mistakes.warning(&at.key("lifetime"), "longer than a day: a stolen session stays valid for that long");
        }
        session::Settings {
            idle,
            lifetime,
            persistence: match self.persistent {
                Switch::On => CookiePersistence::Session(lifetime),
                Switch::Off => CookiePersistence::Browser,
            },
            cookie_domain: self.cookie_domain.as_ref().map(|domain| domain.0.0.clone()),
        }
    }
}

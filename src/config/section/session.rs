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
        /// Offers, on the code page, to ask for no further code in that browser for this time, in whole hours or days. The
        /// password is still required. For that long, someone who has the password and a copy of the browser's cookies
        /// needs no code. A rule with `fresh_within` asks for a code all the same. Without this key, every sign-in needs
        /// one. A shorter time or none counts from the next start on, also for browsers that are remembered already.
        remember_device: Option<Text<Span<3600, 15_552_000>>>,
    }
}

/// NIST SP 800-63B-4 §2.2.3 requires reauthentication after a day at this level.
const DAY: Duration = Duration::from_hours(24);

/// A month is what people expect of "remember this browser". The key allows half a year, as long as the device cookie is
/// kept.
const MONTH: Duration = Duration::from_hours(24 * 31);

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
        let remember_device = self.remember_device.as_ref().map(|period| period.0.0);
        check_remembering(remember_device, &at.key("remember_device"), mistakes);
        session::Settings {
            idle,
            lifetime,
            persistence: match self.persistent {
                Switch::On => CookiePersistence::Session(lifetime),
                Switch::Off => CookiePersistence::Browser,
            },
            cookie_domain: self.cookie_domain.as_ref().map(|domain| domain.0.0.clone()),
            remember_device,
        }
    }
}

fn check_remembering(period: Option<Duration>, at: &KeyPath, mistakes: &mut MistakeCollector<'_>) {
    let Some(period) = period else { return };
    // The page promises a number of hours or days.
    if period.as_secs() % 3600 != 0 && !mistakes.is_mistaken(at) {
        let what = format!("`{}` is not in whole hours", duration::written(period));
        mistakes.mistake(at, Fault::new(what, "write whole hours or days, such as `12h` or `30d`"));
    }
    if period > MONTH {
        mistakes.warning(
            at,
            "longer than a month: for that long, the password and a copy of the browser's cookies are enough to sign in",
        );
    }
}

//! `identity_headers` and `keep_headers` of a site.

use http::header::HeaderName;

use crate::config::key_path::KeyPath;
use crate::config::mistake::Fault;
use crate::config::mistakes::MistakeCollector;
use crate::config::reader::{Text, section};
use crate::config::value::header_name::{IdentityHeader, KeptHeader};
use crate::domain::identity_headers::{IdentityHeaders, REMOTE_EMAIL, REMOTE_GROUPS, REMOTE_NAME, REMOTE_USER};
use crate::headers::spelling;

section! {
    /// The header names under which a site gets the signed-in person's identity.
    Names {
        /// The header for the user name, instead of `Remote-User`.
        user: Option<Text<IdentityHeader>>,
        /// The header for the person's name, instead of `Remote-Name`.
        name: Option<Text<IdentityHeader>>,
        /// The header for the e-mail address, instead of `Remote-Email`.
        email: Option<Text<IdentityHeader>>,
        /// The header for the groups, instead of `Remote-Groups`.
        groups: Option<Text<IdentityHeader>>,
    }
}

/// Converts the two keys of a site.
pub(super) fn to_settings(names: Option<&Names>, kept: &[Text<KeptHeader>]) -> IdentityHeaders {
    let chosen = |of: fn(&Names) -> &Option<Text<IdentityHeader>>, otherwise: HeaderName| {
        names.and_then(|names| of(names).as_ref()).map_or(otherwise, |Text(name)| name.0.name.clone())
    };
    IdentityHeaders {
        user: chosen(|names| &names.user, REMOTE_USER),
        name: chosen(|names| &names.name, REMOTE_NAME),
        email: chosen(|names| &names.email, REMOTE_EMAIL),
        groups: chosen(|names| &names.groups, REMOTE_GROUPS),
        kept: kept.iter().map(|Text(kept)| kept.0.name.clone()).collect(),
    }
}

/// Each name must have one meaning, and only the gateway may set it.
pub(super) fn check(headers: &IdentityHeaders, site: &KeyPath, mistakes: &mut MistakeCollector<'_>) {
    let at = site.key("identity_headers");
    let keys = ["user", "name", "email", "groups"];
    for (place, (key, chosen)) in keys.into_iter().zip(headers.names()).enumerate() {
        if IdentityHeaders::DEFAULTS.get(place) == Some(chosen) || mistakes.is_mistaken(&at.key(key)) {
            continue;
        }
        let same = |other: &HeaderName| spelling::alike(other.as_str(), chosen.as_str());
        let twin = keys.into_iter().zip(headers.names()).take(place).find(|(_, earlier)| same(earlier));
        // `Remote-*` have the same meaning in the answer to every forward-auth request, whatever names a site chooses.
        let usual = keys.into_iter().zip(IdentityHeaders::DEFAULTS).find(|(of, usual)| *of != key && same(usual));
        let what = match (twin, usual) {
            (Some((other, _)), _) => format!("the same name as `{other}`"),
            (None, Some((other, _))) => format!("this is the name for `{other}` in answers to other proxies"),
            (None, None) => continue,
        };
        mistakes.mistake(&at.key(key), Fault::new(what, "choose another name"));
    }
    check_kept(headers, &site.key("keep_headers"), mistakes);
}

fn check_kept(headers: &IdentityHeaders, at: &KeyPath, mistakes: &mut MistakeCollector<'_>) {
    if mistakes.is_mistaken(at) {
        return;
    }
    for (place, kept) in headers.kept.iter().enumerate() {
        let at = at.index(place);
        let same = |other: &HeaderName| spelling::alike(other.as_str(), kept.as_str());
        if headers.names().into_iter().any(same) {
            let what = "the gateway itself sends the identity to this site in this header";
            mistakes.mistake(&at, Fault::new(what, "remove it here or in `identity_headers`"));
        } else if headers.kept.iter().take(place).any(same) {
            mistakes.mistake(&at, Fault::new("this value is listed twice", "remove one of them"));
        } else {
            mistakes.warning(&at, "an app that reads an identity from this header trusts every visitor who sends it");
        }
    }
}

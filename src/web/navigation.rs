//! Who started a navigation, by Fetch Metadata (W3C). A page cannot set `Sec-Fetch-Site`, and the browser computes it
//! over the whole chain of redirects, so a link on another site stays cross-site even if it is redirected through one
//! of ours.

use http::{HeaderMap, HeaderName};

pub(super) const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");
const SEC_FETCH_MODE: HeaderName = HeaderName::from_static("sec-fetch-mode");
const SEC_FETCH_DEST: HeaderName = HeaderName::from_static("sec-fetch-dest");

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Initiator {
    /// The person (address bar, bookmark), or a page of the same site (scheme and registrable domain).
    SameSite,
    /// A page of another site, or unknown because the browser does not send the field.
    CrossSite,
}

/// Reads the initiator from the headers of the navigation.
pub(crate) fn initiator(headers: &HeaderMap) -> Initiator {
    let mut values = headers.get_all(SEC_FETCH_SITE).iter();
    match (values.next().map(http::HeaderValue::as_bytes), values.next()) {
        (Some(b"same-origin" | b"same-site" | b"none"), None) => Initiator::SameSite,
        (Some(_) | None, _) => Initiator::CrossSite,
    }
}

/// Whether the browser loads a page, as far as it says so: not for `fetch` in a script, and not inside a frame. A script
/// cannot set these fields. A service worker of the site that passes a page load on makes its destination `empty`.
pub(crate) fn is_page_load(headers: &HeaderMap) -> bool {
    let only = |name: &HeaderName, words: &[&str]| {
        headers.get_all(name).iter().all(|value| words.iter().any(|word| value == word))
    };
    let destinations: &[&str] =
        if headers.contains_key(SEC_FETCH_MODE) { &["document", "empty"] } else { &["document"] };
    only(&SEC_FETCH_MODE, &["navigate"]) && only(&SEC_FETCH_DEST, destinations)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_one_plain_word_of_this_site_counts_as_this_site() {
        let of =
            |values: &[&str]| initiator(&values.iter().map(|value| (SEC_FETCH_SITE, value.parse().unwrap())).collect());
        for value in ["same-origin", "same-site", "none"] {
            assert_eq!(of(&[value]), Initiator::SameSite, "{value}");
        }
        for values in [&[][..], &["cross-site"], &["Same-Site"], &["none, cross-site"], &["none", "none"], &[""]] {
            assert_eq!(of(values), Initiator::CrossSite, "{values:?}");
        }
    }

    #[test]
    fn a_page_load_is_neither_of_a_script_nor_of_a_frame() {
        let of = |fields: &[(HeaderName, &str)]| {
            is_page_load(&fields.iter().map(|(name, value)| (name.clone(), value.parse().unwrap())).collect())
        };
        assert!(of(&[(SEC_FETCH_MODE, "navigate"), (SEC_FETCH_DEST, "empty")]), "through a service worker");
        assert!(of(&[]) && of(&[(SEC_FETCH_MODE, "navigate"), (SEC_FETCH_DEST, "document")]));
        for fields in [
            &[(SEC_FETCH_MODE, "cors")][..],
            &[(SEC_FETCH_MODE, "no-cors")],
            &[(SEC_FETCH_MODE, "same-origin"), (SEC_FETCH_DEST, "empty")],
            &[(SEC_FETCH_MODE, "navigate"), (SEC_FETCH_DEST, "iframe")],
            &[(SEC_FETCH_DEST, "empty")],
            &[(SEC_FETCH_MODE, "navigate"), (SEC_FETCH_MODE, "cors")],
        ] {
            assert!(!of(fields), "{fields:?}");
        }
    }
}

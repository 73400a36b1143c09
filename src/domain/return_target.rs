//! Where a visitor goes after signing in or out.
//!
//! A closed type: it can only hold a place on the current host or on a known site, so an open redirect (OWASP ASVS
//! 3.7.2) cannot be expressed. Anything else becomes the start page of the current host.

use crate::domain::origin::Origin;
use crate::domain::target::RequestTarget;

/// A place on a known site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnTarget {
    origin: Origin,
    target: String,
}

/// Longer targets are dropped and the visitor goes to the start page. The limit applies to the target alone, not to the
/// URL around it: a place is carried as a path, as a URL, and as a path again, and must not get lost on the way.
pub(crate) const LONGEST: usize = 4096;

impl ReturnTarget {
    /// The start page of `origin`, the host that received the request.
    pub fn home(origin: &Origin) -> Self {
        Self { origin: origin.clone(), target: "/".to_owned() }
    }

    /// The place that a request to `here` asked for.
    pub fn asked_for(here: &Origin, target: &RequestTarget) -> Self {
        Self::at(here.clone(), target.as_str().to_owned()).unwrap_or_else(|| Self::home(here))
    }

    fn at(origin: Origin, target: String) -> Option<Self> {
        (target.len() <= LONGEST && plain(&target)).then_some(Self { origin, target })
    }

    /// Parses an `rd` value: a path on `here` that starts with one slash, or a whole URL whose origin is `here` or one
    /// that `known` accepts. Everything else becomes the start page of `here`.
    pub fn read(written: &str, here: &Origin, known: impl Fn(&Origin) -> bool) -> Self {
        Self::try_read(written, here, known).unwrap_or_else(|| Self::home(here))
    }

    /// Parses a place that [`Self::url`] wrote into the store; it was checked when it was created.
    pub fn kept(url: &str, here: &Origin) -> Self {
        Self::read(url, here, |_| true)
    }

    fn try_read(written: &str, here: &Origin, known: impl Fn(&Origin) -> bool) -> Option<Self> {
        // Browsers rewrite blanks, controls and backslashes before they look for the host (`/\evil`, `/<tab>/evil`). No
        // URL written by us or by a browser contains them.
        if !plain(written) || written.starts_with("//") {
            return None;
        }
        if written.starts_with('/') {
            return Self::at(here.clone(), written.to_owned());
        }
        let after_scheme = written.find("://")? + 3;
        let authority_end =
            written.get(after_scheme..)?.find(['/', '?', '#']).map_or(written.len(), |at| at + after_scheme);
        let origin: Origin = written.get(..authority_end)?.parse().ok()?;
        let rest = written.get(authority_end..)?;
        let target = if rest.starts_with('/') { rest.to_owned() } else { format!("/{rest}") };
        if origin == *here || known(&origin) { Self::at(origin, target) } else { None }
    }

    /// The origin of the site.
    pub const fn origin(&self) -> &Origin {
        &self.origin
    }

    /// Path, query and fragment on that site; starts with a slash, perhaps with two: never a `Location` or a link by
    /// itself, because browsers read two slashes as another host ([`Self::seen_from`]).
    pub fn target(&self) -> &str {
        &self.target
    }

    /// The whole URL.
    pub fn url(&self) -> String {
        format!("{}{}", self.origin, self.target)
    }

    /// The shortest form that a browser on `here` resolves to this place: the path alone, unless it starts with two
    /// slashes or the place is on another origin.
    pub fn seen_from(&self, here: &Origin) -> String {
        if self.origin == *here && !self.target.starts_with("//") { self.target.clone() } else { self.url() }
    }
}

fn plain(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(written: &str) -> String {
        let here: Origin = "https://app.example".parse().unwrap();
        let known: Origin = "https://other.example".parse().unwrap();
        ReturnTarget::read(written, &here, |origin| *origin == known).url()
    }

    #[test]
    fn a_place_on_this_or_a_known_site_is_kept_with_its_query() {
        assert_eq!(read("/a/b?c=d&e=%2F#f"), "https://app.example/a/b?c=d&e=%2F#f");
        assert_eq!(read("https://APP.example:443/x"), "https://app.example/x");
        assert_eq!(read("https://other.example?x=1"), "https://other.example/?x=1");
    }

    #[test]
    fn every_trick_to_leave_the_site_ends_on_its_start_page() {
        for written in [
            "",
            "evil",
            "//evil.test",
            "/\\evil.test",
            "\\\\evil.test",
            "https:evil.test",
            "https:///evil.test",
            "https://app.example@evil.test",
            "https://evil.test#.app.example",
            "https://appxexample",
            "https://app.example.evil.test",
            "https://app.example:443@evil.test",
            "/\t/evil.test",
            "\t//evil.test",
            "/\r\nLocation: https://evil.test",
            "javascript:alert(1)",
            "data:text/html,x",
            "http://app.example/",
            "https://app\u{3002}example/x",
            "https://other.example.evil.test/",
            "https://app.example:8443/",
            "ftp://app.example/",
            " https://app.example/",
        ] {
            assert_eq!(read(written), "https://app.example/", "{written:?}");
        }
        assert_eq!(read(&format!("/{}", "a".repeat(8192))), "https://app.example/");
    }

    #[test]
    fn the_longest_target_survives_the_way_through_a_url() {
        let here: Origin = "https://app.example".parse().unwrap();
        let (longest, longer) = (format!("/{}", "a".repeat(4095)), format!("/{}", "a".repeat(4096)));
        let asked_for = |text: &str| ReturnTarget::asked_for(&here, &RequestTarget::parse(text).unwrap());
        let target = asked_for(&longest);
        assert_eq!(target.target(), longest);
        assert_eq!(ReturnTarget::kept(&target.url(), &here), target);
        assert_eq!(read(&format!("https://other.example{longest}")), format!("https://other.example{longest}"));
        let (_, behind_a_slash) = longest.split_at(1);
        assert_eq!(read(&format!("https://other.example?{behind_a_slash}")), "https://app.example/", "one slash more");
        for forgotten in [asked_for(&longer), ReturnTarget::kept(&format!("{here}{longer}"), &here)] {
            assert_eq!(forgotten, ReturnTarget::home(&here));
        }
    }

    #[test]
    fn a_path_with_two_slashes_is_never_written_alone() {
        let here: Origin = "https://app.example".parse().unwrap();
        let target = RequestTarget::parse("//evil.test/x").unwrap();
        assert_eq!(ReturnTarget::asked_for(&here, &target).seen_from(&here), "https://app.example//evil.test/x");
    }
}

//! Security headers of all our own answers, including errors. Answers of the protected site keep their own.
//!
//! They are set in one place (`server/receive`), after everything else, so that no page can omit one. A page may name
//! one further origin that its form leads to; a static file may set its own `Cache-Control`.

use http::header::{self, Entry, HeaderMap, HeaderName, HeaderValue};

use crate::domain::origin::{Origin, Scheme};

/// `server.hsts` is not a valid header value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("`server.hsts` is no header value")]
pub struct NotAHeader;

/// Sets the security headers of our own answers.
#[derive(Debug, Clone)]
pub(crate) struct SecurityHeaders {
    hsts: Option<HeaderValue>,
}

/// No inline script or style, nothing from other origins, no framing (OWASP ASVS 3.4.3, 3.4.6). The parts before and
/// after the form's target.
const POLICY: (&str, &str) = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'",
    "; frame-ancestors 'none'; base-uri 'none'",
);

/// The whole policy without a further form target, which most answers use.
const PLAIN_POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
);

/// The policy of a page that any page may show in a frame.
const FRAMED_POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'none'; base-uri 'none'",
);

/// `otp-credentials` lets the code page read the SMS (WebOTP). Our pages use no other feature, except WebAuthn's.
const PERMISSIONS: HeaderValue = HeaderValue::from_static(
    "otp-credentials=(self), publickey-credentials-get=(self), camera=(), microphone=(), geolocation=(), payment=(), usb=(), midi=(), display-capture=(), browsing-topics=()",
);

/// Fields whose value never changes.
const FIXED: [(HeaderName, HeaderValue); 7] = [
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    // For browsers that do not support `frame-ancestors`.
    (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
    // With `no-referrer`, browsers would send `Origin: null` with our own forms.
    (header::REFERRER_POLICY, HeaderValue::from_static("same-origin")),
    // The filter of old browsers could itself be abused to leak data.
    (header::X_XSS_PROTECTION, HeaderValue::from_static("0")),
    (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("permissions-policy"), PERMISSIONS),
];

impl SecurityHeaders {
    /// Adds `Strict-Transport-Security` if the configuration sets a value.
    pub(crate) fn new(hsts: Option<&str>) -> Result<Self, NotAHeader> {
        let hsts = hsts.map(HeaderValue::from_str).transpose().map_err(|_| NotAHeader)?;
        Ok(Self { hsts })
    }

    /// Sets the headers on one of our answers. `form` is the further origin that a form of the page leads to: browsers
    /// also apply `form-action` to the redirect after a POST (CSP3 §6.4.2), so it must include the site that the
    /// visitor returns to.
    pub(crate) fn dress(&self, headers: &mut HeaderMap, scheme: Scheme, form: Option<&Origin>) {
        for (name, value) in FIXED {
            headers.insert(name, value);
        }
        headers.insert(header::CONTENT_SECURITY_POLICY, policy(form));
        if let Entry::Vacant(none) = headers.entry(header::CACHE_CONTROL) {
            none.insert(HeaderValue::from_static("no-store"));
        }
        // RFC 6797 §7.2: not over plain HTTP.
        if let (Scheme::Https, Some(hsts)) = (scheme, &self.hsts) {
            headers.insert(header::STRICT_TRANSPORT_SECURITY, hsts.clone());
        }
    }
}

/// Opens a dressed answer to frames of any page. Everything else stays forbidden.
pub(crate) fn allow_framing(headers: &mut HeaderMap) {
    headers.remove(header::X_FRAME_OPTIONS);
    headers.insert(header::CONTENT_SECURITY_POLICY, FRAMED_POLICY);
}

fn policy(form: Option<&Origin>) -> HeaderValue {
    let Some(origin) = form else { return PLAIN_POLICY };
    HeaderValue::from_str(&format!("{} {origin}{}", POLICY.0, POLICY.1)).unwrap_or(PLAIN_POLICY)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_answer_of_ours_forbids_frames_inline_scripts_sniffing_and_caches() {
        let mut headers = HeaderMap::new();
        SecurityHeaders::new(None).unwrap().dress(&mut headers, Scheme::Https, None);
        let policy = headers.get("content-security-policy").unwrap().to_str().unwrap();
        assert_eq!(policy, format!("{}{}", POLICY.0, POLICY.1));
        assert!(!policy.contains("unsafe"));
        for (name, value) in [
            ("x-frame-options", "DENY"),
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "same-origin"),
            ("cache-control", "no-store"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
            ("x-xss-protection", "0"),
        ] {
            assert_eq!(headers.get(name).unwrap(), value, "{name}");
        }
        assert!(headers.get("permissions-policy").unwrap().to_str().unwrap().starts_with("otp-credentials=(self), "));
        assert!(headers.get("strict-transport-security").is_none());
    }

    #[test]
    fn a_form_may_lead_to_one_further_origin() {
        let mut headers = HeaderMap::new();
        let form = "https://app.example".parse().unwrap();
        SecurityHeaders::new(None).unwrap().dress(&mut headers, Scheme::Https, Some(&form));
        let policy = headers.get("content-security-policy").unwrap().to_str().unwrap();
        assert!(policy.contains("; form-action 'self' https://app.example; frame-ancestors 'none';"), "{policy}");
    }

    #[test]
    fn a_static_file_keeps_its_own_cache_control_and_hsts_is_said_over_https_alone() {
        let security = SecurityHeaders::new(Some("max-age=63072000")).unwrap();
        let mut headers = HeaderMap::new();
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
        security.dress(&mut headers, Scheme::Http, None);
        assert_eq!(headers.get("cache-control").unwrap(), "public, max-age=31536000, immutable");
        assert!(headers.get("strict-transport-security").is_none());
        security.dress(&mut headers, Scheme::Https, None);
        assert_eq!(headers.get("strict-transport-security").unwrap(), "max-age=63072000");
        assert_eq!(SecurityHeaders::new(Some("a\r\nb")).unwrap_err(), NotAHeader);
    }
}

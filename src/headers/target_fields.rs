//! Request fields that name a target in addition to the request line.
//!
//! A rule for `/admin` is useless if a field can redirect the request there. There are two kinds. Those in [`SECOND`]
//! are legitimate in a client's request, and are judged like the request's own target (`authorize/second_target`).
//! Those in [`OVERRIDES`] make proxies and frameworks replace the target. Only a proxy may set them, and none of them
//! reaches a site: [`super::forwarded::is_claimed`] removes them, and `authz` refuses a forward-auth request that
//! contains one. This is the only list of these names.

use crate::headers::spelling;

/// What a site does with a second target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecondUse {
    /// It overwrites the target.
    Write,
    /// It reads the target.
    Read,
    /// It reads the target and removes it.
    Move,
}

/// The fields with which a client names a second target, in lower case with dashes.
pub const SECOND: [(&str, SecondUse); 13] = [
    // COPY and MOVE of WebDAV (RFC 4918 §10.3).
    ("destination", SecondUse::Write),
    // PUT of S3 and compatible stores, of Swift, Azure and Google Cloud Storage: the source of a new object.
    ("x-amz-copy-source", SecondUse::Read),
    ("x-amz-rename-source", SecondUse::Move),
    ("x-copy-from", SecondUse::Read),
    ("x-ms-copy-source", SecondUse::Read),
    ("x-ms-rename-source", SecondUse::Move),
    ("x-goog-copy-source", SecondUse::Read),
    // The same for Alibaba, Huawei and Tencent, and for gateways that use the name without a vendor.
    ("x-oss-copy-source", SecondUse::Read),
    ("x-obs-copy-source", SecondUse::Read),
    ("x-cos-copy-source", SecondUse::Read),
    ("x-copy-source", SecondUse::Read),
    // Azure Files.
    ("x-ms-file-rename-source", SecondUse::Move),
    // Swift: the new object is a link to another one. (`X-Object-Manifest` is missing because it names a prefix, not a
    // target.)
    ("x-symlink-target", SecondUse::Read),
];

/// What a site does with the target in a field of this name (lower case), in any spelling.
pub fn second_use(name: &str) -> Option<SecondUse> {
    if !matches!(name.as_bytes().first(), Some(b'd' | b'x')) {
        return None;
    }
    SECOND.iter().find(|(known, _)| spelling::same(name, known)).map(|(_, second)| *second)
}

/// What a field does to the target of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OverrideKind {
    /// It repeats the whole target as a proxy received it, and some frameworks route by it.
    Original,
    /// It replaces the path or removes a part of it.
    Replacement,
}

/// The fields that change the target, in lower case with dashes, each with a program that uses it.
pub const OVERRIDES: [(&str, OverrideKind); 13] = [
    // ASP.NET and IIS URL Rewrite, older Symfony and Zend. nginx is configured to send the original URI in it for
    // `auth_request`.
    ("x-original-url", OverrideKind::Original),
    ("x-original-uri", OverrideKind::Original),
    ("x-rewrite-url", OverrideKind::Original),
    // Traefik and Caddy send the requested target in it.
    ("x-forwarded-uri", OverrideKind::Original),
    ("x-http-path-override", OverrideKind::Replacement),
    ("x-override-url", OverrideKind::Replacement),
    // Azure App Service sets it; Express apps written for it route by it.
    ("x-waws-unencoded-url", OverrideKind::Replacement),
    // Next.js routes by these between its own processes.
    ("x-matched-path", OverrideKind::Replacement),
    ("x-invoke-path", OverrideKind::Replacement),
    // Flask apps, Radicale and Gunicorn remove this prefix from the path: `SCRIPT_NAME: /public` turns `/public/admin`
    // into `/admin`. Gunicorn accepts both WSGI names from any client on the same machine.
    ("x-script-name", OverrideKind::Replacement),
    ("script-name", OverrideKind::Replacement),
    ("path-info", OverrideKind::Replacement),
    // Rack and Plack use it to name the file that the proxy before them serves (CVE-2025-61780).
    ("x-accel-mapping", OverrideKind::Replacement),
];

/// What a field of this name (lower case) does to the target, in any spelling.
pub fn override_kind(name: &str) -> Option<OverrideKind> {
    if !matches!(name.as_bytes().first(), Some(b'x' | b's' | b'p')) {
        return None;
    }
    OVERRIDES.iter().find(|(known, _)| spelling::same(name, known)).map(|(_, kind)| *kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_target_is_known_in_every_spelling_of_its_name() {
        assert_eq!(second_use("destination"), Some(SecondUse::Write));
        assert_eq!(second_use("x_amz_copy.source"), Some(SecondUse::Read));
        for name in ["destinations", "x-destination", "x-amz-copy-source-range", "x-amz-date"] {
            assert_eq!(second_use(name), None, "{name}");
        }
    }

    #[test]
    fn an_override_is_known_in_every_spelling_of_its_name() {
        for (name, kind) in OVERRIDES {
            for mark in ["-", "_", ".", "~"] {
                assert_eq!(override_kind(&name.replace('-', mark)), Some(kind), "{name} with {mark}");
            }
        }
        for name in ["destination", "x-http-path", "x-request-id", "script", "path", "pathinfo", "x-original-urls"] {
            assert_eq!(override_kind(name), None, "{name}");
        }
    }
}

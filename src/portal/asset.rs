//! Style sheet, script and logo, built into the binary. Their names change with their content, so a browser may cache
//! them for a year and never mixes two versions.

use std::sync::LazyLock;

use crate::portal::page::Page;
use crate::portal::reply;
use crate::web::{BrandFile, Branding, Problem};

/// A file that pages refer to.
pub(super) struct Asset {
    name: String,
    content_type: &'static str,
    content: &'static str,
}

pub(super) static STYLE: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("css", "text/css; charset=utf-8", include_str!("../../static/portcullis.css")));

pub(super) static SCRIPT: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("js", "text/javascript; charset=utf-8", include_str!("../../static/portcullis.js")));

/// The logo.
pub(super) static MARK: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("svg", "image/svg+xml", include_str!("../../static/mark.svg")));

/// One year, the longest that caches honour. Changed content gets a new name.
const KEEP: &str = "public, max-age=31536000, immutable";

impl Asset {
    fn new(ending: &str, content_type: &'static str, content: &'static str) -> Self {
        Self { name: format!("portcullis.{:016x}.{ending}", fingerprint(content.as_bytes())), content_type, content }
    }

    /// The URL path of the file; `prefix` is `portal.path`.
    pub(super) fn path(&self, prefix: &str) -> String {
        format!("{prefix}/static/{}", self.name)
    }
}

/// `GET /static/{name}`.
pub(crate) fn show(branding: &Branding, name: &str) -> Result<Page, Problem> {
    let all: [&Asset; 3] = [&STYLE, &SCRIPT, &MARK];
    if let Some(asset) = all.into_iter().find(|asset| asset.name == name) {
        return Ok(reply::file(asset.content_type, KEEP, asset.content));
    }
    let mut own = [&branding.logo, &branding.style].into_iter().flatten();
    let file = own.find(|file| brand_name(file) == name).ok_or(Problem::NotFound)?;
    Ok(reply::file(file.content_type, KEEP, file.content.clone()))
}

/// The URL path of a file of the operator.
pub(super) fn brand_path(prefix: &str, file: &BrandFile) -> String {
    format!("{prefix}/static/{}", brand_name(file))
}

fn brand_name(file: &BrandFile) -> String {
    format!("brand.{:016x}.{}", fingerprint(&file.content), file.ending)
}

/// FNV-1a, 64 bit: tells versions of our own files apart. Not used on secrets or on input from outside.
fn fingerprint(content: &[u8]) -> u64 {
    content.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use http::header::{CACHE_CONTROL, CONTENT_TYPE};

    use super::*;

    #[test]
    fn an_asset_is_kept_for_a_year_under_its_own_name_and_type() {
        for (asset, kind) in [(&STYLE, "text/css"), (&SCRIPT, "text/javascript"), (&MARK, "image/svg+xml")] {
            let answer = show(&Branding::default(), &asset.name).unwrap();
            assert!(answer.headers()[CONTENT_TYPE].to_str().unwrap().starts_with(kind));
            assert_eq!(answer.headers()[CACHE_CONTROL], KEEP);
        }
    }

    #[test]
    fn a_name_of_another_version_is_not_found() {
        for name in ["portcullis.css", "portcullis.0000000000000000.css", "../portcullis.css", ""] {
            assert!(matches!(show(&Branding::default(), name), Err(Problem::NotFound)), "{name}");
        }
    }

    #[test]
    fn another_content_has_another_name() {
        assert_ne!(fingerprint(b"a"), fingerprint(b"b"));
        assert_eq!(fingerprint(b"a"), 0xaf63_dc4c_8601_ec8c);
    }
}

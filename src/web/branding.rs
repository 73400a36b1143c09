//! What the operator puts on the pages: a logo, colours and styles, links below the page.

use std::sync::Arc;

use bytes::Bytes;

use crate::web::templates::Templates;

/// `portal.logo`, `portal.accent`, `portal.style`, `portal.links` and `portal.templates`, read and checked when the configuration was.
#[derive(Debug, Clone, Default)]
pub struct Branding {
    /// In place of our mark.
    pub logo: Option<BrandFile>,
    /// Colours and styles, after our own style sheet.
    pub style: Option<BrandFile>,
    /// Below every page: imprint, privacy, help.
    pub links: Vec<FooterLink>,
    /// The operator's own HTML.
    pub templates: Arc<Templates>,
}

/// A file that pages refer to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BrandFile {
    /// The ending of its name.
    pub ending: &'static str,
    pub content_type: &'static str,
    pub content: Bytes,
}

/// A link below the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FooterLink {
    pub text: String,
    /// An http, https or mailto URL.
    pub url: String,
}

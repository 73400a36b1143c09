//! What the operator puts on the pages: a logo, colours and styles, links below the page.

use bytes::Bytes;

/// `portal.logo`, `portal.accent`, `portal.style` and `portal.links`, read and checked when the configuration was.
#[derive(Debug, Clone, Default)]
pub struct Branding {
    /// In place of our mark.
    pub logo: Option<BrandFile>,
    /// Colours and styles, after our own style sheet.
    pub style: Option<BrandFile>,
    /// Below every page: imprint, privacy, help.
    pub links: Vec<FooterLink>,
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

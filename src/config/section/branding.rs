//! `[portal]`: what the operator puts on the pages.

use std::sync::Arc;

use bytes::Bytes;

use crate::config::key_path::KeyPath;
use crate::config::mistake::Fault;
use crate::config::mistakes::MistakeCollector;
use crate::config::reader::{Text, section};
use crate::config::section::brand_file::read;
use crate::config::section::templates;
use crate::config::value::colour::{Colour, DARK_GROUND, LEAST_CONTRAST, LIGHT_GROUND};
use crate::config::value::link::LinkUrl;
use crate::config::value::name::LinkText;
use crate::config::value::path::FilePath;
use crate::web::{BrandFile, Branding, FooterLink};

section! {
    /// Links below every page, in this order.
    Link {
        /// What people read.
        text: Option<Text<LinkText>>,
        /// Where it leads.
        url: Option<Text<LinkUrl>>,
    }
}

/// The keys of `[portal]` that are about it, as written.
pub(super) struct BrandingKeys<'a> {
    pub(super) logo: Option<&'a Text<FilePath>>,
    pub(super) accent: Option<&'a Text<Colour>>,
    pub(super) accent_dark: Option<&'a Text<Colour>>,
    pub(super) style: Option<&'a Text<FilePath>>,
    pub(super) links: &'a [Link],
    pub(super) templates: Option<&'a Text<FilePath>>,
}

/// The images that every browser shows, by the ending of the file name.
const IMAGES: [(&str, &str); 6] = [
    ("svg", "image/svg+xml"),
    ("png", "image/png"),
    ("webp", "image/webp"),
    ("jpg", "image/jpeg"),
    ("gif", "image/gif"),
    ("ico", "image/x-icon"),
];

/// The branding of the pages; a file that cannot be used is a mistake.
pub(super) fn to_settings(keys: &BrandingKeys<'_>, mistakes: &mut MistakeCollector<'_>) -> Branding {
    let at = KeyPath::of("portal");
    let logo = keys.logo.and_then(|file| image(&file.0, &at.key("logo"), mistakes));
    let own = keys.style.and_then(|file| {
        let content = read(&file.0, &at.key("style"), mistakes)?;
        let text = String::from_utf8(content).ok();
        if text.is_none() {
            mistakes.mistake(&at.key("style"), Fault::new("the file is not UTF-8 text", "name a CSS file"));
        }
        text
    });
    let light = colour(keys.accent, LIGHT_GROUND, &at.key("accent"), mistakes);
    let dark = colour(keys.accent_dark, DARK_GROUND, &at.key("accent_dark"), mistakes);
    let dark = dark.map(|rule| format!("@media (prefers-color-scheme: dark) {{\n{rule}}}\n"));
    let style: String = [light, dark, own].into_iter().flatten().collect();
    let style = (!style.is_empty()).then(|| BrandFile {
        ending: "css",
        content_type: "text/css; charset=utf-8",
        content: Bytes::from(style),
    });
    let templates = templates::to_settings(keys.templates.map(|folder| &folder.0), mistakes);
    Branding { logo, style, links: links(keys, mistakes), templates: Arc::new(templates) }
}

fn links(keys: &BrandingKeys<'_>, mistakes: &mut MistakeCollector<'_>) -> Vec<FooterLink> {
    let root = KeyPath::of("portal").key("links");
    let mut links = Vec::new();
    for (index, link) in keys.links.iter().enumerate() {
        let at = root.index(index);
        if link.text.is_none() {
            mistakes.missing(&at.key("text"), "write what people read, such as `Imprint`");
        }
        if link.url.is_none() {
            mistakes.missing(&at.key("url"), "write where the link leads, such as `https://example.com/imprint`");
        }
        if let (Some(text), Some(url)) = (&link.text, &link.url) {
            links.push(FooterLink { text: text.0.0.clone(), url: url.0.0.clone() });
        }
    }
    links
}

/// The rule that sets the colour of buttons and links. Links are text on the ground, so they need its contrast.
fn colour(
    colour: Option<&Text<Colour>>,
    ground: Colour,
    at: &KeyPath,
    mistakes: &mut MistakeCollector<'_>,
) -> Option<String> {
    use crate::config::value::ConfigValue as _;
    let Text(colour) = colour?;
    let contrast = colour.contrast(ground);
    if contrast < LEAST_CONTRAST {
        let what = format!("`{}` has a contrast of {contrast:.1} to the page", colour.text());
        let remedy =
            format!("choose a colour with at least {LEAST_CONTRAST} (WCAG 2.2, 1.4.3): people have to read it");
        mistakes.mistake(at, Fault::new(what, remedy));
        return None;
    }
    let (colour, ink) = (colour.text(), colour.ink().text());
    Some(format!(":root {{ --accent: {colour}; --accent-strong: {colour}; --on-accent: {ink}; }}\n"))
}

fn image(file: &FilePath, at: &KeyPath, mistakes: &mut MistakeCollector<'_>) -> Option<BrandFile> {
    let ending = file.0.extension().and_then(|ending| ending.to_str()).map(str::to_ascii_lowercase);
    let Some((ending, content_type)) = IMAGES.iter().find(|(known, _)| Some(*known) == ending.as_deref()) else {
        let known: Vec<&str> = IMAGES.iter().map(|(known, _)| *known).collect();
        let remedy = format!("name a file that ends in .{}", known.join(", ."));
        mistakes.mistake(at, Fault::new(format!("`{}` is not an image", file.0.display()), remedy));
        return None;
    };
    let content = Bytes::from(read(file, at, mistakes)?);
    Some(BrandFile { ending, content_type, content })
}

//! A QR code as the path of an inline SVG. It never has a URL of its own, which a browser or a proxy could keep.

use std::fmt::Write as _;

use qrcode::{Color, EcLevel, QrCode};

use crate::platform::secret::{ExposeSecret as _, SecretString};

/// A QR code.
pub(super) struct QrPicture {
    /// Width and height in modules, with the quiet zone that readers need around it (ISO/IEC 18004: four modules).
    pub size: usize,
    /// The dark modules: one rectangle for each run in a row.
    pub path: String,
}

const QUIET: usize = 4;

impl QrPicture {
    /// The picture of a text; `None` if it is too long for a QR code.
    pub(super) fn of(text: &SecretString) -> Option<Self> {
        let code = QrCode::with_error_correction_level(text.expose_secret(), EcLevel::M).ok()?;
        let width = code.width();
        let colors = code.to_colors();
        let mut path = String::new();
        for (row, modules) in colors.chunks(width).enumerate() {
            let mut column = 0;
            for run in modules.chunk_by(|before, after| before == after) {
                if run.first() == Some(&Color::Dark) {
                    let length = run.len();
                    let _ = write!(path, "M{} {}h{length}v1h-{length}z", column + QUIET, row + QUIET);
                }
                column += run.len();
            }
        }
        Some(Self { size: width + 2 * QUIET, path })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_picture_has_every_dark_module_once_and_a_quiet_zone_around_it() {
        let text = SecretString::from("otpauth://totp/Example:ada?secret=JBSWY3DPEHPK3PXP");
        let picture = QrPicture::of(&text).unwrap();
        let code =
            QrCode::with_error_correction_level("otpauth://totp/Example:ada?secret=JBSWY3DPEHPK3PXP", EcLevel::M);
        let dark = code.unwrap().to_colors().into_iter().filter(|color| *color == Color::Dark).count();
        let lengths = picture.path.split('M').skip(1).map(|run| {
            let (start, rest) = run.split_once('h').unwrap();
            let (x, y) = start.split_once(' ').unwrap();
            let length: usize = rest.split_once('v').unwrap().0.parse().unwrap();
            let (x, y): (usize, usize) = (x.parse().unwrap(), y.parse().unwrap());
            assert!(x >= 4 && y >= 4 && x + length <= picture.size - 4 && y < picture.size - 4, "{run}");
            length
        });
        assert_eq!(lengths.sum::<usize>(), dark);
        assert!(QrPicture::of(&SecretString::from("x".repeat(5000))).is_none());
    }
}

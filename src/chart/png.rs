//! Pixels from the same SVG, by resvg with the embedded typeface only: the picture is
//! the same on every machine.

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};
use std::sync::{Arc, OnceLock};

use super::frame::{BOLD, CHINESE, REGULAR};
use super::{ChartError, Figure, theme};

/// The embedded typeface; nothing of the system's.
fn fonts() -> Arc<fontdb::Database> {
    static FONTS: OnceLock<Arc<fontdb::Database>> = OnceLock::new();
    let fonts = FONTS.get_or_init(|| {
        let mut fonts = fontdb::Database::new();
        fonts.load_font_data(REGULAR.to_vec());
        fonts.load_font_data(BOLD.to_vec());
        fonts.load_font_data(CHINESE.to_vec());
        fonts.set_sans_serif_family(theme::TYPEFACE);
        Arc::new(fonts)
    });
    Arc::clone(fonts)
}

/// A figure as PNG: 1000 pixels wide at scale 1, which is clamped to 0.1..=6.
///
/// # Errors
///
/// `ChartError::Png` when the SVG cannot be read or the picture would be too large.
pub fn png(figure: &Figure, scale: f32) -> Result<Vec<u8>, ChartError> {
    let fault = |reason: String| ChartError::Png { figure: figure.name.clone(), reason };
    let options =
        Options { font_family: theme::TYPEFACE.to_owned(), fontdb: fonts(), ..Options::default() };
    let tree = Tree::from_str(&figure.svg, &options).map_err(|e| fault(e.to_string()))?;
    let scale = if scale.is_finite() { scale.clamp(0.1, 6.0) } else { 1.0 };
    #[expect(clippy::cast_possible_truncation, reason = "the width is a small constant")]
    let width = theme::WIDTH as f32 * scale;
    let zoom = width / tree.size().width();
    let height = (tree.size().height() * zoom).round().clamp(1.0, 60_000.0);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "both lie between 1 and 60,000"
    )]
    let (across, down) = (width.round() as u32, height as u32);
    let mut pixels = Pixmap::new(across, down)
        .ok_or_else(|| fault(format!("{across} x {down} pixels are too many")))?;
    resvg::render(&tree, Transform::from_scale(zoom, zoom), &mut pixels.as_mut());
    pixels.encode_png().map_err(|e| fault(e.to_string()))
}

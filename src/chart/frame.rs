//! The drawing surface of every figure: plotters' SVG backend behind a canvas in
//! logical pixels, with text that is measured, wrapped and cut to its place.
//!
//! plotters places on whole pixels and knows neither title nor description: figures
//! are therefore drawn four times as large, and the root element is written anew.

use plotters::backend::SVGBackend;
use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, DrawingAreaErrorKind, IntoDrawingArea};
use plotters::element::{Circle, PathElement, Polygon, Rectangle};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{
    Color, FontDesc, FontFamily, FontStyle, ShapeStyle, TextStyle, register_font,
};
use std::fmt::Write as _;
use std::sync::Once;

use super::theme::{self, Colour, Theme};
use super::{ChartError, Drawn};
use crate::format;
use crate::words::say;

/// The regular face.
pub(super) static REGULAR: &[u8] = include_bytes!("../../assets/fonts/DejaVuSans.ttf");
/// The bold face.
pub(super) static BOLD: &[u8] = include_bytes!("../../assets/fonts/DejaVuSans-Bold.ttf");

/// The glyphs of the Chinese messages; regular alone.
pub(super) static CHINESE: &[u8] = include_bytes!("../../assets/fonts/NotoSansSC.otf");

/// Drawn pixels per logical pixel.
const SCALE: f64 = 4.0;
/// No coordinate lies further out than this, in logical pixels.
const FAR: f64 = 1e5;
/// plotters divides every font size by this before it writes it.
const FONT_FACTOR: f64 = 1.24;
/// The height that every figure keeps free for its title.
pub(super) const HEAD: f64 = 84.0;

/// Where a text is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum At {
    /// At its left end.
    Left,
    /// In its middle.
    Middle,
    /// At its right end.
    Right,
}

/// How a text is set.
#[derive(Debug, Clone, Copy)]
pub(super) struct Type {
    size: f64,
    bold: bool,
    colour: Colour,
    at: At,
}

impl Type {
    /// Regular, held at the left.
    pub(super) fn new(size: f64, colour: Colour) -> Self {
        Self { size, bold: false, colour, at: At::Left }
    }

    /// The same in bold.
    pub(super) fn bold(self) -> Self {
        Self { bold: true, ..self }
    }

    /// The same, held elsewhere.
    pub(super) fn at(self, at: At) -> Self {
        Self { at, ..self }
    }

    /// The typeface at drawn size.
    fn font(self) -> FontDesc<'static> {
        let style = if self.bold { FontStyle::Bold } else { FontStyle::Normal };
        FontDesc::new(FontFamily::Name(theme::TYPEFACE), self.size * FONT_FACTOR * SCALE, style)
    }

    /// The width of a text, in logical pixels; a little more than it will take. Chinese
    /// characters stand in another face, and each is as wide as it is high.
    pub(super) fn width(self, text: &str) -> f64 {
        let (wide, narrow): (String, String) = text.chars().partition(|&c| is_wide(c));
        let square = self.size * f64::from(u32::try_from(wide.chars().count()).unwrap_or(0));
        if narrow.is_empty() {
            return square;
        }
        square + self.font().box_size(&narrow).map_or(0.0, |(width, _)| f64::from(width) / SCALE)
    }

    /// The text, cut with an ellipsis so that it is no wider than `width`.
    pub(super) fn fit(self, text: &str, width: f64) -> String {
        if self.width(text) <= width {
            return text.to_owned();
        }
        let chars: Vec<char> = text.chars().collect();
        let cut = |n: usize| {
            let kept: String = chars[..n].iter().collect();
            format!("{}…", kept.trim_end())
        };
        let (mut fits, mut not) = (0, chars.len());
        while not - fits > 1 {
            let half = usize::midpoint(fits, not);
            if self.width(&cut(half)) <= width { fits = half } else { not = half }
        }
        cut(fits)
    }

    /// The text in lines no wider than `width`, the last cut when more than `most`.
    pub(super) fn wrap(self, text: &str, width: f64, most: usize) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        let mut pieces = pieces(text).into_iter().peekable();
        let mut line = String::new();
        while let Some(piece) = pieces.peek() {
            let longer = format!("{line}{piece}");
            if self.width(longer.trim()) <= width {
                line = longer;
                pieces.next();
            } else if lines.len() + 1 >= most {
                let rest: String = pieces.collect();
                line = self.fit(format!("{line}{rest}").trim(), width);
                break;
            } else if line.trim().is_empty() {
                line = self.fit(piece.trim(), width);
                pieces.next();
            } else {
                lines.push(std::mem::take(&mut line).trim().to_owned());
            }
        }
        let line = line.trim().to_owned();
        if !line.is_empty() || lines.is_empty() {
            lines.push(line);
        }
        lines
    }
}

/// Whether a character is as wide as it is high: Chinese, Japanese and Korean.
fn is_wide(c: char) -> bool {
    matches!(u32::from(c), 0x2E80..=0x9FFF | 0xAC00..=0xD7AF | 0xF900..=0xFAFF | 0xFE30..=0xFE4F
        | 0xFF00..=0xFF60 | 0xFFE0..=0xFFE6 | 0x20000..=0x3FFFF)
}

/// Where a text can be broken: after a space, and around wide characters, but not before
/// a mark that closes.
fn pieces(text: &str) -> Vec<String> {
    let closes = |c: char| "，。；：？！、）》”’…%".contains(c);
    let mut pieces: Vec<String> = Vec::new();
    let mut last = ' ';
    for c in text.chars() {
        let apart = is_wide(c) || is_wide(last) || last == ' ';
        match pieces.last_mut() {
            Some(piece) if !apart || c == ' ' || closes(c) => piece.push(c),
            _ => pieces.push(c.to_string()),
        }
        last = c;
    }
    pieces
}

/// A whole drawn pixel; nonsense lies at 0.
fn px(logical: f64) -> i32 {
    if !logical.is_finite() {
        return 0;
    }
    #[expect(clippy::cast_possible_truncation, reason = "clamped well inside i32")]
    let pixel = (logical.clamp(-FAR, FAR) * SCALE).round() as i32;
    pixel
}

/// A length in whole drawn pixels, at least 1.
fn length(logical: f64) -> u32 {
    px(logical).unsigned_abs().max(1)
}

/// The surface. The first fault is kept and drawing goes on in vain.
pub(super) struct Canvas<'a> {
    area: DrawingArea<SVGBackend<'a>, Shift>,
    fault: Option<String>,
    /// Unseen shapes that say a value when they are pointed at.
    hot: String,
}

impl Canvas<'_> {
    /// Keeps the first fault.
    fn keep<E: std::error::Error + Send + Sync>(
        &mut self,
        outcome: Result<(), DrawingAreaErrorKind<E>>,
    ) {
        if let Err(fault) = outcome {
            self.fault.get_or_insert_with(|| fault.to_string());
        }
    }

    /// A filled rectangle.
    pub(super) fn block(&mut self, left: f64, top: f64, width: f64, height: f64, fill: Colour) {
        let corners = [(px(left), px(top)), (px(left + width), px(top + height))];
        let outcome = self.area.draw(&Rectangle::new(corners, fill.rgb().filled()));
        self.keep(outcome);
    }

    /// A place that tells its value when it is pointed at.
    pub(super) fn tip(&mut self, left: f64, top: f64, size: (f64, f64), text: &str) {
        let text = escape(&format::clean(text, 300));
        // Writing into a String cannot fail.
        let _ = writeln!(
            self.hot,
            "<rect class=\"hot\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"none\" \
             data-tip=\"{text}\"/>",
            px(left),
            px(top),
            length(size.0),
            length(size.1),
        );
    }

    /// A line through points.
    pub(super) fn path(&mut self, points: &[(f64, f64)], colour: Colour, width: f64) {
        let points: Vec<(i32, i32)> = points.iter().map(|(x, y)| (px(*x), px(*y))).collect();
        let style: ShapeStyle = colour.rgb().stroke_width(length(width));
        let outcome = self.area.draw(&PathElement::new(points, style));
        self.keep(outcome);
    }

    /// A straight line of dashes.
    pub(super) fn dashes(&mut self, from: (f64, f64), to: (f64, f64), colour: Colour, width: f64) {
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let long = (dx * dx + dy * dy).sqrt();
        if !long.is_finite() || long <= 0.0 {
            return;
        }
        let mut at = 0.0;
        while at < long.min(2.0 * theme::WIDTH) {
            let (a, b) = (at / long, ((at + 5.0) / long).min(1.0));
            let ends = [(from.0 + dx * a, from.1 + dy * a), (from.0 + dx * b, from.1 + dy * b)];
            self.path(&ends, colour, width);
            at += 9.0;
        }
    }

    /// A filled shape.
    pub(super) fn shape(&mut self, points: &[(f64, f64)], fill: Colour) {
        let points: Vec<(i32, i32)> = points.iter().map(|(x, y)| (px(*x), px(*y))).collect();
        let outcome = self.area.draw(&Polygon::new(points, fill.rgb().filled()));
        self.keep(outcome);
    }

    /// A frame around a rectangle.
    pub(super) fn outline(&mut self, left: f64, top: f64, size: (f64, f64), colour: Colour) {
        let (right, low) = (left + size.0, top + size.1);
        self.path(
            &[(left, top), (right, top), (right, low), (left, low), (left, top)],
            colour,
            1.0,
        );
    }

    /// A filled circle.
    pub(super) fn dot(&mut self, x: f64, y: f64, radius: f64, fill: Colour) {
        let dot = Circle::new((px(x), px(y)), length(radius), fill.rgb().filled());
        let outcome = self.area.draw(&dot);
        self.keep(outcome);
    }

    /// One line of text whose middle lies at height `y`.
    pub(super) fn text(&mut self, x: f64, y: f64, text: &str, set: Type) {
        let hold = match set.at {
            At::Left => HPos::Left,
            At::Middle => HPos::Center,
            At::Right => HPos::Right,
        };
        let colour = set.colour.rgb();
        let style = TextStyle::from(set.font()).color(&colour).pos(Pos::new(hold, VPos::Center));
        // Half the height of a small letter is what plotters centres on; capitals and
        // figures reach higher.
        let outcome = self.area.draw_text(text, &style, (px(x), px(y + 0.09 * set.size)));
        self.keep(outcome);
    }

    /// Several lines, the middle of the first at `y`; returns the middle of the next.
    pub(super) fn lines(&mut self, x: f64, y: f64, lines: &[String], set: Type) -> f64 {
        let mut y = y;
        for line in lines {
            self.text(x, y, line, set);
            y += 1.35 * set.size;
        }
        y
    }

    /// A segment's sign: its id on a disc of its colour.
    pub(super) fn chip(&mut self, x: f64, y: f64, id: u32, theme: &Theme) {
        let ground = theme.segment(id);
        self.dot(x, y, 12.5, theme.paper);
        self.dot(x, y, 11.0, ground);
        let sign = if id == 0 { "–".to_owned() } else { id.to_string() };
        let set = Type::new(theme::TINY, theme.text_on(ground)).bold().at(At::Middle);
        self.text(x, y, &sign, set);
    }

    /// The title and the line below it.
    pub(super) fn head(&mut self, theme: &Theme, title: &str, below: &str) {
        let width = theme::WIDTH - 2.0 * theme::MARGIN;
        let set = Type::new(theme::TITLE, theme.ink).bold();
        self.text(theme::MARGIN, 32.0, &set.fit(title, width), set);
        let set = Type::new(theme::SMALL, theme.muted);
        self.text(theme::MARGIN, 59.0, &set.fit(below, width), set);
    }
}

/// Draws a picture of the usual width and the given height on paper of the theme.
///
/// # Errors
///
/// What plotters says, such as a font that is not there.
pub(super) fn picture(
    theme: &Theme,
    height: f64,
    paint: impl FnOnce(&mut Canvas),
) -> Result<String, ChartError> {
    static FONTS: Once = Once::new();
    FONTS.call_once(|| {
        // A face that could not be registered shows as an error of the first text.
        let _ = register_font(theme::TYPEFACE, FontStyle::Normal, REGULAR);
        let _ = register_font(theme::TYPEFACE, FontStyle::Bold, BOLD);
    });
    let mut svg = String::new();
    let size = (length(theme::WIDTH), length(height));
    let mut canvas = Canvas {
        area: SVGBackend::with_string(&mut svg, size).into_drawing_area(),
        fault: None,
        hot: String::new(),
    };
    canvas.block(0.0, 0.0, theme::WIDTH, height, theme.paper);
    paint(&mut canvas);
    let presented = canvas.area.present();
    canvas.keep(presented);
    let (fault, hot) = (canvas.fault.take(), std::mem::take(&mut canvas.hot));
    drop(canvas);
    if let Some(end) = svg.rfind("</svg>") {
        svg.insert_str(end, &hot);
    }
    fault.map_or(Ok(svg), |reason| Err(ChartError::Draw { reason }))
}

/// The box in place of a figure that cannot be drawn. It needs no font, so it never fails.
pub(super) fn empty(theme: &Theme, title: &str, reason: &str) -> Drawn {
    let height = 150.0;
    let reason = format::clean(reason, 200);
    let why = say!("not-drawn", why = &reason);
    let svg = picture(theme, height, |canvas| {
        let inner = (theme::WIDTH - 2.0, height - 2.0);
        canvas.outline(1.0, 1.0, inner, theme.grid);
        canvas.head(theme, title, "");
        let set = Type::new(theme::BODY, theme.muted);
        let lines = set.wrap(&why, theme::WIDTH - 2.0 * theme::MARGIN, 3);
        canvas.lines(theme::MARGIN, 72.0, &lines, set);
    });
    let svg = svg.unwrap_or_else(|_| "<svg viewBox=\"0 0 4 1\">\n</svg>\n".to_owned());
    Drawn { title: title.to_owned(), alt: why.clone(), caption: why, svg }
}

/// Escapes a text for XML.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

/// Writes the root element anew: view box, role, title and description, one typeface for
/// all. Ids carry the figure's number, so that several figures fit into one page.
pub(super) fn describe(svg: &str, number: u8, title: &str, alt: &str) -> String {
    let (root, inner) = svg.split_once('>').unwrap_or(("", svg));
    let view = root.split("viewBox=\"").nth(1).and_then(|rest| rest.split('"').next());
    let (title, alt) = (format::clean(title, 300), format::clean(alt, 2000));
    let family = format!(" font-family=\"{}\"", theme::TYPEFACE);
    let inner = inner.replace(&family, "").replace(" opacity=\"1\"", "");
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"{}\" role=\"img\" \
         aria-labelledby=\"figure-{number}-title figure-{number}-alt\" font-family=\"{}\">\n\
         <title id=\"figure-{number}-title\">{}</title>\n\
         <desc id=\"figure-{number}-alt\">{}</desc>{inner}",
        view.unwrap_or("0 0 4 1"),
        theme::TYPEFACES,
        escape(&title),
        escape(&alt),
    )
}

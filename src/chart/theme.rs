//! Every colour, size and typeface of the figures. The report takes its colours from
//! here as well, so that a segment looks the same wherever it appears.

use plotters::style::RGBColor;

use crate::results::look::{Look, rgb};

/// The width of every figure, in its own units: pixels at 100 %.
pub const WIDTH: f64 = 1000.0;
/// The margin around the content of a figure.
pub const MARGIN: f64 = 28.0;
/// The embedded typeface.
pub const TYPEFACE: &str = "DejaVu Sans";
/// The typeface with what to use where it is missing, for SVG viewers.
pub const TYPEFACES: &str = "DejaVu Sans, Verdana, Segoe UI, Arial, Noto Sans SC, Noto Sans CJK SC, Microsoft YaHei, PingFang SC, sans-serif";
/// Size of a figure's title.
pub const TITLE: f64 = 21.0;
/// Size of headings and labels.
pub const BODY: f64 = 15.0;
/// Size of axis figures and notes; nothing is smaller than `TINY`.
pub const SMALL: f64 = 13.0;
/// Size of text in narrow cells.
pub const TINY: f64 = 11.5;

/// The contrast that text needs (WCAG 2, 1.4.3).
const READ: f64 = 4.5;
/// The contrast that a mark needs (WCAG 2, 1.4.11).
const SEEN: f64 = 3.0;
/// Colours that are not further apart are taken for one another.
const ALIKE: f64 = 60.0;

/// A colour, red, green and blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour(pub u8, pub u8, pub u8);

impl Colour {
    /// The colour that `#rrggbb` stands for.
    #[must_use]
    pub fn from_hex(text: &str) -> Option<Self> {
        rgb(text).map(|[red, green, blue]| Self(red, green, blue))
    }

    /// The colour for plotters.
    #[must_use]
    pub fn rgb(self) -> RGBColor {
        RGBColor(self.0, self.1, self.2)
    }

    /// As `#rrggbb`.
    #[must_use]
    pub fn hex(self) -> String {
        format!("#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }

    /// The mixture with another colour; `share` of the other, 0..1.
    #[must_use]
    pub fn mix(self, other: Self, share: f64) -> Self {
        let share = if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.0 };
        let part = |a: u8, b: u8| {
            let mixed = f64::from(a) + (f64::from(b) - f64::from(a)) * share;
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a mean of two bytes lies in 0..=255"
            )]
            let byte = mixed.round() as u8;
            byte
        };
        Self(part(self.0, other.0), part(self.1, other.1), part(self.2, other.2))
    }

    /// How far it is from another, in steps of red, green and blue.
    fn apart(self, other: Self) -> f64 {
        let part = |a: u8, b: u8| (f64::from(a) - f64::from(b)).powi(2);
        (part(self.0, other.0) + part(self.1, other.1) + part(self.2, other.2)).sqrt()
    }

    /// Relative luminance after WCAG 2, 0..1.
    fn luminance(self) -> f64 {
        let part = |byte: u8| {
            let x = f64::from(byte) / 255.0;
            if x <= 0.04045 { x / 12.92 } else { libm::pow((x + 0.055) / 1.055, 2.4) }
        };
        0.2126 * part(self.0) + 0.7152 * part(self.1) + 0.0722 * part(self.2)
    }

    /// The contrast ratio with another colour after WCAG 2, 1..21.
    #[must_use]
    pub fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }
}

/// The colours of one report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theme {
    /// Background.
    pub paper: Colour,
    /// Text and lines that carry the message.
    pub ink: Colour,
    /// Text of second rank; readable on paper (4.5 to 1).
    pub muted: Colour,
    /// Grid lines and frames.
    pub grid: Colour,
    /// The one colour that says "look here".
    pub accent: Colour,
    /// Below the others, in the heatmap.
    pub less: Colour,
    /// Above the others, in the heatmap.
    pub more: Colour,
    /// Customers in no segment, and cells without a figure.
    pub none: Colour,
    /// The colours of segments 1 to 12: Okabe and Ito's, extended from Tol's muted set.
    pub segments: [Colour; 12],
}

impl Default for Theme {
    fn default() -> Self {
        Self {
            paper: Colour(255, 255, 255),
            ink: Colour(26, 31, 38),
            muted: Colour(91, 100, 114),
            grid: Colour(225, 229, 234),
            accent: Colour(11, 92, 173),
            less: Colour(179, 88, 6),
            more: Colour(33, 102, 172),
            none: Colour(178, 184, 192),
            segments: [
                Colour(0, 114, 178),
                Colour(230, 159, 0),
                Colour(0, 158, 115),
                Colour(204, 121, 167),
                Colour(86, 180, 233),
                Colour(196, 82, 0),
                Colour(51, 34, 136),
                Colour(218, 205, 50),
                Colour(136, 34, 85),
                Colour(153, 153, 51),
                Colour(68, 170, 153),
                Colour(90, 90, 90),
            ],
        }
    }
}

impl Theme {
    /// The same on a dark background, for the page around the figures.
    #[must_use]
    pub fn dark() -> Self {
        Self {
            paper: Colour(22, 26, 32),
            ink: Colour(232, 235, 240),
            muted: Colour(163, 172, 186),
            grid: Colour(56, 63, 74),
            accent: Colour(120, 182, 245),
            less: Colour(240, 160, 90),
            more: Colour(120, 182, 245),
            none: Colour(120, 128, 140),
            ..Self::default()
        }
    }

    /// The theme of a report that looks like this.
    #[must_use]
    pub fn of(look: &Look) -> Self {
        if look.dark { Self::in_the_dark(look) } else { Self::in_the_light(look) }
    }

    /// The same on a light ground, for paper and workbooks.
    #[must_use]
    pub fn in_the_light(look: &Look) -> Self {
        Self::default().with(look)
    }

    /// The same on a dark ground.
    #[must_use]
    pub fn in_the_dark(look: &Look) -> Self {
        Self::dark().with(look)
    }

    /// The theme with an organisation's colours, as far towards the ink as it takes to be
    /// read and seen.
    fn with(mut self, look: &Look) -> Self {
        if let Some(accent) = look.accent.as_deref().and_then(Colour::from_hex) {
            self.accent = self.against_paper(accent, READ);
        }
        let usual = self.segments;
        let own = look.segments.iter().filter_map(|text| Colour::from_hex(text));
        let mut colours: Vec<Colour> = own.take(usual.len()).collect();
        let is_far = |colour: &&Colour| colours.iter().all(|own| own.apart(**colour) > ALIKE);
        let (far, near): (Vec<Colour>, Vec<Colour>) = usual.iter().partition(is_far);
        colours.extend(far.into_iter().chain(near));
        for (place, colour) in self.segments.iter_mut().zip(colours) {
            *place = colour;
        }
        if look.dark {
            self.segments = self.segments.map(|colour| self.against_paper(colour, SEEN));
        }
        self
    }

    /// A colour that has at least this contrast with the paper.
    fn against_paper(&self, colour: Colour, contrast: f64) -> Colour {
        let steps = (0..=20).map(|step| colour.mix(self.ink, f64::from(step) / 20.0));
        let mut enough = steps.filter(|mixed| mixed.contrast(self.paper) >= contrast);
        enough.next().unwrap_or(self.ink)
    }

    /// The colour of a segment by its id, from 1; 0 is unassigned. From 13 on the
    /// colours come again, which is why a segment always carries its id as well.
    #[must_use]
    pub fn segment(&self, id: u32) -> Colour {
        match id.checked_sub(1) {
            None => self.none,
            Some(at) => self.segments[at as usize % self.segments.len()],
        }
    }

    /// Ink or paper, whichever is easier to read on `ground`; black or white where neither is.
    #[must_use]
    pub fn text_on(&self, ground: Colour) -> Colour {
        let easier = |a, b| if ground.contrast(a) >= ground.contrast(b) { a } else { b };
        let usual = easier(self.paper, self.ink);
        if ground.contrast(usual) >= READ {
            return usual;
        }
        easier(Colour(255, 255, 255), Colour(0, 0, 0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_readable_on_every_segment_colour() {
        let theme = Theme::default();
        for id in 0..=12 {
            let ground = theme.segment(id);
            assert!(ground.contrast(theme.text_on(ground)) >= 4.5, "{id}");
        }
        for theme in [Theme::default(), Theme::dark()] {
            for colour in [theme.ink, theme.muted, theme.accent, theme.less, theme.more] {
                assert!(colour.contrast(theme.paper) >= 4.5, "{colour:?}");
            }
        }
    }

    #[test]
    fn twelve_segments_have_twelve_colours() {
        let theme = Theme::default();
        let mut seen: Vec<String> = (0..=12).map(|id| theme.segment(id).hex()).collect();
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), 13);
        assert_eq!(theme.segment(13), theme.segment(1));
    }

    #[test]
    fn an_organisation_s_colours_can_be_read_and_told_apart() {
        let hex = |text: &str| Some(text.to_owned());
        for dark in [false, true] {
            for accent in ["#ffffff", "#000000", "#ffff00", "#808080"] {
                let segments = vec!["#0072b2".to_owned(), "#777777".to_owned()];
                let look = Look { dark, accent: hex(accent), segments, logo: None };
                let theme = Theme::of(&look);
                assert!(theme.accent.contrast(theme.paper) >= READ, "{accent} {dark}");
                let mut seen: Vec<String> = (1..=12).map(|id| theme.segment(id).hex()).collect();
                for id in 1..=12 {
                    let ground = theme.segment(id);
                    assert!(ground.contrast(theme.text_on(ground)) >= READ, "{id}");
                    assert!(!dark || ground.contrast(theme.paper) >= SEEN, "{id}");
                }
                seen.sort();
                seen.dedup();
                assert_eq!(seen.len(), 12, "{seen:?}");
            }
        }
        let own = Look { segments: vec!["#ff0000".into()], ..Look::default() };
        assert_eq!(Theme::of(&own).segment(1), Colour(255, 0, 0));
        // The first usual colour moves on to the second segment.
        assert_eq!(Theme::of(&own).segment(2), Theme::default().segment(1));
        assert_eq!(Theme::of(&Look::default()), Theme::default());
    }

    #[test]
    fn mixing_with_nonsense_changes_nothing() {
        assert_eq!(Colour(1, 2, 3).mix(Colour(9, 9, 9), f64::NAN), Colour(1, 2, 3));
        assert_eq!(Colour(0, 0, 0).mix(Colour(255, 255, 255), 2.0), Colour(255, 255, 255));
    }
}

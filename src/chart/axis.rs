//! Axes and the plain panel of the curve figures. Every range is finite and wider than
//! nothing before anything is drawn from it.

use super::frame::{At, Canvas, Type};
use super::theme::{self, Theme};
use crate::format;

/// A range of values, finite and with `low < high`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Span {
    /// Lower end.
    pub(super) low: f64,
    /// Upper end.
    pub(super) high: f64,
}

/// Values beyond this cannot be told apart on an axis.
const HUGE: f64 = 1e15;

impl Span {
    /// The range between two values; widened where it would be empty.
    pub(super) fn new(low: f64, high: f64) -> Self {
        let sound = |x: f64| if x.is_nan() { 0.0 } else { x.clamp(-HUGE, HUGE) };
        let (a, b) = (sound(low), sound(high));
        let (low, high) = (a.min(b), a.max(b));
        let size = low.abs().max(high.abs());
        if high - low > 1e-9 * size.max(1e-9) {
            Self { low, high }
        } else {
            let half = (size * 0.05).max(0.5);
            Self { low: low - half, high: high + half }
        }
    }

    /// From 0 to a little above the largest of the values; 0 to 1 without any.
    pub(super) fn from_zero(values: impl IntoIterator<Item = f64>) -> Self {
        let top = values.into_iter().filter(|x| x.is_finite()).fold(0.0_f64, f64::max);
        if top > 0.0 { Self::new(0.0, top * 1.08) } else { Self { low: 0.0, high: 1.0 } }
    }

    /// Where a value lies, 0..1; clamped, nonsense at 0.
    pub(super) fn at(self, x: f64) -> f64 {
        let place = (x - self.low) / (self.high - self.low);
        if place.is_finite() { place.clamp(0.0, 1.0) } else { 0.0 }
    }

    /// Round values inside the range, about `wanted` of them, and the step between them.
    pub(super) fn ticks(self, wanted: f64) -> (Vec<f64>, f64) {
        let raw = (self.high - self.low) / wanted.max(1.0);
        let size = libm::pow(10.0, libm::floor(libm::log10(raw)));
        let step = [1.0, 2.0, 5.0, 10.0].map(|m| m * size).into_iter().find(|s| *s >= raw);
        let step = step.unwrap_or(raw);
        let first = libm::ceil(self.low / step - 1e-9);
        // At most 2.5 times as many as wanted; the bound is for ranges of one ulp.
        let ticks = (0..40_u32)
            .map(|i| (first + f64::from(i)) * step)
            .take_while(|tick| *tick <= self.high + 1e-9 * step)
            .collect();
        (ticks, step)
    }
}

/// How the figures of an axis are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    /// Shares, as whole percentages.
    Percent,
    /// Plain numbers.
    Plain,
}

impl Unit {
    /// Writes a tick.
    fn write(self, tick: f64, step: f64) -> String {
        let shown = if self == Self::Percent { step * 100.0 } else { step };
        let decimals = if shown >= 1.0 {
            0
        } else if shown >= 0.1 {
            1
        } else {
            2
        };
        match self {
            Self::Percent => format!("{}%", format::decimal(tick * 100.0, decimals)),
            Self::Plain => format::decimal(tick, decimals),
        }
    }
}

/// A rectangle with two axes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Panel {
    /// Left edge of the plot.
    pub(super) left: f64,
    /// Upper edge of the plot.
    pub(super) top: f64,
    /// Width of the plot.
    pub(super) width: f64,
    /// Height of the plot.
    pub(super) height: f64,
    /// What lies across.
    pub(super) x: Span,
    /// What lies upwards.
    pub(super) y: Span,
}

impl Panel {
    /// The place of a point.
    pub(super) fn place(&self, x: f64, y: f64) -> (f64, f64) {
        (self.left + self.width * self.x.at(x), self.top + self.height * (1.0 - self.y.at(y)))
    }

    /// The right edge.
    pub(super) fn right(&self) -> f64 {
        self.left + self.width
    }

    /// The lower edge.
    pub(super) fn low(&self) -> f64 {
        self.top + self.height
    }

    /// Horizontal grid lines with their figures.
    pub(super) fn rungs(&self, canvas: &mut Canvas, theme: &Theme, unit: Unit, wanted: f64) {
        let (ticks, step) = self.y.ticks(wanted);
        let set = Type::new(theme::SMALL, theme.muted).at(At::Right);
        for tick in ticks {
            let (_, y) = self.place(self.x.low, tick);
            canvas.path(&[(self.left, y), (self.right(), y)], theme.grid, 1.0);
            canvas.text(self.left - 8.0, y, &unit.write(tick, step), set);
        }
    }

    /// The figures below, with short marks, and the line they stand on.
    pub(super) fn foot(&self, canvas: &mut Canvas, theme: &Theme, unit: Unit, wanted: f64) {
        let (ticks, step) = self.x.ticks(wanted);
        let set = Type::new(theme::SMALL, theme.muted).at(At::Middle);
        canvas.path(&[(self.left, self.low()), (self.right(), self.low())], theme.muted, 1.0);
        for tick in ticks {
            let (x, _) = self.place(tick, self.y.low);
            canvas.path(&[(x, self.low()), (x, self.low() + 5.0)], theme.muted, 1.0);
            canvas.text(x, self.low() + 17.0, &unit.write(tick, step), set);
        }
    }

    /// What the axes are: one title above the plot, one below.
    pub(super) fn titles(&self, canvas: &mut Canvas, theme: &Theme, upwards: &str, across: &str) {
        let set = Type::new(theme::SMALL, theme.ink).bold();
        canvas.text(self.left - 44.0, self.top - 20.0, &set.fit(upwards, self.width + 44.0), set);
        let across = set.fit(across, self.width);
        canvas.text(self.right(), self.low() + 41.0, &across, set.at(At::Right));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_range_is_finite_and_wide() {
        let wild = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 0.0, -0.0, 1.0, 1e300, -1e300];
        for a in wild {
            for b in wild {
                let span = Span::new(a, b);
                assert!(span.low.is_finite() && span.high.is_finite() && span.low < span.high);
                let (ticks, step) = span.ticks(5.0);
                assert!(ticks.len() <= 40 && step > 0.0, "{a} {b}");
                assert!((0.0..=1.0).contains(&span.at(f64::NAN)));
            }
        }
    }

    #[test]
    fn ticks_are_round() {
        let (ticks, step) = Span::new(0.0, 1.0).ticks(5.0);
        let written: Vec<String> = ticks.iter().map(|t| Unit::Percent.write(*t, step)).collect();
        assert_eq!(written, ["0%", "20%", "40%", "60%", "80%", "100%"]);
        assert_eq!(Span::new(2.0, 10.0).ticks(8.0).0.len(), 9);
    }
}

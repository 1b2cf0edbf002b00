//! What reading a column as what it looks like does to its values, said in words: no
//! value is changed silently.

use super::{Column, Decimal, Form, Format, Reading, Repair, SeenColumn, rows_of, size};
use crate::finding::{Finding, Severity};
use crate::load::clock::Clock;
use crate::load::column::ShapeCount;
use crate::load::dress::{Gap, Minus, Unit};
use crate::load::seen::Kind;
use crate::load::{naming, proposed};
use crate::said::{Facts, facts};

/// Adds the repairs and findings of a column.
pub(super) fn tell(seen: &SeenColumn, column: &Column, reading: &mut Reading) {
    let mut told = Told { name: &seen.name, column, reading };
    told.repair("blanks around the value taken off", column.n_trimmed);
    if told.reading.whole {
        told.rows(".0 taken off where it is an id", |seen| seen.shape.traits.dotted);
    }
    match &seen.kind {
        Kind::Integer | Kind::Decimal => told.numbers(seen),
        Kind::Day { .. } => told.days(),
        Kind::Text | Kind::Empty => {}
    }
    let proposal = proposed::finding(&seen.name, &seen.proposed_missing, seen.n_present);
    told.reading.findings.extend(proposal);
}

struct Told<'a> {
    name: &'a str,
    column: &'a Column,
    reading: &'a mut Reading,
}

impl Told<'_> {
    fn repair(&mut self, what: &str, rows: u64) {
        if rows > 0 {
            let (column, what) = (self.name.to_owned(), what.to_owned());
            self.reading.repairs.push(Repair { column, what, rows });
        }
    }

    /// A repair of the rows whose shape has a property.
    fn rows(&mut self, what: &str, has: impl Fn(&ShapeCount) -> bool) {
        self.repair(what, rows_of(self.column, has));
    }

    fn finding(&mut self, key: &str, severity: Severity, n: u64, told: Facts) {
        if n > 0 {
            let finding = Finding::new(key, severity, told).column(self.name).count(size(n));
            self.reading.findings.push(finding);
        }
    }

    fn numbers(&mut self, seen: &SeenColumn) {
        let decimal = self.reading.decimal;
        let is_comma = |form: Form| {
            decimal == Decimal::Comma && matches!(form, Form::Comma | Form::Comma3)
                || form == Form::PointGroups
        };
        let is_grouped = |form: Form| match decimal {
            Decimal::Point => matches!(form, Form::CommaGroups | Form::Comma3),
            Decimal::Comma => matches!(form, Form::PointGroups | Form::Point3),
        };
        let gap = |seen: &ShapeCount| seen.shape.dress.gap;
        self.rows("decimal comma read as a point", |seen| is_comma(seen.shape.form));
        self.rows("marks between thousands taken out", |seen| {
            is_grouped(seen.shape.form) || !matches!(gap(seen), Gap::None | Gap::Around)
        });
        self.rows("no-break spaces around the number taken off", |seen| gap(seen) == Gap::Around);
        let unit = seen.unit.as_deref().unwrap_or_default();
        self.rows(&format!("{unit} taken off and kept as the unit"), |seen| {
            seen.shape.dress.unit != Unit::None
        });
        self.rows("a minus in brackets, at the end or typographic read as a minus", |seen| {
            !matches!(seen.shape.dress.minus, Minus::None | Minus::Front)
        });
        self.say_numbers(unit);
    }

    /// What of this a reader should know before relying on the figures.
    fn say_numbers(&mut self, unit: &str) {
        let column = self.column;
        let of_unit = rows_of(column, |seen| seen.shape.dress.unit == Unit::Percent);
        self.finding("unit-in-values_percent", Severity::Note, of_unit, facts!(n = of_unit));
        let amounts = rows_of(column, |seen| matches!(seen.shape.dress.unit, Unit::Currency(_)));
        let told = facts!(n = amounts, unit = unit);
        self.finding("unit-in-values_currency", Severity::Note, amounts, told);
        let odd = |minus: Minus| matches!(minus, Minus::Brackets | Minus::Trailing);
        let minuses = rows_of(column, |seen| odd(seen.shape.dress.minus));
        self.finding("accounting-negatives", Severity::Note, minuses, facts!(n = minuses));
        let rounded = rows_of(column, |seen| seen.shape.traits.rounded);
        self.finding("rounded-numbers", Severity::Warning, rounded, facts!(n = rounded));
        let epochs = Format::Seconds.bit() | Format::Milliseconds.bit();
        let moments = rows_of(column, |seen| seen.shape.day.fits & epochs != 0);
        if moments > 0 && moments == column.n_rows && naming::means_day(self.name) {
            self.finding("looks-like-moments", Severity::Note, moments, facts!(n = moments));
        }
    }

    fn days(&mut self) {
        let column = self.column;
        if let Some(format) = self.reading.day.filter(|day| day.bit() & Format::COUNTS != 0) {
            let (key, told) = match format {
                Format::Excel => ("days-as-numbers_spreadsheet", facts!()),
                _ => ("days-as-numbers_other", facts!(format = format.name())),
            };
            self.rows("numbers read as days", |_| true);
            self.finding(key, Severity::Note, column.n_rows, told);
        }
        if let Some(format) = self.reading.day {
            let is_other = |seen: &ShapeCount| {
                seen.shape.day.pattern & !Format::COUNTS != 0
                    && seen.shape.day.fits & format.bit() == 0
            };
            let n = rows_of(column, is_other);
            let told = facts!(n = n, format = format.name());
            self.finding("signs-between-days", Severity::Note, n, told);
        }
        let clock = |seen: &ShapeCount| seen.shape.day.clock;
        let zoned = rows_of(column, |seen| clock(seen).is_zoned());
        self.rows("time of day cut off", |seen| clock(seen) != Clock::None);
        if let Some(zone) = self.reading.zone {
            self.repair(&format!("moments taken to the days of {}", zone.name()), zoned);
            let twice = rows_of(column, |seen| clock(seen) == Clock::Twice);
            let told = facts!(n = twice, zone = zone.name());
            self.finding("repeated-times", Severity::Note, twice, told);
        } else {
            let utc = rows_of(column, |seen| clock(seen) == Clock::Utc);
            self.finding("days-in-utc", Severity::Note, utc, facts!(n = utc));
        }
    }
}

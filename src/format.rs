//! How numbers and texts are written, in figures and report alike.
//!
//! Every text that comes from the data or the config passes `clean`; every number
//! passes one of the functions here. Nothing else formats.

mod fixed;

pub(crate) use fixed::fixed;
#[cfg(feature = "frames")]
pub(crate) use fixed::{rounded, whole};

use crate::words::{self, Language, say};

/// The longest text that is shown, in characters; longer ones end in an ellipsis.
pub const LONGEST: usize = 500;

/// Whether a character changes how a line is shown without being seen itself:
/// controls, direction marks, zero-width characters and non-characters.
fn is_hidden(c: char) -> bool {
    let code = u32::from(c);
    c.is_control()
        || matches!(code,
            0xAD | 0x061C | 0x180E | 0x200B..=0x200F | 0x2028..=0x202E | 0x2060..=0x206F
            | 0xFEFF | 0xFFF9..=0xFFFB | 0xFDD0..=0xFDEF | 0xE0000..=0xE007F)
        || code & 0xFFFE == 0xFFFE
}

/// A text made safe to show: one line, white space collapsed, hidden characters as
/// escapes such as `\u{202e}`, at most `longest` characters.
#[must_use]
pub fn clean(text: &str, longest: usize) -> String {
    let mut out = String::new();
    let mut length = 0_usize;
    let mut gap = None;
    for c in text.chars() {
        if c.is_whitespace() && !matches!(c, '\u{2028}' | '\u{2029}') {
            // What is not to be parted stays together.
            let is_tie = c == '\u{a0}' && gap.is_none();
            gap = (!out.is_empty()).then_some(if is_tie { c } else { ' ' });
            continue;
        }
        if length >= longest {
            out.push('…');
            return out;
        }
        if let Some(space) = gap.take() {
            out.push(space);
            length += 1;
        }
        if is_hidden(c) {
            let escape = c.escape_unicode().to_string();
            length += escape.len();
            out.push_str(&escape);
        } else {
            out.push(c);
            length += 1;
        }
    }
    out
}

/// Bytes as lower-case hexadecimal digits, as `sha256sum` prints them.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    bytes
        .iter()
        .flat_map(|byte| [DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]])
        .map(char::from)
        .collect()
}

/// `clean` at the usual length.
#[must_use]
pub fn text(text: &str) -> String {
    clean(text, LONGEST)
}

/// A text of several lines made safe to show: line ends stay, tabs become spaces.
#[must_use]
pub fn block(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' => out.push('\n'),
            '\t' => out.push_str("    "),
            '\r' => {}
            c if is_hidden(c) => out.extend(c.escape_unicode()),
            c => out.push(c),
        }
    }
    out
}

/// A text as a sentence: a capital first and the language's full stop last. `column` is a name that
/// must not be changed when the text begins with it.
#[must_use]
pub fn sentence(raw: &str, column: Option<&str>) -> String {
    let cleaned = text(raw);
    let first = cleaned.split([' ', ',', ':']).next().unwrap_or_default();
    // A file is called as it is called.
    let is_file = first.contains('.') && !first.ends_with('.');
    let keep = is_file || column.is_some_and(|name| !name.is_empty() && raw.starts_with(name));
    let mut chars = cleaned.chars();
    let Some(first) = chars.next() else { return String::new() };
    let mut out: String = if keep { first.to_string() } else { first.to_uppercase().collect() };
    out.push_str(&minus(chars.as_str()));
    if !out.ends_with(['.', '!', '?', '…', '。', '！', '？']) {
        out.push(words::full_stop());
    }
    out
}

/// A stored text with a minus where a negative figure begins with a hyphen.
#[must_use]
pub fn minus(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = ' ';
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        let is_first = matches!(before, ' ' | '(');
        let is_sign = c == '-' && is_first && characters.peek().is_some_and(char::is_ascii_digit);
        out.push(if is_sign { '−' } else { c });
        before = c;
    }
    out
}

/// Puts a mark after every third digit from the right.
pub(crate) fn group(digits: &str) -> String {
    words::grouped(digits)
}

/// An exact amount with a mark at every thousand: `9,747,747.934`, `−28.50`.
#[must_use]
pub fn exact(amount: &str) -> String {
    let (sign, digits) = amount.strip_prefix('-').map_or(("", amount), |rest| ("−", rest));
    let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(a, b)| (a, Some(b)));
    let point = words::marks().1;
    let fraction = fraction.map_or_else(String::new, |fraction| format!("{point}{fraction}"));
    format!("{sign}{}{fraction}", group(whole))
}

/// A whole number with thousands marks: `7,043`.
#[must_use]
pub fn count(n: u64) -> String {
    group(&n.to_string())
}

/// `1 customer`, `7,043 customers`.
#[must_use]
pub fn customers(n: u64) -> String {
    say!("n-customers", n = n)
}

/// A day `YYYY-MM-DD` as the language writes it; anything else as it is.
#[must_use]
pub fn day(iso: &str) -> String {
    let parts: Vec<&str> = iso.split('-').collect();
    let number = |text: &str| text.parse::<u32>().ok();
    let ([year, month, day], true) = (parts.as_slice(), iso.len() == 10) else {
        return clean(iso, 20);
    };
    match (number(year), number(month), number(day)) {
        (Some(year), Some(month @ 1..=12), Some(day)) => {
            let month = say!(&format!("month-{month}"));
            say!("day", year = year.to_string(), month = month, day = day.to_string())
        }
        _ => clean(iso, 20),
    }
}

/// A number with thousands marks and exactly `decimals` decimals; a true minus sign.
#[must_use]
pub fn decimal(x: f64, decimals: usize) -> String {
    if !x.is_finite() {
        return say!("not-computed-cell");
    }
    if x.abs() >= 1e15 {
        return format!("{x:.2e}");
    }
    let written = format!("{:.*}", decimals, x.abs());
    let (whole, rest) = match written.split_once('.') {
        Some((whole, rest)) => (whole, format!("{}{rest}", words::marks().1)),
        None => (written.as_str(), String::new()),
    };
    let negative = x < 0.0 && written.bytes().any(|b| (b'1'..=b'9').contains(&b));
    format!("{}{}{rest}", if negative { "−" } else { "" }, group(whole))
}

/// A number with as many decimals as its size deserves: three digits that count.
#[must_use]
pub fn number(x: f64) -> String {
    if is_year(x) { format!("{x:.0}") } else { measured(x) }
}

/// A number beside another of the same column, which tells whether it may be a year.
#[must_use]
pub fn beside(x: f64, other: f64) -> String {
    if is_year(other) { number(x) } else { measured(x) }
}

/// The two ends of a range of one column; years where both are, were it for the rounding.
#[must_use]
pub fn ends([low, high]: [f64; 2]) -> [String; 2] {
    let years = is_year(low.round()) && is_year(high.round());
    if years && (is_year(low) || is_year(high)) {
        return [low, high].map(|end| format!("{end:.0}"));
    }
    [beside(low, high), beside(high, low)]
}

fn measured(x: f64) -> String {
    let size = x.abs();
    let decimals = if size >= 100.0 || size == 0.0 || x.fract() == 0.0 {
        0
    } else if size >= 10.0 {
        1
    } else if size >= 0.1 {
        2
    } else {
        4
    };
    decimal(x, decimals)
}

/// Whether a number is most likely a year, which takes no thousands mark.
pub(crate) fn is_year(x: f64) -> bool {
    x.fract() == 0.0 && (1900.0..=2100.0).contains(&x)
}

/// The sign of per cent as the language sets it.
pub(crate) fn with_percent(figure: &str) -> String {
    match words::current() {
        Language::En | Language::Zh => format!("{figure}%"),
        Language::Da | Language::Nb | Language::Ro => format!("{figure}\u{a0}%"),
    }
}

/// A share 0..1 as a percentage with one decimal: `26.5%`.
#[must_use]
pub fn percent(share: f64) -> String {
    if share > 0.0 && share < 0.0005 {
        return say!("under", figure = with_percent(&decimal(0.1, 1)));
    }
    if share < 1.0 && share > 0.9995 {
        return say!("over", figure = with_percent(&decimal(99.9, 1)));
    }
    let figure = decimal(share * 100.0, 1);
    if share.is_finite() { with_percent(&figure) } else { figure }
}

/// A bound on a share 0..1, rounded away from what it bounds, or it would say more than is
/// so: to tenths of a percent below 10 % and above 98 %, else to whole percents.
#[must_use]
pub fn outwards(bound: f64, is_upper: bool) -> f64 {
    let steps = if is_fine(bound) { 1_000.0 } else { 100.0 };
    let at = bound * steps;
    (if is_upper { (at - 1e-9).ceil() } else { (at + 1e-9).floor() }) / steps
}

/// Whether a bound is told in tenths of a percent.
fn is_fine(bound: f64) -> bool {
    !(0.0995..=0.98).contains(&bound)
}

/// A bound on a share as a percentage, rounded as [`outwards`] says: `2.9%`, `14%`.
#[must_use]
pub fn bound(bound: f64, is_upper: bool) -> String {
    let share = outwards(bound, is_upper);
    if is_fine(bound) { percent(share) } else { whole_percent(share) }
}

/// A share 0..1 as a whole percentage, for axes and sentences: `27%`.
#[must_use]
pub fn whole_percent(share: f64) -> String {
    let figure = decimal(share * 100.0, 0);
    if share.is_finite() { with_percent(&figure) } else { figure }
}

/// An interval of shares: `25.1% to 28.0%`.
#[must_use]
pub fn percent_range(low: f64, high: f64) -> String {
    say!("range", low = percent(low), high = percent(high))
}

/// Money: thousands marks, no cents from 100 on; the currency only where one is set, a
/// sign before the figure, a code after it.
#[must_use]
pub fn money(x: f64, currency: &str) -> String {
    let figure = decimal(x, if x.abs() >= 100.0 || x == 0.0 { 0 } else { 2 });
    let currency = clean(currency, 8);
    let after = matches!(words::current(), Language::Da | Language::Nb | Language::Ro);
    if currency.is_empty() || !x.is_finite() {
        figure
    } else if after {
        format!("{figure}\u{a0}{currency}")
    } else if currency.chars().any(char::is_alphanumeric) {
        format!("{figure} {currency}")
    } else if let Some(size) = figure.strip_prefix('−') {
        format!("−{currency}{size}")
    } else {
        format!("{currency}{figure}")
    }
}

/// A figure that is stored as an English text, such as `1,234.5` or `under 2.5%`, in the
/// language of the thread; any other text stays as it is.
#[must_use]
pub fn stored(text: &str) -> String {
    let text = clean(text, 60);
    for (opening, id) in [("under ", "under"), ("over ", "over")] {
        if let Some(rest) = text.strip_prefix(opening) {
            return say!(id, figure = stored(rest));
        }
    }
    let is_figure = text.chars().all(|c| c.is_ascii_digit() || ",.%−-+".contains(c));
    if !is_figure || !text.contains(|c: char| c.is_ascii_digit()) {
        return text;
    }
    let (thousands, point) = words::marks();
    let plain = text.trim_end_matches('%');
    let is_negative = plain.rfind('-') == Some(0);
    let mut figure = String::new();
    for c in plain.chars() {
        match c {
            // A minus stands before a figure; what has others is a day or a range.
            '-' if is_negative => figure.push('−'),
            ',' => figure.push_str(thousands),
            '.' => figure.push_str(point),
            c => figure.push(c),
        }
    }
    if plain.len() == text.len() { figure } else { with_percent(&figure) }
}

/// What stands in a withheld cell: one of fewer customers, or one that with a total would
/// give such a cell away.
#[must_use]
pub fn withheld(min_cell: usize) -> String {
    say!("withheld", n = min_cell)
}

/// Words in a row: `a, b and c`.
#[must_use]
pub fn list(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => {
            say!("list-and", most = most.join(&say!("list-comma")), last = last)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_carry_thousands_marks() {
        assert_eq!(count(0), "0");
        assert_eq!(count(999), "999");
        assert_eq!(count(7_043), "7,043");
        assert_eq!(count(u64::MAX), "18,446,744,073,709,551,615");
        assert_eq!(decimal(-1234.5, 1), "−1,234.5");
        assert_eq!(decimal(-0.001, 1), "0.0");
        assert_eq!(decimal(f64::NAN, 1), "not computed");
        assert_eq!(decimal(f64::INFINITY, 1), "not computed");
        assert_eq!(number(64.76), "64.8");
        assert_eq!(number(3.0), "3");
        assert_eq!(number(0.0123), "0.0123");
    }

    #[test]
    fn percentages_never_round_to_nothing_or_all() {
        assert_eq!(percent(0.26537), "26.5%");
        assert_eq!(percent(0.0), "0.0%");
        assert_eq!(percent(0.0001), "under 0.1%");
        assert_eq!(percent(0.99999), "over 99.9%");
        assert_eq!(percent(1.0), "100.0%");
        assert_eq!(percent_range(0.25, 0.28), "25.0% to 28.0%");
    }

    #[test]
    fn the_currency_is_written_only_where_one_is_set() {
        assert_eq!(money(1_234_567.8, ""), "1,234,568");
        assert_eq!(money(1_234.4, "€"), "€1,234");
        assert_eq!(money(-1_234.4, "€"), "−€1,234");
        assert_eq!(money(12.345, "EUR"), "12.35 EUR");
    }

    #[test]
    fn hidden_characters_are_shown_as_escapes() {
        assert_eq!(clean("a\u{202e}b\u{0}c\nd\te  f", 99), "a\\u{202e}b\\u{0}c d e f");
        assert_eq!(clean("\u{1b}[2J", 99), "\\u{1b}[2J");
        assert_eq!(clean(&"x".repeat(10_000), 20).chars().count(), 21);
        assert_eq!(block("a\tb\r\nc\u{7}"), "a    b\nc\\u{7}");
    }

    #[test]
    fn a_finding_becomes_a_sentence() {
        assert_eq!(sentence("three rows were rejected", None), "Three rows were rejected.");
        assert_eq!(sentence("tenure has gaps", Some("tenure")), "tenure has gaps.");
        assert_eq!(sentence("orders.csv, of 3 rows", None), "orders.csv, of 3 rows.");
        assert_eq!(sentence("", None), "");
    }

    #[test]
    fn stored_figures_are_written_as_the_language_does() {
        words::within(Language::Da, || {
            assert_eq!(stored("1,234.5"), "1.234,5");
            assert_eq!(stored("under 2.5%"), "under 2,5\u{a0}%");
            assert_eq!(stored("+40%"), "+40\u{a0}%");
            assert_eq!(stored("-1,234.50"), "−1.234,50");
            assert_eq!(stored("2011-12-09"), "2011-12-09");
            assert_eq!(stored("Two year, 1.5"), "Two year, 1.5");
        });
        assert_eq!(stored("1,234.5"), "1,234.5");
    }

    #[test]
    fn lists_read_as_speech() {
        let words = ["a".to_owned(), "b".to_owned(), "c".to_owned()];
        assert_eq!(list(&words), "a, b and c");
        assert_eq!(list(&words[..1]), "a");
        assert_eq!(list(&[]), "");
    }
}

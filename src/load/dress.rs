//! What people write around and between the digits of a number: signs of currencies,
//! per cent, brackets and other minus signs, blanks and apostrophes between thousands.
//! One value is taken apart here; whether the column may be read so is settled when all
//! of its values are seen.

/// How a number is dressed. A bare one is nothing but `-`, digits, points and commas.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Dress {
    pub minus: Minus,
    pub unit: Unit,
    pub gap: Gap,
}

impl Dress {
    /// The dress of a bare number.
    pub(super) fn bare(cell: &[u8]) -> Self {
        let minus = if cell.first() == Some(&b'-') { Minus::Front } else { Minus::None };
        Self { minus, ..Self::default() }
    }

    pub(super) fn is_bare(self) -> bool {
        let Self { minus, unit, gap } = self;
        matches!(minus, Minus::None | Minus::Front) && unit == Unit::None && gap == Gap::None
    }
}

/// How a negative number is marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Minus {
    #[default]
    None,
    /// By `-` in front.
    Front,
    /// By U+2212 or a dash in front, as typesetters write it.
    Typographic,
    /// `12.50-`.
    Trailing,
    /// `(12.50)`.
    Brackets,
}

/// What the number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, PartialOrd, Ord)]
pub(super) enum Unit {
    #[default]
    None,
    Percent,
    /// A place in [`CURRENCIES`].
    Currency(u8),
}

impl Unit {
    /// `%`, a code of ISO 4217, or a sign that several currencies share.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Percent => "%",
            Self::Currency(at) => CURRENCIES.get(usize::from(at)).map_or("", |(_, name)| name),
        }
    }

    /// Two spellings of one currency are one.
    fn of_sign(at: usize) -> Self {
        let name = CURRENCIES[at].1;
        let first = CURRENCIES.iter().position(|(_, other)| *other == name).unwrap_or(at);
        Self::Currency(u8::try_from(first).unwrap_or(u8::MAX))
    }
}

/// What stands between groups of three digits, where it is neither point nor comma.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Gap {
    #[default]
    None,
    /// The common blank, which codes and telephone numbers have too.
    Blank,
    /// A no-break or thin space.
    Narrow,
    Apostrophe,
    /// None, but a no-break space before or behind the number.
    Around,
}

/// Spellings of currencies with their names, longer spellings before their beginnings.
/// The codes are those of ISO 4217.
const CURRENCIES: [(&str, &str); 72] = [
    ("EUR", "EUR"),
    ("€", "EUR"),
    ("USD", "USD"),
    ("US$", "USD"),
    ("GBP", "GBP"),
    ("£", "GBP"),
    ("JPY", "JPY"),
    ("CNY", "CNY"),
    ("RMB", "CNY"),
    ("元", "CNY"),
    ("円", "JPY"),
    ("¥", "¥"),
    ("￥", "¥"),
    ("CHF", "CHF"),
    ("Fr.", "CHF"),
    ("DKK", "DKK"),
    ("NOK", "NOK"),
    ("SEK", "SEK"),
    ("ISK", "ISK"),
    ("kr.", "kr"),
    ("kr", "kr"),
    ("Kr", "kr"),
    ("RON", "RON"),
    ("lei", "RON"),
    ("Lei", "RON"),
    ("PLN", "PLN"),
    ("zł", "PLN"),
    ("CZK", "CZK"),
    ("Kč", "CZK"),
    ("HUF", "HUF"),
    ("Ft", "HUF"),
    ("BGN", "BGN"),
    ("MDL", "MDL"),
    ("RSD", "RSD"),
    ("RUB", "RUB"),
    ("₽", "RUB"),
    ("UAH", "UAH"),
    ("₴", "UAH"),
    ("TRY", "TRY"),
    ("₺", "TRY"),
    ("INR", "INR"),
    ("₹", "INR"),
    ("Rs.", "Rs"),
    ("Rs", "Rs"),
    ("CAD", "CAD"),
    ("CA$", "CAD"),
    ("AUD", "AUD"),
    ("A$", "AUD"),
    ("C$", "CAD"),
    ("NZD", "NZD"),
    ("SGD", "SGD"),
    ("HKD", "HKD"),
    ("HK$", "HKD"),
    ("TWD", "TWD"),
    ("BRL", "BRL"),
    ("R$", "BRL"),
    ("MXN", "MXN"),
    ("ZAR", "ZAR"),
    ("KRW", "KRW"),
    ("₩", "KRW"),
    ("THB", "THB"),
    ("฿", "THB"),
    ("IDR", "IDR"),
    ("MYR", "MYR"),
    ("PHP", "PHP"),
    ("VND", "VND"),
    ("₫", "VND"),
    ("ILS", "ILS"),
    ("₪", "ILS"),
    ("AED", "AED"),
    ("SAR", "SAR"),
    ("$", "$"),
];

/// A number without its dress.
pub(super) struct Undressed {
    pub dress: Dress,
    /// A `-` where it is negative, digits, points, commas and an exponent.
    pub core: Vec<u8>,
}

/// The longest text that is looked at, in bytes.
const LONGEST: usize = 64;

/// Takes a trimmed text apart; `None` where it is no dressed number. Whether the core is
/// a number remains to be seen.
pub(super) fn undress(cell: &[u8]) -> Option<Undressed> {
    let may_be = cell.len() <= LONGEST && cell.iter().any(u8::is_ascii_digit);
    let text = std::str::from_utf8(cell).ok().filter(|_| may_be)?;
    let mut peel = Peel { rest: text, minus: None, positive: false, unit: Unit::None };
    while peel.one() {}
    let (gap, digits) = close_gaps(peel.rest)?;
    let mut dress = Dress { minus: peel.minus.unwrap_or_default(), unit: peel.unit, gap };
    if dress.is_bare() && text.trim_matches(is_space).len() < text.len() {
        dress.gap = Gap::Around;
    }
    let mut core = Vec::with_capacity(digits.len() + 1);
    if peel.minus.is_some() {
        core.push(b'-');
    }
    core.extend_from_slice(&digits);
    (!dress.is_bare()).then_some(Undressed { dress, core })
}

/// Whether two or three letters that name a currency stand before nothing but digits.
pub(super) fn begins_with_currency(cell: &[u8]) -> bool {
    let n = cell.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let (letters, digits) = cell.split_at(n);
    matches!(n, 2 | 3)
        && digits.iter().all(u8::is_ascii_digit)
        && CURRENCIES.iter().any(|(spelling, _)| spelling.as_bytes() == letters)
}

/// What is still there while the dress is taken off.
struct Peel<'a> {
    rest: &'a str,
    minus: Option<Minus>,
    /// Whether a `+` was taken off.
    positive: bool,
    unit: Unit,
}

impl Peel<'_> {
    /// Takes one thing off either end; whether there was any.
    fn one(&mut self) -> bool {
        self.rest = self.rest.trim_matches(is_space);
        self.sign() || self.unit()
    }

    fn sign(&mut self) -> bool {
        if self.minus.is_some() || self.positive {
            return false;
        }
        let bracketed = self.rest.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
        let found = if let Some(rest) = self.rest.strip_prefix('-') {
            Some((rest, Minus::Front))
        } else if let Some(rest) = self.rest.strip_prefix(DASHES) {
            Some((rest, Minus::Typographic))
        } else if let Some(rest) = bracketed {
            Some((rest, Minus::Brackets))
        } else {
            let trailing = self.rest.strip_suffix('-').or(self.rest.strip_suffix(DASHES));
            trailing.map(|rest| (rest, Minus::Trailing))
        };
        if let Some((rest, minus)) = found {
            (self.rest, self.minus) = (rest, Some(minus));
        } else if let Some(rest) = self.rest.strip_prefix('+') {
            (self.rest, self.positive) = (rest, true);
        } else {
            return false;
        }
        true
    }

    fn unit(&mut self) -> bool {
        if self.unit != Unit::None {
            return false;
        }
        if let Some(rest) = self.rest.strip_suffix(['%', '％']) {
            (self.rest, self.unit) = (rest, Unit::Percent);
            return true;
        }
        let found = CURRENCIES.iter().enumerate().find_map(|(at, (spelling, _))| {
            let rest = self.rest.strip_prefix(spelling).or(self.rest.strip_suffix(spelling));
            rest.map(|rest| (rest, Unit::of_sign(at)))
        });
        let Some((rest, unit)) = found else { return false };
        (self.rest, self.unit) = (rest, unit);
        true
    }
}

/// The minus sign and the dashes that word processors put in its place.
const DASHES: [char; 2] = ['\u{2212}', '\u{2013}'];

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}')
}

/// What kind of gap a character is.
fn gap(c: char) -> Option<Gap> {
    match c {
        ' ' => Some(Gap::Blank),
        '\u{a0}' | '\u{202f}' | '\u{2009}' => Some(Gap::Narrow),
        '\'' | '\u{2019}' => Some(Gap::Apostrophe),
        _ => None,
    }
}

/// Closes the gaps between thousands: all of one kind, between groups of three digits,
/// the first of one to three and not 0, none behind a point or comma.
fn close_gaps(text: &str) -> Option<(Gap, Vec<u8>)> {
    let mut digits = Vec::with_capacity(text.len());
    let (mut found, mut group, mut whole) = (Gap::None, 0_usize, true);
    let ends_well = |found: Gap, group: usize| found == Gap::None || group == 3;
    for c in text.chars() {
        match (c, gap(c)) {
            (_, Some(kind)) => {
                let first = found == Gap::None;
                let sized = if first { (1..=3).contains(&group) } else { group == 3 };
                if !whole || !sized || !(first || kind == found) || digits.first() == Some(&b'0') {
                    return None;
                }
                (found, group) = (kind, 0);
            }
            ('.' | ',' | 'e' | 'E', _) => {
                if whole && !ends_well(found, group) {
                    return None;
                }
                whole = false;
                digits.push(c as u8);
            }
            ('0'..='9', _) => {
                group += 1;
                digits.push(c as u8);
            }
            ('+' | '-', _) if matches!(digits.last(), Some(b'e' | b'E')) => digits.push(c as u8),
            _ => return None,
        }
    }
    let sound = !digits.is_empty() && (!whole || ends_well(found, group));
    sound.then_some((found, digits))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Option<(Minus, &'static str, Gap, String)> {
        let Undressed { dress, core } = undress(text.as_bytes())?;
        let core = String::from_utf8(core).unwrap();
        Some((dress.minus, dress.unit.name(), dress.gap, core))
    }

    #[test]
    fn every_dress_comes_off() {
        for (text, minus, unit, gap, core) in [
            ("€ 5", Minus::None, "EUR", Gap::None, "5"),
            ("5 EUR", Minus::None, "EUR", Gap::None, "5"),
            ("5€", Minus::None, "EUR", Gap::None, "5"),
            ("$90,000", Minus::None, "$", Gap::None, "90,000"),
            ("-$5.00", Minus::Front, "$", Gap::None, "-5.00"),
            ("$-5.00", Minus::Front, "$", Gap::None, "-5.00"),
            ("$ -5.00", Minus::Front, "$", Gap::None, "-5.00"),
            ("$(5.00)", Minus::Brackets, "$", Gap::None, "-5.00"),
            ("($5.00)", Minus::Brackets, "$", Gap::None, "-5.00"),
            ("US$ 1e3", Minus::None, "USD", Gap::None, "1e3"),
            ("CA$7", Minus::None, "CAD", Gap::None, "7"),
            ("kr 12,50", Minus::None, "kr", Gap::None, "12,50"),
            ("12,50 kr.", Minus::None, "kr", Gap::None, "12,50"),
            ("12%", Minus::None, "%", Gap::None, "12"),
            ("-1.5 %", Minus::Front, "%", Gap::None, "-1.5"),
            ("(12.50)", Minus::Brackets, "", Gap::None, "-12.50"),
            ("12.50-", Minus::Trailing, "", Gap::None, "-12.50"),
            ("\u{2212}12.5", Minus::Typographic, "", Gap::None, "-12.5"),
            ("1 234 567,8", Minus::None, "", Gap::Blank, "1234567,8"),
            ("1\u{a0}234", Minus::None, "", Gap::Narrow, "1234"),
            ("-1\u{202f}234", Minus::Front, "", Gap::Narrow, "-1234"),
            ("1'234.50", Minus::None, "", Gap::Apostrophe, "1234.50"),
            ("1\u{2019}234", Minus::None, "", Gap::Apostrophe, "1234"),
            ("5\u{a0}", Minus::None, "", Gap::Around, "5"),
            ("1 234,50 €", Minus::None, "EUR", Gap::Blank, "1234,50"),
        ] {
            let expected = Some((minus, unit, gap, core.to_owned()));
            assert_eq!(parts(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_bare_or_no_number_is_left_alone() {
        for text in [
            "12",
            "-12.5",
            "+5",
            "abc",
            "€",
            "()",
            "(-5)x",
            "--5",
            "5 EUR USD",
            "5%%",
            "$5%",
            "1 23",
            "12 34 56",
            "0 123",
            "1 2345",
            "1 234'567",
            "1.5 000",
            "85123A",
            "12:30",
            "1_000",
            "0x1F",
            "2024-01-05",
            "555-1234",
            "+45 12 34 56 78",
            "",
        ] {
            assert!(parts(text).is_none(), "{text}");
        }
    }

    #[test]
    fn longer_spellings_stand_before_their_beginnings() {
        for (at, (spelling, _)) in CURRENCIES.iter().enumerate() {
            let covered = CURRENCIES[..at].iter().any(|(earlier, _)| {
                *spelling != *earlier
                    && (spelling.starts_with(earlier) || spelling.ends_with(earlier))
            });
            assert!(!covered, "{spelling}");
        }
    }
}

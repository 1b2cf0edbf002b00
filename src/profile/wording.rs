//! Column names, numbers and lists as marketing people read them.
#![expect(clippy::cast_precision_loss, reason = "counts of customers stay far below 2^53")]

use crate::format;

/// Columns made of orders whose names say too little to somebody who has not made them.
const OF_ORDERS: [(&str, &str); 5] = [
    ("first_to_last_days", "days from first to last order"),
    ("gap_days", "days between orders"),
    ("gap_regularity", "regularity of orders"),
    ("distinct_products", "different products"),
    ("distinct_categories", "different categories"),
];

/// A column's name in words: `MonthlyCharges`, `monthly_charges` and `MONTHLY.CHARGES`
/// are all `monthly charges`; `CLVScore` stays `CLV score`.
pub(crate) fn humanise(name: &str) -> String {
    let own = OF_ORDERS.iter().find(|(own, _)| *own == name);
    match (own, name.split_once(": ")) {
        (Some((_, words)), _) => (*words).to_owned(),
        // A level of a column that was made of orders is told as it is spelt.
        (None, Some((column, level))) => format!("{}: {level}", spelled(column)),
        _ => spelled(name),
    }
}

/// The same from the spelling alone: so a frozen model names columns to each customer, and
/// what it says of one does not change with the words that are found later.
pub(crate) fn spelled(name: &str) -> String {
    let shouted = !name.chars().any(char::is_lowercase);
    let characters: Vec<char> = name.chars().collect();
    let mut words: Vec<String> = vec![String::new()];
    let mut inside = false;
    for (i, &c) in characters.iter().enumerate() {
        // `(1-100)` is one word.
        inside = (inside || c == '(') && c != ')';
        let parts = matches!(c, '_' | '.' | '-' | '/') && !inside;
        if c.is_control() || c.is_whitespace() || parts {
            words.push(String::new());
            continue;
        }
        let before = i.checked_sub(1).map(|at| characters[at]);
        let after = characters.get(i + 1);
        let starts_word = c.is_uppercase()
            && before.is_some_and(|b| {
                b.is_lowercase()
                    || b.is_ascii_digit()
                    || (b.is_uppercase() && after.is_some_and(|a| a.is_lowercase()))
            });
        if starts_word && !shouted {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut() {
            word.push(c);
        }
    }
    let lowered: Vec<String> = words
        .into_iter()
        .filter(|word| !word.is_empty())
        .map(|word| {
            let capitals = word.chars().filter(|c| c.is_uppercase()).count();
            if !shouted && capitals >= 2 { word } else { word.to_lowercase() }
        })
        .collect();
    if lowered.is_empty() { name.to_owned() } else { in_full(&lowered) }
}

/// Shortened words of column names and what they stand for.
const SHORT: [(&str, &str); 13] = [
    ("avg", "average"),
    ("trx", "transactions"),
    ("qty", "quantity"),
    ("freq", "frequency"),
    ("pct", "percent"),
    ("prc", "percent"),
    ("oneoff", "one-off"),
    ("mins", "minutes"),
    ("nps", "NPS"),
    ("tv", "TV"),
    ("kb", "KB"),
    ("mb", "MB"),
    ("gb", "GB"),
];

/// The words without abbreviations: `num orders 12m` is `number of orders in 12 months`.
fn in_full(words: &[String]) -> String {
    let mut out: Vec<String> = Vec::with_capacity(words.len() + 2);
    for (at, word) in words.iter().enumerate() {
        let next = words.get(at + 1).map(String::as_str);
        let first = match (at, next, word.as_str()) {
            (0, Some(_), "num" | "nbr" | "cnt") => Some("number"),
            (0, Some(_), "mnt" | "amt") => Some("amount"),
            _ => None,
        };
        if let Some(first) = first {
            out.push(first.to_owned());
            if next != Some("of") {
                out.push("of".to_owned());
            }
        } else if let Some(window) = window(word).filter(|_| at > 0 && next.is_none()) {
            out.push(window);
        } else {
            let full = SHORT.iter().find(|(short, _)| short == word).map(|(_, full)| *full);
            out.push(full.unwrap_or(word).to_owned());
        }
    }
    out.join(" ")
}

/// `in 12 months` for `12m`.
fn window(word: &str) -> Option<String> {
    let end = word.chars().last()?;
    let digits = word.strip_suffix(end)?;
    let unit = match end {
        'd' => "day",
        'w' => "week",
        'm' => "month",
        'y' => "year",
        _ => return None,
    };
    let count: u16 = digits.parse().ok().filter(|_| !digits.starts_with('+'))?;
    Some(format!("in {count} {unit}{}", if count == 1 { "" } else { "s" }))
}

/// Names after which a unit stands for the value: `tenure months` is a tenure in months.
pub(crate) const LASTING: [&str; 4] = ["tenure", "duration", "length", "age"];

/// A column's name in words and the unit its values take, each said once: the unit is
/// left out where the name holds it, as in `days since last order`.
pub(crate) fn named<'a>(name: &str, unit: Option<&'a str>) -> (String, Option<&'a str>) {
    with_unit_once(humanise(name), unit)
}

/// As [`named`], by [`spelled`].
pub(crate) fn spelled_with_unit<'a>(
    name: &str,
    unit: Option<&'a str>,
) -> (String, Option<&'a str>) {
    with_unit_once(spelled(name), unit)
}

fn with_unit_once(human: String, unit: Option<&str>) -> (String, Option<&str>) {
    let unit = unit.or_else(|| ["GB", "MB", "KB"].into_iter().find(|u| ends_with(&human, u)));
    let Some(unit) = unit else { return (human, None) };
    let bracket = format!(" ({})", unit.to_lowercase());
    if let Some(head) = human.to_lowercase().strip_suffix(&bracket) {
        let head: String = human.chars().take(head.chars().count()).collect();
        return (head, Some(unit));
    }
    if let Some((head, last)) = human.rsplit_once(' ')
        && last == unit
        && (["GB", "MB", "KB"].contains(&unit)
            || LASTING.iter().any(|lasting| ends_with(head, lasting)))
    {
        return (head.to_owned(), Some(unit));
    }
    let said = human.split(' ').any(|word| word == unit);
    (human, if said { None } else { Some(unit) })
}

/// Whether `word` is the last of several words, or the only one.
fn ends_with(text: &str, word: &str) -> bool {
    text.rsplit(' ').next() == Some(word)
}

/// What a column is about, for names: without unit, bracket and period.
pub(crate) fn topic(name: &str, unit: Option<&str>) -> String {
    let (full, _) = named(name, unit);
    let mut short = full.as_str();
    if let Some((head, _)) = short.rsplit_once(" (").filter(|_| short.ends_with(')')) {
        short = head;
    }
    if let Some((head, period)) = short.rsplit_once(" in ")
        && period.starts_with(|c: char| c.is_ascii_digit())
    {
        short = head;
    }
    short.to_owned()
}

/// The first letter in upper case.
pub(crate) fn capitalise(text: &str) -> String {
    let mut characters = text.chars();
    match characters.next() {
        None => String::new(),
        Some(first) if first.is_ascii() => {
            let mut out = text.to_owned();
            out[..1].make_ascii_uppercase();
            out
        }
        Some(first) => first.to_uppercase().collect::<String>() + characters.as_str(),
    }
}

/// A spelling on one line: control characters become spaces.
pub(crate) fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// `a, b and c`.
pub(crate) fn list(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => [&first.join(", "), " and ", last].concat(),
    }
}

/// A number with three digits or so: `0.023`, `1.25`, `12.5`, `1526`, `20,000`.
pub(crate) fn number(value: f64) -> String {
    let size = value.abs();
    let decimals = if size >= 100.0 || size == 0.0 {
        0
    } else if size >= 10.0 {
        1
    } else if size >= 0.1 {
        2
    } else {
        4
    };
    let text = trimmed(&format!("{value:.decimals$}"));
    grouped(&text)
}

/// Two numbers of one column: years where both are.
pub(crate) fn numbers(both: [f64; 2]) -> [String; 2] {
    let years = both.iter().all(|&value| format::is_year(value));
    both.map(|value| match number(value) {
        text if years || !format::is_year(value) => text,
        text => format::group(&text),
    })
}

/// A number with at most as many decimals as its column is written with (one more for
/// a median between two values is not needed for single customers).
pub(crate) fn own_number(value: f64, decimals: u8) -> String {
    let kept = usize::from(decimals).min(if value.abs() >= 100.0 {
        0
    } else if value.abs() >= 10.0 {
        1
    } else {
        3
    });
    let mut text = String::with_capacity(8);
    format::fixed(value, kept, &mut text);
    let short = trim(&text).len();
    text.truncate(short);
    if text == "-0" {
        text.remove(0);
    }
    // Of fewer than a thousand there is nothing to group.
    if value.abs() < 999.0 { text } else { grouped(&text) }
}

/// Trailing zeros after the point go, and `-0` is `0`.
fn trimmed(text: &str) -> String {
    let short = trim(text);
    if short == "-0" { "0".to_owned() } else { short.to_owned() }
}

fn trim(text: &str) -> &str {
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { text }
}

/// Commas between thousands; a year stays as it is.
pub(crate) fn grouped(text: &str) -> String {
    if text.parse().is_ok_and(format::is_year) { text.to_owned() } else { marked(text) }
}

/// The same of a figure that is no year.
pub(crate) fn marked(text: &str) -> String {
    let (sign, digits) = text.strip_prefix('-').map_or(("", text), |digits| ("-", digits));
    let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(w, f)| (w, Some(f)));
    let fraction = fraction.map_or_else(String::new, |fraction| format!(".{fraction}"));
    format!("{sign}{}{fraction}", format::group(whole))
}

/// A share in percent: whole from 10 %, one decimal below; never rounded to 0 or 100
/// unless it is.
pub(crate) fn percent(share: f64) -> String {
    let points = share * 100.0;
    if points > 0.0 && points < 0.05 {
        return "under 0.1%".to_owned();
    }
    if points < 100.0 && points > 99.95 {
        return "over 99.9%".to_owned();
    }
    let fine = points.abs() < 9.95 || (points > 99.0 && points < 100.0);
    let text = if fine { format!("{points:.1}") } else { format!("{points:.0}") };
    format!("{}%", trimmed(&text))
}

/// A bound above 98 % with its decimal.
fn outwards(share: f64) -> String {
    let points = share * 100.0;
    if points > 98.0 { format!("{}%", trimmed(&format!("{points:.1}"))) } else { percent(share) }
}

/// Money with the currency in front, when there is one.
pub(crate) fn money(value: f64, currency: &str) -> String {
    let text = format::decimal(value, 0);
    match (currency.is_empty(), currency.chars().all(char::is_alphabetic)) {
        (true, _) => text,
        (false, true) => format!("{text} {currency}"),
        (false, false) => format!("{currency}{text}"),
    }
}

/// A value with the unit where there is one: `63 months`.
pub(crate) fn with_unit(text: &str, unit: Option<&str>) -> String {
    let Some(unit) = unit else { return text.to_owned() };
    let one = text == "1" && unit.len() > 3 && !unit.contains(' ');
    format!("{text} {}", if one { unit.strip_suffix('s').unwrap_or(unit) } else { unit })
}

/// A share of counts with its guard: see [`guarded`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Guarded {
    /// The share, or the bound that stands in for it.
    pub(crate) share: f64,
    /// -1: the true share is below; 1: above; 0: exact.
    pub(crate) side: i8,
}

impl Guarded {
    /// The lowest and the highest that the true share can be.
    fn ends(self) -> [f64; 2] {
        match self.side {
            -1 => [0.0, self.share],
            1 => [self.share, 1.0],
            _ => [self.share, self.share],
        }
    }

    /// The difference from another share that both bounds prove; 0 where they prove none.
    pub(crate) fn apart(self, other: Self) -> f64 {
        let ([low, high], [other_low, other_high]) = (self.ends(), other.ends());
        if low > other_high {
            low - other_high
        } else if high < other_low {
            high - other_low
        } else {
            0.0
        }
    }

    /// `62%`, `under 2%` or `over 98%`.
    pub(crate) fn text(self) -> String {
        match self.side {
            -1 => {
                let shown = percent(format::outwards(self.share, true));
                format!("under {}", shown.trim_start_matches("under "))
            }
            1 => {
                let shown = outwards(format::outwards(self.share, false));
                format!("over {}", shown.trim_start_matches("over "))
            }
            _ => percent(self.share),
        }
    }
}

/// The share of `hits` in `present`, where fewer than `min_cell` customers with (or
/// without) the trait are told only as a bound, so that no report counts out a few.
pub(crate) fn guarded(hits: u64, present: u64, min_cell: usize) -> Guarded {
    let bound = (min_cell as f64 / present as f64).min(0.5);
    let few = |n: u64| n > 0 && n < min_cell as u64;
    if few(hits) {
        Guarded { share: bound, side: -1 }
    } else if few(present - hits) {
        Guarded { share: 1.0 - bound, side: 1 }
    } else {
        Guarded { share: hits as f64 / present as f64, side: 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn column_names_become_words() {
        for (name, words) in [
            ("MonthlyCharges", "monthly charges"),
            ("monthly_charges", "monthly charges"),
            ("BALANCE_FREQUENCY", "balance frequency"),
            ("CLVScore", "CLV score"),
            ("tenure", "tenure"),
            ("Annual Income (k$)", "annual income (k$)"),
            ("Spending Score (1-100)", "spending score (1-100)"),
            ("NumOfProducts", "number of products"),
            ("NumDealsPurchases", "number of deals purchases"),
            ("PURCHASES_TRX", "purchases transactions"),
            ("orders_12m", "orders in 12 months"),
            ("visits_90d", "visits in 90 days"),
            ("num", "num"),
            ("season_share: Dec-Feb", "season share: Dec-Feb"),
            ("__", "__"),
        ] {
            assert_eq!(humanise(name), words);
        }
    }

    #[test]
    fn years_come_in_pairs() {
        assert_eq!(numbers([7534.0, 1922.0]), ["7,534", "1,922"]);
        assert_eq!(numbers([1922.0, 1980.0]), ["1922", "1980"]);
        assert_eq!(numbers([12.5, 1922.0]), ["12.5", "1,922"]);
        assert_eq!(format::beside(1922.0, 7534.0), "1,922");
        assert_eq!(format::beside(1922.0, 1980.0), "1922");
    }

    #[test]
    fn a_unit_is_said_once() {
        for (name, unit, words, kept) in [
            ("tenure_months", Some("months"), "tenure", Some("months")),
            ("days_since_last_order", Some("days"), "days since last order", None),
            ("streaming_hours", Some("hours"), "streaming hours", None),
            ("Annual Income (k$)", Some("k$"), "annual income", Some("k$")),
            ("data_gb", None, "data", Some("GB")),
            ("joined", Some("days ago"), "joined", Some("days ago")),
            ("tenure", None, "tenure", None),
            ("months", Some("months"), "months", None),
        ] {
            assert_eq!(named(name, unit), (words.to_owned(), kept));
        }
        assert_eq!(topic("spend_12m", None), "spend");
        assert_eq!(topic("Spending Score (1-100)", None), "spending score");
        assert_eq!(topic("tenure_months", Some("months")), "tenure");
    }

    #[test]
    fn numbers_keep_three_digits() {
        for (value, text) in [
            (0.0, "0"),
            (0.0234, "0.0234"),
            (12.5, "12.5"),
            (63.0, "63"),
            (1526.4, "1,526"),
            (1971.0, "1971"),
            (20_000.0, "20,000"),
            (-1_234_567.0, "-1,234,567"),
        ] {
            assert_eq!(number(value), text);
        }
    }

    #[test]
    fn percentages_never_claim_none_or_all() {
        assert_eq!(percent(0.9999), "over 99.9%");
        assert_eq!(percent(1.0), "100%");
        assert_eq!(percent(0.0001), "under 0.1%");
        assert_eq!(percent(0.266), "27%");
        assert_eq!(percent(0.066), "6.6%");
    }

    #[test]
    fn a_few_customers_are_told_as_a_bound() {
        assert_eq!(guarded(3, 500, 10).text(), "under 2%");
        assert_eq!(guarded(497, 500, 10).text(), "over 98%");
        assert_eq!(guarded(0, 500, 10).text(), "0%");
        assert_eq!(guarded(250, 500, 10).text(), "50%");
        let (few, most, half) = (guarded(3, 500, 10), guarded(497, 500, 10), guarded(250, 500, 10));
        assert_eq!(few.apart(half), 0.02 - 0.5);
        assert_eq!(most.apart(half), 0.98 - 0.5);
        // Below 2 % and 1 % can be the same.
        assert_eq!(few.apart(guarded(10, 1000, 10)), 0.0);
    }
}

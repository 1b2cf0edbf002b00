//! What the name of a column says of its values, where the values alone leave a doubt:
//! whether numbers are counts of days, whether a 0 can be meant.

/// Words of a name that mean a day or a moment.
const DAY: [&str; 21] = [
    "date",
    "dates",
    "datetime",
    "timestamp",
    "dt",
    "dob",
    "birthday",
    "dato",
    "datum",
    "data",
    "fecha",
    "created",
    "updated",
    "joined",
    "registered",
    "signup",
    "expires",
    "at",
    "on",
    "ts",
    "time",
];
/// The same where words are not separated.
const DAY_HAN: [&str; 3] = ["日期", "时间", "生日"];
/// Words that make it a span or a count.
const SPAN: [&str; 22] = [
    "days", "day", "weeks", "months", "month", "years", "year", "hours", "minutes", "seconds",
    "since", "count", "number", "num", "no", "nr", "total", "n", "usage", "volume", "amount",
    "plan",
];
/// Quantities that nobody has none of.
const NEVER_ZERO: [&str; 24] = [
    "age",
    "alder",
    "varsta",
    "vârstă",
    "income",
    "salary",
    "wage",
    "indkomst",
    "inntekt",
    "venit",
    "price",
    "pris",
    "pret",
    "preț",
    "height",
    "weight",
    "birthyear",
    "yob",
    "bmi",
    "postcode",
    "zip",
    "employees",
    "latitude",
    "longitude",
];
const NEVER_ZERO_HAN: [&str; 4] = ["年龄", "收入", "价格", "单价"];

/// Whether a name means a day, so that numbers in its column may be counts of days.
pub(super) fn means_day(name: &str) -> bool {
    let words = words(name);
    let is = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    (is(&DAY) && !is(&SPAN)) || DAY_HAN.iter().any(|word| name.contains(word))
}

/// Whether a name means a quantity of which 0 is not plausible.
pub(super) fn is_never_zero(name: &str) -> bool {
    let words = words(name);
    words.iter().any(|word| NEVER_ZERO.contains(&word.as_str()))
        || NEVER_ZERO_HAN.iter().any(|word| name.contains(word))
}

/// The words of a name in lower case, split at signs, digits and where a capital follows
/// a small letter.
fn words(name: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut was_small = false;
    for c in name.chars() {
        if !c.is_alphabetic() || (was_small && c.is_uppercase()) {
            words.push(std::mem::take(&mut word));
        }
        if c.is_alphabetic() {
            word.extend(c.to_lowercase());
        }
        was_small = c.is_lowercase();
    }
    words.push(word);
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_days_are_told_from_names_of_spans() {
        for name in [
            "date",
            "InvoiceDate",
            "Dt_Customer",
            "created_at",
            "signup",
            "Effective To Date",
            "注册日期",
            "event_timestamp",
            "DOB",
        ] {
            assert!(means_day(name), "{name}");
        }
        for name in [
            "Total day minutes",
            "days_since_join",
            "data usage",
            "spend",
            "update",
            "duration",
            "Seats",
        ] {
            assert!(!means_day(name), "{name}");
        }
    }

    #[test]
    fn some_quantities_are_never_zero() {
        for name in ["Age", "annual_income", "UnitPrice", "Estimated Salary", "年龄"] {
            assert!(is_never_zero(name), "{name}");
        }
        for name in ["tenure", "usage", "PageValues", "balance", "image", "average"] {
            assert!(!is_never_zero(name), "{name}");
        }
    }
}

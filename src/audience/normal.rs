//! The normal forms of e-mail addresses, telephone numbers and names, one per platform.
//!
//! # References
//!
//! Google Ads Data Manager, Formatting guidelines for user data (2025): no blanks, lower case;
//! for gmail.com and googlemail.com no dots and nothing from `+` on before the `@`; telephone
//! numbers in E.164 with the `+`.
//! Meta, Customer information parameters (2025): trimmed, lower case; telephone numbers as
//! digits with the country's code and without leading zeros; names in lower case without
//! punctuation, in UTF-8.
//! ITU-T E.164 (2010): at most 15 digits.

use super::calling::{Plan, plan};
use super::list::Platform;

/// The fewest digits of a number with its country's code.
const FEWEST: usize = 8;
/// The most, by E.164.
const MOST: usize = 15;
/// The longest part before the `@`, and the longest address (RFC 5321).
const LONGEST: (usize, usize) = (64, 254);

/// The normal form of an e-mail address; `None` where it cannot be one.
#[must_use]
pub fn email(text: &str, platform: Platform) -> Option<String> {
    let lower: String = match platform {
        Platform::Google => text.chars().filter(|c| !c.is_whitespace()).collect(),
        _ => text.trim().to_owned(),
    }
    .to_lowercase();
    let (local, domain) = lower.rsplit_once('@')?;
    let local = match (platform, domain) {
        (Platform::Google, "gmail.com" | "googlemail.com") => {
            local.split('+').next().unwrap_or_default().replace('.', "")
        }
        _ => local.to_owned(),
    };
    let address = format!("{local}@{domain}");
    (is_local(&local) && is_domain(domain) && address.len() <= LONGEST.1).then_some(address)
}

fn is_local(local: &str) -> bool {
    let plain = |c: char| c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c);
    !local.is_empty()
        && local.len() <= LONGEST.0
        && local.chars().all(plain)
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..")
}

fn is_domain(domain: &str) -> bool {
    let label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let last = domain.rsplit('.').next().unwrap_or_default();
    domain.contains('.')
        && domain.split('.').all(label)
        && last.chars().count() >= 2
        && !last.chars().all(|c| c.is_ascii_digit())
}

/// A telephone number in E.164 with its `+`; `None` where it cannot be one. `country` is the
/// two letters of the country whose numbers are written without the country's code.
#[must_use]
pub fn phone(text: &str, country: Option<&str>) -> Option<String> {
    let text = text.trim();
    let allowed = |c: char| c.is_ascii_digit() || " ()-./+\u{a0}\u{2011}\u{2013}".contains(c);
    if !text.chars().all(allowed) || text.rfind('+').is_some_and(|at| at > 0) {
        return None;
    }
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let own = country.and_then(plan);
    let whole = if text.starts_with('+') {
        digits
    } else if let Some(rest) = digits.strip_prefix("00") {
        rest.to_owned()
    } else {
        national(&digits, own?)?
    };
    let valid = (FEWEST..=MOST).contains(&whole.len()) && !whole.starts_with('0');
    (valid && is_north_american(&whole)).then(|| format!("+{whole}"))
}

/// A number as it is dialled inside its country, with the country's code.
fn national(digits: &str, plan: Plan) -> Option<String> {
    let Plan { code, trunk, length } = plan;
    // The country's code may be there without its sign.
    if let Some(rest) = digits.strip_prefix(code)
        && length.is_some_and(|length| rest.len() == length)
    {
        return Some(digits.to_owned());
    }
    let rest = if trunk.is_empty() { digits } else { digits.strip_prefix(trunk).unwrap_or(digits) };
    match length {
        Some(length) if rest.len() != length => None,
        _ => Some(format!("{code}{rest}")),
    }
}

/// Numbers of the North American plan have ten digits, and no area or exchange begins with 0
/// or 1; those of other plans are not judged.
fn is_north_american(whole: &str) -> bool {
    let Some(rest) = whole.strip_prefix('1') else { return true };
    let begins =
        |at: usize| rest.as_bytes().get(at).is_some_and(|digit| (b'2'..=b'9').contains(digit));
    rest.len() == 10 && begins(0) && begins(3)
}

/// A telephone number for Meta: digits alone.
#[must_use]
pub fn meta_phone(text: &str, country: Option<&str>) -> Option<String> {
    phone(text, country).map(|number| number.trim_start_matches('+').to_owned())
}

/// A name for Meta: lower case, no punctuation and no blanks at its ends; `None` where nothing
/// is left. Letters stay as they are composed.
#[must_use]
pub fn meta_name(text: &str) -> Option<String> {
    let name: String = text
        .trim()
        .to_lowercase()
        .chars()
        .filter(|c| !c.is_ascii_punctuation() && !c.is_control())
        .collect();
    let name = name.trim().to_owned();
    (!name.is_empty()).then_some(name)
}

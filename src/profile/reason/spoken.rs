//! The words of a customer's sentence in the language of the thread. English is written
//! without looking anything up: there is a sentence for every customer.

use crate::format::stored;
use crate::profile::name::{Said, is_no, with_level};
use crate::profile::wording;
use crate::words::{Language, current, say, tell};

fn is_english() -> bool {
    current() == Language::En
}

/// What stands before notes, between them, and at the end.
pub(super) fn marks() -> (&'static str, &'static str, &'static str) {
    if current() == Language::Zh { ("；", "，", "。") } else { ("; ", ", ", ".") }
}

/// In no segment.
pub(super) fn nowhere(own: &str) -> String {
    if is_english() {
        return format!("In no segment: too few customers are like this one{own}");
    }
    say!("reason-nowhere", own = own)
}

/// Nothing stands out.
pub(super) fn plain(own: &str) -> String {
    if is_english() {
        return format!("No single trait stands out{own}");
    }
    say!("reason-plain", own = own)
}

/// `: tenure 28`.
pub(super) fn colon(values: &str) -> String {
    if current() == Language::Zh { format!("：{values}") } else { format!(": {values}") }
}

/// `a, b and c`.
pub(super) fn list(parts: &[String]) -> String {
    if is_english() { wording::list(parts) } else { crate::format::list(parts) }
}

/// The next segment is near.
pub(super) fn close(id: u32) -> String {
    if is_english() {
        return format!("close to segment {id}");
    }
    say!("reason-close", id = id.to_string())
}

/// Few others are like this one.
pub(super) fn unusual() -> String {
    if is_english() {
        return "unusual for this segment".to_owned();
    }
    say!("reason-unusual")
}

/// `contract Two year (25% of all)`.
pub(super) fn of_all(what: &str, share: &str) -> String {
    if is_english() {
        return format!("{what} ({share} of all)");
    }
    say!("reason-of-all", what = what, share = stored(share))
}

/// `tenure 30 months (near the typical 29)` or `tenure 68 months (typical: 29)`.
pub(super) fn beside(
    name: &str,
    (own, unit): (&str, Option<&str>),
    half: &str,
    near: bool,
) -> String {
    if is_english() {
        let typical = if near { " (near the typical " } else { " (typical: " };
        return match unit {
            None => [name, " ", own, typical, half, ")"].concat(),
            Some(_) => [name, " ", &with_unit(own, unit), typical, half, ")"].concat(),
        };
    }
    let shown = [name, " ", &with_unit(own, unit)].concat();
    if near {
        say!("reason-near", shown = shown, half = stored(half))
    } else {
        say!("reason-typical", shown = shown, half = stored(half))
    }
}

/// `internet service DSL`, `no phone service`.
pub(crate) fn level(name: &str, level: &str) -> String {
    if is_english() || !is_no(level) {
        return with_level(name, level);
    }
    let Said { word, of } = Said::lacking(name);
    tell(&format!("name-{word}"), &[("of", of.into())])
}

/// `63 months`; the figure as English writes it.
pub(super) fn with_unit(figure: &str, unit: Option<&str>) -> String {
    if is_english() {
        return wording::with_unit(figure, unit);
    }
    measured(stored(figure), unit)
}

/// The same of a figure in the language of the thread, which may be a range.
pub(crate) fn measured(figure: String, unit: Option<&str>) -> String {
    let known = ["days ago", "days", "weeks", "months", "years", "hours", "minutes"];
    match unit.filter(|unit| !is_english() && known.contains(unit)) {
        Some(unit) => tell(&format!("unit-{}", unit.replace(' ', "-")), &[("n", figure.into())]),
        None => wording::with_unit(&figure, unit),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::within;

    #[test]
    fn the_messages_say_what_is_written_without_them() {
        assert_eq!(say!("reason-nowhere", own = ": x 1"), nowhere(": x 1"));
        assert_eq!(say!("reason-plain", own = ""), plain(""));
        assert_eq!(say!("reason-close", id = "3"), close(3));
        assert_eq!(say!("reason-unusual"), unusual());
        assert_eq!(say!("reason-of-all", what = "a", share = "5%"), of_all("a", "5%"));
        let shown = |near| beside("a", ("7", Some("months")), "5", near);
        assert_eq!(say!("reason-near", shown = "a 7 months", half = "5"), shown(true));
        assert_eq!(say!("reason-typical", shown = "a 7 months", half = "5"), shown(false));
        assert_eq!(say!("unit-months", n = "5"), with_unit("5", Some("months")));
    }

    #[test]
    fn other_languages_have_their_own_words_and_figures() {
        let written = within(Language::Da, || {
            let tenure = beside("tenure", ("1,068.5", Some("months")), "29", false);
            list(&[tenure, of_all(&level("phone service", "No"), "9.7%")])
        });
        assert_eq!(
            written,
            "tenure 1.068,5 måneder (typisk: 29) og uden phone service (9,7\u{a0}% af alle)"
        );
    }
}

//! Levels whose order is known: answers of a survey, education, frequencies, bands of
//! numbers. A column is ordered only where every one of its levels is a step of one scale
//! and no two of them are the same step: anything else would be a guess.

use super::names::plain;

/// Fewer levels have no order worth telling; with two a column is a flag.
const FEWEST: usize = 3;
/// More levels are no scale of answers and no list of bands.
const MOST: usize = 20;
/// Points that stand behind an answer lie within this size.
const MOST_POINTS: i32 = 11;

/// Steps from the lowest, each by its spellings.
type Steps = &'static [&'static [&'static str]];

/// A known scale.
struct Scale {
    name: &'static str,
    /// Whether only a person who is asked can say it.
    is_opinion: bool,
    steps: Steps,
}

/// Levels in their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Ordered {
    /// The spellings, from the lowest.
    pub levels: Vec<String>,
    /// The scale they are steps of.
    pub scale: &'static str,
    /// Whether they are what somebody thinks.
    pub is_opinion: bool,
}

/// The levels in their order, where they have one that is certain.
pub(super) fn order<'a>(levels: impl IntoIterator<Item = &'a str>) -> Option<Ordered> {
    let levels: Vec<&str> = levels.into_iter().collect();
    if !(FEWEST..=MOST).contains(&levels.len()) {
        return None;
    }
    known(&levels).or_else(|| pointed(&levels)).or_else(|| bands(&levels))
}

/// Every level a step of one known scale.
fn known(levels: &[&str]) -> Option<Ordered> {
    let plain: Vec<String> = levels.iter().map(|level| plain(level)).collect();
    let found = SCALES.iter().find_map(|scale| {
        let step = |level: &String| {
            scale.steps.iter().position(|spellings| spellings.contains(&level.as_str()))
        };
        let steps: Vec<usize> = plain.iter().map(step).collect::<Option<_>>()?;
        Some((scale, steps))
    });
    let (scale, steps) = found?;
    sorted(levels, &steps, scale.name, scale.is_opinion)
}

/// Sorts levels by their place, where no two share one.
fn sorted<T: Ord + Copy>(
    levels: &[&str],
    places: &[T],
    scale: &'static str,
    is_opinion: bool,
) -> Option<Ordered> {
    let mut order: Vec<usize> = (0..levels.len()).collect();
    order.sort_by_key(|&at| places[at]);
    if order.windows(2).any(|pair| places[pair[0]] == places[pair[1]]) {
        return None;
    }
    let levels = order.into_iter().map(|at| levels[at].to_owned()).collect();
    Some(Ordered { levels, scale, is_opinion })
}

/// Points with a sign behind or instead of words: `I hate it!-5`, `-4` to `+4`,
/// `I love it!+5`.
fn pointed(levels: &[&str]) -> Option<Ordered> {
    let points: Vec<(i32, bool)> =
        levels.iter().map(|level| points(level)).collect::<Option<_>>()?;
    let signed = points.iter().filter(|(_, signed)| *signed).count();
    // `Offer1` and `type 2` are numbered, not valued.
    if signed * 2 < levels.len() || points.iter().any(|(points, _)| points.abs() > MOST_POINTS) {
        return None;
    }
    let points: Vec<i32> = points.into_iter().map(|(points, _)| points).collect();
    sorted(levels, &points, "points", true)
}

/// The points at the end of a level, and whether they have a sign.
fn points(level: &str) -> Option<(i32, bool)> {
    let level = level.trim();
    let words = level.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits: i32 = level[words.len()..].parse().ok()?;
    match words.chars().last() {
        Some('-' | '−') => Some((-digits, true)),
        Some('+') => Some((digits, true)),
        _ => Some((digits, false)),
    }
}

/// Bands of numbers that do not overlap: `18-25`, `26-40`, `40+`, `< 18`, `$50k to $100k`.
fn bands(levels: &[&str]) -> Option<Ordered> {
    let mut bands: Vec<(f64, f64, usize)> = levels
        .iter()
        .enumerate()
        .map(|(at, level)| band(level).map(|(low, high)| (low, high, at)))
        .collect::<Option<_>>()?;
    bands.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    if bands.windows(2).any(|pair| pair[0].1 > pair[1].0) {
        return None;
    }
    let levels = bands.into_iter().map(|(.., at)| levels[at].to_owned()).collect();
    Some(Ordered { levels, scale: "bands", is_opinion: false })
}

/// The ends of a band.
fn band(level: &str) -> Option<(f64, f64)> {
    let text = level.trim().to_lowercase().replace(['$', '€', '£', '¥', ' ', ',', '岁'], "");
    for under in ["under", "below", "lessthan", "upto", "<=", "<", "sub"] {
        if let Some(high) = text.strip_prefix(under) {
            return Some((f64::NEG_INFINITY, amount(high)?));
        }
    }
    if let Some(high) = text.strip_suffix("以下") {
        return Some((f64::NEG_INFINITY, amount(high)?));
    }
    for over in ["over", "above", "morethan", ">=", ">", "peste"] {
        if let Some(low) = text.strip_prefix(over) {
            return Some((amount(low)?, f64::INFINITY));
        }
    }
    for over in ["+", "andover", "ormore", "orover", "andabove", "以上"] {
        if let Some(low) = text.strip_suffix(over) {
            return Some((amount(low)?, f64::INFINITY));
        }
    }
    let (low, high) = text.split_once(['-', '–']).or_else(|| text.split_once("to"))?;
    let (low, high) = (amount(low)?, amount(high)?);
    (low < high).then_some((low, high))
}

/// `25`, `50k`, `1.5m`.
fn amount(text: &str) -> Option<f64> {
    let (digits, factor) = match text.strip_suffix('k') {
        Some(digits) => (digits, 1e3),
        None => text.strip_suffix('m').map_or((text, 1.0), |digits| (digits, 1e6)),
    };
    let plain =
        !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    digits.parse::<f64>().ok().filter(|_| plain).map(|number| number * factor)
}

/// The known scales. Spellings are without accents and signs, in lower case.
#[rustfmt::skip]
const SCALES: &[Scale] = &[
    Scale { name: "agreement", is_opinion: true, steps: &[
        &["strongly disagree", "fully disagree", "completely disagree", "totally disagree", "helt uenig", "meget uenig", "svaert uenig", "dezacord total", "total dezacord", "非常不同意", "完全不同意", "强烈不同意"],
        &["disagree", "uenig", "dezacord", "不同意"],
        &["somewhat disagree", "slightly disagree", "rather disagree", "delvist uenig", "delvis uenig", "litt uenig", "partial dezacord", "dezacord partial", "有点不同意", "比较不同意"],
        &["neither agree nor disagree", "neither", "neutral", "undecided", "hverken enig eller uenig", "hverken eller", "verken enig eller uenig", "verken eller", "noytral", "neutru", "nici acord nici dezacord", "indiferent", "中立", "一般", "不确定"],
        &["somewhat agree", "slightly agree", "rather agree", "delvist enig", "delvis enig", "litt enig", "partial acord", "acord partial", "有点同意", "比较同意"],
        &["agree", "enig", "acord", "同意"],
        &["strongly agree", "fully agree", "completely agree", "totally agree", "helt enig", "meget enig", "svaert enig", "acord total", "total acord", "非常同意", "完全同意", "强烈同意"],
    ]},
    Scale { name: "satisfaction", is_opinion: true, steps: &[
        &["extremely dissatisfied", "completely dissatisfied"],
        &["very dissatisfied", "very unsatisfied", "meget utilfreds", "svaert misfornoyd", "foarte nemultumit", "非常不满意", "很不满意"],
        &["dissatisfied", "unsatisfied", "utilfreds", "misfornoyd", "nemultumit", "不满意"],
        &["somewhat dissatisfied"],
        &["neutral", "neither", "neither satisfied nor dissatisfied", "hverken eller", "hverken tilfreds eller utilfreds", "verken eller", "verken fornoyd eller misfornoyd", "noytral", "neutru", "一般", "中立"],
        &["somewhat satisfied"],
        &["satisfied", "tilfreds", "fornoyd", "multumit", "满意"],
        &["very satisfied", "meget tilfreds", "svaert fornoyd", "foarte multumit", "非常满意", "很满意"],
        &["extremely satisfied", "completely satisfied"],
    ]},
    Scale { name: "importance", is_opinion: true, steps: &[
        &["not at all important", "unimportant", "not important", "slet ikke vigtigt", "ikke vigtigt", "ikke viktig", "deloc important", "不重要"],
        &["slightly important", "of little importance", "lidt vigtigt", "litt viktig", "putin important", "不太重要"],
        &["moderately important", "somewhat important", "neutral", "ret vigtigt", "ganske viktig", "oarecum important", "一般"],
        &["important", "vigtigt", "viktig", "重要"],
        &["very important", "meget vigtigt", "svaert viktig", "foarte important", "非常重要"],
        &["extremely important"],
    ]},
    Scale { name: "likelihood", is_opinion: true, steps: &[
        &["very unlikely", "extremely unlikely", "meget usandsynligt", "svaert usannsynlig", "foarte putin probabil", "非常不可能"],
        &["unlikely", "usandsynligt", "usannsynlig", "putin probabil", "不可能"],
        &["neutral", "neither", "hverken eller", "verken eller", "neutru", "不确定", "一般"],
        &["likely", "sandsynligt", "sannsynlig", "probabil", "可能"],
        &["very likely", "extremely likely", "meget sandsynligt", "svaert sannsynlig", "foarte probabil", "非常可能"],
    ]},
    Scale { name: "quality", is_opinion: true, steps: &[
        &["very poor", "very bad", "terrible", "meget darlig", "svaert darlig", "foarte slab", "很差", "非常差"],
        &["poor", "bad", "darlig", "slab", "差"],
        &["fair", "average", "okay", "ok", "middel", "middels", "mediu", "一般"],
        &["good", "god", "godt", "bun", "好"],
        &["very good", "meget god", "svaert god", "foarte bun", "很好", "非常好"],
        &["excellent", "fremragende", "utmerket", "excelent", "优秀"],
    ]},
    Scale { name: "how often", is_opinion: false, steps: &[
        &["never", "aldrig", "aldri", "niciodata", "从不"],
        &["once a year", "yearly", "annually", "arligt", "arlig", "anual", "每年"],
        &["every six months", "twice a year", "half yearly"],
        &["every three months", "quarterly", "once a quarter", "kvartalsvis", "trimestrial", "每季度"],
        &["once a month", "monthly", "every month", "manedligt", "manedlig", "lunar", "每月"],
        &["every two weeks", "twice a month", "fortnightly"],
        &["once a week", "weekly", "every week", "ugentligt", "ukentlig", "saptamanal", "每周"],
        &["more than once a week", "several times a week", "flere gange om ugen"],
        &["daily", "every day", "once a day", "dagligt", "daglig", "zilnic", "每天"],
    ]},
    Scale { name: "frequency", is_opinion: false, steps: &[
        &["never", "aldrig", "aldri", "niciodata", "从不"],
        &["rarely", "seldom", "sjaeldent", "sjelden", "rar", "rareori", "很少"],
        &["sometimes", "occasionally", "nogle gange", "av og til", "noen ganger", "uneori", "有时"],
        &["often", "frequently", "ofte", "des", "deseori", "经常"],
        &["very often", "meget ofte", "svaert ofte", "foarte des"],
        &["always", "altid", "alltid", "mereu", "intotdeauna", "总是"],
    ]},
    Scale { name: "level", is_opinion: false, steps: &[
        &["very low", "meget lav", "svaert lav", "foarte scazut", "很低"],
        &["low", "lav", "lavt", "scazut", "低"],
        &["medium", "middle", "moderate", "mellem", "middels", "mediu", "中"],
        &["high", "hoj", "hoy", "hoyt", "hojt", "ridicat", "高"],
        &["very high", "meget hoj", "svaert hoy", "foarte ridicat", "很高"],
    ]},
    Scale { name: "size", is_opinion: false, steps: &[
        &["tiny", "micro", "extra small", "xs"],
        &["small", "s", "lille", "liten", "mic", "小"],
        &["medium", "medsize", "midsize", "mid size", "mid", "m", "mellem", "middels", "mediu", "中"],
        &["large", "big", "l", "stor", "mare", "大"],
        &["very large", "extra large", "enterprise", "xl"],
    ]},
    Scale { name: "level of schooling", is_opinion: false, steps: &[
        &["none", "no education", "uneducated", "illiterate"],
        &["primary", "primaer", "primar", "primara", "小学"],
        &["secondary", "sekundaer", "secundar", "secundara", "中学"],
        &["tertiary", "tertiaer", "tertiar", "tertiara", "大学"],
    ]},
    Scale { name: "education", is_opinion: false, steps: &[
        &["no education", "uneducated", "illiterate"],
        &["elementary", "elementary school", "primary school", "grundskole", "folkeskole", "grunnskole", "scoala primara", "小学"],
        &["lower secondary", "middle school", "gimnaziu", "初中"],
        &["high school", "high school or below", "highschool", "hs", "hs grad", "high school graduate", "upper secondary", "gymnasium", "videregaende", "videregaende skole", "liceu", "高中"],
        &["some college", "college"],
        &["associate", "associate degree", "associates"],
        &["bachelor", "bachelors", "bachelor s", "bachelor degree", "bachelors degree", "bachelor s degree", "undergraduate", "licenta", "本科", "学士"],
        &["master", "masters", "master s", "master degree", "masters degree", "master s degree", "postgraduate", "kandidat", "masterat", "硕士"],
        &["doctor", "doctorate", "doctoral", "doctoral degree", "phd", "ph d", "doctorat", "博士"],
    ]},
];

#[cfg(test)]
mod tests {
    use super::*;

    fn levels(given: &[&str]) -> Option<Vec<String>> {
        order(given.iter().copied()).map(|ordered| ordered.levels)
    }

    fn in_order(expected: &[&str], scale: &str) {
        let mut given = expected.to_vec();
        given.sort_unstable();
        let found = order(given.iter().copied()).unwrap_or_else(|| panic!("{expected:?}"));
        assert_eq!((found.levels.as_slice(), found.scale), (&owned(expected)[..], scale));
    }

    fn owned(levels: &[&str]) -> Vec<String> {
        levels.iter().map(|level| (*level).to_owned()).collect()
    }

    #[test]
    fn answers_are_in_their_order_in_five_languages() {
        in_order(
            &["Strongly disagree", "Disagree", "Neutral", "Agree", "Strongly agree"],
            "agreement",
        );
        in_order(&["Helt uenig", "Uenig", "Hverken/eller", "Enig", "Helt enig"], "agreement");
        in_order(
            &["Svært misfornøyd", "Misfornøyd", "Nøytral", "Fornøyd", "Svært fornøyd"],
            "satisfaction",
        );
        in_order(
            &["foarte nemulțumit", "nemulțumit", "mulțumit", "foarte mulțumit"],
            "satisfaction",
        );
        in_order(&["非常不同意", "不同意", "一般", "同意", "非常同意"], "agreement");
        in_order(
            &[
                "Never",
                "Once a year",
                "Every three months",
                "Once a month",
                "Once a week",
                "More than once a week",
            ],
            "how often",
        );
        in_order(&["never", "rarely", "often", "always"], "frequency");
    }

    #[test]
    fn education_and_sizes_only_where_every_level_is_known() {
        in_order(&["High School or Below", "College", "Bachelor", "Master", "Doctor"], "education");
        in_order(&["primary", "secondary", "tertiary"], "level of schooling");
        in_order(&["Small", "Medsize", "Large"], "size");
        // A second cycle may be a master's degree: nobody can say.
        assert_eq!(levels(&["Basic", "2n Cycle", "Graduation", "Master", "PhD"]), None);
        assert_eq!(levels(&["gold", "silver", "bronze"]), None);
        // Two spellings of one step.
        assert_eq!(levels(&["low", "LOW", "high"]), None);
        assert_eq!(levels(&["low", "high"]), None);
    }

    #[test]
    fn points_behind_words_are_an_order() {
        in_order(&["I hate it!-5", "-4", "-1", "0", "+3", "I love it!+5"], "points");
        assert_eq!(levels(&["Offer1", "Offer2", "Offer3"]), None);
        assert_eq!(levels(&["A11", "A12", "A14"]), None);
        assert_eq!(levels(&["+1", "1", "-1"]), None);
        assert_eq!(levels(&["+45 20", "+45 21", "+45 22"]), None);
    }

    #[test]
    fn bands_that_do_not_overlap_are_an_order() {
        in_order(&["18-24", "25-34", "35-54", "55+"], "bands");
        in_order(&["<$25k", "$25k-$50k", "$50k-$100k", ">$100k"], "bands");
        in_order(&["under 5", "5 to 10", "10-20"], "bands");
        assert_eq!(levels(&["1-10", "5-20", "30-40"]), None);
        assert_eq!(levels(&["10-1", "20-2", "30-3"]), None);
        assert_eq!(levels(&["2020-01-01", "2021-01-01", "2022-01-01"]), None);
    }

    #[test]
    fn no_scale_names_a_spelling_twice() {
        for scale in SCALES {
            let mut seen = std::collections::BTreeSet::new();
            for spelling in scale.steps.iter().copied().flatten() {
                assert!(seen.insert(spelling), "{}: {spelling}", scale.name);
                assert_eq!(plain(spelling), **spelling, "{}", scale.name);
            }
        }
    }
}

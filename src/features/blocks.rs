//! Which columns belong together, by their names and what was seen of their values: a
//! latitude and a longitude, the items of a survey, shares of one whole.
//!
//! - A place is a latitude and a longitude whose names differ in that word alone
//!   (`home_lat`, `home_lon`), or that the config declares. Two nameless columns of decimals
//!   are never taken for one: nothing tells them from any other two numbers.
//! - A battery is three or more psychographic columns whose names begin alike (`q1`, `q2`;
//!   `attitude_price`, `attitude_taste`; single adjectives) and whose answers are steps of
//!   one scale: yes or no, the same ordered levels, or whole numbers on a range of at most
//!   eleven steps of which every item uses half.
//! - Shares are named so and lie between 0 and 1 or 0 and 100. Whether they sum to one whole
//!   is decided by the values ([`super::shares`]).

use std::collections::BTreeMap;

use crate::finding::{Finding, Severity};
use crate::load::{Kind, SeenColumn};
use crate::table::{Block, BlockKind, Family, Role};

use super::family::is_question;
use super::names::Name;
use super::params::{Params, TypeRule, TypeWord};
use super::plan::ColumnPlan;
use super::{scales, words};
use crate::said::facts;

/// How many items make a battery.
const FEWEST_ITEMS: usize = 3;
/// The most steps of a scale of whole numbers.
const MOST_STEPS: f64 = 10.0;
/// The name of the block of shares until the values have decided.
pub(super) const SHARES: &str = "shares";

/// Puts columns into blocks and says so in their reasons.
pub(super) fn mark(
    planned: &mut [ColumnPlan],
    columns: &[SeenColumn],
    names: &[Name],
    params: &Params,
    findings: &mut Vec<Finding>,
) {
    places(planned, names, params, findings);
    items(planned, columns, names);
    shares(planned, columns, names, params);
}

fn put(column: &mut ColumnPlan, name: &str, kind: BlockKind, why: &str) {
    column.block = Some(Block { name: name.to_owned(), kind });
    column.why = format!("{}; {why}", column.why);
}

/// What a column is declared to be, if it is by a word.
fn declared(params: &Params, name: &str) -> Option<TypeWord> {
    match params.types.get(name)? {
        TypeRule::Word(word) => Some(*word),
        TypeRule::Levels(_) => None,
    }
}

/// Half of a place.
#[derive(Clone)]
struct Half {
    at: usize,
    /// The name without the word that says which half it is.
    rest: String,
    declared: bool,
}

fn halves(
    planned: &[ColumnPlan],
    names: &[Name],
    params: &Params,
    (word, list): (TypeWord, &[&str]),
) -> Vec<Half> {
    (0..planned.len())
        .filter(|&at| planned[at].used && planned[at].role == Role::Number)
        .filter_map(|at| {
            let said = declared(params, &planned[at].name);
            let named = names[at].has(list) && said.is_none();
            let rest = names[at].words().iter().filter(|part| !list.contains(&part.as_str()));
            let rest = rest.cloned().collect::<Vec<_>>().join(" ");
            (said == Some(word) || named).then(|| Half { at, rest, declared: said.is_some() })
        })
        .collect()
}

/// Pairs latitudes and longitudes: those of one name first, then declared ones in order.
fn places(
    planned: &mut [ColumnPlan],
    names: &[Name],
    params: &Params,
    findings: &mut Vec<Finding>,
) {
    let mut latitudes = halves(planned, names, params, (TypeWord::Latitude, words::LATITUDE));
    let mut longitudes = halves(planned, names, params, (TypeWord::Longitude, words::LONGITUDE));
    let mut pairs = Vec::new();
    let of_one_name = |a: &Half, b: &Half| a.rest == b.rest;
    let both_declared = |a: &Half, b: &Half| a.declared && b.declared;
    for fit in [&of_one_name as &dyn Fn(&Half, &Half) -> bool, &both_declared] {
        latitudes.retain(|latitude| {
            let found = longitudes.iter().position(|longitude| fit(latitude, longitude));
            let Some(found) = found else { return true };
            pairs.push((latitude.clone(), longitudes.remove(found)));
            false
        });
    }
    pairs.sort_by_key(|(latitude, _)| latitude.at);
    for (latitude, longitude) in pairs {
        let (a, b) = (planned[latitude.at].name.clone(), planned[longitude.at].name.clone());
        // The names of the two columns are theirs alone.
        let block = format!("{a}/{b}");
        put(&mut planned[latitude.at], &block, BlockKind::Latitude, &format!("with {b} a place"));
        put(&mut planned[longitude.at], &block, BlockKind::Longitude, &format!("with {a} a place"));
    }
    let alone = latitudes.iter().chain(longitudes.iter().filter(|longitude| longitude.declared));
    findings.extend(alone.map(|half| {
        Finding::new("half-a-place", Severity::Note, facts!()).column(&planned[half.at].name)
    }));
}

/// The scale of the answers of an item.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Answers {
    YesOrNo,
    Numbers,
    Levels(String),
}

fn answers(planned: &ColumnPlan, column: &SeenColumn) -> Option<Answers> {
    let steps = |column: &SeenColumn| {
        let (Some(low), Some(high)) = (column.min, column.max) else { return false };
        column.kind == Kind::Integer && low >= -MOST_STEPS && high - low <= MOST_STEPS
    };
    match planned.role {
        Role::Flag => Some(Answers::YesOrNo),
        Role::Number if column.n_distinct > 2 && steps(column) => Some(Answers::Numbers),
        Role::Category if !planned.levels.is_empty() => {
            let known = scales::order(planned.levels.iter().map(String::as_str));
            let scale = known.map_or_else(|| planned.levels.join("\n"), |found| found.scale.into());
            Some(Answers::Levels(scale))
        }
        _ => None,
    }
}

/// What the names of a battery have in common.
fn stem(name: &Name) -> String {
    match name.words() {
        [] | [_] => String::new(),
        [first, ..] if is_question(name) => format!("{first} "),
        [first, ..] => first.clone(),
    }
}

fn items(planned: &mut [ColumnPlan], columns: &[SeenColumn], names: &[Name]) {
    let mut batteries: BTreeMap<(String, Answers), Vec<usize>> = BTreeMap::new();
    for at in 0..planned.len() {
        let column = &planned[at];
        if column.used
            && column.family == Some(Family::Psychographic)
            && let Some(answers) = answers(column, &columns[at])
        {
            batteries.entry((stem(&names[at]), answers)).or_default().push(at);
        }
    }
    for ((stem, answers), mut members) in batteries {
        if answers == Answers::Numbers {
            members = of_one_range(columns, members);
        }
        if members.len() < FEWEST_ITEMS {
            continue;
        }
        if let Answers::Levels(_) = answers {
            let Some(levels) = all_levels(planned, &members) else { continue };
            for &at in &members {
                planned[at].levels.clone_from(&levels);
            }
        }
        let scale = match answers {
            Answers::YesOrNo => "yes or no",
            Answers::Numbers => "points",
            Answers::Levels(_) => "levels",
        };
        let stem = if stem.is_empty() { "survey".to_owned() } else { stem.trim().to_owned() };
        let why = format!("one of {} items on one scale", members.len());
        // The first member keeps the names of two batteries apart.
        let first = planned[members[0]].name.clone();
        let block = format!("{stem} items ({scale}) from {first}");
        for at in members {
            put(&mut planned[at], &block, BlockKind::Items, &why);
        }
    }
}

/// The items whose answers are numbers of one range of at most eleven steps, of which each
/// uses half.
fn of_one_range(columns: &[SeenColumn], members: Vec<usize>) -> Vec<usize> {
    let ends = |at: usize| Some((columns[at].min?, columns[at].max?));
    let (low, high) = members
        .iter()
        .filter_map(|&at| ends(at))
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), (a, b)| (low.min(a), high.max(b)));
    if high - low > MOST_STEPS {
        return Vec::new();
    }
    let uses_half = |at: &usize| ends(*at).is_some_and(|(a, b)| (b - a) * 2.0 >= high - low);
    members.into_iter().filter(uses_half).collect()
}

/// The levels of all items in one order, so that an answer that nobody gave to one of them
/// still has its place. `None` where one step has two spellings.
fn all_levels(planned: &[ColumnPlan], members: &[usize]) -> Option<Vec<String>> {
    let first = &planned[members[0]].levels;
    if members.iter().all(|&at| planned[at].levels == *first) {
        return Some(first.clone());
    }
    let all: std::collections::BTreeSet<&str> =
        members.iter().flat_map(|&at| planned[at].levels.iter().map(String::as_str)).collect();
    scales::order(all).map(|found| found.levels)
}

fn shares(planned: &mut [ColumnPlan], columns: &[SeenColumn], names: &[Name], params: &Params) {
    let is_share = |at: usize| {
        let column = &columns[at];
        let said = declared(params, &column.name);
        let inside = column.min.is_some_and(|low| low >= 0.0)
            && column.max.is_some_and(|high| high <= 100.0);
        let named = said.is_none() && inside && names[at].has(words::SHARE);
        let free = planned[at].used && planned[at].block.is_none();
        free && planned[at].role == Role::Number && (said == Some(TypeWord::Share) || named)
    };
    let found: Vec<usize> = (0..planned.len()).filter(|&at| is_share(at)).collect();
    if found.len() > 1 {
        for at in found {
            put(&mut planned[at], SHARES, BlockKind::Shares, "named like a share of a whole");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::plan::{Asked, Plan};
    use super::super::roles::guess;
    use super::super::testing::{cycled, seen};
    use super::*;

    fn plan(columns: &[SeenColumn], toml: &str) -> Plan {
        let params: Params = toml::from_str(toml).unwrap();
        let asked = Asked { id: None, label: None, positive: None, params: &params };
        guess(columns, 60, &asked).unwrap()
    }

    /// The block of each column, as `kind: name`.
    fn blocks(plan: &Plan) -> Vec<String> {
        let word = |kind| serde_json::to_value(kind).unwrap().as_str().unwrap().to_owned();
        plan.columns
            .iter()
            .map(|column| {
                let block = column.block.as_ref();
                block.map_or(String::new(), |block| format!("{}: {}", word(block.kind), block.name))
            })
            .collect()
    }

    fn decimals(name: &str, low: f64, high: f64) -> SeenColumn {
        let values: Vec<String> = (0..60)
            .map(|i| format!("{:.5}", low + (high - low) * f64::from(i * 37 % 59) / 58.0))
            .collect();
        seen(name, &values.iter().map(String::as_str).collect::<Vec<_>>())
    }

    #[test]
    fn a_latitude_and_a_longitude_are_a_place_in_five_languages() {
        for (latitude, longitude) in [
            ("Latitude", "Longitude"),
            ("lat", "lon"),
            ("LAT", "LNG"),
            ("lat", "long"),
            ("home_lat", "home_lon"),
            ("shopLatitude", "shopLongitude"),
            ("breddegrad", "længdegrad"),
            ("breddegrad", "lengdegrad"),
            ("latitudine", "longitudine"),
            ("纬度", "经度"),
        ] {
            let columns = [
                decimals(longitude, 10.0, 30.0),
                decimals("spend", 1.0, 9.0),
                decimals(latitude, 40.0, 60.0),
            ];
            let plan = plan(&columns, "");
            let block = format!("{latitude}/{longitude}");
            let expected =
                [format!("longitude: {block}"), String::new(), format!("latitude: {block}")];
            assert_eq!(blocks(&plan), expected);
            assert_eq!(plan.columns[0].family, Some(Family::Geographic));
            assert!(plan.columns[2].why.ends_with(&format!("with {longitude} a place")));
        }
    }

    #[test]
    fn two_places_are_told_apart_and_half_a_place_is_none() {
        let of = |name| decimals(name, 10.0, 50.0);
        let columns = [of("home_lat"), of("work_lon"), of("work_lat"), of("home_lon"), of("lat")];
        let plan = plan(&columns, "");
        let expected = [
            "latitude: home_lat/home_lon",
            "longitude: work_lat/work_lon",
            "latitude: work_lat/work_lon",
            "longitude: home_lat/home_lon",
            "",
        ];
        assert_eq!(blocks(&plan), expected);
        let half = plan.findings.iter().find(|finding| finding.code == "half-a-place").unwrap();
        assert_eq!(half.column.as_deref(), Some("lat"));
    }

    #[test]
    fn nameless_coordinates_are_places_only_where_declared() {
        let columns = [decimals("x", 61.0, 64.0), decimals("y", 27.0, 31.0)];
        assert_eq!(blocks(&plan(&columns, "")), ["", ""]);
        let plan = plan(&columns, "types = { x = \"latitude\", y = \"longitude\" }");
        assert_eq!(blocks(&plan), ["latitude: x/y", "longitude: x/y"]);
        assert_eq!(plan.columns[0].family, Some(Family::Geographic));
        let columns = [decimals("lat", 61.0, 64.0), decimals("lon", 27.0, 31.0)];
        let plan = super::tests::plan(&columns, "types = { lat = \"number\" }");
        assert_eq!(blocks(&plan), ["", ""]);
    }

    #[test]
    fn items_of_one_scale_are_a_battery() {
        let points = |name, of: &[&str]| cycled(name, of, 60);
        let columns = [
            points("q1", &["1", "2", "3", "4", "5"]),
            points("q2", &["2", "3", "4"]),
            points("q3", &["1", "3", "5"]),
            points("q4", &["10", "20", "90"]),
            points("attitude_price", &["1", "2", "7"]),
            points("attitude_taste", &["1", "4", "7"]),
            points("kids", &["0", "1", "2"]),
        ];
        let block = "items: q items (points) from q1";
        // q4 is no scale of answers, and two attitudes are no battery.
        assert_eq!(blocks(&plan(&columns, "")), [block, block, block, "", "", "", ""]);
    }

    #[test]
    fn levels_of_a_battery_are_the_levels_of_all_its_items() {
        let columns = [
            cycled("trust_a", &["Agree", "Neutral", "Disagree"], 60),
            cycled("trust_b", &["Strongly agree", "Agree", "Neutral"], 60),
            cycled("trust_c", &["Strongly disagree", "Agree", "Disagree"], 60),
        ];
        let plan = plan(&columns, "");
        let levels = ["Strongly disagree", "Disagree", "Neutral", "Agree", "Strongly agree"];
        for column in &plan.columns {
            assert_eq!(column.levels, levels);
            assert_eq!(column.family, Some(Family::Psychographic));
            assert!(column.why.ends_with("one of 3 items on one scale"), "{}", column.why);
        }
    }

    #[test]
    fn shares_are_named_so_and_lie_inside_the_whole() {
        let columns = [
            decimals("share_of_wine", 0.0, 1.0),
            decimals("share_of_meat", 0.0, 0.9),
            decimals("Earnings/Share", -3.0, 9.0),
            decimals("pct_web", 0.0, 100.0),
            decimals("rating", 0.0, 1.0),
        ];
        let block = "shares: shares";
        assert_eq!(blocks(&plan(&columns, "")), [block, block, "", block, ""]);
        assert_eq!(blocks(&plan(&columns[1..3], "")), ["", ""]);
        let declared = "types = { share_of_wine = \"number\", rating = \"share\" }";
        assert_eq!(blocks(&plan(&columns, declared)), ["", block, "", block, block]);
    }
}

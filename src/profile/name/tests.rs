//! Tests of the names.

use super::*;

fn names(phrases: &[Vec<Phrase>], given: &BTreeMap<String, String>) -> Vec<String> {
    let named = names_of(phrases, &Twins::default(), given, &|at| u32::try_from(at + 1).unwrap());
    named.into_iter().map(|(name, _)| name).collect()
}

fn phrase(text: &str, column: usize) -> Phrase {
    Phrase { text: text.to_owned(), part: Said::new("as", text).part(), column }
}

#[test]
fn two_segments_never_share_a_name() {
    let same = vec![phrase("long tenure", 0), phrase("high total charges", 1)];
    let all = vec![same.clone(), same.clone(), same, vec![], vec![], vec![]];
    let names = names(&all, &BTreeMap::new());
    assert_eq!(names[0], "Long tenure, high total charges");
    assert_eq!(names[1], "Long tenure");
    assert_eq!(names[3], "Close to average");
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), 6);
}

#[test]
fn names_from_the_user_win() {
    let given = BTreeMap::from([
        ("2".to_owned(), "Champions".to_owned()),
        ("3".to_owned(), "champions".to_owned()),
        ("1".to_owned(), "Unassigned".to_owned()),
    ]);
    let all = vec![vec![phrase("champions", 0)]; 4];
    let names = names(&all, &given);
    assert_eq!(names[1], "Champions");
    assert_eq!(names.iter().map(|n| n.to_lowercase()).collect::<BTreeSet<_>>().len(), 4);
    assert_ne!(names[0], "Unassigned");
}

#[test]
fn levels_speak_for_themselves_where_they_can() {
    assert_eq!(level_word("contract", "Month-to-month").unwrap().text(), "month-to-month contract");
    assert_eq!(level_word("plan", "Basic").unwrap().text(), "Basic plan");
    assert_eq!(level_word("geography", "Germany").unwrap().text(), "Germany");
    assert_eq!(level_word("like", "I hate it!-5").unwrap().text(), "“I hate it”");
    assert_eq!(level_word("like", "+3").unwrap().text(), "like +3");
    assert_eq!(level_word("internet service", "No").unwrap().text(), "no internet service");
    assert_eq!(level_word("education", "3").unwrap().text(), "education 3");
    assert_eq!(level_word("risk", "High").unwrap().text(), "high risk");
    assert_eq!(level_word("partner", "Yes"), None);
    assert_eq!(negated("is active member").text(), "not active member");
    assert_eq!(negated("tasty").text(), "not tasty");
    assert_eq!(negated("newsletter").text(), "no newsletter");
    assert_eq!(with_level("internet service", "No"), "no internet service");
    assert_eq!(with_level("is active member", "Yes"), "active member");
    assert_eq!(with_level("channel", "1"), "channel 1");
    assert_eq!(with_level("like", "I love it!+5"), "like “I love it”");
}

#[test]
fn sizes_are_told_as_people_would() {
    for (name, whole, up, down) in [
        ("num of products", true, "many products", "few products"),
        ("number of deals purchases", true, "many deals purchases", "few deals purchases"),
        ("tenure", true, "long tenure", "short tenure"),
        ("seats", true, "many seats", "few seats"),
        ("monthly charges", false, "high monthly charges", "low monthly charges"),
        ("total sales", true, "high total sales", "low total sales"),
        ("streaming hours", false, "many streaming hours", "few streaming hours"),
        ("amount of wines", true, "high amount of wines", "low amount of wines"),
        ("days since last order", true, "long since last order", "recent order"),
        ("days between orders", false, "many days between orders", "few days between orders"),
        ("lines per order", false, "many lines per order", "few lines per order"),
        ("status", true, "high status", "low status"),
        ("age", true, "older", "younger"),
    ] {
        assert_eq!(size_word(name, true, whole).text(), up);
        assert_eq!(size_word(name, false, whole).text(), down);
    }
}

#[test]
fn names_of_the_same_traits_in_another_order_are_not_given() {
    let one = vec![phrase("high contract value", 0), phrase("many seats", 1)];
    let two: Vec<Phrase> = one.iter().rev().cloned().collect();
    let mut three = two.clone();
    three.push(phrase("many employees", 2));
    let names = names(&[one, two, three], &BTreeMap::new());
    assert_eq!(
        names,
        ["High contract value, many seats", "Many seats", "Many seats, many employees"]
    );
}

#[test]
fn a_name_does_not_say_one_thing_twice() {
    let phrases = vec![
        phrase("high purchases", 0),
        phrase("many purchases transactions", 1),
        phrase("high credit limit", 2),
    ];
    assert_eq!(names(&[phrases], &BTreeMap::new()), ["High purchases, high credit limit"]);
}

#[test]
fn a_name_says_one_thing_once() {
    use crate::profile::testing::{flag, table};
    let cheap: Vec<u8> = (0..60).map(|i| u8::from(i % 3 == 0)).collect();
    let dear = cheap.iter().map(|x| 1 - x).collect();
    let fast = (0..60).map(|i| u8::from(i % 2 == 0)).collect();
    let columns = vec![flag("cheap", cheap), flag("expensive", dear), flag("fast", fast)];
    let twins = Twins::of(&table(columns), &(0..3).collect());
    let own = vec![phrase("expensive", 1), phrase("not cheap", 0), phrase("fast", 2)];
    let named =
        names_of(&[own.clone(), own.clone(), own[..2].to_vec()], &twins, &BTreeMap::new(), &|at| {
            u32::try_from(at + 1).unwrap()
        });
    let named: Vec<&str> = named.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(named, ["Expensive, fast", "Not cheap, fast", "Expensive"]);
}

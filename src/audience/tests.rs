//! Vectors of the platforms, and that nobody who may not be contacted is in a list.

use std::collections::BTreeSet;

use proptest::prelude::*;
use sha2::{Digest, Sha256};

use super::*;

fn sha(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn only(person: Person, platform: Platform) -> Vec<String> {
    let person = Person { consent: true, wanted: true, id: "1".into(), priority: 3, ..person };
    let list = build(&[person], platform);
    assert_eq!(list.entries.len(), 1);
    list.entries.into_iter().next().unwrap().0
}

#[test]
fn vectors_of_google() {
    // Google Ads, Formatting guidelines for user data, gives the normal forms; the hashes are
    // those of sha256sum.
    let emails = [
        (
            "cloudy.sanfrancisco+shopping@gmail.com",
            "cloudysanfrancisco@gmail.com",
            "223ebda6f6889b1494551ba902d9d381daf2f642bae055888e96343d53e9f9c4",
        ),
        (
            "user.name+NYC@Example.com",
            "user.name+nyc@example.com",
            "f109a2a632fbcea5fc82049f50beed3d8621bf9034399f437fb622222acccdac",
        ),
    ];
    for (written, normal, hash) in emails {
        assert_eq!(email(written, Platform::Google).as_deref(), Some(normal));
        let person = Person { email: written.into(), ..Person::default() };
        assert_eq!(only(person, Platform::Google), [hash.to_owned(), String::new()]);
    }
    let person =
        Person { phone: "(800)555-0100".into(), country: "US".into(), ..Person::default() };
    assert_eq!(phone(&person.phone, Some("US")).as_deref(), Some("+18005550100"));
    let hash = "fb4f73a6ec5fdb7077d564cdd22c3554b43ce49168550c3b12c547b78c517b30";
    assert_eq!(only(person, Platform::Google)[1], hash);
}

#[test]
fn vectors_of_meta() {
    // Meta, Customer information parameters.
    let person = Person {
        email: "John_Smith@gmail.com".into(),
        phone: "(650)555-1212".into(),
        first_name: "Mary".into(),
        last_name: "Valéry".into(),
        country: "US".into(),
        ..Person::default()
    };
    let line = only(person, Platform::Meta);
    assert_eq!(
        line,
        [
            "62a14e44f765419d10fea99367361a727c12365e2520f32218d505ed9aa0f62f",
            "e323ec626319ca94ee8bff2e4c87cf613be6ea19919ed1364124e16807ab3176",
            "6915771be1c5aa0c886870b6951b03d7eafc121fea0e80a5ea83beb7c449f4ec",
            "08e1996b5dd49e62a4b4c010d44e4345592a863bb9f8e3976219bac29417149c",
            &sha("us"),
        ]
    );
    assert_eq!(meta_phone("(650)555-1212", Some("US")).as_deref(), Some("16505551212"));
    let hash = "8fa8cd9c440be61d0151429310034083132b35975c4bea67fdd74158eb51db14";
    assert_eq!(sha(&meta_name("정").unwrap()), hash);
    assert_eq!(meta_name(" O'Neil-Smith. ").as_deref(), Some("oneilsmith"));
    // Dots and tags stay: only Google takes them away.
    assert_eq!(email(" A.b+c@Gmail.com ", Platform::Meta).as_deref(), Some("a.b+c@gmail.com"));
}

#[test]
fn numbers_of_many_countries() {
    let cases = [
        ("20 12 34 56", "DK", Some("+4520123456")),
        ("030 901820", "DE", Some("+4930901820")),
        ("+49 (30) 901820", "", Some("+4930901820")),
        ("0049 30 901820", "", Some("+4930901820")),
        ("07911 123456", "GB", Some("+447911123456")),
        ("06 1234 5678", "IT", Some("+390612345678")),
        ("06 30 123 4567", "HU", Some("+36301234567")),
        ("8 (912) 345-67-89", "RU", Some("+79123456789")),
        ("0721 234 567", "RO", Some("+40721234567")),
        ("138 1234 5678", "CN", Some("+8613812345678")),
        ("1-800-555-0100", "US", Some("+18005550100")),
        ("4520123456", "DK", Some("+4520123456")),
        // No country to dial from, too short, letters, a place that is none, a sign inside.
        ("20 12 34 56", "", None),
        ("1234", "DK", None),
        ("1-800-FLOWERS", "US", None),
        ("(150)555-1212", "US", None),
        ("20+123456", "DK", None),
        ("", "DK", None),
        ("+0012345678", "", None),
    ];
    for (written, country, expected) in cases {
        let country = Some(country).filter(|country| !country.is_empty());
        assert_eq!(phone(written, country).as_deref(), expected, "{written}");
    }
}

#[test]
fn what_cannot_be_an_address_is_counted_and_never_hashed() {
    let bad = [
        "nobody",
        "@a.com",
        "a@",
        "a@b",
        "a b@c.com",
        "a@b..com",
        "a@-b.com",
        "a@b.c",
        "n/a",
        "a@@b.com",
        "a.@b.com",
        "a@b.12",
        "a,b@c.com",
    ];
    for text in bad {
        assert_eq!(email(text, Platform::Meta), None, "{text}");
    }
    let people: Vec<Person> = bad
        .iter()
        .enumerate()
        .map(|(at, text)| Person {
            id: at.to_string(),
            email: (*text).into(),
            consent: true,
            wanted: true,
            ..Person::default()
        })
        .collect();
    let list = build(&people, Platform::Meta);
    assert!(list.entries.is_empty());
    assert_eq!(list.counts.invalid_emails, bad.len());
    assert_eq!(list.counts.unreachable, bad.len());
}

#[test]
fn an_opt_out_counts_for_the_mailbox_however_it_is_written() {
    let person = |id: &str, address: &str, suppressed: bool| Person {
        id: id.into(),
        email: address.into(),
        consent: true,
        wanted: true,
        suppressed,
        ..Person::default()
    };
    let people =
        [person("1", "john.doe+news@gmail.com", true), person("2", "JohnDoe@gmail.com", false)];
    for platform in [Platform::Google, Platform::Meta, Platform::Csv, Platform::Bid] {
        let list = build(&people, platform);
        assert!(list.entries.is_empty(), "{platform:?}");
        assert_eq!((list.counts.suppressed, list.counts.shared), (1, 1));
    }
}

#[test]
fn what_to_add_and_to_remove() {
    let of = |names: &[&str]| -> BTreeSet<Entry> {
        names.iter().map(|name| Entry(vec![(*name).to_owned()])).collect()
    };
    let (add, remove) = delta(&of(&["a", "b"]), &of(&["b", "c"]));
    assert_eq!((add, remove), (of(&["c"]), of(&["a"])));
}

#[test]
fn firms_are_listed_by_name_and_site() {
    let person = Person {
        company: " Acme A/S ".into(),
        website: "https://www.Acme.dk/about?x=1".into(),
        country: "dk".into(),
        ..Person::default()
    };
    assert_eq!(only(person, Platform::Linkedin), ["Acme A/S", "acme.dk", "DK"]);
}

prop_compose! {
    fn person()(
        id in 0..30_u8,
        address in 0..20_u8,
        number in 0..20_u8,
        flags in 0..32_u8,
    ) -> Person {
        let bit = |at: u8| flags >> at & 1 == 1;
        Person {
            id: id.to_string(),
            email: if address < 2 { String::new() } else { format!("p{address}@example.com") },
            phone: if number < 4 { "none".into() } else { format!("+45201234{number:02}") },
            consent: bit(0) || bit(1),
            suppressed: bit(2) && bit(3),
            withheld: bit(3) && bit(4),
            wanted: bit(1) || bit(4),
            ..Person::default()
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    /// Nothing that belongs to anybody who has opted out, has not consented, is held out or
    /// has left is in any list, whoever else it belongs to.
    #[test]
    fn nobody_who_may_not_be_contacted_is_in_a_list(people in prop::collection::vec(person(), 0..60)) {
        for platform in [Platform::Google, Platform::Meta, Platform::Csv, Platform::Bid] {
            let list = build(&people, platform);
            let cells: BTreeSet<&String> = list.entries.iter().flat_map(|entry| &entry.0).collect();
            let barred: BTreeSet<&str> = people
                .iter()
                .filter(|person| person.suppressed || !person.consent || person.withheld)
                .map(|person| person.id.as_str())
                .collect();
            for person in people.iter().filter(|person| barred.contains(person.id.as_str())) {
                let number = person.phone.trim_start_matches('+');
                for text in [person.email.as_str(), person.phone.as_str(), number] {
                    prop_assert!(text.is_empty() || !cells.contains(&text.to_owned()));
                    prop_assert!(text.is_empty() || !cells.contains(&sha(text)));
                }
                if platform == Platform::Csv {
                    prop_assert!(list.entries.iter().all(|entry| entry.0[0] != person.id));
                }
            }
            let c = list.counts;
            let parts = c.withheld + c.suppressed + c.no_consent + c.shared + c.unreachable;
            prop_assert_eq!(parts + c.listed, c.customers);
            if matches!(platform, Platform::Google | Platform::Meta) {
                for cell in cells {
                    let hex = |c: char| c.is_ascii_digit() || ('a'..='f').contains(&c);
                    prop_assert!(cell.is_empty() || (cell.len() == 64 && cell.chars().all(hex)));
                }
            }
        }
    }
}

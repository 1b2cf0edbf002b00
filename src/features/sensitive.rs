//! Traits that the law or decency protects, recognised by a column's name: they are used
//! only where the config gives a reason.
//!
//! The traits are those of article 9 and 10 of the General Data Protection Regulation
//! (EU) 2016/679: racial or ethnic origin, political opinions, religious or philosophical
//! beliefs, trade union membership, genetic data, health, sex life and sexual orientation,
//! criminal convictions. Age, sex, nationality and household are none of them.
//!
//! A name is taken apart into words first, so `organisation`, `embrace` and `healthy` are
//! none. Some words have an everyday meaning beside the other: `race time`, `health
//! insurance`, `credit union`. They count only where no word beside them says so.

use super::names::Name;

/// A protected trait and the words that name it.
struct Trait {
    name: &'static str,
    /// Words that mean nothing else.
    always: &'static [&'static str],
    /// Words that mean it unless one of `unless` stands beside them.
    mostly: &'static [&'static str],
    unless: &'static [&'static str],
    /// Words that mean it only alone or where one of `beside` stands beside them.
    seldom: &'static [&'static str],
    beside: &'static [&'static str],
}

/// The protected trait that a name points to.
pub(super) fn trait_of(name: &Name) -> Option<&'static str> {
    TRAITS.iter().find(|kind| kind.is_meant(name)).map(|kind| kind.name)
}

impl Trait {
    fn is_meant(&self, name: &Name) -> bool {
        name.has(self.always)
            || (name.has(self.mostly) && !name.has(self.unless))
            || (name.has(self.seldom) && (name.single().is_some() || name.has(self.beside)))
    }
}

/// What a business calls healthy, or sells.
const HEALTH_OF_A_BUSINESS: &[&str] = &[
    "insurance",
    "insurer",
    "insured",
    "club",
    "beauty",
    "food",
    "foods",
    "product",
    "products",
    "sector",
    "industry",
    "plan",
    "department",
    "category",
    "store",
    "shop",
    "spend",
    "spending",
    "mnt",
    "amount",
    "purchase",
    "purchases",
    "orders",
    "sales",
    "app",
    "visits",
    "account",
    "customer",
    "client",
    "device",
    "system",
    "battery",
    "financial",
    "credit",
    "policy",
    "policies",
    "premium",
    "forsikring",
    "sundhedsforsikring",
    "helseforsikring",
    "asigurare",
    "butik",
    "kategori",
    "保险",
    "产品",
    "类别",
    "账户",
];

/// What a race is where people run.
const RUNNING: &[&str] = &[
    "time", "times", "distance", "result", "results", "number", "no", "day", "date", "event",
    "events", "track", "car", "horse", "bib", "pace", "finish", "position", "rank", "start", "cup",
    "entry", "entries", "season", "marathon", "km", "miles", "team", "winner", "wins", "club",
];

#[rustfmt::skip]
const TRAITS: &[Trait] = &[
    Trait {
        name: "health",
        always: &[
            "disability", "disabilities", "disabled", "diagnosis", "illness", "disease", "diseases",
            "pregnant", "pregnancy", "medication", "handicap", "handicapped", "hiv", "diabetes", "diabetic",
            "depression", "psychiatric", "bmi", "helbred", "helbredstilstand", "sygdom", "diagnose",
            "gravid", "graviditet", "sykdom", "funksjonshemming", "ufor", "boala", "boli", "diagnostic",
            "insarcinata", "gravida", "dizabilitate", "疾病", "残疾", "怀孕", "病史", "诊断",
        ],
        mostly: &["health", "medical", "helse", "sundhed", "sanatate", "medicala", "健康", "医疗"],
        unless: HEALTH_OF_A_BUSINESS,
        seldom: &[],
        beside: &[],
    },
    Trait {
        name: "religion",
        always: &[
            "religion", "religions", "religious", "faith", "denomination", "muslim", "christian", "jewish",
            "hindu", "buddhist", "atheist", "religios", "religiositet", "trosretning", "livssyn", "religie",
            "religioasa", "confesiune", "credinta", "宗教", "信仰",
        ],
        mostly: &["church", "kirke", "biserica"],
        unless: &["street", "road", "lane", "vej", "gade", "gate", "strada"],
        seldom: &[],
        beside: &[],
    },
    Trait {
        name: "ethnic origin",
        always: &[
            "ethnicity", "ethnic", "ethnicities", "racial", "caste", "tribe", "etnicitet", "etnisk",
            "etnisitet", "etnie", "etnic", "etnica", "民族", "种族",
        ],
        mostly: &["race", "rasa"],
        unless: RUNNING,
        seldom: &[],
        beside: &[],
    },
    Trait {
        name: "sexual orientation",
        always: &[
            "sexual", "sexuality", "lgbt", "lgbtq", "gay", "lesbian", "bisexual", "homosexual", "transgender",
            "seksuel", "seksualitet", "seksuell", "legning", "sexuala", "sexualitate", "性取向", "性倾向",
        ],
        mostly: &[],
        unless: &[],
        seldom: &[],
        beside: &[],
    },
    Trait {
        name: "trade union",
        always: &["fagforening", "fagforbund", "sindicat", "sindical", "工会"],
        mostly: &[],
        unless: &[],
        seldom: &["union", "unions"],
        beside: &[
            "trade", "labour", "labor", "member", "membership", "worker", "workers", "dues", "status", "is",
            "has", "flag",
        ],
    },
    Trait {
        name: "political opinion",
        always: &[
            "political", "politics", "politisk", "politik", "politic", "politica", "partisan", "republican",
            "democrat", "voter", "政治", "政党", "党派",
        ],
        mostly: &["voting", "voted"],
        unless: &["rights", "right", "shares", "stock", "product", "review", "reviews", "up", "down"],
        seldom: &[],
        beside: &[],
    },
    Trait {
        name: "criminal record",
        always: &[
            "criminal", "conviction", "convictions", "convicted", "felony", "felonies", "arrest", "arrests",
            "arrested", "imprisoned", "straffeattest", "straffet", "kriminel", "kriminell", "cazier",
            "infractiune", "infractiuni", "犯罪", "前科", "刑事",
        ],
        mostly: &[],
        unless: &[],
        seldom: &[],
        beside: &[],
    },
    Trait {
        name: "genetic data",
        always: &["genetic", "genetics", "genome", "dna", "genetisk", "genetica", "基因"],
        mostly: &[],
        unless: &[],
        seldom: &[],
        beside: &[],
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    fn of(name: &str) -> Option<&'static str> {
        trait_of(&Name::new(name))
    }

    #[test]
    fn every_word_of_every_list_is_recognised() {
        for kind in TRAITS {
            for word in kind.always.iter().chain(kind.mostly).chain(kind.seldom) {
                assert_eq!(of(word), Some(kind.name), "{word}");
            }
            // `customer_race` is a trait, `customer_health` and `customer_union` are not.
            for (words, counts) in [
                (kind.always, true),
                (kind.mostly, !kind.unless.contains(&"customer")),
                (kind.seldom, false),
            ] {
                for word in words.iter().filter(|word| word.is_ascii()) {
                    assert_eq!(of(&format!("customer_{word}")).is_some(), counts, "{word}");
                }
            }
        }
    }

    #[test]
    fn traits_are_recognised_however_they_are_written() {
        for (name, expected) in [
            ("Religion", "religion"),
            ("RELIGIOUS_AFFILIATION", "religion"),
            ("race", "ethnic origin"),
            ("Race/Ethnicity", "ethnic origin"),
            ("raceCode", "ethnic origin"),
            ("general_health", "health"),
            ("HealthStatus", "health"),
            ("healthstatus", "health"),
            ("Health condition", "health"),
            ("Handicap", "health"),
            ("is_pregnant", "health"),
            ("sexual orientation", "sexual orientation"),
            ("union", "trade union"),
            ("Trade Union Member", "trade union"),
            ("unionmember", "trade union"),
            ("politisk holdning", "political opinion"),
            ("Criminal Record", "criminal record"),
            ("Sănătate", "health"),
            ("Apartenență politică", "political opinion"),
            ("信仰类型", "religion"),
            ("是否工会成员", "trade union"),
            ("Trosretning", "religion"),
            ("fagforening", "trade union"),
        ] {
            assert_eq!(of(name), Some(expected), "{name}");
        }
    }

    #[test]
    fn other_meanings_of_the_words_are_left_alone() {
        for name in [
            "race_time",
            "Race Distance (km)",
            "racetime",
            "trace",
            "grace_period",
            "terrace",
            "embrace",
            "organisation",
            "general_health_insurance",
            "health_insurance",
            "Customer Health Score",
            "account_health",
            "Health & Beauty spend",
            "MntHealthProducts",
            "healthcare",
            "healthy",
            "unhealthy",
            "credit_union",
            "European Union",
            "Union Square store",
            "union_station_visits",
            "reunion",
            "policy",
            "Policy Type",
            "polite",
            "voting_rights",
            "Partner",
            "partying",
            "Dependents",
            "household_size",
            "kids",
            "Marital Status",
            "gender",
            "Sex",
            "nationality",
            "age",
            "income",
            "church_street_visits",
            "medical supplies sales",
            "保险健康",
        ] {
            assert_eq!(of(name), None, "{name}");
        }
    }
}

//! Who is in the list, and its lines.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::format::hex;

use super::normal::{email, meta_name, meta_phone, phone};

/// Who a list is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Platform {
    /// Google Customer Match: hashed e-mail addresses and telephone numbers.
    Google,
    /// Meta custom audiences: hashed addresses, numbers, names and countries.
    Meta,
    /// LinkedIn company lists: companies by name and website, not hashed.
    Linkedin,
    /// A tool of one's own: the id, address and number, not hashed.
    Csv,
    /// A bidding system: hashed addresses with a priority.
    Bid,
}

impl Platform {
    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Google => "google",
            Self::Meta => "meta",
            Self::Linkedin => "linkedin",
            Self::Csv => "csv",
            Self::Bid => "bid",
        }
    }

    /// The header of its file.
    #[must_use]
    pub fn header(self) -> &'static [&'static str] {
        match self {
            Self::Google => &["Email", "Phone"],
            Self::Meta => &["email", "phone", "fn", "ln", "country"],
            Self::Linkedin => &["companyname", "companywebsite", "companycountry"],
            Self::Csv => &["id", "email", "phone"],
            Self::Bid => &["email_sha256", "phone_sha256", "priority"],
        }
    }
}

/// A row of the contacts, with what the run says of the customer.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each says one thing of the person")]
pub struct Person {
    /// The id.
    pub id: String,
    /// The e-mail address as it is written; empty: none.
    pub email: String,
    /// The telephone number as it is written.
    pub phone: String,
    /// The two letters of the country.
    pub country: String,
    /// The first name.
    pub first_name: String,
    /// The last name.
    pub last_name: String,
    /// The company.
    pub company: String,
    /// Its website.
    pub website: String,
    /// Whether consent was given.
    pub consent: bool,
    /// Whether the person has opted out.
    pub suppressed: bool,
    /// Whether the run holds the customer out, or the customer has left.
    pub withheld: bool,
    /// Whether the customer is in a segment that was asked for.
    pub wanted: bool,
    /// 1 is the most important.
    pub priority: u32,
}

/// Where everybody went: disjoint, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Counts {
    /// Customers of the segments with a row among the contacts.
    pub customers: usize,
    /// Of them: held out to measure, or left.
    pub withheld: usize,
    /// Of the others: opted out.
    pub suppressed: usize,
    /// Of the others: without consent.
    pub no_consent: usize,
    /// Of the others: an address or number of theirs belongs to somebody who may not be
    /// contacted, and nothing else of them is known.
    pub shared: usize,
    /// Of the others: nothing that could be used.
    pub unreachable: usize,
    /// In the list.
    pub listed: usize,
    /// E-mail addresses that cannot be one; never hashed.
    pub invalid_emails: usize,
    /// Telephone numbers that cannot be one; never hashed.
    pub invalid_phones: usize,
}

/// One line of a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry(pub Vec<String>);

/// A list: its lines, sorted, each once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List {
    /// The lines.
    pub entries: BTreeSet<Entry>,
    /// Where everybody went.
    pub counts: Counts,
}

fn hashed(text: Option<&String>) -> String {
    text.map_or_else(String::new, |text| hex(&Sha256::digest(text.as_bytes())))
}

/// What can be used of a person, in the platform's normal form.
#[derive(Debug, Clone, Default)]
struct Reach {
    email: Option<String>,
    /// The mailbox behind the address, whatever the platform writes: Google's form.
    mailbox: Option<String>,
    phone: Option<String>,
    company: Option<String>,
    website: Option<String>,
}

impl Reach {
    fn of(person: &Person, platform: Platform) -> Self {
        let country = Some(person.country.as_str()).filter(|country| !country.is_empty());
        let given = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        Self {
            email: email(&person.email, platform),
            mailbox: email(&person.email, Platform::Google),
            phone: match platform {
                Platform::Meta => meta_phone(&person.phone, country),
                _ => phone(&person.phone, country),
            },
            company: given(&person.company),
            website: given(&person.website).map(|text| site(&text)),
        }
    }

    fn is_empty(&self, platform: Platform) -> bool {
        match platform {
            Platform::Linkedin => self.company.is_none() && self.website.is_none(),
            _ => self.email.is_none() && self.phone.is_none(),
        }
    }

    fn keys(&self, platform: Platform) -> impl Iterator<Item = &String> {
        let (own, firm) = match platform {
            Platform::Linkedin => ([None, None], [self.company.as_ref(), self.website.as_ref()]),
            _ => ([self.mailbox.as_ref(), self.phone.as_ref()], [None, None]),
        };
        own.into_iter().chain(firm).flatten()
    }

    /// Without what belongs to somebody who may not be contacted.
    fn without(mut self, blocked: &BTreeSet<String>) -> Self {
        let is_blocked = |part: &Option<String>| part.as_ref().is_some_and(|p| blocked.contains(p));
        // One mailbox may be written in several ways.
        if is_blocked(&self.mailbox) {
            self.email = None;
        }
        for part in [&mut self.phone, &mut self.company, &mut self.website] {
            if is_blocked(part) {
                *part = None;
            }
        }
        self
    }
}

/// A website without its scheme, `www.` and path, in lower case.
fn site(text: &str) -> String {
    let lower = text.to_lowercase();
    let rest = lower.split_once("://").map_or(lower.as_str(), |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    host.strip_prefix("www.").unwrap_or(host).to_owned()
}

/// The list of everybody who is wanted and may be contacted.
///
/// Rows of one id are one customer: who is withheld or has opted out in one of them is so in
/// all, and consent is that of all of them.
#[must_use]
pub fn build(people: &[Person], platform: Platform) -> List {
    let mut own: BTreeMap<&str, (bool, bool, bool)> = BTreeMap::new();
    for person in people {
        let (withheld, suppressed, consent) = own.entry(&person.id).or_insert((false, false, true));
        *withheld |= person.withheld;
        *suppressed |= person.suppressed;
        *consent &= person.consent;
    }
    let state = |person: &Person| own.get(person.id.as_str()).copied().unwrap_or_default();
    let may = |person: &Person| state(person) == (false, false, true);
    let reaches: Vec<Reach> = people.iter().map(|person| Reach::of(person, platform)).collect();
    let blocked: BTreeSet<String> = people
        .iter()
        .zip(&reaches)
        .filter(|(person, _)| !may(person))
        .flat_map(|(_, reach)| reach.keys(platform).cloned())
        .collect();
    let (mut entries, mut counts) = (BTreeSet::new(), Counts::default());
    let mut listed: BTreeSet<&str> = BTreeSet::new();
    let mut fate: BTreeMap<&str, Fate> = BTreeMap::new();
    for (person, reach) in people.iter().zip(reaches).filter(|(person, _)| person.wanted) {
        let id = person.id.as_str();
        let (withheld, suppressed, consent) = state(person);
        let own = if withheld {
            Fate::Withheld
        } else if suppressed {
            Fate::Suppressed
        } else if !consent {
            Fate::NoConsent
        } else {
            let written = |text: &str| !text.trim().is_empty();
            counts.invalid_emails += usize::from(written(&person.email) && reach.email.is_none());
            counts.invalid_phones += usize::from(written(&person.phone) && reach.phone.is_none());
            let nothing = reach.is_empty(platform);
            let reach = reach.without(&blocked);
            if reach.is_empty(platform) {
                if nothing { Fate::Unreachable } else { Fate::Shared }
            } else {
                entries.insert(entry(person, &reach, platform));
                listed.insert(id);
                Fate::Listed
            }
        };
        // The best of several rows counts.
        fate.entry(id).and_modify(|known| *known = own.max(*known)).or_insert(own);
    }
    counts.customers = fate.len();
    for own in fate.values() {
        *match own {
            Fate::Withheld => &mut counts.withheld,
            Fate::Suppressed => &mut counts.suppressed,
            Fate::NoConsent => &mut counts.no_consent,
            Fate::Unreachable => &mut counts.unreachable,
            Fate::Shared => &mut counts.shared,
            Fate::Listed => &mut counts.listed,
        } += 1;
    }
    List { entries, counts }
}

/// What became of a customer, worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fate {
    Withheld,
    Suppressed,
    NoConsent,
    Unreachable,
    Shared,
    Listed,
}

fn entry(person: &Person, reach: &Reach, platform: Platform) -> Entry {
    let (email, phone) = (reach.email.as_ref(), reach.phone.as_ref());
    let plain = |text: Option<&String>| text.cloned().unwrap_or_default();
    let country = |text: &str| {
        let text = text.trim();
        let letters = text.len() == 2 && text.chars().all(|c| c.is_ascii_alphabetic());
        letters.then(|| text.to_lowercase())
    };
    Entry(match platform {
        Platform::Google => vec![hashed(email), hashed(phone)],
        Platform::Meta => vec![
            hashed(email),
            hashed(phone),
            hashed(meta_name(&person.first_name).as_ref()),
            hashed(meta_name(&person.last_name).as_ref()),
            hashed(country(&person.country).as_ref()),
        ],
        Platform::Linkedin => vec![
            plain(reach.company.as_ref()),
            plain(reach.website.as_ref()),
            country(&person.country).unwrap_or_default().to_uppercase(),
        ],
        Platform::Csv => vec![person.id.clone(), plain(email), plain(phone)],
        Platform::Bid => vec![hashed(email), hashed(phone), person.priority.to_string()],
    })
}

/// What an earlier list lacks, and what it has too much: the lines to add and to remove.
#[must_use]
pub fn delta(
    before: &BTreeSet<Entry>,
    now: &BTreeSet<Entry>,
) -> (BTreeSet<Entry>, BTreeSet<Entry>) {
    (now.difference(before).cloned().collect(), before.difference(now).cloned().collect())
}

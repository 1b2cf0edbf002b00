//! Audiences: the customers of a published run beside a table of contacts.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use polars::prelude::DataFrame;

use super::job::Failure;
use super::people::{Customers, texts};
use crate::audience::{
    self, AudienceError, List, Params, Person, Platform, build, says_out, says_yes,
};
use crate::fault::Class;
use crate::load::{self, CsvParams, ReadAs, Source, Wanted};

/// What list to make.
#[derive(Debug)]
pub struct Request<'a> {
    /// The run folder.
    pub run: &'a Path,
    /// The segments, counted from 1.
    pub segments: &'a [u32],
    /// Who the list is for.
    pub platform: Platform,
    /// The table of contacts.
    pub contacts: &'a Path,
    /// Which of its columns is what.
    pub columns: &'a Params,
}

/// Makes the list.
///
/// # Errors
///
/// The run or the contacts cannot be read; no column of consent or of opt-outs; fewer people
/// than `min-size`.
pub fn audience(request: &Request<'_>) -> Result<List, Failure> {
    let customers = Customers::read(request.run)?;
    known(&customers, request.segments)?;
    let shown = request.contacts.display().to_string();
    let source = load::open(request.contacts, &shown, &CsvParams::default(), 0)?;
    let people = people(&source, &customers, request)?;
    let list = build(&people, request.platform);
    if list.counts.listed < request.columns.min_size {
        let (found, least) = (list.counts.listed, request.columns.min_size);
        return Err(AudienceError::TooSmall { found, least }.into());
    }
    Ok(list)
}

/// Refuses a segment that the run does not have.
pub(super) fn known(customers: &Customers, segments: &[u32]) -> Result<(), Failure> {
    // Ids persist from run to run, so that some numbers may be missing between them.
    let there: BTreeSet<u32> = customers.segments.iter().flatten().copied().collect();
    match segments.iter().find(|segment| !there.contains(segment)) {
        None => Ok(()),
        Some(segment) => Err(Failure {
            code: "E-CFG-057".into(),
            class: Class::Config,
            message: format!(
                "there is no segment {segment}: the run has {}",
                there.iter().map(u32::to_string).collect::<Vec<_>>().join(", ")
            ),
            hint: Some("see segments.csv of the run".into()),
        }),
    }
}

/// Refuses contacts that lack what a list cannot do without.
fn there(source: &Source, columns: &Params, id: &str, platform: Platform) -> Result<(), Failure> {
    let has = |name: &str| source.columns().iter().any(|seen| seen.name == name);
    for (column, what) in
        [(&columns.consent, "who has consented"), (&columns.suppress, "who has opted out")]
    {
        if !has(column) {
            return Err(AudienceError::NoConsent { column: column.clone(), what }.into());
        }
    }
    if !has(id) {
        return Err(Failure {
            code: "E-IN-016".into(),
            class: Class::Input,
            message: format!(
                "{} has no column {id}, which names the customers",
                source.facts().shown_as
            ),
            hint: Some("name the column with audience.id".into()),
        });
    }
    Ok(needed(platform, columns, &has)?)
}

/// The rows of the contacts with what the run says of them.
fn people(
    source: &Source,
    customers: &Customers,
    request: &Request<'_>,
) -> Result<Vec<Person>, Failure> {
    let columns = request.columns;
    let id = if columns.id.is_empty() { &customers.id } else { &columns.id };
    let has = |name: &str| source.columns().iter().any(|seen| seen.name == name);
    there(source, columns, id, request.platform)?;
    let texts_of = [
        &columns.email,
        &columns.phone,
        &columns.country,
        &columns.first_name,
        &columns.last_name,
        &columns.company,
        &columns.website,
        &columns.consent,
        &columns.suppress,
    ];
    let mut wanted = vec![Wanted { column: id.clone(), read_as: ReadAs::Id }];
    for column in texts_of {
        if has(column) && wanted.iter().all(|known| known.column != *column) {
            wanted.push(Wanted { column: column.clone(), read_as: ReadAs::Text });
        }
    }
    let frame = source.read(&wanted)?;
    let read = |name: &str| cells(&frame, name);
    let [email, phone, country, first, last, company, website, consent, suppress] =
        texts_of.map(|name| read(name));
    let places: BTreeMap<&str, usize> =
        customers.ids.iter().enumerate().map(|(at, id)| (id.as_str(), at)).collect();
    let priority = customers.priorities();
    let person = |(row, id): (usize, String)| {
        let at = places.get(id.as_str()).copied();
        let wanted = at.is_some_and(|at| {
            customers.segments[at].is_some_and(|segment| request.segments.contains(&segment))
        });
        Person {
            email: email[row].clone(),
            phone: phone[row].clone(),
            country: country[row].clone(),
            first_name: first[row].clone(),
            last_name: last[row].clone(),
            company: company[row].clone(),
            website: website[row].clone(),
            consent: says_yes(&consent[row]),
            suppressed: says_out(&suppress[row]),
            withheld: at.is_some_and(|at| customers.is_withheld(at)),
            wanted,
            priority: at.map_or(0, |at| priority[at]),
            id,
        }
    };
    Ok(texts(&frame, id).into_iter().enumerate().map(person).collect())
}

/// The column, or as many empty texts where the contacts lack it.
fn cells(frame: &DataFrame, name: &str) -> Vec<String> {
    match frame.column(name) {
        Ok(_) => texts(frame, name),
        Err(_) => vec![String::new(); frame.height()],
    }
}

/// Refuses contacts without anything that the platform takes.
fn needed(
    platform: Platform,
    columns: &Params,
    has: &dyn Fn(&str) -> bool,
) -> Result<(), AudienceError> {
    let (needs, there) = match platform {
        Platform::Linkedin => {
            ("companies or websites", has(&columns.company) || has(&columns.website))
        }
        _ => ("e-mail addresses or telephone numbers", has(&columns.email) || has(&columns.phone)),
    };
    if there { Ok(()) } else { Err(AudienceError::Lacks { platform: platform.name(), needs }) }
}

/// Reads an earlier list of this platform; `None` where it is a file of another kind.
#[must_use]
pub fn earlier(
    text: &str,
    platform: Platform,
) -> Option<std::collections::BTreeSet<audience::Entry>> {
    let mut reader = crate::export::sheet::records(text).into_iter();
    if reader.next()? != platform.header() {
        return None;
    }
    Some(reader.map(audience::Entry).collect())
}

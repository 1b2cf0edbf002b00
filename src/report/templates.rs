//! What a report is filled into: the usual templates, and those of somebody's own.

use std::collections::BTreeMap;

use minijinja::Environment;

use super::ReportError;

/// The usual templates: what each file is called, and its text.
pub const USUAL: [(&str, &str); 6] = [
    ("report.html", include_str!("template/report.html")),
    ("report.css", include_str!("template/report.css")),
    ("report.js", include_str!("template/report.js")),
    ("report.md", include_str!("template/report.md")),
    ("change.html", include_str!("template/change.html")),
    ("change.md", include_str!("template/change.md")),
];

/// Templates of somebody's own; without any the usual ones are taken.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Templates {
    own: BTreeMap<String, String>,
}

impl Templates {
    /// Takes the templates in `own`, name and text of each: one that is called like a usual one
    /// takes its place, others can be included by these.
    ///
    /// # Errors
    ///
    /// `ReportError::Own` where none takes the place of a usual one, or one is not a template.
    pub fn new(own: BTreeMap<String, String>) -> Result<Self, ReportError> {
        for (name, text) in &own {
            Environment::new()
                .add_template(name, text)
                .map_err(|error| ReportError::Own { file: name.clone(), message: said(&error) })?;
        }
        let names = USUAL.map(|(name, _)| name);
        if !names.iter().any(|name| own.contains_key(*name)) {
            let message = format!("none of {} is there", names.join(", "));
            return Err(ReportError::Own { file: String::new(), message });
        }
        Ok(Self { own })
    }

    /// Whether only the usual ones are taken.
    #[must_use]
    pub fn is_usual(&self) -> bool {
        self.own.is_empty()
    }

    /// The texts, for a checksum.
    pub fn own(&self) -> impl Iterator<Item = (&str, &str)> {
        self.own.iter().map(|(name, text)| (name.as_str(), text.as_str()))
    }

    /// The text of the template called `name`; empty where there is none.
    pub(super) fn text(&self, name: &str) -> &str {
        let usual = || USUAL.iter().find(|(known, _)| *known == name).map_or("", |(_, text)| *text);
        self.own.get(name).map_or_else(usual, String::as_str)
    }

    /// Puts all of them into `env`.
    pub(super) fn add<'a>(&'a self, env: &mut Environment<'a>) -> Result<(), minijinja::Error> {
        for (name, _) in USUAL {
            env.add_template(name, self.text(name))?;
        }
        let own = self.own.iter().filter(|(own, _)| !USUAL.iter().any(|(name, _)| own == name));
        for (name, text) in own {
            env.add_template(name, text)?;
        }
        Ok(())
    }

    /// What it means that `name` could not be filled: a fault of the program, or of whoever
    /// wrote one of the templates.
    pub(super) fn fault(&self, name: &'static str, error: &minijinja::Error) -> ReportError {
        if self.is_usual() {
            return ReportError::Template { template: name, reason: error.to_string() };
        }
        ReportError::Own { file: error.name().unwrap_or(name).to_owned(), message: said(error) }
    }
}

/// What the template engine says, with the line.
fn said(error: &minijinja::Error) -> String {
    let text = error.detail().map_or_else(|| error.kind().to_string(), str::to_owned);
    error.line().map_or_else(|| text.clone(), |line| format!("line {line}: {text}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fault::{Class, Fault};

    fn own(files: &[(&str, &str)]) -> Result<Templates, ReportError> {
        let files = files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned()));
        Templates::new(files.collect())
    }

    #[test]
    fn own_templates_take_the_place_of_usual_ones() {
        let own = own(&[("report.md", "mine"), ("part.md", "x")]).unwrap();
        assert_eq!(own.text("report.md"), "mine");
        assert_eq!(own.text("part.md"), "x");
        assert_eq!(own.text("report.html"), USUAL[0].1);
        assert_eq!(own.own().count(), 2);
        assert!(Templates::default().is_usual() && !own.is_usual());
    }

    #[test]
    fn what_is_wrong_with_them_is_named() {
        let error = own(&[("report.md", "a\n{% if x %}\n")]).unwrap_err();
        assert_eq!((error.code(), error.class()), ("E-RPT-003", Class::Config));
        assert!(error.to_string().contains("report.md") && error.to_string().contains("line"));
        let error = own(&[("reprot.md", "")]).unwrap_err();
        assert!(error.to_string().contains("none of report.html"), "{error}");
        assert!(own(&[]).is_err());
    }
}

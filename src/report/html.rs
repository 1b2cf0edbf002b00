//! The report as one HTML file: figures inside, nothing from elsewhere, and one script that
//! helps exploring. The content security policy names the script by its hash, so no other
//! can run; without it everything is there to read.

use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, HtmlEscape, UndefinedBehavior, Value};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use super::ReportError;
use super::view::View;
use crate::chart::{Figure, Theme};
use crate::results::Results;
use crate::words::{self, Language, say};

/// The template's name; its ending switches the escaping of HTML on.
const NAME: &str = "report.html";

/// Writes the report as HTML: one file without references to anything else.
///
/// # Errors
///
/// `ReportError::Template` when the template does not fit the view, which is a fault of
/// the program.
pub fn html(results: &Results, figures: &[Figure]) -> Result<String, ReportError> {
    let language = Language::of(&results.heading.language).unwrap_or_default();
    words::within(language, || page(results, figures))
}

/// The script, as it stands in the page.
pub(super) const SCRIPT: &str = include_str!("template/report.js");

/// The hash that the content security policy names the script by.
fn pin() -> String {
    STANDARD.encode(Sha256::digest(SCRIPT.as_bytes()))
}

/// A message, for templates.
pub(super) fn message(id: &str) -> String {
    say!(id)
}

/// The name of a column, escaped, that may be broken behind its underscores and before the
/// capitals inside of a word.
fn breakable(name: &str) -> Value {
    let mut parts = vec![String::new()];
    let mut before = ' ';
    for c in name.chars() {
        if before == '_' || (before.is_lowercase() && c.is_uppercase()) {
            parts.push(String::new());
        }
        if let Some(part) = parts.last_mut() {
            part.push(c);
        }
        before = c;
    }
    let parts: Vec<String> = parts.iter().map(|part| HtmlEscape(part).to_string()).collect();
    Value::from_safe_string(parts.join("<wbr>"))
}

/// The page in the language of the thread.
fn page(results: &Results, figures: &[Figure]) -> Result<String, ReportError> {
    let fault =
        |e: minijinja::Error| ReportError::Template { template: NAME, reason: e.to_string() };
    let mut env = Environment::new();
    env.set_undefined_behavior(UndefinedBehavior::Strict);
    env.set_auto_escape_callback(|_| AutoEscape::Html);
    env.add_function("t", message);
    env.add_filter("breakable", breakable);
    env.add_template(NAME, include_str!("template/report.html")).map_err(fault)?;
    env.add_template("change.html", include_str!("template/change.html")).map_err(fault)?;
    let view = View::new(results, figures);
    let css = Value::from_safe_string(style(&Theme::default()));
    // By number: the template asks for figures in another order, and some may be missing.
    let last = figures.iter().map(|figure| usize::from(figure.number)).max().unwrap_or(0);
    let mut svgs = vec![Value::from(""); last];
    for figure in figures.iter().filter(|figure| figure.number > 0) {
        // Inside HTML the name space goes without saying.
        let svg = figure.svg.replacen(" xmlns=\"http://www.w3.org/2000/svg\"", "", 1);
        svgs[usize::from(figure.number) - 1] = Value::from_safe_string(svg);
    }
    let context = minijinja::context! {
        view => Value::from(Serde(&view)),
        css => css,
        script => Value::from_safe_string(SCRIPT.to_owned()),
        pin => Value::from_safe_string(pin()),
        svgs => svgs,
    };
    env.get_template(NAME).and_then(|template| template.render(context)).map_err(fault)
}

/// The style sheet with the colours of the theme before it. Figures keep their paper in
/// the dark: their colours were chosen on it.
fn style(theme: &Theme) -> String {
    let colours = |theme: &Theme| {
        format!(
            "--ink:{};--muted:{};--line:{};--accent:{};--paper:{};--less:{};--more:{}",
            theme.ink.hex(),
            theme.muted.hex(),
            theme.grid.hex(),
            theme.accent.hex(),
            theme.paper.hex(),
            theme.less.hex(),
            theme.more.hex(),
        )
    };
    let mut css = format!(
        ":root{{{}}}\n@media screen and (prefers-color-scheme:dark){{:root{{{}}}}}\n",
        colours(theme),
        colours(&Theme::dark()),
    );
    for id in 0..=12 {
        let ground = theme.segment(id);
        let text = theme.text_on(ground).hex();
        css = format!("{css}.s{id}{{--ground:{};--on:{text}}}\n", ground.hex());
    }
    css + include_str!("template/report.css")
}

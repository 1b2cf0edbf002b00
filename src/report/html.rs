//! The report as one HTML file: figures inside, no script, nothing from elsewhere.

use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, UndefinedBehavior, Value};

use super::ReportError;
use super::view::View;
use crate::chart::{Figure, Theme};
use crate::results::Results;

/// The template's name; its ending switches the escaping of HTML on.
const NAME: &str = "report.html";

/// Writes the report as HTML: one file without references to anything else.
///
/// # Errors
///
/// `ReportError::Template` when the template does not fit the view, which is a fault of
/// the program.
pub fn html(results: &Results, figures: &[Figure]) -> Result<String, ReportError> {
    let fault =
        |e: minijinja::Error| ReportError::Template { template: NAME, reason: e.to_string() };
    let mut env = Environment::new();
    env.set_undefined_behavior(UndefinedBehavior::Strict);
    env.set_auto_escape_callback(|_| AutoEscape::Html);
    env.add_template(NAME, include_str!("template/report.html")).map_err(fault)?;
    env.add_template("change.html", include_str!("template/change.html")).map_err(fault)?;
    let view = View::new(results, figures);
    let css = Value::from_safe_string(style(&Theme::default()));
    let svgs = figures.iter().map(|figure| {
        // Inside HTML the name space goes without saying.
        let svg = figure.svg.replacen(" xmlns=\"http://www.w3.org/2000/svg\"", "", 1);
        Value::from_safe_string(svg)
    });
    let context = minijinja::context! {
        view => Value::from(Serde(&view)),
        css => css,
        svgs => svgs.collect::<Vec<Value>>(),
    };
    env.get_template(NAME).and_then(|template| template.render(context)).map_err(fault)
}

/// The style sheet with the colours of the theme before it.
fn style(theme: &Theme) -> String {
    let mut css = format!(
        ":root{{--ink:{};--muted:{};--line:{};--accent:{};--paper:{};--less:{};--more:{}}}\n",
        theme.ink.hex(),
        theme.muted.hex(),
        theme.grid.hex(),
        theme.accent.hex(),
        theme.paper.hex(),
        theme.less.hex(),
        theme.more.hex(),
    );
    for id in 0..=12 {
        let ground = theme.segment(id);
        let text = theme.text_on(ground).hex();
        css = format!("{css}.s{id}{{--ground:{};--on:{text}}}\n", ground.hex());
    }
    css + include_str!("template/report.css")
}

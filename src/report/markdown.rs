//! The report as Markdown: the same figures in the same order, shorter.

use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, UndefinedBehavior, Value};

use super::view::View;
use super::{ReportError, Templates};
use crate::chart::Figure;
use crate::results::Results;
use crate::words::{self, Language};

/// The template's name.
const NAME: &str = "report.md";

/// Writes the report as Markdown. Figures are named by their files, not included.
///
/// # Errors
///
/// `ReportError::Template` when the usual template does not fit the view, which is a fault of
/// the program; `ReportError::Own` when a template of somebody's own does not.
pub fn markdown(
    results: &Results,
    figures: &[Figure],
    templates: &Templates,
) -> Result<String, ReportError> {
    let language = Language::of(&results.heading.language).unwrap_or_default();
    words::within(language, || text(results, figures, templates))
}

/// The text in the language of the thread.
fn text(
    results: &Results,
    figures: &[Figure],
    templates: &Templates,
) -> Result<String, ReportError> {
    let fault = |e: minijinja::Error| templates.fault(NAME, &e);
    let mut env = Environment::new();
    env.set_undefined_behavior(UndefinedBehavior::Strict);
    env.set_auto_escape_callback(|_| AutoEscape::Custom("markdown".into()));
    env.set_formatter(|out, _, value| {
        let text = value.to_string();
        let text = if value.is_safe() { text } else { escape(&text) };
        out.write_str(&text).map_err(minijinja::Error::from)
    });
    env.add_function("t", super::html::message);
    templates.add(&mut env).map_err(fault)?;
    let view = View::new(results, figures);
    let fenced: String =
        view.method.config.lines().fold(String::new(), |out, line| out + "    " + line + "\n");
    let context = minijinja::context! {
        view => Value::from(Serde(&view)),
        config => Value::from_safe_string(fenced),
    };
    env.get_template(NAME).and_then(|template| template.render(context)).map_err(fault)
}

/// A text that means nothing to Markdown, nor to HTML inside it.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '@' => out.push_str("&#64;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '#' | '$' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    // What would otherwise become a link by itself.
    out.replace("://", "&#58;//").replace("www.", "www&#46;")
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn nothing_in_a_text_is_markup() {
        assert_eq!(escape("a|b*c_d"), "a\\|b\\*c\\_d");
        assert_eq!(escape("<b>&"), "&lt;b&gt;&amp;");
        assert_eq!(escape("[x](http://y) www.z a@b"), "\\[x\\](http&#58;//y) www&#46;z a&#64;b");
    }
}

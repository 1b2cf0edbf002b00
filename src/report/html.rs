//! The report as one HTML file: figures inside, nothing from elsewhere, and one script that
//! helps exploring. The content security policy names the script by its hash, so no other
//! can run; without it everything is there to read.

use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, HtmlEscape, UndefinedBehavior, Value};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use super::view::View;
use super::{ReportError, Templates};
use crate::chart::{self, Figure, Theme};
use crate::results::Results;
use crate::results::look::Look;
use crate::words::{self, Language, say};

/// The template's name; its ending switches the escaping of HTML on.
const NAME: &str = "report.html";

/// Writes the report as HTML: one file without references to anything else.
///
/// # Errors
///
/// `ReportError::Template` when the usual template does not fit the view, which is a fault of
/// the program; `ReportError::Own` when a template of somebody's own does not.
pub fn html(
    results: &Results,
    figures: &[Figure],
    templates: &Templates,
) -> Result<String, ReportError> {
    let language = Language::of(&results.heading.language).unwrap_or_default();
    words::within(language, || page(results, figures, templates))
}

/// The hash that the content security policy names the script by.
fn pin(script: &str) -> String {
    STANDARD.encode(Sha256::digest(script.as_bytes()))
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
fn page(
    results: &Results,
    figures: &[Figure],
    templates: &Templates,
) -> Result<String, ReportError> {
    let fault = |e: minijinja::Error| templates.fault(NAME, &e);
    let mut env = Environment::new();
    env.set_undefined_behavior(UndefinedBehavior::Strict);
    env.set_auto_escape_callback(|_| AutoEscape::Html);
    env.add_function("t", message);
    env.add_filter("breakable", breakable);
    templates.add(&mut env).map_err(fault)?;
    let view = View::new(results, figures);
    let look = &results.heading.look;
    let css = style(look) + templates.text("report.css") + &typeface();
    let css = Value::from_safe_string(css);
    let script = templates.text("report.js");
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
        scheme => if look.dark { "dark" } else { "light dark" },
        logo => look.logo.as_ref().map(|logo| Value::from(Serde(logo))),
        script => Value::from_safe_string(script.to_owned()),
        pin => Value::from_safe_string(pin(script)),
        svgs => svgs,
    };
    env.get_template(NAME).and_then(|template| template.render(context)).map_err(fault)
}

/// The typeface of a language that not every machine can write, behind the style sheet; one of
/// the reader's own, which has all characters, comes before ours.
fn typeface() -> String {
    if words::current() != Language::Zh {
        return String::new();
    }
    let own = ["Noto Sans SC", "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC"];
    let own = own.map(|name| format!("local(\"{name}\")")).join(",");
    let data = STANDARD.encode(chart::chinese());
    // It is first, and for its own characters alone: behind others a browser keeps the empty
    // boxes of texts that it set before it had read the typeface.
    let first = "font-family:\"Noto Sans SC\"";
    format!(
        "@font-face{{{first};unicode-range:U+2E80-9FFF,U+F900-FAFF,U+FF00-FFEF;src:{own},url(data:font/otf;base64,{data})}}\nbody{{{first},var(--faces,sans-serif)}}\nsvg{{{first},{}}}\n",
        chart::TYPEFACES
    )
}

/// The colours of the theme, before the style sheet. On a light ground the page follows the
/// reader into the dark, where figures keep their paper: their colours were chosen on it. A
/// theme with a dark ground is dark on every screen; what is printed is light around it.
pub(super) fn style(look: &Look) -> String {
    let theme = Theme::of(look);
    // A logo was made for one ground; on the other it stands on a plate of its own.
    let plate = |is_own: bool| {
        let ground = theme.paper.hex();
        let other = || format!("--plate:8px 10px;--plate-ground:{ground}");
        if is_own { "--plate:0;--plate-ground:none".to_owned() } else { other() }
    };
    let colours = |theme: &Theme, frame: &Theme, rest: &str, plate: &str| {
        format!(
            ":root{{--ink:{};--muted:{};--line:{};--accent:{};--paper:{};--less:{};--more:{};--frame:{};{rest};{plate}}}",
            theme.ink.hex(),
            theme.muted.hex(),
            theme.grid.hex(),
            theme.accent.hex(),
            theme.paper.hex(),
            theme.less.hex(),
            theme.more.hex(),
            frame.paper.hex(),
        )
    };
    let light = colours(&Theme::in_the_light(look), &theme, LIGHT, &plate(!look.dark));
    let dark = colours(&Theme::in_the_dark(look), &theme, DARK, &plate(look.dark));
    let when = if look.dark { "screen" } else { "screen and (prefers-color-scheme:dark)" };
    let mut css = format!("{light}\n@media {when}{{{dark}}}\n");
    for id in 0..=12 {
        let ground = theme.segment(id);
        let text = theme.text_on(ground).hex();
        css = format!("{css}.s{id}{{--ground:{};--on:{text}}}\n", ground.hex());
    }
    css
}

/// Grounds and signals of the page alone, on a light ground.
const LIGHT: &str = "--soft:#f6f7f9;--tint:#eff5fb;--alarm:#fdf3f2;--red:#a11b10;--amber:#7a4300;--green:#0a6b4f;--fill:#fff9e5";
/// The same on a dark one.
const DARK: &str = "--soft:#222831;--tint:#1d2a3a;--alarm:#3a1f1d;--red:#ff9c91;--amber:#f2b56b;--green:#6fd3ae;--fill:#2b2a20";

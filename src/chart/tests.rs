//! Tests of all figures together.

use super::*;
use crate::report::fixture;

/// The payloads that a text field may hold.
fn payloads() -> Vec<String> {
    vec![
        "<script>alert(1)</script>".to_owned(),
        "\"><img src=x onerror=alert(1)>".to_owned(),
        "a\u{202e}b\u{0}c\u{1b}[2J\u{fffe}\n\r\t".to_owned(),
        "x".repeat(10_000),
        "语言 ".repeat(50),
        String::new(),
        "]]> -- <!-- &amp; &bogus; ' font-family=\"DejaVu Sans\"".to_owned(),
    ]
}

/// Every fixture.
fn corpus() -> Vec<Results> {
    let mut all = vec![
        fixture::realistic(),
        fixture::single(),
        fixture::twelve(),
        fixture::without_churn(),
        fixture::degenerate(),
    ];
    all.extend(payloads().iter().map(|payload| fixture::hostile(payload)));
    all
}

/// A small check of well-formedness: tags close in order, no raw `<` or `&`, no
/// character that XML forbids.
pub(crate) fn assert_xml(svg: &str, name: &str) {
    let mut open: Vec<&str> = Vec::new();
    for (at, part) in svg.split('<').enumerate() {
        if at == 0 {
            assert_eq!(part, "", "{name}: text before the root");
            continue;
        }
        let (tag, text) = part.split_once('>').unwrap_or_else(|| panic!("{name}: open tag {part}"));
        if let Some(closing) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(closing), "{name}");
        } else if !tag.ends_with('/') {
            open.push(tag.split(' ').next().unwrap());
        }
        assert_eq!(tag.matches('"').count() % 2, 0, "{name}: quotes in {tag}");
        for entity in text.split('&').skip(1) {
            let known = ["lt;", "gt;", "amp;", "quot;", "apos;", "#39;"];
            assert!(known.iter().any(|k| entity.starts_with(k)), "{name}: &{entity}");
        }
    }
    assert!(open.is_empty(), "{name}: {open:?}");
    let forbidden = |c: char| (c.is_control() && c != '\n') || matches!(c, '\u{fffe}' | '\u{202e}');
    assert!(!svg.contains(forbidden), "{name}");
}

#[test]
fn every_figure_of_every_corpus_is_well_formed_and_safe() {
    for results in corpus() {
        let figures = all(&results, &Theme::default());
        assert_eq!(figures.len(), 27);
        for figure in figures {
            assert_xml(&figure.svg, &figure.name);
            assert!(!figure.svg.contains("<script") && !figure.svg.contains("<img"));
            assert_eq!(figure.svg.matches("http").count(), 1, "{}", figure.name);
            assert!(!figure.svg.contains("NaN") && !figure.svg.contains("inf"), "{}", figure.name);
            assert!(
                !figure.title.is_empty() && !figure.alt.is_empty() && !figure.caption.is_empty()
            );
            assert!(figure.svg.contains("role=\"img\""));
        }
    }
}

#[test]
fn the_realistic_figures_are_all_drawn() {
    for figure in all(&fixture::realistic(), &Theme::default()) {
        assert_eq!(figure.not_drawn, None, "{}", figure.name);
    }
}

#[test]
fn missing_numbers_become_a_box_with_the_reason() {
    let figures = all(&fixture::single(), &Theme::default());
    let boxed: Vec<u8> =
        figures.iter().filter(|f| f.not_drawn.is_some()).map(|f| f.number).collect();
    let expected: Vec<u8> =
        [2..=12, 14..=15, 18..=20, 24..=27, 29..=30].into_iter().flatten().collect();
    assert_eq!(boxed, expected);
    assert!(figures[5].svg.contains("no column says who has left"));
}

#[test]
fn drawing_twice_gives_the_same_bytes() {
    let results = fixture::twelve();
    let (a, b) = (all(&results, &Theme::default()), all(&results, &Theme::default()));
    assert_eq!(a, b);
    assert_eq!(png(&a[1], 1.0), png(&b[1], 1.0));
}

#[test]
fn a_png_has_the_size_asked_for() {
    for figure in all(&fixture::realistic(), &Theme::default()) {
        let bytes = png(&figure, 1.5).unwrap();
        let pixels = resvg::tiny_skia::Pixmap::decode_png(&bytes).unwrap();
        assert_eq!(pixels.width(), 1500, "{}", figure.name);
        let view = figure.svg.split("viewBox=\"0 0 ").nth(1).unwrap().split('"').next().unwrap();
        let (w, h) = view.split_once(' ').unwrap();
        let (w, h): (f64, f64) = (w.parse().unwrap(), h.parse().unwrap());
        assert!((f64::from(pixels.height()) - 1500.0 * h / w).abs() <= 1.0);
        let white = pixels.pixels().iter().filter(|p| p.red() == 255 && p.green() == 255).count();
        assert!(white < pixels.pixels().len(), "{} is blank", figure.name);
    }
}

/// Writes what the tests draw where `KOHORT_LOOK` names a folder, to be looked at.
#[test]
fn figures_can_be_written_to_be_looked_at() {
    let Ok(folder) = std::env::var("KOHORT_LOOK") else { return };
    for (kind, results) in [
        ("real", fixture::realistic()),
        ("twelve", fixture::twelve()),
        ("odd", fixture::degenerate()),
        ("single", fixture::single()),
    ] {
        for figure in all(&results, &Theme::default()) {
            let bytes = png(&figure, 1.0).unwrap();
            std::fs::write(format!("{folder}/{kind}-{}.png", figure.name), bytes).unwrap();
        }
    }
}

/// Every text of a figure as a box: left, top, right, low, and what it says.
fn boxes(svg: &str) -> Vec<([f64; 4], String)> {
    let mut found = Vec::new();
    for part in svg.split("<text ").skip(1) {
        let (tag, rest) = part.split_once('>').unwrap();
        let text = rest.split("</text>").next().unwrap().trim();
        let text = text.replace("&amp;", "&").replace("&quot;", "\"").replace("&apos;", "'");
        let of = |name: &str| {
            let value = tag.split(&format!("{name}=\"")).nth(1)?.split('"').next()?;
            Some(value.to_owned())
        };
        let number = |name: &str| of(name).unwrap().parse::<f64>().unwrap() / 4.0;
        let (x, y, size) = (number("x"), number("y"), number("font-size"));
        let set = frame::Type::new(size, theme::Colour(0, 0, 0));
        let set = if tag.contains("bold") { set.bold() } else { set };
        let wide = set.width(&text);
        let left = match of("text-anchor").as_deref() {
            Some("middle") => x - wide / 2.0,
            Some("end") => x - wide,
            _ => x,
        };
        // Capitals and figures: what is seen of a line.
        found.push(([left, y - 0.4 * size, left + wide, y + 0.4 * size], text));
    }
    found
}

#[test]
fn no_two_texts_of_a_figure_overlap_and_none_leaves_it() {
    for language in crate::words::Language::ALL {
        for results in [fixture::realistic(), fixture::twelve()] {
            let figures = crate::words::within(language, || all(&results, &Theme::default()));
            for figure in figures {
                let where_ = format!("{} in {}", figure.name, language.tag());
                let boxes = boxes(&figure.svg);
                for (at, (a, text)) in boxes.iter().enumerate() {
                    assert!(a[0] >= 0.0 && a[2] <= theme::WIDTH, "{where_}: {text} leaves");
                    for (b, other) in &boxes[at + 1..] {
                        let across = a[2].min(b[2]) - a[0].max(b[0]);
                        let down = a[3].min(b[3]) - a[1].max(b[1]);
                        // Centres of segments that lie on one spot are one spot.
                        let chips = text.len() <= 2 && other.len() <= 2;
                        assert!(
                            across <= 1.0 || down <= 1.0 || chips,
                            "{where_}: {text:?} and {other:?}"
                        );
                    }
                }
            }
        }
    }
}

//! `report.theme`: light, dark, or the theme of an organisation in a file of its own.

use std::fs;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;

use super::ConfigError;
use super::read::syntax;
use crate::results::look::{Logo, Look, rgb};

/// The largest logo, in bytes: it stands in every report.
const LARGEST: u64 = 256 * 1024;
/// So many segments have a colour of their own.
const MOST: usize = 12;

/// The theme's file.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct File {
    ground: Ground,
    accent: String,
    segments: Vec<String>,
    /// Beside the theme.
    logo: String,
    /// What the logo says.
    logo_text: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Ground {
    #[default]
    Light,
    Dark,
}

/// The look that `report.theme` asks for; a file lies relative to `folder`.
///
/// # Errors
///
/// The text is neither `light`, `dark` nor a `.toml` file, the file or its logo cannot be
/// read, or a colour is not `#rrggbb`.
pub fn look(theme: &str, folder: &Path) -> Result<Look, ConfigError> {
    match theme {
        "" | "light" => Ok(Look::default()),
        "dark" => Ok(Look { dark: true, ..Look::default() }),
        path => read(&folder.join(path)),
    }
}

/// What is wrong with `report.theme` before any file is read.
pub(super) fn check(theme: &str) -> Result<(), ConfigError> {
    let is_file = Path::new(theme).extension().is_some_and(|ending| ending == "toml");
    if is_file || matches!(theme, "" | "light" | "dark") {
        return Ok(());
    }
    Err(ConfigError::Value {
        key: "report.theme".into(),
        message: "is neither light, dark nor a file that ends in .toml".into(),
    })
}

fn read(path: &Path) -> Result<Look, ConfigError> {
    let shown = path.display().to_string();
    let wrong = |message: String| ConfigError::Theme { file: shown.clone(), message };
    let text = fs::read_to_string(path).map_err(|error| wrong(error.to_string()))?;
    let file: File = toml::from_str(&text).map_err(|error| syntax(&shown, &text, &error))?;
    let colour = |key: &str, text: &String| {
        let lower = text.to_ascii_lowercase();
        rgb(&lower)
            .map(|_| lower)
            .ok_or_else(|| wrong(format!("{key} is not a colour such as #0b5cad")))
    };
    let mut segments = Vec::new();
    for (at, text) in file.segments.iter().enumerate() {
        let text = colour(&format!("colour {} of segments", at + 1), text)?;
        if segments.contains(&text) {
            return Err(wrong(format!("colour {} of segments is there twice", at + 1)));
        }
        segments.push(text);
    }
    if segments.len() > MOST {
        return Err(wrong(format!("segments has more than {MOST} colours")));
    }
    let accent = match &file.accent {
        none if none.is_empty() => None,
        text => Some(colour("accent", text)?),
    };
    let logo = match &file.logo {
        none if none.is_empty() => None,
        name => Some(logo(path, name, file.logo_text)?),
    };
    Ok(Look { dark: file.ground == Ground::Dark, accent, segments, logo })
}

/// The logo called `name` beside the theme.
fn logo(theme: &Path, name: &str, text: String) -> Result<Logo, ConfigError> {
    let path = theme.parent().unwrap_or(Path::new("")).join(name);
    let shown = path.display().to_string();
    let wrong = |message: &str| ConfigError::Logo { file: shown.clone(), message: message.into() };
    let size = fs::metadata(&path).map_err(|error| wrong(&error.to_string()))?.len();
    if size > LARGEST {
        return Err(wrong("it has more than 256 KB"));
    }
    let bytes = fs::read(&path).map_err(|error| wrong(&error.to_string()))?;
    let media = media(&bytes).ok_or_else(|| wrong("it is neither PNG, JPEG nor SVG"))?;
    Ok(Logo { media: media.into(), base64: STANDARD.encode(&bytes), text })
}

/// What a picture is, by its first bytes.
fn media(bytes: &[u8]) -> Option<&'static str> {
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        return Some("image/png");
    }
    if bytes.starts_with(&[0xff, 0xd8, 0xff]) {
        return Some("image/jpeg");
    }
    let is_svg = std::str::from_utf8(bytes).is_ok_and(|text| {
        text.trim_start_matches('\u{feff}').trim_start().starts_with('<') && text.contains("<svg")
    });
    is_svg.then_some("image/svg+xml")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fault::Fault;

    const SVG: &str = "<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"/>";

    fn with(theme: &str, logo: &[u8]) -> Result<Look, ConfigError> {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("brand.toml"), theme).unwrap();
        fs::write(folder.path().join("logo"), logo).unwrap();
        look("brand.toml", folder.path())
    }

    #[test]
    fn a_theme_is_read_with_its_logo() {
        let text = "ground = \"dark\"\naccent = \"#AA0000\"\nsegments = [\"#112233\"]\n\
                    logo = \"logo\"\nlogo-text = \"Acme\"\n";
        let look = with(text, SVG.as_bytes()).unwrap();
        assert_eq!((look.dark, look.accent.as_deref()), (true, Some("#aa0000")));
        assert_eq!(look.segments, ["#112233"]);
        let logo = look.logo.unwrap();
        assert_eq!((logo.media.as_str(), logo.text.as_str()), ("image/svg+xml", "Acme"));
        assert_eq!(STANDARD.decode(logo.base64).unwrap(), SVG.as_bytes());
    }

    #[test]
    fn two_words_need_no_file() {
        for usual in ["", "light"] {
            assert!(look(usual, Path::new("nowhere")).unwrap().is_usual());
        }
        assert!(look("dark", Path::new("nowhere")).unwrap().dark);
        assert!(check("pink").is_err() && check("brand.toml").is_ok());
    }

    #[test]
    fn what_is_wrong_is_named() {
        let cases = [
            ("accent = \"red\"", "accent is not a colour"),
            ("segments = [\"#000000\", \"#12345\"]", "colour 2 of segments is not a colour"),
            ("segments = [\"#aabbcc\", \"#AABBCC\"]", "colour 2 of segments is there twice"),
            ("acent = \"#000000\"", "unknown field"),
            ("logo = \"nothing\"", "No such file"),
            ("logo = \"logo\"", "neither PNG, JPEG nor SVG"),
        ];
        for (text, message) in cases {
            let error = with(text, b"GIF89a").unwrap_err();
            assert!(error.to_string().contains(message), "{error}");
        }
        let many: Vec<String> = (0..13).map(|at| format!("\"#0000{at:02}\"")).collect();
        assert!(with(&format!("segments = [{}]", many.join(",")), b"").is_err());
        let large = vec![b' '; 300 * 1024];
        assert_eq!(with("logo = \"logo\"", &large).unwrap_err().code(), "E-CFG-013");
        assert_eq!(look("none.toml", Path::new("")).unwrap_err().code(), "E-CFG-012");
    }

    #[test]
    fn pictures_are_known_by_their_bytes() {
        assert_eq!(media(b"\x89PNG\r\n\x1a\n.."), Some("image/png"));
        assert_eq!(media(&[0xff, 0xd8, 0xff, 0xe0]), Some("image/jpeg"));
        assert_eq!(media(SVG.as_bytes()), Some("image/svg+xml"));
        assert_eq!(media(b"<html></html>"), None);
        assert_eq!(media(b""), None);
    }
}

//! Where the engine is, and what lets us in. The address of Spark Connect can carry a token
//! and headers; ours carries neither, so that it can stand in a config and in a log.

use std::fmt;
use std::fs;
use std::path::Path;

use super::error::SparkError;

/// The port of Spark Connect.
const PORT: u16 = 15002;

/// The longest token that is read; those of the platforms have some hundred to thousand bytes.
const TOKEN_BYTES: usize = 64 * 1024;

/// The address of an engine: `sc://host[:port][/;use_ssl=true]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    host: String,
    port: u16,
    tls: bool,
}

impl Address {
    /// Reads an address.
    ///
    /// # Errors
    ///
    /// Text of another form, and parameters other than `use_ssl`: a token would be shown
    /// wherever the address is.
    ///
    /// # Examples
    ///
    /// ```
    /// use kohort::backend::spark::Address;
    /// assert_eq!(Address::read("sc://10.0.0.7").unwrap().to_string(), "sc://10.0.0.7:15002");
    /// assert!(Address::read("sc://10.0.0.7/;token=abc").is_err());
    /// ```
    pub fn read(text: &str) -> Result<Self, SparkError> {
        let wrong = |why| SparkError::Address { why };
        let rest =
            text.trim().strip_prefix("sc://").ok_or(wrong("it does not begin with sc://"))?;
        let (place, parameters) = rest.split_once('/').unwrap_or((rest, ""));
        let mut tls = false;
        for parameter in parameters.split(';').filter(|parameter| !parameter.is_empty()) {
            match parameter.split_once('=') {
                Some(("use_ssl", on)) => tls = on.eq_ignore_ascii_case("true"),
                Some(("token", _)) => return Err(wrong("it holds a token")),
                _ => return Err(wrong("it holds a parameter other than use_ssl")),
            }
        }
        let (host, port) = match place.strip_prefix('[') {
            Some(rest) => {
                let (host, port) = rest.split_once(']').ok_or(wrong("a bracket is not closed"))?;
                (host, port.strip_prefix(':'))
            }
            None => match place.rsplit_once(':') {
                Some((host, port)) => (host, Some(port)),
                None => (place, None),
            },
        };
        let known = |c: char| c.is_ascii_alphanumeric() || ".-_:%".contains(c);
        if host.is_empty() || !host.chars().all(known) {
            return Err(wrong("it names no host"));
        }
        let port = match port {
            None => PORT,
            Some(port) => port.parse().map_err(|_| wrong("its port is no number up to 65535"))?,
        };
        Ok(Self { host: host.to_ascii_lowercase(), port, tls })
    }

    /// The host.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The port.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Whether the link is encrypted.
    #[must_use]
    pub fn tls(&self) -> bool {
        self.tls
    }

    /// Whether nothing leaves this machine.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        self.host == "localhost"
            || self.host.parse().is_ok_and(|address: std::net::IpAddr| address.is_loopback())
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tls = if self.tls { "/;use_ssl=true" } else { "" };
        if self.host.contains(':') {
            write!(f, "sc://[{}]:{}{tls}", self.host, self.port)
        } else {
            write!(f, "sc://{}:{}{tls}", self.host, self.port)
        }
    }
}

/// What lets us in. It is read from a variable of the environment or from a file, and shown
/// nowhere.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// The token in a variable of the environment.
    ///
    /// # Errors
    ///
    /// A variable that is not set, is empty or holds what no token is.
    pub fn from_variable(name: &str) -> Result<Self, SparkError> {
        let place = || format!("the variable {name}");
        let text = std::env::var(name).map_err(|_| SparkError::NoToken { place: place() })?;
        Self::checked(&text).ok_or_else(|| SparkError::NoToken { place: place() })
    }

    /// The token in a file.
    ///
    /// # Errors
    ///
    /// A file that cannot be read, is empty or holds what no token is.
    pub fn from_file(path: &Path) -> Result<Self, SparkError> {
        let missing = || SparkError::NoToken { place: format!("the file {}", path.display()) };
        let size = fs::metadata(path).map_err(|_| missing())?.len();
        if size > TOKEN_BYTES as u64 {
            return Err(missing());
        }
        let text = fs::read_to_string(path).map_err(|_| missing())?;
        Self::checked(&text).ok_or_else(missing)
    }

    /// A header takes visible ASCII.
    fn checked(text: &str) -> Option<Self> {
        let text = text.trim();
        let usable = !text.is_empty() && text.len() <= TOKEN_BYTES;
        (usable && text.bytes().all(|byte| byte.is_ascii_graphic())).then(|| Self(text.to_owned()))
    }

    pub(super) fn secret(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_and_written() {
        for (text, shown) in [
            ("sc://spark", "sc://spark:15002"),
            ("sc://Spark.Example:443/;use_ssl=true", "sc://spark.example:443/;use_ssl=true"),
            ("sc://127.0.0.1:50051/", "sc://127.0.0.1:50051"),
            ("sc://[::1]:7", "sc://[::1]:7"),
        ] {
            let address = Address::read(text).unwrap();
            assert_eq!(address.to_string(), shown);
            assert_eq!(Address::read(shown).unwrap(), address);
        }
    }

    #[test]
    fn what_is_no_address_is_refused_and_never_repeated() {
        for text in [
            "spark:15002",
            "http://spark",
            "sc://",
            "sc://:15002",
            "sc://spark:port",
            "sc://spark:70000",
            "sc://[::1",
            "sc://user@spark",
            "sc://spark/;token=K4geheim",
            "sc://spark/;use_ssl=true;token=K4geheim",
            "sc://spark/;x-api-key=K4geheim",
            "sc://spark/path",
        ] {
            let error = Address::read(text).unwrap_err();
            let shown = format!("{error} {error:?}");
            assert!(!shown.contains("geheim") && !shown.contains("user"), "{text}: {shown}");
        }
    }

    #[test]
    fn loopback_is_this_machine_alone() {
        let here = |text: &str| Address::read(text).unwrap().is_loopback();
        assert!(here("sc://localhost") && here("sc://127.0.0.9") && here("sc://[::1]"));
        assert!(!here("sc://localhost.example") && !here("sc://10.0.0.1") && !here("sc://0.0.0.0"));
    }

    #[test]
    fn a_token_comes_from_a_file_and_shows_nowhere() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("token");
        fs::write(&path, "K4geheim\n").unwrap();
        let token = Token::from_file(&path).unwrap();
        assert_eq!((token.secret(), format!("{token:?}")), ("K4geheim", "Token(..)".to_owned()));
        for unusable in ["", " \n", "two words", "a\u{7}b", "\u{e9}"] {
            fs::write(&path, unusable).unwrap();
            assert!(Token::from_file(&path).is_err(), "{unusable:?}");
        }
        assert!(Token::from_file(&folder.path().join("none")).is_err());
        assert!(Token::from_variable("KOHORT_NO_SUCH_VARIABLE").is_err());
    }
}

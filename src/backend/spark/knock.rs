//! Whether anything listens at an address, told soon.

use std::net::{TcpStream, ToSocketAddrs};
use std::sync::mpsc;
use std::time::Duration;

use super::error::SparkError;

/// How long a server may take to accept a connection.
pub(super) const PATIENCE: Duration = Duration::from_secs(4);

/// Whether anything accepts a connection there. The client itself would try for minutes.
pub(super) fn knock(place: &(String, u16), shown: &str) -> Result<(), SparkError> {
    let refuse = |why| SparkError::Unreachable { address: shown.to_owned(), why };
    let (sender, receiver) = mpsc::channel();
    let place = place.clone();
    // A name server that does not answer must not hold the run either.
    std::thread::spawn(move || {
        sender.send(connect(&place)).ok();
    });
    match receiver.recv_timeout(PATIENCE) {
        Ok(Ok(())) => Ok(()),
        Ok(Err(why)) => Err(refuse(why)),
        Err(_) => Err(refuse("it did not answer within the time")),
    }
}

fn connect(place: &(String, u16)) -> Result<(), &'static str> {
    use std::io::ErrorKind;
    let places = (place.0.as_str(), place.1).to_socket_addrs();
    let mut why = "there is no such host";
    for address in places.map_err(|_| why)? {
        match TcpStream::connect_timeout(&address, PATIENCE) {
            Ok(_) => return Ok(()),
            Err(error) => {
                why = match error.kind() {
                    ErrorKind::ConnectionRefused => "the connection is refused",
                    ErrorKind::TimedOut => "it did not answer within the time",
                    ErrorKind::PermissionDenied => "permission is denied",
                    _ => "there is no connection to that host",
                };
            }
        }
    }
    Err(why)
}

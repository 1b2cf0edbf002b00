//! Tests of the messages.

use super::*;

#[test]
fn every_file_can_be_read() {
    for file in FILES {
        assert!(FluentResource::try_new(file.to_owned()).is_ok());
    }
}

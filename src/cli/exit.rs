//! Error classes to exit codes.

use crate::fault::Class;
use crate::pipeline::Failure;
use crate::results::Advice;

/// An interruption by a signal, which has its own exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("interrupted")]
pub(super) struct Interrupted {
    /// The signal's number.
    pub signal: i32,
}

/// The exit code of an error.
#[must_use]
pub fn exit_code(error: &anyhow::Error) -> i32 {
    if let Some(interrupted) = error.downcast_ref::<Interrupted>() {
        return 128 + interrupted.signal;
    }
    error.downcast_ref::<Failure>().map_or(70, |failure| of_class(failure.class))
}

/// The exit code of the verdict on the segments, where it was asked for.
pub(super) fn of_advice(advice: Option<Advice>) -> i32 {
    match advice {
        None | Some(Advice::Keep) => 0,
        Some(Advice::Look) => 10,
        Some(Advice::Refit) => 11,
    }
}

fn of_class(class: Class) -> i32 {
    match class {
        Class::Config => 2,
        Class::Input => 3,
        Class::Limit => 4,
        Class::Output => 5,
        Class::Locked => 6,
        Class::Model => 7,
        Class::Refused => 8,
        Class::Internal => 70,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_class_has_the_documented_code() {
        let codes = [
            (Class::Config, 2),
            (Class::Input, 3),
            (Class::Limit, 4),
            (Class::Output, 5),
            (Class::Locked, 6),
            (Class::Model, 7),
            (Class::Refused, 8),
            (Class::Internal, 70),
        ];
        for (class, code) in codes {
            let failure = Failure { code: "E".into(), class, message: "m".into(), hint: None };
            assert_eq!(exit_code(&failure.into()), code);
        }
        assert_eq!(exit_code(&Interrupted { signal: 15 }.into()), 143);
    }
}

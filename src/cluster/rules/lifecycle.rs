//! Lifecycle: where a customer stands between the first order and the last.
//!
//! With `u` of `rhythm.rs`, first match: gone `u < .05`; slowing `u < .20`; first order
//! (one order); second (two); regular (three or more).

use super::labels::{percent, sentences};
use super::{Beat, Cuts, Rhythm, RuleLabels, rhythm};
use crate::cluster::Checked;
use crate::said::{Fact, said};

/// The classes, in the order in which customers pass through them.
pub(super) const NAMES: [&str; 5] = ["first order", "second", "regular", "slowing", "gone"];

/// Labels every customer.
pub(super) fn label(beats: &[Beat], rhythm: &Rhythm, params: &Checked) -> RuleLabels {
    let shares = params.loyalty_cuts();
    let codes = codes(beats, shares);
    let [late, gone] = shares.map(|share| Fact::Figure(percent(share)));
    let classes = said!("def-lifecycle", late = late, gone = gone);
    let definition = sentences(vec![rhythm::in_words(rhythm), classes]);
    RuleLabels::new(Cuts::Lifecycle { rhythm: rhythm.clone(), shares }, codes, definition)
}

/// The class of every customer.
pub(super) fn codes(beats: &[Beat], [late, gone]: [f64; 2]) -> Vec<Option<u8>> {
    let code = |beat: &Beat| match (beat.u, beat.orders) {
        (u, _) if u < gone => 4,
        (u, _) if u < late => 3,
        (_, 0 | 1) => 0,
        (_, 2) => 1,
        _ => 2,
    };
    beats.iter().map(|beat| Some(code(beat))).collect()
}

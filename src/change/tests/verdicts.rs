//! Keep, look, refit.

use crate::change::verdict::{Signs, Unlike, judge};
use crate::results::{Advice, Refits};

fn signs() -> Signs<'static> {
    Signs {
        agreement: Some(0.95),
        all_found: true,
        refits: Some(Refits { draws: 100, size: 500, low: 0.9, lowest: 0.85, median: 0.95 }),
        unlike: Some(Unlike::of(12, &[500, 500], &[500, 500])),
        min_share: 0.02,
        drift: &[],
        thinned: &[],
        model_age_days: Some(31),
        review_days: 180,
        overlap: (900, 1000),
    }
}

/// Of 100 customers at fit the 99th lies inside: beyond it are 2 of 101 of the population on
/// average, 7.92 of 400.
#[test]
fn in_small_segments_more_than_one_in_a_hundred_are_unlike() {
    let told = Unlike::of(9, &[100; 4], &[100; 4]);
    assert!((told.expected - 4.0 * 100.0 * 2.0 / 101.0).abs() < 1e-12);
    assert!(told.error > 3.0 && told.error < 5.0, "{told:?}");
    let large = Unlike::of(0, &[100_000], &[1_000]);
    assert!((large.expected - 10.0).abs() < 0.1);
}

#[test]
fn every_sign_has_its_advice_and_its_words() {
    let cases: [(&str, Advice, Signs<'static>); 8] = [
        ("nothing", Advice::Keep, signs()),
        (
            "agreement below all and a segment lost",
            Advice::Refit,
            Signs { agreement: Some(0.7), all_found: false, ..signs() },
        ),
        (
            "agreement below the 5th percentile with all found",
            Advice::Keep,
            Signs { agreement: Some(0.88), ..signs() },
        ),
        ("agreement below all refits", Advice::Look, Signs { agreement: Some(0.8), ..signs() }),
        (
            "agreement a little below all and a segment lost",
            Advice::Look,
            Signs { agreement: Some(0.84), all_found: false, ..signs() },
        ),
        (
            "strangers",
            Advice::Refit,
            Signs { unlike: Some(Unlike::of(50, &[500, 500], &[500, 500])), ..signs() },
        ),
        ("age", Advice::Look, Signs { model_age_days: Some(180), ..signs() }),
        ("another base", Advice::Look, Signs { overlap: (100, 1000), ..signs() }),
    ];
    for (what, advice, signs) in cases {
        let told = judge(&signs);
        assert_eq!(told.advice, advice, "{what}: {:?}", told.reasons);
        assert!(!told.reasons.is_empty() && !told.reasons[0].is_empty(), "{what}");
    }
    let never = Signs { review_days: 0, model_age_days: Some(9_999), ..signs() };
    assert_eq!(judge(&never).advice, Advice::Keep);
}

//! Keep, look, refit.

use crate::change::verdict::{Signs, judge};
use crate::results::{Advice, Refits};

fn signs() -> Signs<'static> {
    Signs {
        agreement: Some(0.95),
        all_found: true,
        refits: Some(Refits { draws: 100, size: 500, low: 0.9, lowest: 0.85, median: 0.95 }),
        unlike: Some((12, 1000)),
        min_share: 0.02,
        drift: &[],
        thinned: &[],
        model_age_days: Some(31),
        review_days: 180,
        overlap: (900, 1000),
    }
}

#[test]
fn every_sign_has_its_advice_and_its_words() {
    let cases: [(&str, Advice, Signs<'static>); 7] = [
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
        ("strangers", Advice::Refit, Signs { unlike: Some((50, 1000)), ..signs() }),
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

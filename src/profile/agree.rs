//! The action of a segment agrees with the decision that is asked about it: a page must not
//! ask to protect a segment and say beside it that it is to be kept cheap.

use crate::results::{Decision, SegmentRow};

use super::action::{DEVELOP, HOLD_ON, KEEP_CHEAP, codes};

/// What is done about a decision, where the action that the figures alone suggest says
/// something else.
fn instead(decision: &str, action: &str) -> Option<&'static str> {
    match (decision, action) {
        (
            "protect",
            "low-cost" | "keep-cheap" | "cheap-test" | "grow-small" | "grow-gently" | "develop"
            | "stay-in-touch" | "ask-missing" | "reward-loyalty-few" | "reward-referrals",
        ) => Some(HOLD_ON),
        ("grow", "low-cost" | "keep-cheap") => Some(DEVELOP),
        ("stop", "low-cost" | "keep-cheap" | "too-narrow") => None,
        ("stop", _) => Some(KEEP_CHEAP),
        _ => None,
    }
}

/// Rewrites the actions that contradict a decision; what they end in stays. For an outcome
/// other than leaving nothing is contradicted. No two segments share the text afterwards.
pub fn agree(rows: &mut [SegmentRow], decisions: &[Decision]) {
    for decision in decisions {
        let Some(at) = rows.iter().position(|row| row.segment_id == decision.segment_id) else {
            continue;
        };
        let Some(now) = rows[at].action_codes.first() else { continue };
        let Some(beginning) = instead(&decision.kind, now) else { continue };
        let rest = rows[at].action.split_once("; ").map(|(_, rest)| rest);
        let mut text = rest.map_or_else(|| beginning.to_owned(), |r| format!("{beginning}; {r}"));
        if rows.iter().any(|row| row.action == text) {
            text = format!("{text} (segment {})", decision.segment_id);
        }
        rows[at].action_codes = codes(&text);
        rows[at].action = text;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::testing::segment_row;

    fn decision(kind: &str, segment_id: u32) -> Decision {
        Decision {
            kind: kind.to_owned(),
            segment_id,
            customers: 100,
            money: None,
            text: String::new(),
            why: String::new(),
        }
    }

    #[test]
    fn an_action_does_not_contradict_its_decision() {
        let mut rows: Vec<SegmentRow> = (1..=4).map(segment_row).collect();
        let low = "Low-cost messages only: find out why they are likely to leave";
        let texts = [
            format!("{low}; help them through the first months"),
            format!("{KEEP_CHEAP}; what marks them: few orders"),
            "Protect first: a personal call with a reason to stay".to_owned(),
            format!("{low}; what marks them: low spend"),
        ];
        for (row, text) in rows.iter_mut().zip(&texts) {
            row.action_codes = codes(text);
            row.action.clone_from(text);
        }
        agree(&mut rows, &[decision("protect", 1), decision("grow", 2), decision("stop", 4)]);
        assert_eq!(rows[0].action, format!("{HOLD_ON}; help them through the first months"));
        assert_eq!(rows[0].action_codes, ["hold-on", "first-months"]);
        assert_eq!(rows[1].action, format!("{DEVELOP}; what marks them: few orders"));
        assert_eq!(rows[2].action, texts[2]);
        assert_eq!(rows[3].action, texts[3]);
    }

    #[test]
    fn whoever_is_to_be_protected_is_not_only_thanked() {
        let mut rows: Vec<SegmentRow> = vec![segment_row(1)];
        "Reward loyalty: thank them, and call only the few who may leave; suggest a second product"
            .clone_into(&mut rows[0].action);
        rows[0].action_codes = codes(&rows[0].action);
        agree(&mut rows, &[decision("protect", 1)]);
        assert_eq!(rows[0].action_codes, ["hold-on", "second-product"]);
    }

    #[test]
    fn no_two_segments_share_an_action_afterwards() {
        let mut rows: Vec<SegmentRow> = (1..=2).map(segment_row).collect();
        for (row, text) in rows.iter_mut().zip([KEEP_CHEAP, DEVELOP]) {
            row.action_codes = codes(text);
            text.clone_into(&mut row.action);
        }
        agree(&mut rows, &[decision("grow", 1)]);
        assert_ne!(rows[0].action, rows[1].action);
        assert_eq!(rows[0].action_codes, ["develop"]);
    }
}

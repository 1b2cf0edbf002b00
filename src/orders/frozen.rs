//! What a frozen model keeps of purchase lines: which column is what, the rules that were
//! decided, and what was learnt of the base. With it other lines become features as those
//! of the run did.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::error::OrderError;
use super::features::{Learnt, ShareBase, TABLE};
use super::rules::{CancelPrefix, Refunds, ZeroPrice};

/// The keys of the columns beside the customer's, as the config writes them.
pub const KEYS: [&str; 9] =
    ["date", "order", "amount", "quantity", "price", "product", "category", "channel", "discount"];

/// How lines are read and customers measured, frozen: pure data, stored in the model.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Frozen {
    /// The column of the customer.
    pub customer: String,
    /// The column of each further part, by one of [`KEYS`]; a part that the lines do not
    /// have is not there.
    pub columns: BTreeMap<String, String>,
    /// The columns that say something of the customers, such as their country.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attributes: Vec<String>,
    /// What becomes of money that was given back.
    pub refunds: Refunds,
    /// Whether something bought for nothing is a purchase.
    pub zero_price: ZeroPrice,
    /// How a cancelled line is known; nothing is found out any more.
    pub cancel_prefix: CancelPrefix,
    /// Whether the config gave the as-of day; else it was the last day of any line.
    pub as_of_given: bool,
    /// What was learnt of the base.
    pub learnt: Learnt,
}

impl Frozen {
    /// Checks what may come from a file.
    ///
    /// # Errors
    ///
    /// [`OrderError::Stored`]: no day or customer, a part that there is not, levels twice or
    /// without a share, shares that are no parts of one, features that do not exist.
    pub fn validate(&self) -> Result<(), OrderError> {
        let known = |key: &String| KEYS.contains(&key.as_str());
        let named = self.columns.values().chain([&self.customer]).all(|name| !name.is_empty());
        let has_date = self.columns.contains_key("date");
        let is_decided = self.cancel_prefix != CancelPrefix::FindOut;
        if !differ(&self.attributes) {
            return Err(OrderError::Stored { part: "attributes" });
        }
        if !(named && has_date && is_decided && self.columns.keys().all(known)) {
            return Err(OrderError::Stored { part: "columns" });
        }
        self.learnt.validate()
    }
}

impl Learnt {
    fn validate(&self) -> Result<(), OrderError> {
        let stored = |part| Err(OrderError::Stored { part });
        if self.median_gap.is_some_and(|gap| !(gap.is_finite() && gap > 0.0)) {
            return stored("median gap");
        }
        let shares = [self.weekend, self.discount, self.returns];
        if !shares.into_iter().flatten().all(is_share) {
            return stored("shares of the base");
        }
        let blocks = [&self.category, &self.channel, &self.season];
        if !blocks.into_iter().flatten().all(is_sound) {
            return stored("levels of a share");
        }
        let lists = [&self.first_category, &self.first_product];
        if !lists.into_iter().flatten().all(|levels| !levels.is_empty() && differ(levels)) {
            return stored("levels of the first order");
        }
        if !(differ(&self.columns) && self.columns.iter().all(|name| is_feature(name))) {
            return stored("features");
        }
        Ok(())
    }
}

fn is_share(share: f64) -> bool {
    (0.0..=1.0).contains(&share)
}

/// Whether levels and shares can be those of one whole.
fn is_sound(base: &ShareBase) -> bool {
    let sum: f64 = base.shares.iter().sum();
    base.levels.len() == base.shares.len()
        && base.left_out < base.levels.len()
        && differ(&base.levels)
        && base.shares.iter().copied().all(is_share)
        && (sum - 1.0).abs() < 1e-6
}

fn differ(names: &[String]) -> bool {
    names.iter().collect::<BTreeSet<_>>().len() == names.len()
}

/// Whether there is a feature of this name, or one per level whose names begin so.
fn is_feature(name: &str) -> bool {
    TABLE.iter().any(|described| described.is_of(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fault::{Class, Fault};

    fn frozen() -> Frozen {
        let base = ShareBase {
            levels: vec!["app".into(), "web".into()],
            shares: vec![0.25, 0.75],
            left_out: 1,
        };
        Frozen {
            customer: "customer_id".into(),
            columns: [("date", "day"), ("price", "price")]
                .map(|(key, column)| (key.to_owned(), column.to_owned()))
                .into(),
            attributes: vec!["Country".into()],
            refunds: Refunds::Net,
            zero_price: ZeroPrice::Keep,
            cancel_prefix: CancelPrefix::Letters("C".into()),
            as_of_given: false,
            learnt: Learnt {
                median_gap: Some(12.5),
                channel: Some(base),
                weekend: Some(0.3),
                first_product: Some(vec!["Tea".into()]),
                columns: vec!["orders".into(), "channel_share: app".into()],
                ..Learnt::default()
            },
        }
    }

    #[test]
    fn what_is_kept_survives_as_json() {
        let text = serde_json::to_string(&frozen()).unwrap();
        let back: Frozen = serde_json::from_str(&text).unwrap();
        assert_eq!(back, frozen());
        assert_eq!(back.validate(), Ok(()));
    }

    #[test]
    fn what_no_run_can_have_learnt_is_refused() {
        type Change = fn(&mut Frozen);
        let changes: [(&str, Change); 15] = [
            ("an attribute twice", |f| f.attributes.push("Country".into())),
            ("no customer", |f| f.customer.clear()),
            ("no day", |f| drop(f.columns.remove("date"))),
            ("another part", |f| drop(f.columns.insert("colour".into(), "c".into()))),
            ("a part without a column", |f| drop(f.columns.insert("order".into(), String::new()))),
            ("a prefix to find out", |f| f.cancel_prefix = CancelPrefix::FindOut),
            ("a gap of nothing", |f| f.learnt.median_gap = Some(0.0)),
            ("a gap that is no number", |f| f.learnt.median_gap = Some(f64::NAN)),
            ("more than all", |f| f.learnt.weekend = Some(1.5)),
            ("a share that is no number", |f| f.learnt.returns = Some(f64::NAN)),
            ("a level without a share", |f| {
                f.learnt.channel.as_mut().unwrap().levels.push("shop".into());
            }),
            ("a level twice", |f| f.learnt.channel.as_mut().unwrap().levels[0] = "web".into()),
            ("shares of more than one whole", |f| {
                f.learnt.channel.as_mut().unwrap().shares[0] = 0.5;
            }),
            ("no level", |f| f.learnt.first_product = Some(Vec::new())),
            ("a feature that is none", |f| f.learnt.columns.push("shoe_size".into())),
        ];
        for (what, change) in changes {
            let mut changed = frozen();
            change(&mut changed);
            let error = changed.validate().expect_err(what);
            assert_eq!((error.class(), error.code()), (Class::Model, "E-MDL-070"), "{what}");
        }
    }
}

//! The config with every guess written out, so that it decides the same again.

use std::collections::BTreeSet;

use crate::config::Config;
use crate::day::Day;
use crate::features::Params;
use crate::features::params::{TypeRule, TypeWord};
use crate::features::roles::{ColumnPlan, Plan};
use crate::features::transactions::OrderPlan;
use crate::table::{BlockKind, Family, Role};

/// Writes every guess into the config. `derived` are columns that are made anew by every
/// run; they have no type to declare.
pub(super) fn resolve(
    config: &Config,
    plan: &Plan,
    lines: Option<&OrderPlan>,
    as_of: Option<Day>,
    derived: &BTreeSet<String>,
) -> Config {
    let mut resolved = config.clone();
    resolved.input.id.clone_from(&plan.id);
    resolved.input.as_of = as_of;
    if let Some(label) = &plan.label {
        resolved.churn.label = Some(label.column.clone());
        resolved.churn.positive = Some(label.positive.clone());
    }
    resolved.features = decided(&config.features, plan, derived);
    if let Some(lines) = lines {
        resolved.features.transactions = lines.resolved();
    }
    resolved
}

/// The features table with every guess written out, so that reading the same columns
/// again decides the same.
#[must_use]
pub fn decided(asked: &Params, plan: &Plan, derived: &BTreeSet<String>) -> Params {
    let mut params = asked.clone();
    let mut families = plan.families();
    // A derived column stands in a list only where a person has put it there.
    let mut take = |family, asked: &[String]| {
        let mut names: Vec<String> = families.remove(&family).unwrap_or_default();
        names.retain(|name| !derived.contains(name) || asked.contains(name));
        names
    };
    params.behavioural = take(Family::Behavioural, &asked.behavioural);
    params.demographic = take(Family::Demographic, &asked.demographic);
    params.geographic = take(Family::Geographic, &asked.geographic);
    params.psychographic = take(Family::Psychographic, &asked.psychographic);
    params.firmographic = take(Family::Firmographic, &asked.firmographic);
    params.ignore = plan
        .columns
        .iter()
        .filter(|column| !column.used && !matches!(column.role, Role::Id | Role::Label))
        .map(|column| column.name.clone())
        .collect();
    let own = |name: &String| !derived.contains(name);
    for column in plan.columns.iter().filter(|column| column.used && own(&column.name)) {
        let rule = match column.role {
            Role::Number => TypeRule::Word(number_word(column)),
            Role::Flag => TypeRule::Word(TypeWord::Flag),
            // An order that was guessed is guessed again: a rare level is not written down.
            Role::Category if !column.levels.is_empty() => continue,
            Role::Category => TypeRule::Word(TypeWord::Category),
            Role::Date => TypeRule::Word(TypeWord::Date),
            _ => continue,
        };
        params.types.entry(column.name.clone()).or_insert(rule);
    }
    params
}

/// The word for a number, which says what it is in its block.
fn number_word(column: &ColumnPlan) -> TypeWord {
    match column.block.as_ref().map(|block| block.kind) {
        Some(BlockKind::Latitude) => TypeWord::Latitude,
        Some(BlockKind::Longitude) => TypeWord::Longitude,
        Some(BlockKind::Shares) => TypeWord::Share,
        Some(BlockKind::Items) | None => TypeWord::Number,
    }
}

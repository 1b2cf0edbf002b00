//! What a query needs of the columns below.

use std::collections::BTreeSet;

use super::chunk::As;
use super::layers::Query;
use super::tree::{Expr, Test};

impl Query {
    /// What is to be read of the table so that `last` can be computed: each column with
    /// what it is used as. A column of which only is asked whether it is there, is a number.
    #[must_use]
    pub fn reads(&self, last: &[Expr]) -> BTreeSet<(String, As)> {
        let mut typed = BTreeSet::new();
        let mut bare = BTreeSet::new();
        let lowest: Vec<&Expr> = match self.layers().first() {
            Some(layer) => layer.columns.iter().map(|(_, expr)| expr).collect(),
            None => last.iter().collect(),
        };
        for expr in lowest {
            expr.uses(None, &mut |name, used| {
                match used {
                    Some(used) => typed.insert((name.to_owned(), used)),
                    None => bare.insert(name.to_owned()),
                };
            });
        }
        let known: BTreeSet<String> = typed.iter().map(|(name, _)| name.clone()).collect();
        typed.extend(bare.difference(&known).map(|name| (name.clone(), As::Number)));
        typed
    }

    /// The query without the columns that `last` needs nothing of.
    #[must_use]
    pub fn pruned(&self, last: &[Expr]) -> Self {
        let mut needed = BTreeSet::new();
        let note = |expr: &Expr, needed: &mut BTreeSet<String>| {
            expr.uses(None, &mut |name, _| {
                needed.insert(name.to_owned());
            });
        };
        for expr in last {
            note(expr, &mut needed);
        }
        let mut kept = Vec::new();
        for layer in self.layers().iter().rev() {
            let mut layer = layer.clone();
            layer.columns.retain(|(name, _)| needed.contains(name));
            needed.clear();
            for (_, expr) in &layer.columns {
                note(expr, &mut needed);
            }
            kept.push(layer);
        }
        let mut query = Self::new(self.id());
        for layer in kept.into_iter().rev() {
            query.layer(&layer.name, layer.columns);
        }
        query
    }
}

impl Expr {
    /// Tells every column with what it is used as, where that shows.
    pub(super) fn uses(&self, used: Option<As>, tell: &mut dyn FnMut(&str, Option<As>)) {
        match self {
            Self::Column(name) => tell(name, used),
            Self::Number(_) | Self::Whole(_) | Self::Text(_) | Self::Null => {}
            Self::Sum(parts) => {
                for part in parts {
                    part.uses(None, tell);
                }
            }
            Self::Minus(a, b) | Self::Times(a, b) | Self::Over(a, b) => {
                a.uses(None, tell);
                b.uses(None, tell);
            }
            Self::Call(_, x) | Self::Fixed(x, _) => x.uses(None, tell),
            Self::Case(cases, otherwise) => {
                for (test, then) in cases {
                    test.uses(tell);
                    then.uses(used, tell);
                }
                otherwise.uses(used, tell);
            }
            Self::Real(x) => x.uses(Some(As::Number), tell),
            Self::Words(x) | Self::Folded(x) => x.uses(Some(As::Text), tell),
            Self::DaysBefore(x, _) => x.uses(Some(As::Day), tell),
        }
    }
}

impl Test {
    fn uses(&self, tell: &mut dyn FnMut(&str, Option<As>)) {
        match self {
            Self::Missing(x) | Self::There(x) => x.uses(None, tell),
            Self::Is(a, _, b) => {
                a.uses(None, tell);
                b.uses(None, tell);
            }
            Self::Begins(x, ..) => x.uses(Some(As::Text), tell),
            Self::In(x, list) => {
                x.uses(None, tell);
                for one in list {
                    one.uses(None, tell);
                }
            }
            Self::All(parts) | Self::Any(parts) => {
                for part in parts {
                    part.uses(tell);
                }
            }
        }
    }
}

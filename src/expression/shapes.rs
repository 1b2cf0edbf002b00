//! Shapes of `CASE` that take most of a pass, computed in one way through the rows instead of
//! one per test. The result is that of the tests in their order, to the bit: what is not sure
//! to have it is left to them.

use super::tree::{Expr, Test};

/// Numbers by where a column lies between ascending cuts: `CASE WHEN x < c1 THEN v1 WHEN x < c2
/// THEN v2 .. ELSE v END`.
pub(super) struct Steps<'a> {
    pub(super) column: &'a str,
    cuts: Vec<f64>,
    values: Vec<f64>,
}

/// The fewest cuts that are worth it.
const FEWEST: usize = 3;

impl<'a> Steps<'a> {
    /// Reads the shape, where it is one.
    pub(super) fn of(cases: &'a [(Test, Expr)], otherwise: &Expr) -> Option<Self> {
        if cases.len() < FEWEST {
            return None;
        }
        let (mut column, mut cuts, mut values) = (None, Vec::new(), Vec::new());
        for (test, then) in cases {
            let Test::Is(Expr::Column(name), "<", Expr::Number(cut)) = test else { return None };
            let ascends = cuts.last().is_none_or(|last| last < cut);
            if !ascends || column.is_some_and(|column| column != name) {
                return None;
            }
            column = Some(name);
            cuts.push(*cut);
            values.push(number(then)?);
        }
        values.push(number(otherwise)?);
        Some(Self { column: column?, cuts, values })
    }

    /// The value of a number; of what is missing, the last.
    pub(super) fn at(&self, x: f64) -> f64 {
        // Most lie below the first.
        if x < self.cuts[0] {
            return self.values[0];
        }
        self.values[self.cuts.partition_point(|&cut| !below(x, cut))]
    }
}

/// Not-a-number is below nothing, so that its opposite is no comparison the other way round.
fn below(x: f64, cut: f64) -> bool {
    x < cut
}

/// A number by the answers to questions on columns, the same question in every branch of a
/// depth: `CASE WHEN q1 THEN CASE WHEN q2 THEN .. ELSE .. END ELSE CASE WHEN q2 .. END END`.
/// Without branches it is a number by one question.
pub(super) struct Answers<'a> {
    pub(super) questions: Vec<Question<'a>>,
    /// By the answers, the first as the highest bit: where all hold, the last.
    leaves: Vec<f64>,
}

/// What is asked of a column.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Question<'a> {
    pub(super) column: &'a str,
    asked: Asked,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Asked {
    Above(f64),
    AtMost(f64),
    Missing,
    There,
}

/// The most questions: their answers fit into a byte.
const MOST: usize = 8;

impl<'a> Answers<'a> {
    /// Reads the shape, where it is one.
    pub(super) fn of(cases: &'a [(Test, Expr)], otherwise: &'a Expr) -> Option<Self> {
        let mut questions = vec![Question::of(cases)?];
        let mut below = &cases[0].1;
        while let Expr::Case(cases, _) = below {
            questions.push(Question::of(cases)?);
            below = &cases[0].1;
        }
        if questions.len() > MOST {
            return None;
        }
        let mut leaves = Vec::with_capacity(1 << questions.len());
        gather(otherwise, &questions[1..], &mut leaves)?;
        gather(&cases[0].1, &questions[1..], &mut leaves)?;
        Some(Self { questions, leaves })
    }

    /// The numbers of some rows, by a column for each question.
    pub(super) fn values(&self, columns: &[&[f64]]) -> Vec<f64> {
        let n = columns.first().map_or(0, |column| column.len());
        let mut places = vec![0_u8; n];
        for (question, column) in self.questions.iter().zip(columns) {
            match question.asked {
                Asked::Above(cut) => answer(&mut places, column, |x| x > cut),
                Asked::AtMost(cut) => answer(&mut places, column, |x| x <= cut),
                Asked::Missing => answer(&mut places, column, f64::is_nan),
                Asked::There => answer(&mut places, column, |x| !x.is_nan()),
            }
        }
        places.into_iter().map(|place| self.leaves[usize::from(place)]).collect()
    }
}

/// Puts the answers of one question behind those that are there.
fn answer(places: &mut [u8], column: &[f64], held: impl Fn(f64) -> bool) {
    for (place, x) in places.iter_mut().zip(column) {
        *place = *place << 1 | u8::from(held(*x));
    }
}

/// The numbers of a branch whose questions are these, where none holds first.
fn gather(branch: &Expr, questions: &[Question], leaves: &mut Vec<f64>) -> Option<()> {
    let Some((first, rest)) = questions.split_first() else {
        leaves.push(number(branch)?);
        return Some(());
    };
    let Expr::Case(cases, otherwise) = branch else { return None };
    if Question::of(cases)? != *first {
        return None;
    }
    gather(otherwise, rest, leaves)?;
    gather(&cases[0].1, rest, leaves)
}

impl<'a> Question<'a> {
    /// The question of a `CASE` that has one.
    fn of(cases: &'a [(Test, Expr)]) -> Option<Self> {
        let [(test, _)] = cases else { return None };
        let (column, asked) = match test {
            Test::Is(Expr::Column(column), ">", Expr::Number(cut)) => (column, Asked::Above(*cut)),
            Test::Is(Expr::Column(column), "<=", Expr::Number(cut)) => {
                (column, Asked::AtMost(*cut))
            }
            Test::Missing(Expr::Column(column)) => (column, Asked::Missing),
            Test::There(Expr::Column(column)) => (column, Asked::There),
            _ => return None,
        };
        Some(Self { column, asked })
    }
}

fn number(expr: &Expr) -> Option<f64> {
    match expr {
        Expr::Number(x) => Some(*x),
        Expr::Whole(x) => Some(f64::from(*x)),
        Expr::Null => Some(f64::NAN),
        _ => None,
    }
}

/// What is known of the lowest of some columns, ties to the first: `CASE WHEN d1 IS NULL THEN
/// NULL WHEN d1 <= d2 AND d1 <= d3 .. THEN v1 WHEN d2 <= d3 .. THEN v2 .. ELSE v END`.
pub(super) struct Lowest<'a> {
    pub(super) columns: Vec<&'a str>,
    pub(super) of: Of,
}

/// What is asked of the lowest.
pub(super) enum Of {
    /// A number of each column.
    Numbers(Vec<f64>),
    /// Its own value.
    Itself,
}

impl<'a> Lowest<'a> {
    /// Reads the shape, where it is one.
    pub(super) fn of(cases: &'a [(Test, Expr)], otherwise: &'a Expr) -> Option<Self> {
        let ((Test::Missing(Expr::Column(first)), Expr::Null), rest) = cases.split_first()? else {
            return None;
        };
        let (Test::All(parts), _) = rest.first()? else { return None };
        let mut columns = vec![first.as_str()];
        for part in parts {
            columns.push(compared(part)?.1);
        }
        if columns.len() != rest.len() + 1 {
            return None;
        }
        for (at, (test, _)) in rest.iter().enumerate() {
            let Test::All(parts) = test else { return None };
            let others = &columns[at + 1..];
            let as_asked = |(part, other): (&'a Test, &&str)| {
                compared(part).is_some_and(|(own, found)| own == columns[at] && found == *other)
            };
            if parts.len() != others.len() || !parts.iter().zip(others).all(as_asked) {
                return None;
            }
        }
        let values = || rest.iter().map(|(_, then)| then).chain([otherwise]);
        if let Some(numbers) = values().map(number).collect() {
            return Some(Self { columns, of: Of::Numbers(numbers) });
        }
        let own = |(value, name): (&Expr, &&str)| matches!(value, Expr::Column(v) if v == name);
        let itself = values().zip(&columns).all(own);
        itself.then_some(Self { columns, of: Of::Itself })
    }

    /// The values of some rows, column by column; none where it is not sure which is the
    /// lowest, because something is missing.
    pub(super) fn values(&self, columns: &[&[f64]]) -> Option<Vec<f64>> {
        let (first, others) = columns.split_first()?;
        let mut lowest = first.to_vec();
        let mut values = match &self.of {
            Of::Numbers(numbers) => vec![numbers[0]; first.len()],
            Of::Itself => Vec::new(),
        };
        for (at, column) in others.iter().enumerate() {
            // Missing are all or none: the columns are made of the same ones.
            let alike = first.iter().zip(*column).all(|(a, b)| a.is_nan() == b.is_nan());
            if !alike {
                return None;
            }
            if let Of::Numbers(numbers) = &self.of {
                let own = numbers[at + 1];
                for ((value, low), x) in values.iter_mut().zip(&lowest).zip(*column) {
                    *value = if x < low { own } else { *value };
                }
            }
            for (low, x) in lowest.iter_mut().zip(*column) {
                *low = if x < low { *x } else { *low };
            }
        }
        if let Of::Numbers(_) = &self.of {
            for (value, x) in values.iter_mut().zip(*first) {
                *value = if x.is_nan() { f64::NAN } else { *value };
            }
            return Some(values);
        }
        Some(lowest)
    }
}

/// The columns of `a <= b`.
fn compared(test: &Test) -> Option<(&str, &str)> {
    match test {
        Test::Is(Expr::Column(a), "<=", Expr::Column(b)) => Some((a, b)),
        _ => None,
    }
}

//! The probability of leaving beside the segment of every customer, where one statement holds
//! both.

use crate::backend::sql::{PRODUCTS, products};
use crate::backend::{Output, Relation, Scoring, Written};
use crate::churn::Propensity;
use crate::expression::{Expr, Query};
use crate::finding::{Finding, Severity};
use crate::model::sql::{self, PROBABILITY, SqlError};
use crate::pipeline::job::Failure;
use crate::said::facts;
use crate::schema::Schema;

/// What stands before the columns of the churn model where the segments have their own: with
/// it [`PROBABILITY`] is called as in `customers.csv`.
const PREFIX: &str = "churn_";

/// The scoring with the probability before its last column, or as it was and why: the trees
/// are too many, the statement too large, or a column on the engine is not what it was in the
/// sample. The limits are those of statements whatever the engine, so that all engines write
/// the same.
pub(super) fn with_probability(
    segments: Scoring,
    relation: &Relation,
    schema: &Schema,
    propensity: &Propensity,
) -> Result<(Scoring, Option<Finding>), Failure> {
    let query = match sql::probability(schema, propensity) {
        Ok(query) => query,
        Err(SqlError::Leaves { found, most }) => {
            let told = facts!(n = found, most = most);
            let finding = Finding::new("churn-of-the-sample_trees", Severity::Warning, told);
            return Ok((segments, Some(finding)));
        }
        Err(error) => return Err(error.into()),
    };
    if let Some(column) = unlike(relation, &query) {
        let told = facts!(name = &column);
        let finding = Finding::new("churn-of-the-sample_column", Severity::Warning, told);
        return Ok((segments, Some(finding.column(&column))));
    }
    let name = format!("{PREFIX}{PROBABILITY}");
    let output =
        Output { name: name.clone(), value: Expr::Column(name), written: Written::Number(Some(6)) };
    let mut columns = segments.columns.clone();
    columns.insert(columns.len().saturating_sub(1), output);
    let query = segments.query.beside(&query, PREFIX);
    let both = Scoring { query, columns, ..segments.clone() };
    let found = products(&both.query, &both.expressions());
    if found > PRODUCTS {
        let told = facts!(n = found, most = PRODUCTS);
        let finding = Finding::new("churn-of-the-sample_products", Severity::Warning, told);
        return Ok((segments, Some(finding)));
    }
    Ok((both, None))
}

/// The first column that the table has not, or not as what the query uses it as.
fn unlike(relation: &Relation, query: &Query) -> Option<String> {
    let reads = query.reads(&[Expr::column(PROBABILITY)]).into_iter();
    let mut unlike = reads.filter(|(column, used)| relation.check(column, *used).is_err());
    unlike.next().map(|(column, _)| column)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::backend::{Holds, RelationColumn};
    use crate::expression::{As, Dialect};
    use crate::schema::{Kind, SchemaColumn};
    use crate::table::{Family, Role};

    /// So many trees of one question.
    fn trees(n: usize) -> Propensity {
        let split = json!([{ "column": 0, "bin": 1, "missing": false }]);
        let tree = json!({ "splits": split, "leaves": [-0.5, 0.5], "covers": [1, 1] });
        let stored = json!({
            "columns": [{ "name": "age", "kind": "number" }],
            "trees": { "cuts": [{ "number": [30.0] }], "base": 0.0, "trees": vec![tree; n] },
            "calibration_intercept": 0.0,
            "calibration_slope": 1.0,
        });
        serde_json::from_value(stored).unwrap()
    }

    fn schema() -> Schema {
        let age = SchemaColumn {
            name: "age".into(),
            role: Role::Number,
            family: Family::Behavioural,
            unit: None,
            decimals: 0,
            block: None,
            kind: Kind::Number,
            low: None,
            high: None,
        };
        Schema { id: "id".into(), from_rows: false, label: None, columns: vec![age] }
    }

    fn relation(holds: Holds) -> Relation {
        let column = |name: &str, holds| RelationColumn { name: name.into(), holds };
        Relation {
            name: "t".into(),
            id: "id".into(),
            columns: vec![column("id", Holds::Text), column("age", holds)],
            rows: 3,
            fingerprint: String::new(),
        }
    }

    /// Segments whose statement has so many products.
    fn segments(n_products: usize) -> Scoring {
        let mut query = Query::new("id");
        let age = Expr::Real(Box::new(Expr::column("age")));
        query.layer("read", vec![("v".into(), age)]);
        let product = Expr::column("v").scaled(2.0);
        query.layer("placed", vec![("u".into(), Expr::Sum(vec![product; n_products]))]);
        let output = |name: &str| Output {
            name: name.into(),
            value: Expr::column("u"),
            written: Written::Number(None),
        };
        let columns = vec![output("segment"), output("action")];
        Scoring { query, columns, run: "r".into(), rows: 3 }
    }

    fn code(segments: &Scoring, holds: Holds, propensity: &Propensity) -> String {
        let (scoring, finding) =
            with_probability(segments.clone(), &relation(holds), &schema(), propensity).unwrap();
        assert_eq!(&scoring, segments, "nothing else is written");
        let finding = finding.unwrap();
        format!("{}_{}", finding.code, finding.variant.unwrap())
    }

    #[test]
    fn the_probability_stands_before_the_action() {
        let relation = relation(Holds::Real);
        let (scoring, finding) =
            with_probability(segments(5), &relation, &schema(), &trees(3)).unwrap();
        assert_eq!(finding, None);
        let names: Vec<&str> = scoring.columns.iter().map(|c| c.name.as_str()).collect();
        assert_eq!(names, ["segment", "churn_probability", "action"]);
        let reads: Vec<_> = scoring.query.reads(&scoring.expressions()).into_iter().collect();
        assert_eq!(reads, [("age".to_owned(), As::Number)]);
        let last = [("p".to_owned(), scoring.columns[1].value.clone())];
        assert!(scoring.query.print(&last, "t", Dialect::Spark).contains("`churn_c1` > 3e1D"));
    }

    #[test]
    fn what_is_too_large_or_held_otherwise_is_not_written_and_told() {
        let small = segments(5);
        assert_eq!(code(&small, Holds::Real, &trees(6401)), "churn-of-the-sample_trees");
        assert_eq!(code(&small, Holds::Text, &trees(3)), "churn-of-the-sample_column");
        let large = segments(PRODUCTS - 5);
        assert_eq!(code(&large, Holds::Real, &trees(3)), "churn-of-the-sample_products");
    }
}

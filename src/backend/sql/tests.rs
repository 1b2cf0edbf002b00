//! The text of each statement.

use super::*;
use crate::backend::passes::{CentroidModel, x};
use crate::backend::{Fixed, RelationColumn, Summed};
use crate::expression::Function;

fn relation() -> Relation {
    let column = |name: &str, holds| RelationColumn { name: name.to_owned(), holds };
    Relation {
        name: "`crm`.`customers`".to_owned(),
        id: "id".to_owned(),
        columns: vec![
            column("id", Holds::Text),
            column("spend", Holds::Real),
            column("since", Holds::Day),
            column("a`b; --", Holds::Flag),
            column("tags", Holds::Other),
        ],
        rows: 1000,
        fingerprint: "1".to_owned(),
    }
}

fn prepared() -> Query {
    let mut query = Query::new("id");
    let spend = Expr::Real(Box::new(Expr::column("spend")));
    query.layer("kohort_read", vec![("spend".to_owned(), spend)]);
    let scaled = Expr::column("spend").less(12.5).by(3.0);
    let scaled = Expr::case(vec![(Expr::column("spend").missing(), Expr::Number(0.0))], scaled);
    query.layer("kohort_matrix", vec![(x(0), scaled.clone()), (x(1), scaled)]);
    query
}

#[test]
fn a_table_is_counted_and_its_contents_are_one_number() {
    let statement = opened("`crm`.`customers`", "id", &relation());
    let text = "SELECT COUNT(*), COUNT(NULLIF(CAST(`id` AS STRING), '')), \
                BIT_XOR(XXHASH64(`id`, `spend`, `since`, `a``b; --`))\n\
                FROM `crm`.`customers`";
    assert_eq!((statement.text.as_str(), statement.columns), (text, 3));
}

#[test]
fn statistics_are_of_doubles_without_not_a_numbers() {
    let columns = vec![("spend".to_owned(), Expr::column("spend"))];
    let statement = column_statistics("`c`", &Query::new("id"), &columns);
    let text = "SELECT COUNT(*),
  COUNT(NULLIF(`v1`, CAST('NaN' AS DOUBLE))),
  COUNT(`v1`) - COUNT(NULLIF(`v1`, CAST('NaN' AS DOUBLE))),
  MIN(NULLIF(`v1`, CAST('NaN' AS DOUBLE))),
  MAX(NULLIF(`v1`, CAST('NaN' AS DOUBLE))),
  AVG(NULLIF(`v1`, CAST('NaN' AS DOUBLE))),
  VAR_POP(NULLIF(`v1`, CAST('NaN' AS DOUBLE)))
FROM (
  SELECT CAST(`spend` AS DOUBLE) AS `v1`
  FROM `c`
)";
    assert_eq!((statement.text.as_str(), statement.columns), (text, 7));
}

#[test]
fn a_sample_hashes_ids_as_text() {
    let columns = ["spend", "since", "a`b; --"].map(str::to_owned).to_vec();
    let sample = HashSample { columns, seed: 7, most: 100 };
    let statement = hash_sample("`c`", &relation(), &sample, Some(-5));
    let text = "SELECT CAST(`id` AS STRING),
  XXHASH64(CONCAT('7:', CAST(`id` AS STRING))),
  CAST(`spend` AS DOUBLE),
  DATEDIFF(CAST(`since` AS DATE), DATE '1970-01-01'),
  CAST(`a``b; --` AS STRING)
FROM `c`
WHERE XXHASH64(CONCAT('7:', CAST(`id` AS STRING))) < -5L";
    assert_eq!((statement.text.as_str(), statement.columns), (text, 5));
    assert!(!hash_sample("`c`", &relation(), &sample, None).text.contains("WHERE"));
}

#[test]
fn a_pass_of_k_means_is_one_statement() {
    let model = CentroidModel {
        prepared: prepared(),
        centres: vec![-1.0, 0.5, 1.0, 0.1],
        width: 2,
        sums: Fixed { bits: 30, largest: 10.0 },
        squares: Fixed { bits: 20, largest: 400.0 },
    };
    let summed =
        |name: &str, fixed| Summed { name: name.to_owned(), value: Expr::column(name), fixed };
    let grouping = Grouping {
        query: model.nearest(&[]),
        group: Expr::column("kohort_place"),
        values: vec![summed("x1", model.sums), summed("kohort_square", model.squares)],
        most: 2,
    };
    let statement = grouped_sums("`c`", &grouping);
    assert_eq!(
        (statement.text.as_str(), statement.columns),
        (include_str!("pass.sql").trim_end(), 5)
    );
}

#[test]
fn what_is_written_keeps_the_name_of_the_id() {
    let scoring = |query: Query| Scoring {
        query,
        columns: vec![Output {
            name: "segment".to_owned(),
            value: Expr::text("it's"),
            written: Written::Text,
        }],
        run: "r".to_owned(),
        rows: 1,
    };
    let plain = scored("`c`", &scoring(Query::new("i`d")));
    assert_eq!(plain.text, "SELECT `i``d`,\n  'it\\'s' AS `segment`\nFROM `c`");
    let mut query = Query::new("id");
    query.layer("kohort_read", vec![]);
    let text = "WITH\nkohort_read AS (\n  SELECT `id` AS kohort_id\n  FROM `c`\n)\n\
                SELECT kohort_id AS `id`,\n  'it\\'s' AS `segment`\nFROM kohort_read";
    assert_eq!(scored("`c`", &scoring(query)).text, text);
}

#[test]
fn products_are_counted_wherever_they_stand() {
    let model = CentroidModel {
        prepared: prepared(),
        centres: vec![0.5; 12],
        width: 2,
        sums: Fixed::COUNT,
        squares: Fixed::COUNT,
    };
    // Six centres over two columns, and the two quotients of the scaling.
    assert_eq!(products(&model.nearest(&[]), &[]), 14);
    let one = || Expr::column("a").square();
    let test = Test::Any(vec![one().missing(), Test::In(one(), vec![one()])]);
    let case = Expr::case(vec![(test, one())], one().call(Function::Abs));
    assert_eq!(products(&Query::new("id"), &[case]), 5);
}

#[test]
fn outputs_are_cast_to_what_they_are_written_as() {
    let print = |kind: Written| {
        let value = Expr::column("x");
        written(&Output { name: "y".to_owned(), value, written: kind })
    };
    assert_eq!(print(Written::Whole), "CAST(`x` AS BIGINT)");
    assert_eq!(print(Written::Number(None)), "CAST(`x` AS DOUBLE)");
    let rounded = "(CAST(FLOOR((`x` * 1e2D) + 5e-1D) AS DOUBLE) / 1e2D)";
    assert_eq!(print(Written::Number(Some(2))), rounded);
    let flag = "CASE WHEN `x` = 1e0D THEN TRUE WHEN `x` = 0e0D THEN FALSE END";
    assert_eq!(print(Written::Flag), flag);
}

#[test]
fn a_column_that_lacks_or_does_not_fit_is_named() {
    let used = |column: &str, real: bool| {
        let expr = Expr::column(column);
        let expr = if real { Expr::Real(Box::new(expr)) } else { Expr::Words(Box::new(expr)) };
        check(&relation(), &Query::new("id"), &[expr]).err().map(|error| error.to_string())
    };
    assert_eq!(used("spend", true), None);
    assert_eq!(used("nothing", true).unwrap(), "`crm`.`customers` has no column nothing");
    let text = "column id of `crm`.`customers` holds texts, but is used as a number";
    assert_eq!(used("id", true).unwrap(), text);
    assert!(used("spend", false).is_some() && used("since", false).is_none());
}

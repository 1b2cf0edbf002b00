//! The preparation as a tree gives what the preparation itself gives.

use crate::expression::{Cells, Chunk, Expr, exact};
use crate::model::sql;
use crate::normalise::{Likert, Log, LogRule, Normaliser, NotApplicable, Params, Purpose, Scale};
use crate::schema::Schema;
use crate::table::{
    Block, BlockKind, Column, Family, FeatureTable, Ids, MISSING_FLAG, MISSING_LEVEL, Role, Values,
};

const N: usize = 2000;

/// Numbers of every shape, a place, a flag, a category and an ordered one, with gaps.
fn table() -> FeatureTable {
    let draw = |row: usize, salt: usize| ((row * 7919 + salt * 104_729) % 10_007) as f64 / 10_007.0;
    let gap = |row: usize, salt: usize| draw(row, salt + 50) < 0.25;
    let number = |salt: usize, of: &dyn Fn(f64) -> f64, gaps: bool| {
        let value = |row| if gaps && gap(row, salt) { f64::NAN } else { of(draw(row, salt)) };
        Values::Number((0..N).map(value).collect())
    };
    let column = |name: &str, role, block, values| Column {
        name: name.to_owned(),
        role,
        family: Family::Behavioural,
        unit: None,
        decimals: 2,
        block,
        values,
    };
    let home = |kind| Some(Block { name: "home".to_owned(), kind });
    let levels = |all: &[&str]| all.iter().map(|level| (*level).to_owned()).collect::<Vec<_>>();
    let codes = |salt: usize, k: u32| {
        let code = |row| {
            if gap(row, salt) { MISSING_LEVEL } else { (draw(row, salt) * f64::from(k)) as u32 }
        };
        (0..N).map(code).collect::<Vec<u32>>()
    };
    let flags =
        (0..N).map(|row| if gap(row, 8) { MISSING_FLAG } else { u8::from(draw(row, 8) < 0.3) });
    let columns = vec![
        column("age", Role::Number, None, number(1, &|u| 20.0 + 60.0 * u, true)),
        column("spend", Role::Number, None, number(2, &|u| (9.0 * u).exp() - 1.0, false)),
        column("change", Role::Number, None, number(3, &|u| (u - 0.2).powi(7) * 1e6, true)),
        column(
            "plan",
            Role::Category,
            None,
            Values::Category {
                codes: codes(4, 3),
                levels: levels(&["basic", "it's", "gold"]),
                ordered: false,
            },
        ),
        column(
            "size",
            Role::Category,
            None,
            Values::Category {
                codes: codes(5, 4),
                levels: levels(&["s", "m", "l", "xl"]),
                ordered: true,
            },
        ),
        column(
            "lat",
            Role::Number,
            home(BlockKind::Latitude),
            number(6, &|u| 170.0 * u - 85.0, false),
        ),
        column(
            "lon",
            Role::Number,
            home(BlockKind::Longitude),
            number(7, &|u| 358.0 * u - 179.0, false),
        ),
        column(
            "news",
            Role::Flag,
            None,
            Values::Flag { codes: flags.collect(), no: "no".to_owned(), yes: "yes".to_owned() },
        ),
    ];
    let ids = (0..N).map(|row| format!("c{row}").into()).collect();
    FeatureTable::new(Ids { name: "id".into(), values: ids, from_rows: false }, columns, None)
        .unwrap()
}

/// The cells as an engine holds them.
fn chunk(table: &FeatureTable) -> Chunk {
    let mut chunk = Chunk::new(N);
    for column in table.columns() {
        let cells = match &column.values {
            Values::Number(values) => Cells::numbers(values.clone()),
            Values::Flag { codes, no, yes } => {
                let text =
                    |code: &u8| [no, yes].get(usize::from(*code)).map(|text| (*text).clone());
                Cells::Text(codes.iter().map(text).collect())
            }
            Values::Category { codes, levels, .. } => {
                Cells::Text(codes.iter().map(|&code| levels.get(code as usize).cloned()).collect())
            }
        };
        assert!(chunk.add(&column.name, cells));
    }
    chunk
}

#[test]
fn the_tree_gives_the_matrix_of_the_preparation() {
    let table = table();
    let (schema, chunk) = (Schema::of(&table, None), chunk(&table));
    let base: Vec<usize> = (0..table.columns().len()).collect();
    let rows: Vec<usize> = (0..N).collect();
    let mut n_logs = 0;
    for scale in [Scale::Standard, Scale::Robust, Scale::MinMax, Scale::Quantile, Scale::None] {
        for log in [LogRule::Auto, LogRule::None] {
            let params =
                Params { scale, log: Log::Rule(log), likert: Likert::Raw, ..Params::default() };
            let (normaliser, _) = Normaliser::fit(
                &table,
                &base,
                &rows,
                &params.check().unwrap(),
                Purpose::Distance,
                &NotApplicable::default(),
            )
            .unwrap();
            let matrix = normaliser.apply(&table, &rows).unwrap();
            let query = sql::prepared(&schema, &normaliser).unwrap();
            let last: Vec<Expr> =
                (1..=matrix.n_columns()).map(|at| Expr::column(format!("x{at}"))).collect();
            assert!(exact::is_exact(&query, &last));
            n_logs += query.layers().iter().filter(|l| l.name.starts_with("kohort_exact")).count();
            let found = query.evaluate(&chunk, 0..N, &last).unwrap();
            for (at, (values, column)) in found.iter().zip(matrix.columns()).enumerate() {
                for row in 0..N {
                    let (own, tree) = (matrix.values()[[row, at]], values.number(row).unwrap());
                    // Places are in km, some thousands of them.
                    let near = 1e-11 * own.abs().max(1.0);
                    assert!((own - tree).abs() <= near, "{} {own} {tree}", column.name);
                }
            }
        }
    }
    assert!(n_logs > 20, "logarithms, places and normal scores were rewritten: {n_logs}");
}

//! What the tree gives here, by hand and beside another way to the same numbers.

use super::*;

fn chunk() -> Chunk {
    let mut chunk = Chunk::new(4);
    let null = vec![false, true, false, false];
    assert!(chunk.add("a", Cells::Number { values: vec![1.0, 9.0, f64::NAN, -2.5], null }));
    let texts = ["x", " Y ", "", "y"].map(|text| Some(text.to_owned()));
    let mut texts = texts.to_vec();
    texts[2] = None;
    assert!(chunk.add("t", Cells::Text(texts)));
    assert!(chunk.add("d", Cells::Day(vec![Some(0), None, Some(10), Some(11)])));
    assert!(!chunk.add("short", Cells::numbers(vec![0.0])));
    chunk
}

fn real(name: &str) -> Expr {
    Expr::Real(Box::new(Expr::column(name)))
}

fn numbers(query: &Query, last: Expr) -> Vec<Option<f64>> {
    let (chunk, last) = (chunk(), [last]);
    let values = query.evaluate(&chunk, 0..4, &last).unwrap();
    (0..4).map(|row| values[0].number(row)).collect()
}

#[test]
fn null_and_not_a_number_are_missing_and_compare_with_nothing() {
    let query = Query::new("id");
    assert_eq!(numbers(&query, real("a")), [Some(1.0), None, None, Some(-2.5)]);
    let is_missing = Expr::indicator(real("a").missing());
    assert_eq!(numbers(&query, is_missing), [0.0, 1.0, 1.0, 0.0].map(Some));
    let differs = Expr::indicator(real("a").is("<>", 1.0));
    assert_eq!(numbers(&query, differs), [0.0, 0.0, 0.0, 1.0].map(Some));
}

#[test]
fn texts_days_and_cases_are_read_as_a_database_reads_them() {
    let query = Query::new("id");
    let text = || Box::new(Expr::column("t"));
    let is_y = Expr::Folded(text()).equals(Expr::text("y"));
    let in_list = Test::In(Expr::Words(text()), vec![Expr::text("x"), Expr::text("y")]);
    let cases = vec![(is_y, Expr::Number(1.0)), (in_list, Expr::Number(2.0))];
    let found = numbers(&query, Expr::case(cases, Expr::Null));
    assert_eq!(found, [Some(2.0), Some(1.0), None, Some(1.0)]);
    let days = Expr::DaysBefore(Box::new(Expr::column("d")), "1970-01-11".parse().unwrap());
    assert_eq!(numbers(&query, days), [Some(10.0), None, Some(0.0), Some(-1.0)]);
}

#[test]
fn the_fixed_point_is_floor_of_a_half_more() {
    // By hand: 1 and -2.5 in halves are 2 and -5; in whole numbers 1 and -2.
    let fixed = |bits| numbers(&Query::new("id"), Expr::Fixed(Box::new(real("a")), bits));
    assert_eq!(fixed(1), [Some(2.0), None, None, Some(-5.0)]);
    assert_eq!(fixed(0), [Some(1.0), None, None, Some(-2.0)]);
    let print = |dialect| value(&Expr::Fixed(Box::new(Expr::column("a")), 3), dialect);
    assert_eq!(print(Dialect::Spark), "CAST(FLOOR(`a` * 8e0D + 5e-1D) AS BIGINT)");
}

#[test]
fn a_long_sum_is_summed_in_the_printed_order() {
    // 120 parts: sums of 50, 50 and 20, and their sum; the printed brackets say so.
    let part = |at: i32| real("a").scaled(libm::ldexp(1.1, at % 17 - 8));
    let parts: Vec<Expr> = (0..120).map(part).collect();
    let printed = value(&Expr::Sum(parts.clone()), Dialect::DuckDb);
    assert!(printed.starts_with("(((") && printed.matches(" + ((").count() == 2, "{printed}");
    let direct: Vec<f64> = (0..120).map(|at| -2.5 * libm::ldexp(1.1, at % 17 - 8)).collect();
    let sums: Vec<f64> =
        direct.chunks(50).map(|some| some.iter().copied().reduce(|a, b| a + b).unwrap()).collect();
    let expected = sums.into_iter().reduce(|a, b| a + b);
    assert_eq!(numbers(&Query::new("id"), Expr::Sum(parts))[3], expected);
}

#[test]
fn what_is_not_needed_is_not_read() {
    let mut query = Query::new("id");
    let read = vec![("v".to_owned(), real("a")), ("w".to_owned(), real("b"))];
    query.layer("first", read);
    query.layer("second", vec![("u".to_owned(), Expr::column("v").scaled(2.0))]);
    let last = [Expr::column("u")];
    let pruned = query.pruned(&last);
    assert_eq!(pruned.reads(&last).into_iter().collect::<Vec<_>>(), [("a".into(), As::Number)]);
    assert!(query.evaluate(&chunk(), 0..4, &last).is_err(), "there is no b");
    assert_eq!(numbers(&pruned, last[0].clone())[3], Some(-5.0));
}

/// The value of a function of each number by exact operations.
fn exactly(function: Function, numbers: &[f64]) -> Vec<f64> {
    let mut chunk = Chunk::new(numbers.len());
    chunk.add("a", Cells::numbers(numbers.to_vec()));
    let mut query = Query::new("id");
    query.layer("read", vec![("v".to_owned(), real("a"))]);
    query.layer("called", vec![("u".to_owned(), Expr::column("v").call(function))]);
    let last = [Expr::column("u")];
    assert!(!exact::is_exact(&query, &last));
    assert!(query.evaluate(&chunk, 0..numbers.len(), &last).is_err());
    let query = exact::rewrite(&query).unwrap();
    assert!(exact::is_exact(&query, &last));
    let values = query.evaluate(&chunk, 0..numbers.len(), &last).unwrap();
    (0..numbers.len()).map(|row| values[0].number(row).unwrap()).collect()
}

#[test]
fn exact_logarithms_are_near_the_truth_over_the_whole_range() {
    let sizes: Vec<f64> = (-1000..1000)
        .flat_map(|e| [1.0, 1.3, 1.41, 1.42, 1.999].map(|m| libm::ldexp(m, e)))
        .collect();
    for (z, log) in sizes.iter().zip(exactly(Function::Ln, &sizes)) {
        let truth = libm::log(*z);
        assert!((log - truth).abs() <= 4e-16 * (1.0 + truth.abs()), "ln {z}: {log} {truth}");
    }
    assert_eq!(exactly(Function::Ln, &[1.0]), [0.0]);
    let both: Vec<f64> = sizes.iter().flat_map(|&x| [x, -x]).chain([0.0, f64::MAX]).collect();
    for (y, found) in both.iter().zip(exactly(Function::Asinh, &both)) {
        let truth = libm::asinh(*y);
        assert!((found - truth).abs() <= 1e-15 * (1.0 + truth.abs()), "asinh {y}: {found}");
    }
}

#[test]
fn exact_sines_and_cosines_are_near_the_truth_on_the_whole_circle() {
    let angles: Vec<f64> =
        (-1000..=1000).map(|at| f64::from(at) / 1000.0 * std::f64::consts::PI).collect();
    for (function, truth) in
        [(Function::Sin, libm::sin as fn(f64) -> f64), (Function::Cos, libm::cos as fn(f64) -> f64)]
    {
        for (t, found) in angles.iter().zip(exactly(function, &angles)) {
            assert!((found - truth(*t)).abs() <= 2.3e-16, "{function:?} {t}: {found}");
        }
    }
    assert_eq!(exactly(Function::Round, &[2.5, -2.5, 0.4, -0.6]), [3.0, -3.0, 0.0, -1.0]);
}

#[test]
fn exact_exponentials_are_near_the_truth_over_the_whole_range() {
    let powers: Vec<f64> = (-27_440..28_360).map(|at| f64::from(at) / 40.0 + 1e-3).collect();
    let near_halves = (-980..1020).flat_map(|q| {
        let half = (f64::from(q) + 0.5) * std::f64::consts::LN_2;
        [half - 1e-9, half, half + 1e-9]
    });
    let all: Vec<f64> = powers.into_iter().chain(near_halves).chain([-686.0, 709.0]).collect();
    let mut farthest = 0.0_f64;
    for (x, found) in all.iter().zip(exactly(Function::Exp, &all)) {
        let truth = libm::exp(*x);
        farthest = farthest.max((found / truth - 1.0).abs());
        assert!((found - truth).abs() <= 4e-16 * truth, "exp {x}: {found} {truth}");
    }
    assert!(farthest > 1e-16, "libm rounds elsewhere");
    assert_eq!(exactly(Function::Exp, &[0.0, -0.0]), [1.0, 1.0]);
    // Held beyond the range.
    let held = exactly(Function::Exp, &[-1e300, -686.0, 709.0, 800.0]);
    assert!(held[0] == held[1] && held[2] == held[3] && held[0] > 0.0 && held[3] < f64::MAX);
}

#[test]
fn the_exponential_of_nothing_is_nothing() {
    let mut query = Query::new("id");
    query.layer("read", vec![("v".to_owned(), real("a"))]);
    query.layer("called", vec![("u".to_owned(), Expr::column("v").call(Function::Exp))]);
    let query = exact::rewrite(&query).unwrap();
    let found = numbers(&query, Expr::column("u"));
    assert!(found[0].is_some() && found[3].is_some(), "{found:?}");
    assert_eq!(found[1..3], [None, None]);
}

#[test]
fn queries_side_by_side_give_what_each_gives_alone() {
    let chain = |factors: &[f64]| {
        let mut query = Query::new("id");
        query.layer("read", vec![("v".to_owned(), real("a"))]);
        for (at, factor) in factors.iter().enumerate() {
            let value = Expr::column("v").scaled(*factor);
            query.layer(&format!("times{at}"), vec![("v".to_owned(), value)]);
        }
        query
    };
    for (one, other) in [(&[2.0][..], &[3.0, 5.0, 7.0][..]), (&[2.0, 3.0, 5.0], &[7.0])] {
        let both = chain(one).beside(&chain(other), "its_");
        let names: std::collections::BTreeSet<&str> =
            both.layers().iter().map(|layer| layer.name.as_str()).collect();
        assert_eq!((both.layers().len(), names.len()), (4, 4));
        assert_eq!(both.reads(&[Expr::column("its_v")]).len(), 1);
        for (name, alone) in [("v", one), ("its_v", other)] {
            let alone = numbers(&chain(alone), Expr::column("v"));
            assert_eq!(numbers(&both, Expr::column(name)), alone);
            assert_eq!(numbers(&both.pruned(&[Expr::column(name)]), Expr::column(name)), alone);
        }
    }
}

#[test]
fn nested_functions_are_rewritten_from_the_inside() {
    let mut chunk = Chunk::new(1);
    chunk.add("a", Cells::numbers(vec![10.0]));
    let mut query = Query::new("id");
    query.layer("read", vec![("v".to_owned(), real("a"))]);
    let inner = Expr::column("v").call(Function::Ln);
    let outer = inner.clone().call(Function::Sqrt).call(Function::Ln).plus(inner);
    query.layer("called", vec![("u".to_owned(), outer)]);
    let query = exact::rewrite(&query).unwrap();
    let last = [Expr::column("u")];
    let found = query.evaluate(&chunk, 0..1, &last).unwrap()[0].number(0).unwrap();
    let ten = libm::log(10.0);
    assert!((found - (libm::log(ten.sqrt()) + ten)).abs() < 1e-15);
    let mut raw = Query::new("id");
    raw.layer("read", vec![("v".to_owned(), real("a").call(Function::Ln))]);
    assert!(exact::rewrite(&raw).is_err());
}

/// The bits of an expression on columns `d1` to `d4`, each with numbers of few values, ties and
/// gaps among them.
fn bits(last: Expr, gaps: &str) -> Vec<u64> {
    const N: usize = 3000;
    let mut chunk = Chunk::new(N);
    let mut state = 7_u64;
    let mut next = || {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (state >> 33) as usize
    };
    let list = [-0.0, 0.0, 1.0, 1.5, -3.0, 2.0, f64::INFINITY, f64::from_bits(1), 1e300, 3.0];
    for name in ["d1", "d2", "d3", "d4"] {
        let number = |row: usize| {
            let at = next();
            let gap = (gaps == "alike" && row.is_multiple_of(7))
                || (gaps == "apart" && at.is_multiple_of(7));
            if gap { f64::NAN } else { list[at % list.len()] }
        };
        assert!(chunk.add(name, Cells::numbers((0..N).map(number).collect())));
    }
    let mut query = Query::new("id");
    let read = ["d1", "d2", "d3", "d4"].map(|name| (name.to_owned(), real(name)));
    query.layer("read", read.into());
    let last = [last];
    let values = query.evaluate(&chunk, 0..N, &last).unwrap();
    let number = |row: usize| values[0].number(row).map_or(u64::MAX, f64::to_bits);
    (0..N).map(number).collect()
}

/// The same value, in no shape that is known.
fn plain(value: Expr) -> Expr {
    value.minus(Expr::Number(0.0))
}

/// The same question in every branch of a depth, each sort of question once.
fn tree(depth: usize, leaf: u32, of: fn(Expr) -> Expr) -> Expr {
    let column = |name: &str| Expr::column(name);
    let test = match depth {
        0 => column("d1").is(">", 1.0),
        1 => column("d2").missing(),
        2 => column("d3").is("<=", 2.0),
        3 => column("d1").there(),
        4 => column("d4").is(">", -1.0),
        _ => return of(if leaf == 9 { Expr::Null } else { Expr::whole(leaf) }),
    };
    let [no, yes] = [0, 1].map(|answer| tree(depth + 1, 2 * leaf + answer, of));
    Expr::case(vec![(test, yes)], no)
}

#[test]
fn shapes_of_cases_are_what_their_tests_say() {
    let cuts = [-1.0, 0.0, 1.0, 1.5, 2.5];
    let steps = |of: fn(Expr) -> Expr| {
        let cases = cuts.iter().enumerate();
        let case = |(at, cut): (usize, &f64)| {
            (Expr::column("d2").is("<", *cut), of(Expr::Number(at as f64)))
        };
        Expr::case(cases.map(case).collect(), of(Expr::Number(9.0)))
    };
    let names = ["d1", "d2", "d3", "d4"];
    let lowest = |then: &dyn Fn(usize) -> Expr| {
        let column = |at: usize| Expr::column(names[at]);
        let case = |at: usize| {
            let others = (at + 1..4).map(|other| Test::Is(column(at), "<=", column(other)));
            (Test::All(others.collect()), then(at))
        };
        let missing = std::iter::once((column(0).missing(), Expr::Null));
        Expr::case(missing.chain((0..3).map(case)).collect(), then(3))
    };
    for gaps in ["none", "alike", "apart"] {
        assert_eq!(bits(steps(|x| x), gaps), bits(steps(plain), gaps));
        let place = |at: usize| Expr::whole(at as u32);
        assert_eq!(bits(lowest(&place), gaps), bits(lowest(&|at| plain(place(at))), gaps));
        let itself = |at: usize| Expr::column(names[at]);
        assert_eq!(bits(lowest(&itself), gaps), bits(lowest(&|at| plain(itself(at))), gaps));
        assert_eq!(bits(tree(0, 0, |x| x), gaps), bits(tree(0, 0, plain), gaps));
    }
}

//! Several files as one table, and real files.

use super::*;

fn written(files: &[(&str, &[u8])]) -> (Vec<Temp>, Vec<(PathBuf, String)>) {
    let temps: Vec<Temp> = files.iter().map(|(name, bytes)| file(name, bytes)).collect();
    let paths = temps.iter().zip(files).map(|(t, (name, _))| (t.0.clone(), (*name).to_owned()));
    let paths = paths.collect();
    (temps, paths)
}

#[test]
fn several_files_are_one_table_in_any_order_of_columns_and_any_format() {
    let (head, tail) = TABLE.split_at(TABLE.find("c3").unwrap());
    let tail = "visits;id;spend;plan;since\n0;c3;1299,99;;01.12.2020\n7;d4;0,5;basic;\n".to_owned()
        + &tail[..0];
    let frame = &mut natural(&source(head).unwrap()).unwrap();
    let base = source(TABLE).unwrap();
    // A frame writes its days its own way, so the semicolons come with the same one.
    let tail = tail.replace("01.12.2020", "2020-12-01").replace(',', ".");
    for first in [("a.csv", head.as_bytes().to_vec()), ("a.parquet", parquet(frame))] {
        let (_temps, paths) = written(&[(first.0, &first.1), ("b.csv", tail.as_bytes())]);
        let read = open_files(&paths, &How::default(), &Limits::default()).unwrap();
        same(&base, &read);
        let rows: Vec<u64> = read.files().iter().map(|facts| facts.accounting.used).collect();
        assert_eq!((rows, read.accounting().rows), (vec![2, 2], 4));
        assert_eq!(read.facts().shown_as, format!("{} and 1 more", first.0));
        assert_eq!(read.facts().sha256.len(), 64);
    }
}

#[test]
fn places_in_several_files_name_the_file_and_its_line() {
    let files: [(&str, &[u8]); 3] = [
        ("a.csv", b"id,n\na,1\nb,2\n"),
        ("b.csv", b"id,n\n"),
        ("c.csv", b"Title of it\n\nn,id\n1,\"x\ny\"\n\nz\n3,w\nq,v\n"),
    ];
    let (_temps, paths) = written(&files);
    let error = open_files(&paths, &How::default(), &Limits::default()).unwrap_err();
    assert_eq!(error, LoadError::BlankLine { file: "c.csv".into(), line: 6 });
    let how = How { max_bad_rows: 2, ..How::default() };
    let read = open_files(&paths, &how, &Limits::default()).unwrap();
    let expected = Accounting { rows: 7, used: 5, rejected: 2, excluded: 0 };
    assert_eq!(read.accounting(), expected);
    let rejects: Vec<(&str, Place)> =
        read.rejects().iter().map(|reject| (reject.file.as_str(), reject.at)).collect();
    assert_eq!(rejects, [("c.csv", Place::Line(6)), ("c.csv", Place::Line(7))]);
    let error = read.read(&[wanted("n", ReadAs::Number)]).unwrap_err().to_string();
    assert!(error.starts_with("c.csv, column n, line 9: not a number"), "{error}");
    let told: Vec<&str> = read.findings().iter().map(|f| f.message.as_str()).collect();
    assert!(told[0].starts_with("b.csv: it has a header but no rows"), "{told:?}");
    let error = open_files(&paths, &How { max_bad_rows: 1, ..how }, &Limits::default());
    assert_eq!(error.unwrap_err().code(), "E-IN-019");
}

#[test]
fn files_of_other_columns_are_refused_by_the_column_that_is_known() {
    for (second, message) in [
        (&b"id,m\na,1\n"[..], "b.csv lacks column n, other than a.csv"),
        (b"id,n,m\na,1,2\n", "b.csv has another column m, other than a.csv"),
        (b"Ann Smith,17\nBob Miller,18\n", "b.csv lacks column id, other than a.csv"),
    ] {
        let (_temps, paths) = written(&[("a.csv", b"id,n\nx,1\n"), ("b.csv", second)]);
        let error = open_files(&paths, &How::default(), &Limits::default()).unwrap_err();
        assert_eq!((error.code(), error.to_string().as_str()), ("E-IN-066", message));
    }
    let (_temps, paths) = written(&[("a.csv", b"id,n\n"), ("b.csv", b"id,n\n")]);
    let error = open_files(&paths, &How::default(), &Limits::default()).unwrap_err();
    assert_eq!(error.code(), "E-IN-002");
}

#[test]
fn patterns_match_files_and_a_path_that_exists_is_no_pattern() {
    let folder = std::env::temp_dir().join(format!("kohort-expand-{}", std::process::id()));
    std::fs::create_dir_all(folder.join("a[1]")).unwrap();
    for name in ["b.csv", "a.csv", ".hidden.csv", "[x].csv", "a[1]/c.csv", "x.txt"] {
        std::fs::write(folder.join(name), "id\n1\n").unwrap();
    }
    let names = |patterns: &[&str]| -> Result<Vec<String>, LoadError> {
        let patterns: Vec<String> = patterns.iter().map(|&pattern| pattern.to_owned()).collect();
        Ok(expand(&folder, &patterns)?.into_iter().map(|(_, name)| name).collect())
    };
    assert_eq!(names(&["?.csv"]).unwrap(), ["a.csv", "b.csv"]);
    assert_eq!(names(&["b.csv", "*.csv"]).unwrap(), ["b.csv", "[x].csv", "a.csv"]);
    assert_eq!(names(&["[x].csv"]).unwrap(), ["[x].csv"]);
    assert_eq!(names(&["**/c.csv"]).unwrap(), ["a[1]/c.csv"]);
    assert_eq!(names(&["*.parquet"]).unwrap_err().to_string(), "no file matches *.parquet");
    assert_eq!(names(&["d.csv"]).unwrap_err().code(), "E-IN-003");
    assert_eq!(names(&["https://example.org/*.csv"]).unwrap_err().code(), "E-IN-004");
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn real_files_of_every_dialect_are_read_unasked() {
    for (name, n_rows, n_columns, format) in [
        ("cdnow/CDNOW_sample.txt", 6_919, 5, "csv"),
        ("cdnow/CDNOW_master.txt", 69_659, 4, "csv"),
        ("skin_segmentation/Skin_NonSkin.txt", 245_057, 4, "csv"),
        ("online_retail/online_retail.csv.gz", 541_909, 8, "csv, gzip"),
        ("geo_mopsi/mopsi-joensuu.arff", 4_590, 2, "arff"),
        ("telco_churn_geo/Telco_customer_churn.xlsx", 7_043, 33, "xlsx"),
        ("clustering_gagolewski/fcps/atom.data.gz", 800, 3, "csv, gzip"),
        ("crm_b2b/accounts.csv", 85, 7, "csv"),
        ("sp500_firmographic/constituents.csv", 503, 3, "csv"),
        ("rfm_reference/rfm_data_orders.csv", 4_906, 6, "csv"),
    ] {
        let Some(path) = crate::testing::real_data(name) else { continue };
        let read = open(&path, name, &CsvParams::default(), 0)
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        let seen = (read.accounting().rows, read.columns().len());
        assert_eq!((seen, read.facts().format.as_str()), ((n_rows, n_columns), format), "{name}");
    }
}

#[test]
fn the_real_workbook_gives_the_same_as_its_csv() {
    let (sheet, csv) =
        ("telco_churn_geo/Telco_customer_churn.xlsx", "telco_churn_geo/XTelco_Customer_Churn.csv");
    let (Some(sheet), Some(csv)) =
        (crate::testing::real_data(sheet), crate::testing::real_data(csv))
    else {
        return;
    };
    let sheet = open(&sheet, "sheet", &CsvParams::default(), 0).unwrap();
    let csv = open(&csv, "csv", &CsvParams::default(), 0).unwrap();
    assert_eq!(names(&sheet), names(&csv));
    same(&sheet, &csv);
}

#[test]
fn the_real_daily_files_are_one_table() {
    let Some(folder) = crate::testing::real_data("online_retail/by-day") else { return };
    let files = expand(&folder, &["*.csv".to_owned()]).unwrap();
    let read = open_files(&files, &How::default(), &Limits::default()).unwrap();
    assert_eq!(read.files().len(), files.len());
    let rows: u64 = read.files().iter().map(|facts| facts.accounting.rows).sum();
    assert_eq!(read.accounting().rows, rows);
    assert_eq!(read.columns().len(), 8);
}

//! Which tables hold orders, and which of their columns is what.

use super::*;
use crate::fault::{Class, Fault};
use crate::features::testing::{cycled, distinct, seen as column};

#[test]
fn orders_are_recognised_and_their_columns_named() {
    let tables: [(&str, &[&str]); 9] = [
        (
            "online_retail/online_retail.csv.gz",
            &[
                "customer: CustomerID",
                "day: InvoiceDate",
                "order number: InvoiceNo",
                "quantity: Quantity",
                "price: UnitPrice",
                "product: StockCode",
            ],
        ),
        (
            "groceries/Groceries_dataset.csv",
            &["customer: Member_number", "day: Date", "product: itemDescription"],
        ),
        ("btyd/groceryElog.csv", &["customer: cust", "day: date"]),
        ("btyd/discreteSimElog.csv", &["customer: cust", "day: date"]),
        ("btyd/apparelTrans.csv", &["customer: Id", "day: Date", "price: Price"]),
        (
            "btyd/cdnowElog.csv",
            &["customer: masterid", "day: date", "amount: sales", "quantity: cds"],
        ),
        ("cdnow/example_transactions.csv", &["customer: id", "day: date"]),
        (
            "rfm_reference/derived_csv/rfm_data_orders.csv",
            &["customer: customer_id", "day: order_date", "amount: revenue"],
        ),
        (
            "crm_b2b/sales_pipeline.csv",
            &[
                "customer: account",
                "day: close_date",
                "order number: opportunity_id",
                "amount: close_value",
                "product: product",
            ],
        ),
    ];
    for (path, expected) in tables {
        let Some(file) = real(path).or_else(|| real(&path.replace("derived_csv/", ""))) else {
            continue;
        };
        let (columns, n_rows) = seen(&file).unwrap();
        let plan = recognise(&columns, n_rows, &asked(&Params::default()));
        assert_eq!(plan.as_ref().map(parts).unwrap_or_default(), expected, "{path}");
    }
    let shop = seen(&generated("shop/transactions.csv")).unwrap();
    let plan = recognise(&shop.0, shop.1, &asked(&Params::default())).unwrap();
    assert_eq!(
        parts(&plan),
        [
            "customer: customer_id",
            "day: day",
            "order number: order_id",
            "quantity: quantity",
            "price: price",
            "product: product",
            "category: category",
            "channel: channel",
            "discount: discount_percent",
        ]
    );
    let b2b = seen(&generated("b2b/orders.csv")).unwrap();
    let plan = recognise(&b2b.0, b2b.1, &asked(&Params::default())).unwrap();
    assert_eq!(
        parts(&plan),
        [
            "customer: account_id",
            "day: day",
            "order number: order_id",
            "quantity: quantity",
            "price: price",
            "product: product",
        ]
    );
    assert_eq!(plan.told().last().unwrap(), "money: quantity x price");
}

/// All tables of a folder, deeper ones too.
fn tables(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.to_string_lossy().into_owned();
        if path.is_dir() {
            tables(&path, found);
        } else if [".csv", ".csv.gz", ".txt", ".arff"].iter().any(|end| name.ends_with(end)) {
            found.push(path);
        }
    }
}

#[test]
fn no_ordinary_table_is_taken_for_orders() {
    let Some(root) = real("") else { return };
    let mut files = Vec::new();
    for folder in std::fs::read_dir(&root).unwrap() {
        let folder = folder.unwrap().path();
        // Points in a plane; thousands of files, none of them of customers.
        if folder.is_dir() && !folder.ends_with("clustering_gagolewski") {
            tables(&folder, &mut files);
        }
    }
    files.extend(
        ["subscription/customers.csv", "shop/customers.csv", "b2b/accounts.csv"].map(generated),
    );
    assert!(files.len() > 40, "{} files", files.len());
    let mut orders: Vec<String> = files
        .iter()
        .filter_map(|file| Some((file, seen(file)?)))
        .filter(|(_, (columns, n))| recognise(columns, *n, &asked(&Params::default())).is_some())
        .map(|(file, _)| file.file_name().unwrap().to_string_lossy().into_owned())
        .filter(|name| !name.starts_with("2011-"))
        .collect();
    orders.sort_unstable();
    orders.dedup();
    let known = [
        "CDNOW_master.txt",
        "CDNOW_sample.txt",
        "Groceries_dataset.csv",
        "apparelTrans.csv",
        "cdnowElog.csv",
        "discreteSimElog.csv",
        "example_transactions.csv",
        "groceryElog.csv",
        "online_retail.csv.gz",
        "rfm_data_orders.csv",
        "sales_pipeline.csv",
    ];
    // The two texts with runs of blanks count once they can be opened.
    let unknown: Vec<&String> =
        orders.iter().filter(|name| !known.contains(&name.as_str())).collect();
    assert!(unknown.is_empty(), "taken for orders: {unknown:?}");
    let missed: Vec<&&str> =
        known[2..].iter().filter(|name| !orders.iter().any(|found| found == **name)).collect();
    assert!(missed.is_empty(), "not recognised: {missed:?}");
}

/// Order lines whose columns have these names.
fn lines(names: [&str; 6]) -> Vec<SeenColumn> {
    let [id, day, order, quantity, price, product] = names;
    vec![
        cycled(id, &["17", "23", "99"], 60),
        cycled(day, &["2024-01-01", "2024-02-01"], 60),
        distinct(order, "7", 60),
        cycled(quantity, &["1", "2", "9"], 60),
        cycled(price, &["1.5", "2.25", "9.0"], 60),
        cycled(product, &["Tea", "Cup", "Hat"], 60),
    ]
}

#[test]
fn five_languages_name_the_columns_of_orders() {
    for names in [
        ["customer_id", "order_date", "order_id", "quantity", "unit_price", "product"],
        ["Kundenummer", "Ordredato", "Fakturanr", "Antal", "Pris", "Varenummer"],
        ["kunde_id", "dato", "ordrenummer", "antall", "enhetspris", "produkt"],
        ["id_client", "data", "numar factura", "cantitate", "pret", "produs"],
        ["客户编号", "日期", "订单号", "数量", "单价", "商品"],
    ] {
        let plan = recognise(&lines(names), 60, &asked(&Params::default()));
        let expected: Vec<String> =
            ["customer", "day", "order number", "quantity", "price", "product"]
                .iter()
                .zip(names)
                .map(|(part, name)| format!("{part}: {name}"))
                .collect();
        assert_eq!(plan.as_ref().map(parts).unwrap_or_default(), expected);
    }
}

#[test]
fn the_config_goes_before_every_guess() {
    let mut columns =
        lines(["customer_id", "order_date", "order_id", "quantity", "unit_price", "product"]);
    columns.push(cycled("line_total", &["3.00", "4.50"], 60));
    columns.push(cycled("paid_on", &["2024-01-02", "2024-02-02"], 60));
    let planned = |toml: &str, id| {
        let params: Params = toml::from_str(toml).unwrap();
        plan(&columns, &Asked { id, params: &params })
    };
    let guessed = planned("", None).unwrap();
    assert_eq!(guessed.told().last().unwrap(), "money: line_total");
    let by_price = planned("price = \"unit_price\"", None).unwrap();
    assert_eq!(by_price.told().last().unwrap(), "money: quantity x unit_price");
    let none = planned("amount = \"\"\nprice = \"\"\nproduct = \"\"", None).unwrap();
    assert_eq!(none.told().last().unwrap(), "money: none");
    assert!(none.part(Part::Product).is_none());
    let other = planned("date = \"paid_on\"", Some("product")).unwrap();
    assert_eq!(
        (other.customer(), &*other.part(Part::Date).unwrap().column),
        ("product", "paid_on")
    );
    // What was resolved reads the same again.
    let again = OrderPlan { params: Params::default(), ..guessed.clone() };
    let resolved =
        plan(&columns, &Asked { id: Some("customer_id"), params: &guessed.resolved() }).unwrap();
    assert_eq!(parts(&resolved), parts(&again));
    assert!(resolved.parts.iter().all(|part| !part.guessed));
    let error = |toml: &str| planned(toml, None).unwrap_err();
    assert_eq!(error("date = \"nothing\"").code(), "E-IN-016");
    assert_eq!(error("amount = \"product\"").code(), "E-ROLE-012");
    assert_eq!(error("date = \"quantity\"").class(), Class::Config);
    assert!(toml::from_str::<Params>("refunds = \"maybe\"").is_err());
    assert!(toml::from_str::<Params>("colour = \"x\"").is_err());
}

#[test]
fn what_could_be_two_columns_is_asked_for() {
    let mut columns = lines(["customer_id", "start_date", "order_id", "qty", "price", "sku"]);
    columns.push(cycled("end_date", &["2024-01-02", "2024-02-02"], 60));
    let params = Params::default();
    let error = plan(&columns, &asked(&params)).unwrap_err();
    assert_eq!(error.code(), "E-ROLE-011");
    assert!(error.hint().unwrap().contains("features.transactions.date"));
    assert!(recognise(&columns, 60, &asked(&params)).is_none());
    let columns = [column("a", &["x", "y"]), column("b", &["1", "2"])];
    assert_eq!(plan(&columns, &asked(&params)).unwrap_err().code(), "E-ROLE-010");
}

#[test]
fn a_row_per_customer_is_no_order_table() {
    let mut columns = lines(["customer_id", "last_purchase", "order_id", "orders", "spend", "x"]);
    columns[0] = distinct("customer_id", "C", 60);
    assert!(recognise(&columns, 60, &asked(&Params::default())).is_none());
    // Members of a household with the day they joined.
    let joined = [
        cycled("household_id", &["a", "b", "c"], 60),
        cycled("signup_date", &["2024-01-01", "2024-02-01"], 60),
        cycled("total_spend", &["1.5", "2.5"], 60),
    ];
    assert!(recognise(&joined, 60, &asked(&Params::default())).is_none());
}

#[test]
fn values_alone_tell_only_what_is_certain() {
    let ids: Vec<String> = (0..3000).map(|i| format!("{:05}", i % 900)).collect();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let other: Vec<String> = (0..3000).map(|i| format!("{:05}", i % 700)).collect();
    let other: Vec<&str> = other.iter().map(String::as_str).collect();
    let table = |second: &[&str]| {
        vec![
            column("column_1", &ids),
            column("column_2", second),
            cycled("column_3", &["2024-01-01", "2024-02-01"], 3000),
            cycled("column_4", &["1", "2"], 3000),
            cycled("column_5", &["1.25", "2.5"], 3000),
        ]
    };
    let params = Params::default();
    let plan = recognise(&table(&ids), 3000, &asked(&params)).unwrap();
    assert_eq!(
        parts(&plan),
        ["customer: column_1", "day: column_3", "amount: column_5", "quantity: column_4"]
    );
    // Two numberings that differ: which one is the customer?
    assert!(recognise(&table(&other), 3000, &asked(&params)).is_none());
    let with_id = Asked { id: Some("column_2"), params: &params };
    assert_eq!(recognise(&table(&other), 3000, &with_id).unwrap().customer(), "column_2");
}

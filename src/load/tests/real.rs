//! Real tables.

use super::*;

fn open_real(name: &str, params: &CsvParams) -> Option<Source> {
    Some(open(&crate::testing::real_data(name)?, name, params, 0).unwrap())
}

#[test]
fn real_tables_are_read_whole() {
    let headless = CsvParams { header: Some(false), ..CsvParams::default() };
    for (name, n_rows, n_columns) in [
        ("telco_churn/Telco-Customer-Churn.csv", 7_043, 21),
        ("telco_churn/WA_Fn-UseC_-Telco-Customer-Churn.csv", 7_043, 21),
        ("telco_churn_geo/XTelco_Customer_Churn.csv", 7_043, 33),
        ("bank_churn/Churn_Modelling.csv", 10_000, 14),
        ("bank_churn/Customer-Churn-Records.csv", 10_000, 18),
        ("wholesale/Wholesale customers data.csv", 440, 8),
        ("mall_customers/Mall_Customers.csv", 200, 5),
        ("cc_general/CC GENERAL.csv", 8_950, 18),
        ("marketing_campaign/marketing_campaign.csv", 2_240, 29),
        ("online_shoppers/online_shoppers_intention.csv", 12_330, 18),
        ("bank_marketing/bank-full.csv", 45_211, 17),
        ("bank_marketing/bank-additional-full.csv", 41_188, 21),
        ("eastwest_airlines/EastWestAirlines.csv", 3_999, 12),
        ("mcdonalds/mcdonalds.csv", 1_453, 15),
        ("ibm_customer_value/WA_Fn-UseC_-Marketing-Customer-Value-Analysis.csv", 9_134, 24),
        ("adult/adult.data.csv", 32_561, 15),
        ("german_credit/german.csv", 1_000, 21),
    ] {
        let Some(path) = crate::testing::real_data(name) else { continue };
        let is_headless = name.starts_with("adult") || name.starts_with("german");
        if is_headless {
            let error = open(&path, name, &CsvParams::default(), 0).unwrap_err();
            assert_eq!(error.code(), "E-IN-017", "{error}");
        }
        let params = if is_headless { &headless } else { &CsvParams::default() };
        let source = open(&path, name, params, 0).unwrap();
        assert_eq!(
            (source.accounting().rows, source.columns().len()),
            (n_rows, n_columns),
            "{name}"
        );
        let frame = natural(&source).unwrap();
        assert_eq!(frame.height() as u64, n_rows);
    }
}

#[test]
fn eleven_blank_charges_of_telco_are_missing() {
    let Some(lf) = open_real("telco_churn/Telco-Customer-Churn.csv", &CsvParams::default()) else {
        return;
    };
    let crlf = open_real("telco_churn/WA_Fn-UseC_-Telco-Customer-Churn.csv", &CsvParams::default());
    same(&lf, &crlf.unwrap());
    let charges = lf.columns().iter().find(|seen| seen.name == "TotalCharges").unwrap();
    assert_eq!(charges.kind, Kind::Decimal);
    assert_eq!(charges.missing_codes, [(" ".to_owned(), 11)]);
}

#[test]
fn both_dialects_of_the_campaign_are_the_same() {
    let Some(tab) = open_real("marketing_campaign/marketing_campaign.csv", &CsvParams::default())
    else {
        return;
    };
    let name = "marketing_campaign/variant_semicolon_bom_iso_dates.csv";
    let semicolon = open_real(name, &CsvParams::default()).unwrap();
    same(&tab, &semicolon);
    let day = tab.columns().iter().find(|seen| seen.name == "Dt_Customer").unwrap();
    assert_eq!(day.kind, Kind::Day { format: "dd-mm-yyyy".into() });
}

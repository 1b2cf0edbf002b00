//! Every feature with its formula, unit, source, and when it is missing: the table of
//! `docs/features.md`.

/// One feature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Described {
    /// The name of the column, or how it begins where there is one per level.
    pub name: &'static str,
    /// How it is computed.
    pub formula: &'static str,
    /// Its unit; `None` for ratios, and for money, which has the unit of the input.
    pub unit: Option<&'static str>,
    /// The unit in words.
    pub unit_told: &'static str,
    /// When it is missing or not there.
    pub missing: &'static str,
    /// Where the definition comes from.
    pub source: &'static str,
}

impl Described {
    /// Whether a column of this name is the feature, or that of one of its levels.
    #[must_use]
    pub fn is_of(&self, name: &str) -> bool {
        let begins = |prefix: &str| name.starts_with(prefix);
        self.name == name || self.name.strip_suffix("LEVEL").is_some_and(begins)
    }

    /// The row of the table in `docs/features.md`.
    #[must_use]
    pub fn row(&self) -> String {
        let Self { name, formula, unit_told, missing, source, .. } = self;
        format!("| `{name}` | {formula} | {unit_told} | {missing} | {source} |")
    }
}

const fn described(
    name: &'static str,
    formula: &'static str,
    unit: Option<&'static str>,
    unit_told: &'static str,
    missing: &'static str,
    source: &'static str,
) -> Described {
    Described { name, formula, unit, unit_told, missing, source }
}

const SHRUNK: &str = "as `return_share`";
const RFM: &str = "Bult and Wansbeek (1995), Marketing Science 14(4), 378-394";

/// All features in the order of the columns.
pub const TABLE: [Described; 22] = [
    described(
        "days_since_last_order",
        "as-of day - day of the last order; 0 on that day",
        Some("days"),
        "days",
        "never",
        RFM,
    ),
    described(
        "orders",
        "number of orders: an order is what one customer bought under one order number on one day; where there are no order numbers, on one day",
        Some("orders"),
        "orders",
        "never",
        RFM,
    ),
    described(
        "spend",
        "sum of what was bought - sum of what was given back where refunds are net, else the sum of what was bought",
        None,
        "money of the input",
        "not there without money",
        RFM,
    ),
    described(
        "average_order_value",
        "sum of the amounts of the orders / orders; a refund counts where it stands in the order itself",
        None,
        "money of the input",
        "not there without money",
        "arithmetic mean",
    ),
    described(
        "refunds",
        "sum of what was given back",
        None,
        "money of the input",
        "only there where refunds are separate",
        "sum",
    ),
    described(
        "tenure_days",
        "as-of day - day of the first order",
        Some("days"),
        "days",
        "never",
        "Fader, Hardie and Lee (2005), Marketing Science 24(2), 275-284: T",
    ),
    described(
        "first_to_last_days",
        "day of the last order - day of the first order",
        Some("days"),
        "days",
        "never",
        "Fader, Hardie and Lee (2005): t_x",
    ),
    described(
        "gap_days",
        "(sum of own gaps + 2 x median gap of all customers) / (own gaps + 2); a gap is the time between orders on two different days",
        Some("days"),
        "days",
        "without a second day of orders",
        "mean drawn towards the base with the weight of two gaps",
    ),
    described(
        "gap_regularity",
        "-(sqrt(n+1) r - sqrt(n-1)) / ((sqrt(n+1) - 2) r + sqrt(n-1)), n gaps, r their standard deviation / mean: 1 like clockwork, 0 by chance, -1 in bursts",
        None,
        "-1 to 1",
        "with fewer than two gaps",
        "Kim and Jo (2016), Physical Review E 94, 032311, eq. 22, with the sign turned",
    ),
    described(
        "order_trend",
        "(last - first) / (last + first + 2), the orders after the first day in the last and the first half of the time from the first order to the as-of day",
        None,
        "-1 to 1",
        "without an order after the first day",
        "difference of two counts with one order added to each",
    ),
    described(
        "lines_per_order",
        "lines that bought something / orders",
        Some("lines"),
        "lines",
        "never",
        "arithmetic mean",
    ),
    described(
        "units_per_order",
        "sum of the quantities bought / orders",
        Some("units"),
        "units of the quantity",
        "not there without a quantity",
        "arithmetic mean",
    ),
    described(
        "distinct_products",
        "different products bought",
        Some("products"),
        "products",
        "not there without a product",
        "count",
    ),
    described(
        "distinct_categories",
        "different categories bought",
        Some("categories"),
        "categories",
        "not there without a category",
        "count",
    ),
    described(
        "return_share",
        "lines that give something back / all lines that count, drawn towards the base: (n own + 5 base) / (n + 5), n orders",
        None,
        "0 to 1",
        "never",
        "Gelman et al. (2013), Bayesian Data Analysis, 2.4",
    ),
    described(
        "discount_share",
        "lines bought at a discount / lines that bought something, drawn towards the base",
        None,
        "0 to 1",
        "not there without a discount",
        SHRUNK,
    ),
    described(
        "weekend_share",
        "orders on a Saturday or Sunday / orders, drawn towards the base",
        None,
        "0 to 1",
        "never",
        SHRUNK,
    ),
    described(
        "category_share: LEVEL",
        "money spent on the category / money spent, without money lines / lines, drawn towards the base; one column per level but the largest",
        None,
        "0 to 1",
        "where no category was bought for money",
        SHRUNK,
    ),
    described(
        "channel_share: LEVEL",
        "orders through the channel / orders, drawn towards the base; one column per level but the largest",
        None,
        "0 to 1",
        "where no channel is named",
        SHRUNK,
    ),
    described(
        "season_share: LEVEL",
        "orders of the season / orders, drawn towards the base; one column per season but the largest",
        None,
        "0 to 1",
        "not there where the orders span less than 365 days",
        SHRUNK,
    ),
    described(
        "first_category",
        "category of the largest line of the first order, of equals the first by name; at most 40 levels, rare ones pooled",
        None,
        "category",
        "where the first order names none",
        "argmax of the amount",
    ),
    described(
        "first_product",
        "product of the largest line of the first order, of equals the first by name; at most 40 levels, rare ones pooled",
        None,
        "product",
        "where the first order names none",
        "argmax of the amount",
    ),
];

#[cfg(test)]
mod tests {
    use super::TABLE;

    #[test]
    fn a_column_of_a_level_has_the_formula_of_its_feature() {
        let of = |name: &str| TABLE.iter().find(|described| described.is_of(name));
        assert_eq!(of("season_share: Mar-May").map(|one| one.name), Some("season_share: LEVEL"));
        assert_eq!(of("orders").map(|one| one.name), Some("orders"));
        assert_eq!(of("orders of others"), None);
    }

    #[test]
    fn the_page_of_features_holds_every_row() {
        let page = include_str!("../../../docs/features.md");
        for described in TABLE {
            assert!(page.contains(&described.row()), "{}", described.row());
        }
    }
}

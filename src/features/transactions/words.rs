//! The words that the columns of order lines are recognised by: English, Danish,
//! Norwegian, Romanian and Chinese, folded as the names of columns are. Where a list has
//! an order, the word that says most stands first.

/// An order and its paper.
pub(super) const ORDER: &[&str] = &[
    "order", "invoice", "transaction", "receipt", "basket", "cart", "bill", "ticket", "purchase",
    "opportunity", "deal", "ordre", "faktura", "kvittering", "bon", "kurv", "handlekurv", "comanda",
    "factura", "tranzactie", "chitanta", "订单", "发票", "交易", "小票", "单号",
];

/// What makes it a number.
pub(super) const NUMBER: &[&str] = &[
    "id", "no", "nr", "num", "number", "nummer", "key", "code", "ref", "reference", "numar", "cod",
    "编号", "号", "号码",
];

/// A currency.
pub(super) const CURRENCY: &[&str] =
    &["currency", "valuta", "moneda", "valutakode", "货币", "币种"];

/// A day.
pub(super) const DATE: &[&str] = &[
    "date", "day", "datetime", "timestamp", "time", "when", "dato", "dag", "tidspunkt", "data", "zi",
    "ziua", "ora", "日期", "时间",
];

/// A day on which nothing was bought.
pub(super) const OTHER_DAY: &[&str] = &[
    "birth", "birthday", "born", "dob", "signup", "joined", "join", "joining", "registered",
    "registration", "enrolled", "enrollment", "membership", "shipped", "ship", "shipping",
    "delivery", "delivered", "due", "updated", "modified", "fodt", "fodsel", "oprettet", "levering",
    "leveret", "levert", "nastere", "livrare", "出生", "注册", "发货", "更新",
];

/// The money of a line.
pub(super) const AMOUNT: &[&str] = &[
    "amount", "total", "revenue", "sales", "turnover", "spend", "spent", "paid", "payment", "value",
    "dollar", "dollars", "subtotal", "sum", "belob", "omsaetning", "omsetning", "salg", "suma",
    "valoare", "vanzari", "incasat", "金额", "总额", "销售额", "实付",
];

/// Money that is not what was bought.
pub(super) const OTHER_MONEY: &[&str] = &[
    "tax", "vat", "moms", "mva", "tva", "shipping", "freight", "fee", "cost", "costs", "balance",
    "limit", "income", "credit", "margin", "profit", "lifetime", "fragt", "frakt", "livrare", "税",
    "运费", "成本",
];

/// How many.
pub(super) const QUANTITY: &[&str] = &[
    "quantity", "qty", "units", "pieces", "pcs", "items", "cds", "count", "antal", "antall",
    "maengde", "mengde", "stk", "cantitate", "bucati", "buc", "数量", "件数",
];

/// The price of one.
pub(super) const PRICE: &[&str] = &[
    "price", "unitprice", "pris", "stykpris", "enhedspris", "enhetspris", "stykkpris", "pret",
    "单价", "价格", "售价",
];

/// What was bought, codes before words.
pub(super) const PRODUCT: &[&str] = &[
    "sku", "stock", "stockcode", "ean", "upc", "asin", "article", "product", "item", "varenummer",
    "varenr", "vare", "produkt", "artikel", "artikkel", "produs", "articol", "itemdescription",
    "description", "beskrivelse", "descriere", "商品", "产品", "货号", "品名",
];

/// The category of what was bought.
pub(super) const CATEGORY: &[&str] = &[
    "category", "categories", "department", "dept", "aisle", "productgroup", "subcategory",
    "kategori", "varegruppe", "produktgruppe", "avdeling", "afdeling", "categorie", "categoria",
    "departament", "类别", "品类", "分类", "部门",
];

/// Where it was bought.
pub(super) const CHANNEL: &[&str] = &[
    "channel", "store", "shop", "outlet", "platform", "kanal", "butik", "butikk", "forretning",
    "canal", "magazin", "platforma", "渠道", "门店", "店铺", "平台",
];

/// A lower price.
pub(super) const DISCOUNT: &[&str] = &[
    "discount", "discounts", "discounted", "coupon", "coupons", "promo", "promotion", "voucher",
    "rebate", "markdown", "rabat", "rabatt", "kupon", "kampanje", "kampagne", "reducere", "discountul",
    "cupon", "promotie", "折扣", "优惠", "优惠券", "促销",
];

/// Words beside a customer that still name one customer.
pub(super) const NAME: &[&str] = &["name", "full", "navn", "nume", "姓名", "名称", "of", "the"];

/// Values of a discount that mean none.
pub(super) const NO_DISCOUNT: &[&str] =
    &["none", "no", "n", "false", "f", "0", "nej", "nei", "ingen", "nu", "fara", "否", "无", "-"];

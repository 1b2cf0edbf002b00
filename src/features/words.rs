//! The words that columns are recognised by: English first, and the important ones
//! in Danish, Norwegian, Romanian and Chinese. All are folded (lower case, without
//! accents), as [`super::names::Name`] folds a column's name.

/// Who is counted: a customer by any name.
pub(super) const CUSTOMER: &[&str] = &[
    "customer", "customers", "cust", "client", "clients", "member", "membership", "user", "account",
    "acct", "household", "subscriber", "consumer", "shopper", "donor", "guest", "policyholder",
    "kunde", "kunder", "kundes", "medlem", "medlems", "bruger", "konto", "husstand", "abonnent",
    "bruker", "utilizator", "membru", "abonat", "cont", "客户", "顾客", "会员", "用户", "账户",
];

/// Words that mark a name or a number of something.
pub(super) const ID: &[&str] = &[
    "id", "ids", "no", "nr", "number", "num", "nummer", "key", "code", "uid", "guid", "uuid", "kode",
    "cod", "numar", "编号", "号", "号码", "标识",
];

/// Words that make a column without a customer word an id: in this order.
pub(super) const KEY: &[&str] = &[
    "id", "ids", "uid", "guid", "uuid", "key", "code", "kode", "cod", "symbol", "ticker", "编号",
    "标识",
];

/// Words of a row counter.
pub(super) const COUNTER: &[&str] = &[
    "row", "rows", "index", "idx", "record", "line", "unnamed", "serial", "sno", "raekke", "rad",
    "rand", "序号", "行号",
];

/// Things that reach or name one person: never a feature, never the id unasked.
pub(super) const CONTACT: &[&str] = &[
    "phone", "telephone", "mobile", "email", "mail", "fax", "iban", "ssn", "cpr", "cnp",
    "passport", "url", "website", "link", "telefon", "mobil", "epost", "surname", "lastname",
    "firstname", "fullname", "efternavn", "fornavn", "etternavn", "nume", "prenume", "姓名", "电话",
    "手机", "邮箱",
];

/// Names that mean leaving whatever stands beside them.
pub(super) const LEAVING: &[&str] = &[
    "churn", "churned", "churner", "exited", "attrition", "attrited", "lapsed", "departed",
    "frafald", "frafaldet", "kundeafgang", "opsagt", "udmeldt", "frafall", "frafalt", "kundefrafall",
    "oppsagt", "utmeldt", "plecat", "reziliat", "reziliere", "流失", "离网", "退订", "销户", "注销",
];

/// Names that mean leaving only when nothing else is said: `left`, but not `days left`.
pub(super) const LEAVING_ALONE: &[&str] = &[
    "cancelled", "canceled", "cancellation", "left", "leaver", "inactive", "closed", "terminated",
    "unsubscribed", "quit", "gone", "afgang", "forladt", "inaktiv", "lukket", "ophort", "opsigelse",
    "avsluttet", "sluttet", "oppsigelse", "inactiv", "anulat", "parasit", "inchis", "pierdut",
    "离开", "停用", "不活跃",
];

/// Words that may stand beside a word of leaving in the name of a label.
pub(super) const LABEL_COMPANIONS: &[&str] = &[
    "flag", "label", "status", "value", "customer", "cust", "client", "member", "user", "account",
    "subscriber", "subscription", "is", "has", "was", "have", "ind", "indicator", "yn", "target",
    "outcome", "kunde", "er", "har", "este", "a", "是否", "客户", "用户", "会员", "已",
];

/// Words that make a name something other than the outcome itself.
pub(super) const LABEL_BLOCKERS: &[&str] = &[
    "score", "reason", "probability", "prob", "risk", "date", "day", "days", "category", "pred",
    "predicted", "prediction", "predictor", "count", "num", "number", "rate", "month", "months", "time", "cost",
    "type", "cause", "grund", "dato", "arsak", "motiv", "data", "原因", "日期", "概率", "评分",
];

/// Spellings of yes.
pub(super) const YES: &[&str] = &[
    "yes", "y", "true", "t", "1", "1.0", "ja", "j", "da", "是", "有",
];

/// Spellings of no.
pub(super) const NO: &[&str] = &["no", "n", "false", "f", "0", "0.0", "nej", "nei", "nu", "否", "无"];

/// Values of a label that mean having left.
pub(super) const GONE: &[&str] = &[
    "churn", "churned", "churner", "left", "exited", "attrited", "attrition", "lapsed", "cancelled",
    "canceled", "closed", "inactive", "terminated", "departed", "gone", "lost", "unsubscribed",
    "opsagt", "frafaldet", "inaktiv", "oppsagt", "frafalt", "sluttet", "plecat", "reziliat",
    "inactiv", "流失", "已流失", "离网", "注销",
];

/// Words of protected traits that stand glued to others, such as `healthstatus`; what they
/// mean is judged in [`super::sensitive`].
pub(super) const TRAITS: &[&str] = &[
    "religion", "race", "health", "medical", "ethnic", "union", "political", "criminal", "sexual",
    "trade", "insurance",
];

/// The latitude of a place.
pub(super) const LATITUDE: &[&str] = &[
    "latitude", "lat", "breddegrad", "latitudine", "纬度",
];

/// The longitude of a place; read only beside a latitude.
pub(super) const LONGITUDE: &[&str] = &[
    "longitude", "lon", "lng", "long", "laengdegrad", "lengdegrad", "longitudine", "经度",
];

/// Words of a part of a whole.
pub(super) const SHARE: &[&str] = &[
    "share", "shares", "pct", "percent", "percentage", "proportion", "fraction", "andel", "procent",
    "prosent", "pondere", "cota", "占比", "比例", "份额",
];

/// Numbers under such a name are codes, not quantities.
pub(super) const CODE: &[&str] = &[
    "code", "codes", "type", "channel", "region", "category", "class", "segment", "group", "cluster",
    "browser", "system", "systems", "os", "country", "state", "district", "store", "branch", "plan",
    "status", "method", "kind", "department", "kanal", "kategori", "kode", "kommune", "canal",
    "categorie", "regiune", "类型", "渠道", "地区", "类别", "month", "weekday", "quarter",
];

/// Postal codes: never a quantity, however many there are.
pub(super) const POSTAL: &[&str] =
    &["zip", "zipcode", "postcode", "postal", "postnummer", "postnr", "plz", "邮编"];

/// Words of quantity: a name that holds one of them is no code.
pub(super) const QUANTITY: &[&str] = &[
    "num", "number", "count", "total", "sum", "avg", "average", "mean", "mnt", "amount", "purchases",
    "orders", "visits", "spend", "price", "cost", "value", "rate", "score", "antal", "antall", "numar",
    "数量", "金额",
];

/// Who customers are.
pub(super) const DEMOGRAPHIC: &[&str] = &[
    "age", "sex", "gender", "birth", "birthday", "birthdate", "dob", "born", "marital", "married",
    "education", "educational", "income", "salary", "wage", "kid", "kids", "child", "children",
    "dependent", "dependents", "partner", "spouse", "household", "senior", "occupation", "job",
    "profession", "employment", "race", "ethnicity", "relationship", "nationality", "religion",
    "student", "degree", "teen", "teens", "retired", "homeowner", "workclass", "familysize", "alder",
    "kon", "fodt", "fodsel", "fodselsdag", "indkomst", "uddannelse", "civilstand", "erhverv",
    "stilling", "kjonn", "inntekt", "lonn", "utdanning", "sivilstatus", "barn", "husholdning", "yrke",
    "varsta", "gen", "venit", "salariu", "educatie", "studii", "copii", "ocupatie", "civila",
    "gospodarie", "年龄", "性别", "收入", "学历", "教育", "婚姻", "职业", "子女", "家庭",
    "homeownership", "ethnic", "disability", "citizenship", "年龄段",
];

/// Where customers are.
pub(super) const GEOGRAPHIC: &[&str] = &[
    "country", "region", "city", "town", "state", "province", "county", "municipality", "district",
    "zip", "zipcode", "postcode", "postal", "latitude", "longitude", "lat", "lon", "lng", "long", "geo",
    "geography", "area", "location", "address", "continent", "territory", "urban", "rural", "metro",
    "neighbourhood", "neighborhood", "street", "land", "kommune", "postnummer", "postnr", "omrade",
    "fylke", "sted", "poststed", "tara", "oras", "judet", "regiune", "localitate", "国家", "地区", "省",
    "城市", "邮编", "区域", "地址", "breddegrad", "laengdegrad", "lengdegrad", "latitudine",
    "longitudine", "纬度", "经度", "climate", "klima", "clima", "气候", "suburb", "village", "prefecture",
    "landsdel", "bydel",
];

/// Words that say that a row is a company.
pub(super) const FIRMOGRAPHIC: &[&str] = &[
    "sector", "industry", "naics", "sic", "nace", "employees", "headcount", "subsidiary",
    "headquarters", "hq", "ebitda", "founded", "incorporated", "established", "marketcap",
    "companysize", "branche", "ansatte", "omsaetning", "omsetning", "bransje", "industrie",
    "angajati", "afaceri", "行业", "员工", "营业额",
];

/// Words about companies in a table of companies, about behaviour elsewhere.
pub(super) const COMPANY_MONEY: &[&str] = &[
    "revenue", "turnover", "price", "earnings", "dividend", "market", "cap", "book", "week", "profit",
    "assets", "debt", "yield", "capital", "share", "valuation", "funding", "margin", "company",
];

/// What customers think and want.
pub(super) const PSYCHOGRAPHIC: &[&str] = &[
    "attitude", "attitudes", "opinion", "like", "likes", "agree", "agreement", "satisfaction",
    "satisfied", "nps", "sentiment", "importance", "interests", "hobby", "hobbies", "lifestyle",
    "personality", "preference", "preferences", "motivation", "perception", "survey", "likert",
    "emotion", "tilfredshed", "tilfredshet", "holdning", "livsstil", "satisfactie", "atitudine",
    "opinie", "满意度", "态度", "偏好",
];

/// What people say of a product in a survey. Only several of them together mean that
/// the table holds survey items.
pub(super) const ADJECTIVES: &[&str] = &[
    "yummy", "tasty", "delicious", "convenient", "spicy", "fattening", "greasy", "fast", "slow",
    "cheap", "expensive", "affordable", "healthy", "unhealthy", "disgusting", "fresh", "friendly",
    "modern", "traditional", "innovative", "reliable", "trustworthy", "fun", "boring", "exciting",
    "relaxing", "stylish", "clean", "dirty", "safe", "unsafe", "easy", "difficult", "quality",
    "luxurious", "authentic", "honest", "helpful", "attractive", "comfortable", "sustainable",
    "popular", "cool", "sporty", "young", "familiar", "unique",
];

/// Words that make a column about an account even where it names a person or a place:
/// `account age`, `spend per child`.
pub(super) const BEHAVIOURAL: &[&str] = &[
    "account", "contract", "policy", "order", "orders", "purchase", "purchases", "spend", "spending",
    "mnt", "visits", "loan", "tenure", "calls", "service", "usage", "transactions",
];

/// Names of categories that may have many levels: they are kept and the rare pooled.
pub(super) const MANY_LEVELS: &[&str] = &[
    "sector", "industry", "city", "country", "region", "state", "occupation", "job", "profession",
    "zip", "zipcode", "postcode", "postal", "postnummer", "postnr", "county", "municipality",
    "district", "category", "brand", "product", "model", "school", "town", "branche", "bransje", "by",
    "kommune", "oras", "judet", "城市", "行业", "职业", "邮编",
];

/// Common levels that tell a demographic column whatever it is called.
pub(super) const DEMOGRAPHIC_LEVELS: &[&str] = &[
    "male", "female", "man", "woman", "men", "women", "mand", "kvinde", "mann", "kvinne", "barbat",
    "femeie", "男", "女", "married", "divorced", "separated", "widowed", "single", "unmarried",
    "never-married", "married-civ-spouse", "husband", "wife", "own-child", "not-in-family",
    "bachelors", "bachelor", "masters", "master", "doctorate", "phd", "hs-grad", "high school",
    "some-college", "college", "gift", "skilt", "ugift", "已婚", "未婚", "本科", "硕士",
];

/// Common levels that tell a geographic column.
pub(super) const GEOGRAPHIC_LEVELS: &[&str] = &[
    "united states", "united-states", "usa", "us", "united kingdom", "uk", "germany", "france",
    "spain", "italy", "denmark", "norway", "sweden", "finland", "romania", "china", "india", "japan",
    "mexico", "canada", "brazil", "poland", "netherlands", "belgium", "danmark", "norge", "sverige",
    "中国", "california", "new york", "texas", "urban", "suburban", "rural",
];

/// Everyday parts of names, so that names written in one (`zipcode`) come apart.
pub(super) const PARTS: &[&str] = &[
    "length", "home", "date", "name", "day", "days", "since", "last", "first", "size", "year",
    "level", "phone", "mail", "work", "birth", "code", "status", "plan", "score",
];

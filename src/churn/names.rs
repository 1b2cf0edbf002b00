//! Names of columns that are usually known only after the customer has decided: English,
//! German, French, Spanish and Italian.
//!
//! The names are read as words: `ChurnReason`, `churn_reason` and `Churn Reason` are the
//! same, and accents do not count. A hit makes a column suspicious, never more.

/// Stems of words that mean leaving: a feature that speaks of leaving is told by it.
const LEAVING: &[&str] = &[
    "churn",
    "attrit",
    "cancel",
    "terminat",
    "unsubscri",
    "deactivat",
    "winback",
    "kuendig",
    "kundig",
    "gekuendigt",
    "storn",
    "abwander",
    "abgang",
    "austritt",
    "resili",
    "desabonn",
    "annul",
    "bajas",
    "disdett",
    "recess",
    "abbandon",
    "abandono",
    "exited",
    "defect",
];

/// Words beside which a word of leaving is harmless: what a customer did with orders, or
/// what the contract allows.
const HARMLESS: &[&str] = &[
    "order",
    "orders",
    "booking",
    "bookings",
    "item",
    "items",
    "purchase",
    "purchases",
    "previous",
    "prior",
    "past",
    "policy",
    "notice",
    "frist",
    "kuendigungsfrist",
    "period",
    "cart",
    "bestellungen",
    "bestellung",
    "commandes",
    "pedidos",
    "ordini",
    "preavis",
    "preaviso",
];

/// Words that all have to occur (as stems of the name's words).
const AFTERWARDS: &[&[&str]] = &[
    &["reason"],
    &["complain"],
    &["refund"],
    &["chargeback"],
    &["nps", "after"],
    &["satisfaction", "after"],
    &["survey", "after"],
    &["exit", "survey"],
    &["exit", "interview"],
    &["end", "date"],
    &["date", "left"],
    &["leaving", "date"],
    &["leave", "date"],
    &["closing", "date"],
    &["closed", "date"],
    &["close", "date"],
    &["closure"],
    &["retention", "offer"],
    &["retention", "call"],
    &["save", "offer"],
    &["call", "duration"],
    &["contact", "duration"],
    &["call", "length"],
    &["final", "bill"],
    &["abgangsgrund"],
    &["beschwerde"],
    &["reklamation"],
    &["erstattung"],
    &["rueckerstattung"],
    &["enddatum"],
    &["vertragsende"],
    &["gespraechsdauer"],
    &["anrufdauer"],
    &["zufriedenheit", "nach"],
    &["motif"],
    &["raison"],
    &["reclamation"],
    &["remboursement"],
    &["date", "fin"],
    &["date", "depart"],
    &["duree", "appel"],
    &["satisfaction", "apres"],
    &["motivo"],
    &["razon"],
    &["queja"],
    &["reclamo"],
    &["reembolso"],
    &["fecha", "fin"],
    &["fecha", "baja"],
    &["duracion", "llamada"],
    &["satisfaccion", "despues"],
    &["ragione"],
    &["causa"],
    &["lamentela"],
    &["rimborso"],
    &["data", "fine"],
    &["data", "uscita"],
    &["durata", "chiamata"],
    &["soddisfazione", "dopo"],
];

/// What can be counted before the customer decides: the number of complaints so far is
/// honest, that somebody complained may have been asked at the end.
const COUNTABLE: &[&str] =
    &["complain", "beschwerde", "reklamation", "reclamation", "queja", "reclamo", "lamentela"];

/// Words that say that it was counted.
const COUNTED: &[&str] = &[
    "number", "count", "num", "open", "previous", "prior", "past", "anzahl", "offene", "nombre",
    "numero",
];

/// Names that are suspicious only as a whole: with any further word they mean the
/// length of a contract or of a visit.
const WHOLE: &[&str] = &["grund", "duration", "dauer", "duree", "duracion", "durata", "baja"];

/// Whether the name means something that is usually known only afterwards.
pub(super) fn known_afterwards(name: &str) -> bool {
    let words = words(name);
    let has = |stem: &str| words.iter().any(|word| word.starts_with(stem));
    if words.len() == 1 && WHOLE.contains(&words[0].as_str()) {
        return true;
    }
    let harmless = words.iter().any(|word| HARMLESS.contains(&word.as_str()));
    if !harmless && LEAVING.iter().any(|stem| has(stem)) {
        return true;
    }
    let counted = words.iter().any(|word| COUNTED.contains(&word.as_str()));
    let is_told = |stems: &[&str]| {
        stems.iter().all(|stem| has(stem)) && !(counted && COUNTABLE.contains(&stems[0]))
    };
    AFTERWARDS.iter().any(|stems| is_told(stems))
}

/// Beginnings of names, without what separates their words, that mean the time since the
/// last order.
const SINCE_ORDER: &[&str] = &[
    "dayssincelast",
    "weekssincelast",
    "monthssincelast",
    "timesincelast",
    "recency",
    "lastorder",
    "lastpurchase",
    "letztebestellung",
    "letzterkauf",
    "tageseitletzte",
    "dernierecommande",
    "dernierachat",
    "joursdepuisderni",
    "ultimopedido",
    "ultimacompra",
    "diasdesdeultim",
    "ultimoordine",
    "ultimoacquisto",
    "giornidallultimo",
];

/// Whether the name means the time since, or the day of, the last order.
#[must_use]
pub fn is_time_since_order(name: &str) -> bool {
    let joined = words(name).concat();
    SINCE_ORDER.iter().any(|start| joined.starts_with(start))
}

/// Words for how long somebody has been a customer.
const TENURE: &[&str] = &["tenure", "laufzeit", "anciennete", "antiguedad", "anzianita"];

/// Whether the name means how long somebody has been a customer.
pub(super) fn is_tenure(name: &str) -> bool {
    words(name).iter().any(|word| TENURE.contains(&word.as_str()))
}

/// The words of a name, lower case, without accents; umlauts as two letters.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before_lower = false;
    for letter in name.chars() {
        let starts = letter.is_uppercase() && before_lower;
        before_lower = letter.is_lowercase();
        if !letter.is_alphabetic() || starts {
            words.push(String::new());
        }
        if letter.is_alphabetic()
            && let Some(word) = words.last_mut()
        {
            for lower in letter.to_lowercase() {
                word.push_str(&plain(lower));
            }
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

fn plain(letter: char) -> String {
    match letter {
        'ä' => "ae".to_owned(),
        'ö' => "oe".to_owned(),
        'ü' => "ue".to_owned(),
        'ß' => "ss".to_owned(),
        'à' | 'á' | 'â' | 'ã' => "a".to_owned(),
        'ç' => "c".to_owned(),
        'è' | 'é' | 'ê' | 'ë' => "e".to_owned(),
        'ì' | 'í' | 'î' | 'ï' => "i".to_owned(),
        'ñ' => "n".to_owned(),
        'ò' | 'ó' | 'ô' | 'õ' => "o".to_owned(),
        'ù' | 'ú' | 'û' => "u".to_owned(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_afterwards_are_recognised() {
        for name in [
            "duration",
            "Churn Reason",
            "ChurnScore",
            "churn_category",
            "Complain",
            "cancellation_date",
            "end_date",
            "EndDate",
            "refund_amount",
            "NPS after",
            "call_duration",
            "Kündigungsgrund",
            "kuendigung_am",
            "Vertragsende",
            "motif_depart",
            "Date de fin",
            "Motivo de baja",
            "fecha_baja",
            "Durata chiamata",
            "data fine contratto",
            "Satisfaction after call",
        ] {
            assert!(known_afterwards(name), "{name}");
        }
    }

    #[test]
    fn times_since_the_last_order_are_recognised() {
        for name in ["days_since_last_order", "Recency", "LastPurchaseDate", "Letzter Kauf"] {
            assert!(is_time_since_order(name), "{name}");
        }
        for name in ["days_between_orders", "orders", "tenure", "last_login"] {
            assert!(!is_time_since_order(name), "{name}");
        }
    }

    #[test]
    fn honest_names_are_left_alone() {
        for name in [
            "PageValues",
            "Contract",
            "tenure",
            "CreditScore",
            "Satisfaction Score",
            "NPS",
            "Administrative_Duration",
            "contract_duration",
            "duration_months",
            "CLTV",
            "ExitRates",
            "cancelled_orders",
            "previous cancellations",
            "Kündigungsfrist",
            "Recency",
            "Complexity",
            "Number of Open Complaints",
            "complaint_count",
            "campaign",
            "poutcome",
            "MonthlyCharges",
            "Total day minutes",
            "Grundpreis",
            "last_day_minutes_total",
        ] {
            assert!(!known_afterwards(name), "{name}");
        }
    }
}

//! One order line in 32 bytes.

/// The first day that a line can have, 1900-01-01 in days since 1970-01-01.
pub const FIRST_DAY: i32 = -25_567;
/// The last day that a line can have, 2079-06-06.
pub const LAST_DAY: i32 = FIRST_DAY + N_DAYS as i32 - 1;
/// How many days a line can have, from [`FIRST_DAY`] to 2079-06-06.
pub(super) const N_DAYS: usize = 1 << 16;
/// A quantity that is not there.
pub(super) const NO_QUANTITY: i32 = i32::MIN;
/// The detail of a line of which product, category and channel are not asked for.
pub(super) const NO_DETAIL: u32 = 0;

/// The mark of a line that was bought at a discount; below it stands a [`Mark`].
const DISCOUNTED: u16 = 1 << 8;

/// How an order number begins: the byte of a letter that stands before digits alone,
/// [`DECLARED`] for the declared prefix, else 0.
pub(super) type Mark = u8;
/// The mark of an order number that begins with the declared prefix.
pub(super) const DECLARED: Mark = 1;

/// A line of a known customer on a plausible day. Lines are ordered by their fields in
/// turn, so that sorted lines are the same whatever order they came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Line {
    /// The number of the customer.
    pub customer: u32,
    /// Days since [`FIRST_DAY`].
    pub day: u16,
    /// 64 bits of the order number; 0 without one.
    pub order: u64,
    /// The number of product, category and channel together.
    pub detail: u32,
    /// In units of the smallest decimal, or [`NO_QUANTITY`].
    pub quantity: i32,
    /// As written, in minor units; 0 without money.
    pub amount: i64,
    /// See [`Line::flags`].
    pub flags: u16,
}

impl Line {
    /// The mark of the order number and whether the line was bought at a discount.
    pub(super) fn flags(mark: Mark, discounted: bool) -> u16 {
        u16::from(mark) | if discounted { DISCOUNTED } else { 0 }
    }

    /// How the order number begins.
    pub(super) fn mark(&self) -> Mark {
        (self.flags & 0xFF) as Mark
    }

    /// Whether it was bought at a discount.
    pub(super) fn is_discounted(&self) -> bool {
        self.flags & DISCOUNTED != 0
    }

    /// Whether something went back: a negative quantity or amount.
    pub(super) fn is_negative(&self) -> bool {
        self.amount < 0 || (self.quantity < 0 && self.quantity != NO_QUANTITY)
    }
}

/// The place of a day among the days that a line can have.
pub(super) fn place(days: i32) -> Option<u16> {
    u16::try_from(i64::from(days) - i64::from(FIRST_DAY)).ok()
}

/// The inverse of [`place`].
pub(super) fn since_epoch(place: u16) -> i32 {
    i32::from(place) + FIRST_DAY
}

/// How an order number begins.
pub(super) fn mark(number: &str, declared: Option<&str>) -> Mark {
    if let Some(prefix) = declared {
        return if number.starts_with(prefix) { DECLARED } else { 0 };
    }
    match number.as_bytes() {
        [letter, digits @ ..]
            if letter.is_ascii_alphabetic()
                && !digits.is_empty()
                && digits.iter().all(u8::is_ascii_digit) =>
        {
            *letter
        }
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::day::Day;

    #[test]
    fn a_line_takes_32_bytes() {
        assert_eq!(size_of::<Line>(), 32);
    }

    #[test]
    fn days_have_places_from_1900_to_2079() {
        let day = |text: &str| text.parse::<Day>().unwrap().since_epoch();
        assert_eq!(place(day("1900-01-01")), Some(0));
        assert_eq!(place(day("2079-06-06")), Some(u16::MAX));
        assert_eq!(place(day("1899-12-31")), None);
        assert_eq!(place(day("2079-06-07")), None);
        assert_eq!(place(i32::MAX), None);
        assert_eq!(since_epoch(place(day("2011-12-09")).unwrap()), day("2011-12-09"));
    }

    #[test]
    fn a_letter_before_digits_marks_an_order_number() {
        assert_eq!(mark("C536379", None), b'C');
        for plain in ["536379", "C", "CC1", "C53-1", "1C", "", "Ø12"] {
            assert_eq!(mark(plain, None), 0, "{plain}");
        }
        assert_eq!(mark("CN-17", Some("CN-")), DECLARED);
        assert_eq!(mark("C17", Some("CN-")), 0);
    }
}

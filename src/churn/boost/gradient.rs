//! Gradient and curvature of the logistic loss, as whole numbers.
//!
//! Rounding is up or down by a lot that depends on the row and the tree alone, so that
//! the sums are right on average even where every single value is small (Shi, Ke, Chen,
//! Zheng, Liu (2022), Quantized training of gradient boosting decision trees, `NeurIPS`,
//! section 3). It is the same for both signs: swapping the classes mirrors every bit.

/// The largest size of a single gradient.
const FINEST: u32 = 1 << 15;

/// How gradients become whole numbers.
#[derive(Clone, Copy)]
pub(super) struct Scale {
    /// A gradient of 1, a curvature of 1/4.
    unit: f32,
}

impl Scale {
    /// For sums over `n` rows, which must stay below 2^31.
    pub(super) fn of(n: usize) -> Self {
        let most = (1_usize << 31).saturating_sub(1) / n.max(1);
        // At most 2^15, which a single precision number holds exactly.
        let whole = most.clamp(2, FINEST as usize) - 1;
        Self { unit: whole as f32 }
    }

    /// A sum of gradients.
    pub(super) fn gradient(self, sum: i64) -> f64 {
        sum as f64 / f64::from(self.unit)
    }

    /// A sum of curvatures.
    pub(super) fn curvature(self, sum: i64) -> f64 {
        sum as f64 / (4.0 * f64::from(self.unit))
    }

    /// Gradient and curvature at the log-odds, packed. `lots` are random bits.
    pub(super) fn pack(self, log_odds: f64, outcome: bool, lots: u64) -> i64 {
        // P of the likelier class stands in `large`; P(no) is not computed as 1 - P(yes).
        let small = exp(-(log_odds.abs() as f32));
        let large_p = 1.0 / (1.0 + small);
        let small_p = small * large_p;
        let (p, q) = if log_odds >= 0.0 { (large_p, small_p) } else { (small_p, large_p) };
        let size = if outcome { q } else { p };
        let lot = |bits: u64| (bits & 0xFF_FFFF) as f32 / 16_777_216.0;
        let gradient = (size * self.unit + lot(lots)) as i32;
        let gradient = i64::from(if outcome { -gradient } else { gradient });
        let curvature = i64::from((4.0 * small_p * large_p * self.unit + lot(lots >> 24)) as i32);
        (gradient << 32) + curvature
    }

    /// The same with the weight that questions are scored by in place of the curvature:
    /// half-way to its largest value.
    pub(super) fn weigh(self, packed: i64) -> i64 {
        let curvature = packed & 0xFFFF_FFFF;
        packed - curvature + curvature.midpoint(self.unit as i64)
    }
}

/// e to the power of a number of 0 or less; relative error below 1e-6. Additions and
/// multiplications alone, so the same bits on every platform.
fn exp(x: f32) -> f32 {
    let x = x.max(-87.0);
    // x = (whole + rest) * ln 2, rest within 1/2 of 0.
    let scaled = x * std::f32::consts::LOG2_E;
    let whole = (scaled - 0.5) as i32;
    let rest = (x - whole as f32 * 0.693_359_4) + whole as f32 * 2.121_944_4e-4;
    let mut sum = 1.0 / 5040.0;
    for factor in [1.0 / 720.0, 1.0 / 120.0, 1.0 / 24.0, 1.0 / 6.0, 0.5, 1.0, 1.0] {
        sum = sum * rest + factor;
    }
    sum * f32::from_bits(((whole + 127) as u32) << 23)
}

/// Random bits of a row in a tree.
pub(super) fn lots(row: usize, salt: u64) -> u64 {
    // The finaliser of splitmix64.
    let mut z = (row as u64).wrapping_add(salt).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

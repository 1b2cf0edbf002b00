//! A leaf of customers, as the kernel wants them.

use super::tree::LEAF;
use super::visit::HALVES;
use crate::cluster::kernel::near::{Eight, MANY, Sixteen, Unit, WIDTH, outer};

/// Groups of eight in a leaf.
pub(crate) const GROUPS: usize = LEAF / WIDTH;

/// Memory for the distances between a group and a leaf.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    distances: [[Eight; WIDTH]; GROUPS],
    hits: [[u8; WIDTH]; GROUPS],
}

impl Found {
    pub(crate) fn new() -> Self {
        Self { distances: [[[0.0; WIDTH]; WIDTH]; GROUPS], hits: [[0; WIDTH]; GROUPS] }
    }

    /// Those of the first `m` others that are within the bound of a customer: the place of
    /// the other, the distances, and the customers as bits.
    pub(crate) fn near(&self, m: usize) -> impl Iterator<Item = (usize, &Eight, u8)> {
        let hits = self.hits.as_flattened()[..m].iter().enumerate();
        hits.filter(|(_, hit)| **hit > 0)
            .map(|(i, &hit)| (i, &self.distances[i / WIDTH][i % WIDTH], hit))
    }
}

/// The lanes whose bits are set.
pub(crate) fn lanes(mut bits: u8) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let lane = (bits > 0).then_some(bits.trailing_zeros() as usize)?;
        bits &= bits - 1;
        Some(lane)
    })
}

/// The places of the bits that are set.
pub(crate) fn bits(mut bits: u16) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let place = (bits > 0).then_some(bits.trailing_zeros() as usize)?;
        bits &= bits - 1;
        Some(place)
    })
}

/// At most [`LEAF`] customers in groups of eight. Where they do not fill the last group,
/// its last customer is repeated.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Block<'a> {
    pub(super) d: usize,
    pub(super) len: usize,
    /// `groups * d`.
    pub(super) lanes: &'a [Eight],
    pub(super) edges: (&'a [f64], &'a [f64]),
    pub(super) unit: Unit,
}

impl<'a> Block<'a> {
    /// How many customers.
    pub(crate) fn len(&self) -> usize {
        self.len
    }

    /// How many groups they fill.
    pub(crate) fn groups(&self) -> usize {
        self.len.div_ceil(WIDTH)
    }

    /// The box around them.
    pub(crate) fn edges(&self) -> (&'a [f64], &'a [f64]) {
        self.edges
    }

    pub(super) fn group(&self, group: usize) -> &[Eight] {
        &self.lanes[group * self.d..(group + 1) * self.d]
    }

    /// Squared distances of one group to a box.
    pub(crate) fn gaps(&self, group: usize, (low, high): (&[f64], &[f64])) -> Eight {
        self.unit.gaps(self.group(group), low, high)
    }

    /// The squared distance of one customer to another; lanes behind the last customer
    /// repeat it.
    pub(crate) fn squared(&self, customer: usize, other: &Block, at: usize) -> f64 {
        let (own, others) = (self.group(customer / WIDTH), other.group(at / WIDTH));
        let difference = |(x, y): (&Eight, &Eight)| x[customer % WIDTH] - y[at % WIDTH];
        own.iter().zip(others).map(difference).fold(0.0, |sum, x| sum + x * x)
    }

    /// Compares one group with other customers, see [`Unit::compare`].
    pub(crate) fn compare(&self, group: usize, other: &Block, bound: &Eight, found: &mut Found) {
        let groups = other.groups();
        self.unit.compare(
            self.group(group),
            other.lanes,
            bound,
            &mut found.distances[..groups],
            &mut found.hits[..groups],
        );
    }

    /// Far enough for each customer, `outer` of the same distance; below 0 where there is
    /// no customer.
    pub(crate) fn reach(&self, squared: f64) -> [Sixteen; HALVES] {
        let reach = outer(squared, self.d);
        let mut out = [[-1.0; MANY]; HALVES];
        out.as_flattened_mut()[..self.len].fill(reach);
        out
    }
}

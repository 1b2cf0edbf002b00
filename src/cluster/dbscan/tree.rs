//! A balanced k-d tree with exact range queries.
//!
//! A node knows the box around its rows. The smallest and largest distance from a row
//! to a box are computed with the same operations as the distance between two rows,
//! and rounding is monotone, so a box that is inside the radius holds only rows that
//! are inside it too: whole nodes are taken without a distance, and no result differs
//! from comparing every pair.

use crate::cluster::kernel::squared_distance;

/// Rows in a leaf.
const LEAF: usize = 24;

/// Rows in tree order with their boxes.
#[derive(Debug, Clone)]
pub(crate) struct Tree {
    d: usize,
    /// Position in the tree to the index of the row as given.
    order: Vec<u32>,
    /// Row-major in tree order.
    rows: Vec<f64>,
    nodes: Vec<Node>,
    /// Per node `d` lower and `d` upper edges.
    boxes: Vec<f64>,
}

/// A run of positions; `right` is 0 for a leaf, the left child follows its parent.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Node {
    pub(crate) start: u32,
    pub(crate) end: u32,
    right: u32,
}

impl Node {
    /// The positions of its rows.
    pub(crate) fn positions(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A part of the answer to a range query.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Found {
    /// Every row of this node.
    Node(usize),
    /// The row at this position.
    Position(usize),
}

impl Tree {
    /// A tree of rows of width `d`, row-major; fewer than 2^32 rows.
    pub(crate) fn build(rows: &[f64], d: usize) -> Self {
        let n = rows.len() / d;
        let mut order: Vec<u32> = (0..n as u32).collect();
        let mut tree = Self {
            d,
            order: Vec::new(),
            rows: Vec::with_capacity(rows.len()),
            nodes: Vec::new(),
            boxes: Vec::new(),
        };
        if n > 0 {
            tree.split(rows, &mut order, 0);
        }
        for &row in &order {
            tree.rows.extend_from_slice(&rows[row as usize * d..(row as usize + 1) * d]);
        }
        tree.order = order;
        tree
    }

    /// Depth is at most log2(n): every split is at the median position.
    fn split(&mut self, rows: &[f64], order: &mut [u32], start: usize) {
        let d = self.d;
        let node = self.nodes.len();
        let end = (start + order.len()) as u32;
        self.nodes.push(Node { start: start as u32, end, right: 0 });
        let (low, high) = bounds(rows, order, d);
        let widest = (0..d)
            .max_by(|&a, &b| (high[a] - low[a]).total_cmp(&(high[b] - low[b])).then(b.cmp(&a)));
        self.boxes.extend_from_slice(&low);
        self.boxes.extend_from_slice(&high);
        let Some(t) = widest.filter(|&t| high[t] > low[t] && order.len() > LEAF) else { return };
        let middle = order.len() / 2;
        let value = |row: u32| rows[row as usize * d + t];
        order
            .select_nth_unstable_by(middle, |&a, &b| value(a).total_cmp(&value(b)).then(a.cmp(&b)));
        let (left, right) = order.split_at_mut(middle);
        self.split(rows, left, start);
        self.nodes[node].right = self.nodes.len() as u32;
        self.split(rows, right, start + middle);
    }

    /// How many rows.
    pub(crate) fn len(&self) -> usize {
        self.order.len()
    }

    /// The nodes, each parent before its children.
    pub(crate) fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// The index, as given, of the row at a position.
    pub(crate) fn original(&self, position: usize) -> usize {
        self.order[position] as usize
    }

    /// The row at a position.
    pub(crate) fn row(&self, position: usize) -> &[f64] {
        &self.rows[position * self.d..(position + 1) * self.d]
    }

    /// Squared distance from `x` to the nearest point of a node's box.
    fn box_min(&self, node: usize, x: &[f64]) -> f64 {
        let (low, high) = self.edges(node);
        let mut sum = 0.0;
        for ((x, low), high) in x.iter().zip(low).zip(high) {
            let gap = if x < low {
                low - x
            } else if x > high {
                x - high
            } else {
                0.0
            };
            sum += gap * gap;
        }
        sum
    }

    /// Squared distance from `x` to the farthest point of a node's box.
    fn box_max(&self, node: usize, x: &[f64]) -> f64 {
        let (low, high) = self.edges(node);
        let mut sum = 0.0;
        for ((x, low), high) in x.iter().zip(low).zip(high) {
            let gap = (x - low).abs().max((high - x).abs());
            sum += gap * gap;
        }
        sum
    }

    fn edges(&self, node: usize) -> (&[f64], &[f64]) {
        self.boxes[node * 2 * self.d..(node + 1) * 2 * self.d].split_at(self.d)
    }

    /// Reports every row with squared distance at most `radius_squared` to `x`, as
    /// whole nodes where possible, until `report` returns false. `enter` may skip a
    /// node unseen. Returns how many distances were computed.
    pub(crate) fn within(
        &self,
        x: &[f64],
        radius_squared: f64,
        mut enter: impl FnMut(usize) -> bool,
        mut report: impl FnMut(Found) -> bool,
    ) -> u64 {
        let mut work = 0;
        let mut stack = vec![0usize];
        while let Some(node) = stack.pop().filter(|_| !self.nodes.is_empty()) {
            if !enter(node) {
                continue;
            }
            work += 1;
            if self.box_min(node, x) > radius_squared {
                continue;
            }
            if self.box_max(node, x) <= radius_squared {
                if !report(Found::Node(node)) {
                    return work;
                }
                continue;
            }
            let Node { right, .. } = self.nodes[node];
            if right > 0 {
                stack.push(right as usize);
                stack.push(node + 1);
                continue;
            }
            for position in self.nodes[node].positions() {
                work += 1;
                if squared_distance(x, self.row(position)) <= radius_squared
                    && !report(Found::Position(position))
                {
                    return work;
                }
            }
        }
        work
    }

    /// Visits rows from near to far boxes; `limit` says how far is still of interest
    /// and may shrink, `visit` takes squared distance and position.
    pub(crate) fn nearest(&self, x: &[f64], mut visit: impl FnMut(f64, usize) -> f64) {
        if self.nodes.is_empty() {
            return;
        }
        let mut limit = f64::INFINITY;
        let mut stack = vec![(self.box_min(0, x), 0usize)];
        while let Some((gap, node)) = stack.pop() {
            if gap > limit {
                continue;
            }
            let Node { right, .. } = self.nodes[node];
            if right > 0 {
                let left = (self.box_min(node + 1, x), node + 1);
                let right = (self.box_min(right as usize, x), right as usize);
                let (near, far) = if left.0 <= right.0 { (left, right) } else { (right, left) };
                stack.push(far);
                stack.push(near);
                continue;
            }
            for position in self.nodes[node].positions() {
                limit = visit(squared_distance(x, self.row(position)), position);
            }
        }
    }
}

/// The box around some rows.
fn bounds(rows: &[f64], order: &[u32], d: usize) -> (Vec<f64>, Vec<f64>) {
    let mut low = vec![f64::INFINITY; d];
    let mut high = vec![f64::NEG_INFINITY; d];
    for &row in order {
        let row = &rows[row as usize * d..(row as usize + 1) * d];
        for ((low, high), &x) in low.iter_mut().zip(&mut high).zip(row) {
            *low = low.min(x);
            *high = high.max(x);
        }
    }
    (low, high)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::Rng;

    #[test]
    fn a_range_query_equals_comparing_every_row() {
        for trial in 0..60 {
            let mut rng = crate::seed::Seed::new(9).stream("tree", trial);
            let d = rng.gen_range(1..5);
            let n = rng.gen_range(1..200);
            let lattice = trial % 2 == 0;
            let rows: Vec<f64> = (0..n * d)
                .map(|_| if lattice { f64::from(rng.gen_range(0..6)) } else { rng.r#gen() })
                .collect();
            let radius = if lattice { 2.0 } else { 0.3 };
            let tree = Tree::build(&rows, d);
            for query in rows.chunks(d) {
                let mut found = Vec::new();
                tree.within(
                    query,
                    radius * radius,
                    |_| true,
                    |part| {
                        match part {
                            Found::Node(node) => found.extend(tree.nodes()[node].positions()),
                            Found::Position(position) => found.push(position),
                        }
                        true
                    },
                );
                let mut found: Vec<usize> =
                    found.into_iter().map(|position| tree.original(position)).collect();
                found.sort_unstable();
                let all: Vec<usize> = (0..n)
                    .filter(|&row| {
                        squared_distance(query, &rows[row * d..(row + 1) * d]) <= radius * radius
                    })
                    .collect();
                assert_eq!(found, all);
            }
        }
    }
}

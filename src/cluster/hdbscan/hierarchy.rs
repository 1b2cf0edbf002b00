//! From the spanning tree to the condensed tree: which clusters there are at any density,
//! and where each customer leaves them.
//!
//! Edges of one length merge everything that they connect at once, so the hierarchy
//! depends on the distances alone and not on the order of rows. Going down from all
//! customers, a component that splits at distance `w` (density `1 / w`) into parts of
//! which two or more have `min_cluster_size` customers is succeeded by these as new
//! clusters; with one such part the cluster goes on as that part; whoever is in a smaller
//! part leaves the cluster there.
//!
//! Equal customers are one row with a weight. They are connected from their core distance
//! on, so a row is a component of that many customers above it and of single ones below.

use super::super::neighbours::Forest;
use super::spanning::Edge;

/// The density at distance 0.
const DENSEST: f64 = 1e150;

/// `1 / distance`.
fn density(distance: f64) -> f64 {
    if distance > 1.0 / DENSEST { 1.0 / distance } else { DENSEST }
}

/// A cluster of the condensed tree. The first has all customers and no parent.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cluster {
    /// The cluster that it came from.
    pub(super) parent: Option<usize>,
    /// The distance at which it did; infinite for the first.
    pub(super) from: f64,
    /// Its density there, 0 for the first.
    pub(super) birth: f64,
    /// The density at which the last of its own customers left or at which it split.
    pub(super) death: f64,
    /// Customers times the density they stayed for.
    pub(super) stability: f64,
    pub(super) children: Vec<usize>,
}

/// The condensed tree.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Condensed {
    /// Parents before children.
    pub(super) clusters: Vec<Cluster>,
    /// Per row the last cluster that it was in, and the density at which it left.
    pub(super) left: Vec<(usize, f64)>,
}

/// The merges: node `i` below the number of rows is row `i`, every other node is a merge.
struct Merges {
    /// The distance of each merge.
    distance: Vec<f64>,
    /// Where the children of each merge begin and end.
    span: Vec<(usize, usize)>,
    children: Vec<usize>,
    /// Customers in each node.
    size: Vec<u64>,
    rows: usize,
}

impl Merges {
    fn children(&self, node: usize) -> &[usize] {
        let (from, to) = self.span[node - self.rows];
        &self.children[from..to]
    }

    /// Whether the customers of a node are connected just below a distance. A row whose
    /// core distance is the distance itself is not: its customers are single ones.
    fn connected(&self, node: usize, core: &[f64], distance: f64) -> bool {
        node >= self.rows || core[node] < distance
    }
}

/// `core` are core distances per row, `counts` customers per row; edges are those of the
/// spanning tree.
pub(super) fn condense(
    mut edges: Vec<Edge>,
    core: &[f64],
    counts: &[u64],
    min_cluster_size: u64,
) -> Condensed {
    edges.sort_unstable_by(|a, b| a.squared.total_cmp(&b.squared).then(a.ends.cmp(&b.ends)));
    let merges = merge(&edges, counts);
    Walk { merges: &merges, core, min_cluster_size, stack: Vec::new() }.down()
}

/// Merges equal distances at once.
fn merge(edges: &[Edge], counts: &[u64]) -> Merges {
    let n = counts.len();
    let forest = Forest::new(n);
    // The node of each component, by its root.
    let mut node_of: Vec<usize> = (0..n).collect();
    let mut merges = Merges {
        distance: Vec::new(),
        span: Vec::new(),
        children: Vec::new(),
        size: counts.to_vec(),
        rows: n,
    };
    let distance = |edge: &Edge| edge.squared.sqrt();
    for group in edges.chunk_by(|a, b| distance(a) == distance(b)) {
        let mut roots: Vec<u32> = group
            .iter()
            .flat_map(|edge| [edge.ends.0, edge.ends.1])
            .map(|end| forest.find(end as usize))
            .collect();
        roots.sort_unstable();
        roots.dedup();
        for edge in group {
            forest.unite(edge.ends.0 as usize, edge.ends.1 as usize);
        }
        let mut parts: Vec<(u32, u32)> =
            roots.iter().map(|&root| (forest.find(root as usize), root)).collect();
        parts.sort_unstable();
        for parts in parts.chunk_by(|a, b| a.0 == b.0) {
            let from = merges.children.len();
            let children = parts.iter().map(|&(_, root)| node_of[root as usize]);
            merges.children.extend(children);
            let to = merges.children.len();
            let size = merges.children[from..to].iter().map(|&child| merges.size[child]).sum();
            node_of[parts[0].0 as usize] = n + merges.span.len();
            merges.span.push((from, to));
            merges.distance.push(distance(&group[0]));
            merges.size.push(size);
        }
    }
    merges
}

/// The way down from all customers.
struct Walk<'a> {
    merges: &'a Merges,
    core: &'a [f64],
    min_cluster_size: u64,
    stack: Vec<usize>,
}

impl Walk<'_> {
    fn down(mut self) -> Condensed {
        let n = self.merges.rows;
        let mut out = Condensed { clusters: Vec::new(), left: vec![(0, 0.0); n] };
        if n == 0 {
            return out;
        }
        let mut next = vec![(None, f64::INFINITY, n + self.merges.span.len() - 1)];
        while let Some((parent, from, node)) = next.pop() {
            let cluster = out.clusters.len();
            let birth = if from.is_finite() { density(from) } else { 0.0 };
            out.clusters.push(Cluster {
                parent,
                from,
                birth,
                death: birth,
                stability: 0.0,
                children: Vec::new(),
            });
            if let Some(parent) = parent {
                out.clusters[parent].children.push(cluster);
            }
            let (distance, parts) = self.follow(node, cluster, &mut out);
            next.extend(parts.into_iter().rev().map(|part| (Some(cluster), distance, part)));
        }
        out
    }

    /// Follows a cluster to its end: the distance of its split and its parts there, none
    /// where it dissolves.
    fn follow(&mut self, node: usize, cluster: usize, out: &mut Condensed) -> (f64, Vec<usize>) {
        let mut node = node;
        loop {
            if node < self.merges.rows {
                self.leave(node, self.core[node], cluster, out);
                return (0.0, Vec::new());
            }
            let distance = self.merges.distance[node - self.merges.rows];
            let (large, small): (Vec<usize>, Vec<usize>) =
                self.merges.children(node).iter().partition(|&&child| {
                    self.merges.size[child] >= self.min_cluster_size
                        && self.merges.connected(child, self.core, distance)
                });
            for part in small {
                self.leave(part, distance, cluster, out);
            }
            match large[..] {
                [] => return (distance, large),
                [only] => node = only,
                _ => {
                    for &part in &large {
                        stay(&mut out.clusters[cluster], self.merges.size[part], distance);
                    }
                    return (distance, large);
                }
            }
        }
    }

    /// All customers of a node leave the cluster.
    fn leave(&mut self, node: usize, distance: f64, cluster: usize, out: &mut Condensed) {
        stay(&mut out.clusters[cluster], self.merges.size[node], distance);
        self.stack.push(node);
        while let Some(node) = self.stack.pop() {
            if node < self.merges.rows {
                out.left[node] = (cluster, density(distance));
            } else {
                self.stack.extend_from_slice(self.merges.children(node));
            }
        }
    }
}

/// Counts customers who were in a cluster down to a distance.
fn stay(cluster: &mut Cluster, customers: u64, distance: f64) {
    let density = density(distance);
    cluster.stability += customers as f64 * (density - cluster.birth);
    cluster.death = cluster.death.max(density);
}

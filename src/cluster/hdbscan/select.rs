//! Which clusters of the condensed tree are taken.

use super::hierarchy::Condensed;
use super::params::{HdbscanParams, Selection};

/// Marks the clusters that are taken; none of them is inside another one.
pub(super) fn select(tree: &Condensed, params: &HdbscanParams) -> Vec<bool> {
    let mut taken = match params.selection {
        Selection::ExcessOfMass => most_stable(tree, params.allow_single_cluster),
        Selection::Leaf => leaves(tree, params.allow_single_cluster),
    };
    let single = taken.first() == Some(&true);
    if params.selection_epsilon > 0.0 && !single {
        taken = not_below(tree, &taken, params);
    }
    taken
}

/// Excess of mass: a cluster is taken where it is at least as stable as what is best
/// below it.
fn most_stable(tree: &Condensed, single: bool) -> Vec<bool> {
    let clusters = &tree.clusters;
    let mut best: Vec<f64> = clusters.iter().map(|cluster| cluster.stability).collect();
    let mut taken = vec![true; clusters.len()];
    for at in (0..clusters.len()).rev() {
        let below: f64 = clusters[at].children.iter().map(|&child| best[child]).sum();
        if at == 0 && !single {
            taken[at] = false;
        } else if below > clusters[at].stability {
            best[at] = below;
            taken[at] = false;
        }
    }
    // Nothing is taken inside something that is.
    let mut inside = vec![false; clusters.len()];
    for (at, cluster) in clusters.iter().enumerate() {
        inside[at] = cluster.parent.is_some_and(|parent| inside[parent] || taken[parent]);
        taken[at] &= !inside[at];
    }
    taken
}

fn leaves(tree: &Condensed, single: bool) -> Vec<bool> {
    let leaf = |cluster: &super::hierarchy::Cluster| {
        cluster.children.is_empty() && (single || cluster.parent.is_some())
    };
    tree.clusters.iter().map(leaf).collect()
}

/// Replaces clusters that came from a split at less than epsilon by the first above them
/// that did not.
fn not_below(tree: &Condensed, taken: &[bool], params: &HdbscanParams) -> Vec<bool> {
    let clusters = &tree.clusters;
    let mut out = vec![false; clusters.len()];
    for at in (0..clusters.len()).filter(|&at| taken[at]) {
        let mut above = at;
        while clusters[above].from < params.selection_epsilon {
            match clusters[above].parent {
                Some(0) if !params.allow_single_cluster => break,
                Some(parent) => above = parent,
                None => break,
            }
        }
        out[above] = true;
    }
    // One that was taken over may hold another one that was not.
    for at in 1..clusters.len() {
        let mut above = clusters[at].parent;
        while let Some(parent) = above.filter(|_| out[at]) {
            out[at] = !out[parent];
            above = clusters[parent].parent;
        }
    }
    out
}

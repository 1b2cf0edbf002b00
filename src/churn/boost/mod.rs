//! Gradient boosting of symmetric trees.

mod cuts;
mod gradient;
mod shard;
mod split;
mod trees;

use rayon::prelude::*;

pub(super) use cuts::{Cuts, Raw};
pub(super) use trees::{Split, Tree, Trees};
use gradient::Scale;
use shard::{MOST_CODES, Shard, unpack};
use split::Layout;

#[derive(Debug, Clone)]
pub(super) struct Settings {
    pub(super) trees: usize,
    pub(super) depth: usize,
    pub(super) rate: f64,
    pub(super) lambda: f64,
    pub(super) rows: f64,
    pub(super) columns: f64,
    pub(super) bins: usize,
    pub(super) monotone: Vec<i8>,
}

const SMALL: usize = 32_768;

pub(super) fn fit(
    columns: &[Raw],
    rows: &[usize],
    outcomes: &[bool],
    settings: &Settings,
    salt: u64,
) -> Option<Trees> {
    let events = outcomes.iter().filter(|&&yes| yes).count();
    let others = outcomes.len() - events;
    if events == 0 || others == 0 {
        return None;
    }
    let base = libm::log(events as f64) - libm::log(others as f64);
    let d = columns.len();
    let most = settings.bins.min(MOST_CODES / d.max(1)).saturating_sub(1).max(1);
    let cuts: Vec<Cuts> =
        columns.par_iter().map(|&raw| Cuts::learn(raw, rows, outcomes, most)).collect();
    let n_bins: Vec<usize> = cuts.iter().map(Cuts::n_bins).collect();
    let offsets: Vec<usize> = n_bins
        .iter()
        .scan(0, |sum, &bins| {
            let start = *sum;
            *sum += bins;
            Some(start)
        })
        .collect();
    let layout = Layout { offsets, n_bins };
    let n_codes: usize = layout.n_bins.iter().sum();
    let n_shards =
        if rows.len() < SMALL { 1 } else { rayon::current_num_threads().min(rows.len() / 8192).max(1) };
    let per = rows.len().div_ceil(n_shards);
    let mut shards: Vec<Shard> = rows
        .par_chunks(per)
        .enumerate()
        .map(|(i, rows)| {
            let mut codes = vec![0_u16; rows.len() * d];
            for (j, (cuts, &raw)) in cuts.iter().zip(columns).enumerate() {
                for (at, &row) in rows.iter().enumerate() {
                    codes[at * d + j] = layout.offsets[j] as u16 + cuts.bin(raw, row);
                }
            }
            Shard::new(i * per, codes, d, n_codes, base)
        })
        .collect();
    let scale = Scale::of(rows.len());
    let mut trees = Vec::with_capacity(settings.trees);
    for t in 0..settings.trees {
        let tree_salt = gradient::lots(t, salt);
        let share = (settings.rows * 65536.0) as u64;
        let begin = |shard: &mut Shard| {
            for row in 0..shard.n_rows() {
                let lots = gradient::lots(shard.start + row, tree_salt);
                shard.packed[row] =
                    scale.pack(shard.log_odds[row], outcomes[shard.start + row], lots);
            }
            let start = shard.start;
            shard.begin(|row| gradient::lots(start + row, tree_salt) >> 48 < share);
        };
        each(&mut shards, begin);
        let Some(tree) = grow(&mut shards, &layout, scale, settings, tree_salt) else { break };
        trees.push(tree);
    }
    Some(Trees { cuts, base, trees })
}

fn each(shards: &mut [Shard], work: impl Fn(&mut Shard) + Sync + Send) {
    if shards.len() == 1 {
        work(&mut shards[0]);
    } else {
        shards.par_iter_mut().for_each(work);
    }
}

fn grow(
    shards: &mut [Shard],
    layout: &Layout,
    scale: Scale,
    settings: &Settings,
    tree_salt: u64,
) -> Option<Tree> {
    let mut splits: Vec<Split> = Vec::new();
    let share = (settings.columns * 65536.0) as u64;
    for depth in 0..settings.depth {
        let total: Vec<i64>;
        let sums: &[i64] = if shards.len() == 1 {
            &shards[0].sums
        } else {
            let mut sum = shards[0].sums.clone();
            for shard in &shards[1..] {
                for (a, b) in sum.iter_mut().zip(&shard.sums) {
                    *a += b;
                }
            }
            total = sum;
            &total
        };
        let found = split::best(sums, layout, scale, settings.lambda, &|column| {
            gradient::lots(column + 1_000_003 * (depth + 1), tree_salt) >> 48 < share
        });
        let Some(found) = found else { break };
        let split = Split { column: found.column as u32, bin: found.bin, missing: found.missing };
        splits.push(split);
        let offset = layout.offsets[found.column] as u16;
        let needs = depth + 1 < settings.depth;
        let go = |shard: &mut Shard| {
            shard.split(|codes| split.is_right(codes[found.column] - offset), needs);
        };
        each(shards, go);
    }
    if splits.is_empty() {
        return None;
    }
    // Leaf sums over all rows.
    let n_leaves = 1 << splits.len();
    let leaf_of = |codes: &[u16]| {
        splits.iter().fold(0, |leaf, split| {
            let offset = layout.offsets[split.column as usize] as u16;
            leaf << 1 | usize::from(split.is_right(codes[split.column as usize] - offset))
        })
    };
    let d = layout.offsets.len();
    let parts: Vec<(Vec<i64>, Vec<u32>)> = shards
        .par_iter()
        .map(|shard| {
            let (mut sums, mut covers) = (vec![0; n_leaves], vec![0; n_leaves]);
            for (codes, packed) in shard.codes.chunks_exact(d).zip(&shard.packed) {
                let leaf = leaf_of(codes);
                sums[leaf] += packed;
                covers[leaf] += 1;
            }
            (sums, covers)
        })
        .collect();
    let (mut sums, mut covers) = (vec![0; n_leaves], vec![0; n_leaves]);
    for part in parts {
        for leaf in 0..n_leaves {
            sums[leaf] += part.0[leaf];
            covers[leaf] += part.1[leaf];
        }
    }
    let leaves: Vec<f64> = sums
        .iter()
        .map(|&sum| {
            let (g, h) = unpack(sum);
            -settings.rate * scale.gradient(g) / (scale.curvature(h) + settings.lambda)
        })
        .collect();
    each(shards, |shard| {
        for (codes, x) in shard.codes.chunks_exact(d).zip(&mut shard.log_odds) {
            *x += leaves[leaf_of(codes)];
        }
    });
    Some(Tree { splits, leaves, covers })
}

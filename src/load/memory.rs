//! Memory that is freed batch by batch is kept for the next batch.
//!
//! The buffers of a batch have some megabytes each. By default the allocator of the GNU C
//! library gives such blocks back to the system when they are freed, and takes new pages,
//! which the system clears first, for the next batch: of 100 million purchase lines in
//! Parquet, half of the time of reading went into that. It raises its threshold to the size
//! of a mapped block when that is freed, up to 32 MB (mallopt(3), `M_MMAP_THRESHOLD`), and
//! gives memory back above twice the threshold. So one block of nearly that size, taken and
//! freed without being touched, is all it needs. With another allocator nothing happens.

use std::hint::black_box;
use std::sync::Once;

/// Just below the largest block that raises the threshold, with its header and in pages.
const BLOCK: usize = (32 << 20) - (64 << 10);

/// Lets the allocator keep what is freed, up to 64 MB; once in the life of the program.
pub(super) fn keep_freed() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| drop(black_box(Vec::<u8>::with_capacity(BLOCK))));
}

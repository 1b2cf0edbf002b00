//! Signs that would cover each other are pushed apart.

/// Moves places until any two are at least `apart` from each other, in at most 200 steps;
/// `inside` keeps a place within the picture.
pub(super) fn spread(
    places: &mut [(f64, f64)],
    apart: f64,
    inside: impl Fn(f64, f64) -> (f64, f64),
) {
    for _ in 0..200 {
        if !push_apart(places, apart, &inside) {
            return;
        }
    }
}

/// One step of pushing; whether anything moved.
fn push_apart(
    places: &mut [(f64, f64)],
    apart: f64,
    inside: &impl Fn(f64, f64) -> (f64, f64),
) -> bool {
    let mut moved = false;
    for a in 0..places.len() {
        for b in a + 1..places.len() {
            let (mut dx, mut dy) = (places[b].0 - places[a].0, places[b].1 - places[a].1);
            let far = (dx * dx + dy * dy).sqrt();
            if far >= apart {
                continue;
            }
            moved = true;
            if far < 1e-6 {
                (dx, dy) = (0.6, 0.8);
            } else {
                (dx, dy) = (dx / far, dy / far);
            }
            let half = (apart - far) / 2.0 + 0.1;
            places[a] = inside(places[a].0 - dx * half, places[a].1 - dy * half);
            places[b] = inside(places[b].0 + dx * half, places[b].1 + dy * half);
        }
    }
    moved
}

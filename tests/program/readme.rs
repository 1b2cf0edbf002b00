//! README's console blocks hold what the program prints. `KOHORT_BLESS=1` writes them anew.

use std::fs;
use std::path::Path;

use crate::support::{call, program};

#[test]
fn the_readme_shows_what_the_program_prints() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink(root.join("data"), folder.path().join("data")).unwrap();
    let kept = fs::read_to_string(root.join("README.md")).unwrap();
    let mut fresh = String::new();
    let mut inside = false;
    let mut commands = 0;
    for line in kept.lines() {
        if line == "```console" {
            inside = true;
        } else if line == "```" {
            inside = false;
        } else if let (true, Some(command)) = (inside, line.strip_prefix("$ kohort ")) {
            let call = call(program().current_dir(folder.path()).args(command.split(' ')));
            assert_eq!(call.code, 0, "{command}: {}", call.stderr);
            fresh.push_str(line);
            fresh.push('\n');
            fresh.push_str(&call.stdout);
            commands += 1;
            continue;
        } else if inside {
            continue;
        }
        fresh.push_str(line);
        fresh.push('\n');
    }
    assert!(commands >= 5, "the README shows the main commands");
    if std::env::var("KOHORT_BLESS").is_ok() {
        fs::write(root.join("README.md"), &fresh).unwrap();
    }
    assert!(
        fs::read_to_string(root.join("README.md")).unwrap() == fresh,
        "README.md shows other output than the program prints: KOHORT_BLESS=1"
    );
}

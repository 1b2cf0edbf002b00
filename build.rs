//! Records the commit that the program is built from, for `kohort --version`.

use std::process::Command;

fn main() {
    println!("cargo::rerun-if-changed=.git/HEAD");
    println!("cargo::rerun-if-env-changed=KOHORT_COMMIT");
    let commit = std::env::var("KOHORT_COMMIT").ok().or_else(|| {
        let output = Command::new("git").args(["rev-parse", "--short=12", "HEAD"]).output().ok()?;
        let text = String::from_utf8(output.stdout).ok()?;
        output.status.success().then(|| text.trim().to_owned())
    });
    println!("cargo::rustc-env=KOHORT_COMMIT={}", commit.as_deref().unwrap_or("unknown"));
}

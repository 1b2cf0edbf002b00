//! The program. Everything it does is in the library.

fn main() {
    std::process::exit(kohort::cli::main());
}

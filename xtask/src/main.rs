//! `cargo xtask …`: the one entry for building, showing and testing Sendvagt.

fn main() {}

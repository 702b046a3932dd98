//! Prints made-up drafts as JSON, one a line: how many, and from which seed.

use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

use sendvagt_testing::Dice;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1).map(|argument| argument.parse::<u64>());
    let (Some(Ok(count)), seed) = (arguments.next(), arguments.next().unwrap_or(Ok(1))) else {
        eprintln!("made-up-drafts: say how many, and the seed if it is not 1: made-up-drafts 10000 7");
        return ExitCode::from(2);
    };
    let Ok(seed) = seed else {
        eprintln!("made-up-drafts: the seed must be a whole number");
        return ExitCode::from(2);
    };
    let mut dice = Dice::new(seed);
    let mut out = BufWriter::new(io::stdout().lock());
    for _ in 0..count {
        let written = serde_json::to_writer(&mut out, &dice.draft()).map_err(io::Error::from);
        if let Err(error) = written.and_then(|()| out.write_all(b"\n")) {
            eprintln!("made-up-drafts: {error}");
            return ExitCode::FAILURE;
        }
    }
    match out.flush() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("made-up-drafts: {error}");
            ExitCode::FAILURE
        }
    }
}

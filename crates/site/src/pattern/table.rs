//! The states of a pattern as a table.

use std::collections::HashMap;

use regex_automata::dfa::{Automaton, dense};
use regex_automata::util::primitives::StateID;
use regex_automata::util::start;

use super::PatternError;
use super::alike::alike;

/// As many states as numbers of 16 bits can tell apart, and one more for *found*.
const STATES: usize = u16::MAX as usize - 1;

/// As much work as a table may take: ways of states.
const WORK: usize = 1 << 18;

/// The table, as [`sendvagt::Automaton`] reads it.
pub(super) fn written(states: &dense::DFA<Vec<u32>>) -> Result<String, PatternError> {
    // Bytes of one class go the same way from every state.
    let classes: Vec<usize> = (0..=u8::MAX).map(|byte| usize::from(states.byte_classes().get(byte))).collect();
    let count = classes.iter().max().map_or(0, |last| last + 1);
    let samples: Vec<u8> = (0..count).filter_map(|class| sample(&classes, class)).collect();
    let ways = reachable(states, &samples)?;
    let groups = alike(&ways);
    Ok(text(&ways, &groups, &classes))
}

fn sample(classes: &[usize], class: usize) -> Option<u8> {
    classes.iter().position(|of| *of == class).and_then(|byte| u8::try_from(byte).ok())
}

/// The ways of each state that can be reached from the first, by class and at the end of the text; `None` for *found*.
fn reachable(states: &dense::DFA<Vec<u32>>, samples: &[u8]) -> Result<Vec<Vec<Option<usize>>>, PatternError> {
    let config = start::Config::new().anchored(regex_automata::Anchored::No);
    let first = states.start_state(&config).map_err(|_| PatternError::TooLarge)?;
    let mut known: HashMap<StateID, usize> = HashMap::from([(first, 0)]);
    let mut order = vec![first];
    let mut all: Vec<Vec<Option<usize>>> = Vec::new();
    while let Some(state) = order.get(all.len()).copied() {
        let ways: Vec<StateID> = samples.iter().map(|byte| states.next_state(state, *byte)).collect();
        let ways = ways.into_iter().chain([states.next_eoi_state(state)]).map(|next| {
            (!states.is_match_state(next)).then(|| {
                *known.entry(next).or_insert_with(|| {
                    order.push(next);
                    order.len() - 1
                })
            })
        });
        all.push(ways.collect());
        if order.len() > STATES || order.len() * (samples.len() + 1) > WORK {
            return Err(PatternError::TooLarge);
        }
    }
    // A match tells itself one byte late. At the end of an empty text it does so at once.
    if all.first().and_then(|ways| ways.last()) == Some(&None) {
        return Err(PatternError::Everywhere);
    }
    Ok(all)
}

fn text(ways: &[Vec<Option<usize>>], groups: &[usize], classes: &[usize]) -> String {
    let count = groups.iter().max().map_or(0, |last| last + 1);
    let mut of_group: Vec<&[Option<usize>]> = vec![&[]; count];
    for (ways, group) in ways.iter().zip(groups) {
        if let Some(slot) = of_group.get_mut(*group) {
            *slot = ways;
        }
    }
    let to = |way: Option<usize>| way.and_then(|state| groups.get(state).copied()).unwrap_or(count);
    // With fewer states fewer classes can be told apart.
    let mut columns: HashMap<Vec<usize>, usize> = HashMap::new();
    let mut kept = Vec::new();
    let end = ways.first().map_or(0, |ways| ways.len().saturating_sub(1));
    let fewer: Vec<usize> = (0..end)
        .map(|class| {
            let column = of_group.iter().map(|ways| to(ways.get(class).copied().flatten())).collect();
            let fresh = columns.len();
            let new = *columns.entry(column).or_insert(fresh);
            if new == fresh {
                kept.push(class);
            }
            new
        })
        .collect();
    kept.push(end);
    let classes = classes.iter().map(|class| fewer.get(*class).copied().unwrap_or_default());
    let rows = of_group.iter().flat_map(|ways| kept.iter().map(move |class| to(ways.get(*class).copied().flatten())));
    runs([kept.len()].into_iter().chain(classes).chain(rows))
}

/// Numbers, a run of equal ones as the number, `*` and how many.
fn runs(numbers: impl Iterator<Item = usize>) -> String {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for number in numbers {
        match runs.last_mut() {
            Some((last, times)) if *last == number => *times += 1,
            _ => runs.push((number, 1)),
        }
    }
    let run = |(number, times): &(usize, usize)| match times {
        1 => number.to_string(),
        _ => format!("{number}*{times}"),
    };
    runs.iter().map(run).collect::<Vec<_>>().join(" ")
}

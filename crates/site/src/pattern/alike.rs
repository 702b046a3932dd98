//! States that no text can tell apart, by Hopcroft's method: a pattern such as `x{9000}` is a chain of states, for which going over
//! all of them until nothing changes would take the square of its length.

use std::collections::HashMap;
use std::ops::Range;

/// For each state its group: states of a group cannot be told apart by any text. A way that is `None` leads to *found*. The first
/// state is in group 0, and groups are numbered as their first states are.
pub(super) fn alike(ways: &[Vec<Option<usize>>]) -> Vec<usize> {
    let found = ways.len();
    let classes = ways.first().map_or(0, Vec::len);
    let mut groups = Groups::new(found);
    let sources: Vec<Sources> = (0..classes).map(|class| Sources::new(ways, class)).collect();
    let mut waiting = vec![groups.of(found)];
    while let Some(group) = waiting.pop() {
        let members = groups.members(group).to_vec();
        for sources in &sources {
            let from = members.iter().flat_map(|state| sources.of(*state));
            waiting.extend(groups.split(from.copied()));
        }
    }
    let mut names = HashMap::new();
    let name = |state| {
        let fresh = names.len();
        *names.entry(groups.of(state)).or_insert(fresh)
    };
    (0..found).map(name).collect()
}

/// The states from which a byte of a class leads to a state.
struct Sources {
    states: Vec<usize>,
    /// Where those of each state begin, and where the last ones end.
    starts: Vec<usize>,
}

impl Sources {
    fn new(ways: &[Vec<Option<usize>>], class: usize) -> Self {
        let found = ways.len();
        let mut pairs: Vec<(usize, usize)> = ways
            .iter()
            .enumerate()
            .map(|(state, ways)| (ways.get(class).copied().flatten().unwrap_or(found), state))
            .collect();
        pairs.sort_unstable();
        let starts = (0..=found + 1).map(|target| pairs.partition_point(|(to, _)| *to < target)).collect();
        Self { states: pairs.into_iter().map(|(_, state)| state).collect(), starts }
    }

    fn of(&self, state: usize) -> &[usize] {
        let range = at(&self.starts, state)..at(&self.starts, state + 1);
        self.states.get(range).unwrap_or_default()
    }
}

/// The states in groups, as a partition of an array that is refined in place.
struct Groups {
    /// All states, those of a group beside each other.
    order: Vec<usize>,
    /// Where each state is in `order`.
    places: Vec<usize>,
    group: Vec<usize>,
    /// Where the states of each group are in `order`.
    ranges: Vec<Range<usize>>,
}

impl Groups {
    /// All states in one group but *found*, which comes after them.
    fn new(found: usize) -> Self {
        let order: Vec<usize> = (0..=found).collect();
        let group = order.iter().map(|state| usize::from(*state == found)).collect();
        Self { places: order.clone(), order, group, ranges: vec![0..found, found..found + 1] }
    }

    fn of(&self, state: usize) -> usize {
        at(&self.group, state)
    }

    fn members(&self, group: usize) -> &[usize] {
        let range = self.ranges.get(group).cloned().unwrap_or_default();
        self.order.get(range).unwrap_or_default()
    }

    /// Tells these states apart from the others of their groups; gives the new groups, the smaller half of each.
    fn split(&mut self, states: impl Iterator<Item = usize>) -> Vec<usize> {
        // How many of each group there are. They are moved to its beginning.
        let mut moved: HashMap<usize, usize> = HashMap::new();
        for state in states {
            let group = self.of(state);
            let count = moved.entry(group).or_default();
            let to = self.ranges.get(group).map_or(0, |range| range.start) + *count;
            *count += 1;
            let (from, other) = (at(&self.places, state), at(&self.order, to));
            self.order.swap(from, to);
            set(&mut self.places, state, to);
            set(&mut self.places, other, from);
        }
        let mut split: Vec<(usize, usize)> = moved.into_iter().collect();
        split.sort_unstable();
        let mut fresh = Vec::new();
        for (group, count) in split {
            let Some(range) = self.ranges.get_mut(group) else { continue };
            let middle = range.start + count;
            if middle == range.end {
                continue;
            }
            let (first, second) = (range.start..middle, middle..range.end);
            let (smaller, larger) = if first.len() < second.len() { (first, second) } else { (second, first) };
            *range = larger;
            let new = self.ranges.len();
            for state in self.order.get(smaller.clone()).unwrap_or_default() {
                set(&mut self.group, *state, new);
            }
            self.ranges.push(smaller);
            fresh.push(new);
        }
        fresh
    }
}

fn at(numbers: &[usize], index: usize) -> usize {
    numbers.get(index).copied().unwrap_or_default()
}

fn set(numbers: &mut [usize], index: usize, value: usize) {
    if let Some(number) = numbers.get_mut(index) {
        *number = value;
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use proptest::prelude::*;

    use super::alike;

    /// Goes over all states until nothing changes.
    fn slowly(ways: &[Vec<Option<usize>>]) -> Vec<usize> {
        let mut groups = vec![0; ways.len()];
        loop {
            let mut seen = HashMap::new();
            let next: Vec<usize> = ways
                .iter()
                .zip(&groups)
                .map(|(ways, group)| {
                    let to: Vec<Option<usize>> = ways.iter().map(|way| way.map(|state| groups[state])).collect();
                    let fresh = seen.len();
                    *seen.entry((*group, to)).or_insert(fresh)
                })
                .collect();
            if next == groups {
                return groups;
            }
            groups = next;
        }
    }

    fn states() -> impl Strategy<Value = Vec<Vec<Option<usize>>>> {
        (1..12_usize, 1..4_usize).prop_flat_map(|(states, classes)| {
            let way = prop_oneof![3 => (0..states).prop_map(Some), 1 => Just(None)];
            prop::collection::vec(prop::collection::vec(way, classes), states)
        })
    }

    proptest! {
        #[test]
        fn the_groups_are_those_of_the_slow_way(ways in states()) {
            prop_assert_eq!(alike(&ways), slowly(&ways));
        }
    }

    #[test]
    fn a_chain_has_as_many_groups_as_states() {
        let chain: Vec<_> = (1..40_000).map(|next| vec![Some(next), Some(0)]).chain([vec![None, Some(0)]]).collect();
        assert_eq!(alike(&chain), (0..40_000).collect::<Vec<_>>());
    }
}

//! Spreads work over several cores and returns the results in the order of the work.

use std::collections::VecDeque;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

/// Both ends of a pipeline: where the work comes from, and where the results go.
pub(crate) trait Ends {
    /// A piece of work.
    type Work: Send;
    /// Its result.
    type Done: Send;
    /// The next piece of work.
    fn next(&mut self) -> Option<Self::Work>;
    /// Takes a result; they come in the order of the work.
    fn take(&mut self, done: Self::Done);
}

/// How many pieces of work are queued for each thread. Few, since each holds a buffer.
const QUEUED: usize = 2;

/// The channels to a thread and back.
struct Lane<E: Ends> {
    work: SyncSender<E::Work>,
    done: Receiver<E::Done>,
}

/// Hands the work to the threads in turn. With one thread, the caller's own does it.
pub(crate) fn run<E: Ends>(threads: usize, ends: &mut E, work: impl Fn(E::Work) -> E::Done + Sync) {
    if threads <= 1 {
        while let Some(piece) = ends.next() {
            ends.take(work(piece));
        }
        return;
    }
    thread::scope(|scope| {
        let lanes: Vec<Lane<E>> = (0..threads)
            .map(|_| {
                let (work_sender, pieces) = sync_channel::<E::Work>(QUEUED);
                let (done_sender, done) = sync_channel(QUEUED);
                let work = &work;
                scope.spawn(move || {
                    for piece in pieces {
                        if done_sender.send(work(piece)).is_err() {
                            return;
                        }
                    }
                });
                Lane { work: work_sender, done }
            })
            .collect();
        in_turn(&lanes, ends);
    });
}

/// Sends the work round the lanes and collects the results in the same order, so that nothing needs sorting.
fn in_turn<E: Ends>(lanes: &[Lane<E>], ends: &mut E) {
    let mut pending = VecDeque::new();
    let collect = |lane: &Receiver<E::Done>, ends: &mut E| {
        // If the thread is gone, it has panicked; the scope passes the panic on.
        if let Ok(done) = lane.recv() {
            ends.take(done);
        }
    };
    for Lane { work, done } in lanes.iter().cycle() {
        if pending.len() >= QUEUED * lanes.len()
            && let Some(oldest) = pending.pop_front()
        {
            collect(oldest, ends);
        }
        let Some(piece) = ends.next() else { break };
        if work.send(piece).is_err() {
            break;
        }
        pending.push_back(done);
    }
    for lane in pending {
        collect(lane, ends);
    }
}

#[cfg(test)]
mod tests {
    use super::{Ends, run};

    struct Numbers {
        left: std::ops::Range<u32>,
        taken: Vec<u32>,
    }

    impl Ends for Numbers {
        type Work = u32;
        type Done = u32;

        fn next(&mut self) -> Option<u32> {
            self.left.next()
        }

        fn take(&mut self, done: u32) {
            self.taken.push(done);
        }
    }

    #[test]
    fn results_come_in_the_order_of_the_work() {
        for threads in [0, 1, 2, 3, 7] {
            for count in [0, 1, 5, 1000] {
                let mut ends = Numbers { left: 0..count, taken: Vec::new() };
                run(threads, &mut ends, |number| {
                    if number % 5 == 0 {
                        std::thread::yield_now();
                    }
                    2 * number
                });
                assert_eq!(ends.taken, (0..count).map(|number| 2 * number).collect::<Vec<_>>(), "{threads} threads");
            }
        }
    }
}

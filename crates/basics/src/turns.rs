//! Long work done in turns, so that whoever asked for it can do something else between them, or give it up.
//!
//! Such work is a future that waits for nothing: it pauses where a turn may end, and each poll is a turn. Pauses are at places that depend on the input
//! only, and nothing is told to the work between turns, so what it gives does not depend on how it was polled.

use std::future::poll_fn;
use std::mem::replace;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

/// Ends the turn.
pub async fn pause() {
    let mut has_paused = false;
    poll_fn(|_context| if replace(&mut has_paused, true) { Poll::Ready(()) } else { Poll::Pending }).await;
}

/// Does the next turn.
pub fn turn<T>(work: Pin<&mut impl Future<Output = T>>) -> Poll<T> {
    work.poll(&mut Context::from_waker(Waker::noop()))
}

/// Does all turns, one after the other.
pub fn to_end<T>(work: impl Future<Output = T>) -> T {
    let mut work = pin!(work);
    loop {
        if let Poll::Ready(done) = turn(work.as_mut()) {
            return done;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_pause_ends_a_turn() {
        let mut done = 0;
        {
            let mut work = pin!(async {
                for _ in 0..3 {
                    done += 1;
                    pause().await;
                }
                "done"
            });
            let turns: Vec<_> = (0..4).map(|_| turn(work.as_mut())).collect();
            assert_eq!(turns, [Poll::Pending, Poll::Pending, Poll::Pending, Poll::Ready("done")]);
        }
        assert_eq!(done, 3);
    }

    #[test]
    fn work_can_be_done_at_once() {
        assert_eq!(to_end(async { 1 }), 1, "without a pause");
        let nested = async {
            pause().await;
            pause().await;
            2
        };
        assert_eq!(to_end(async { nested.await + 1 }), 3);
    }
}

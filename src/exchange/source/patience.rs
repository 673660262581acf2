//! Reads from the child with an end in sight: all waits together may take so long and no longer.

use std::io::{self, Read};
use std::process::ChildStdout;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};

/// The child's output with a budget of waiting; time the parent itself spends does not count.
#[derive(Debug)]
pub(super) struct Patient {
    from: ChildStdout,
    left: Duration,
}

impl Patient {
    pub fn new(from: ChildStdout, budget: Duration) -> Self {
        Self { from, left: budget }
    }
}

impl Read for Patient {
    /// # Errors
    /// `TimedOut` when the budget is used up.
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let started = Instant::now();
        let timeout = Timespec {
            tv_sec: i64::try_from(self.left.as_secs()).unwrap_or(i64::MAX),
            tv_nsec: self.left.subsec_nanos().into(),
        };
        let mut fds = [PollFd::new(&self.from, PollFlags::IN)];
        let ready = poll(&mut fds, Some(&timeout))?;
        self.left = self.left.saturating_sub(started.elapsed());
        if ready == 0 {
            return Err(io::ErrorKind::TimedOut.into());
        }
        self.from.read(into)
    }
}

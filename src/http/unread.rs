//! The deadline of a client that does not read what it is answered.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use actix_web::rt::time::{Instant, Sleep, sleep_until};

/// How much of an answer a client has to take within the deadline, in bytes. Less than that would
/// let one that takes a byte now and then keep its part of the server for ever.
const PIECE: usize = 1 << 16;

/// The part of an answer that a client does not take.
pub struct Unread {
    alarm: Pin<Box<Sleep>>,
    /// Bytes taken of the piece that has to be taken.
    taken: usize,
}

impl Unread {
    /// From now on the client has this long for the next piece.
    pub fn new(within: Duration) -> Self {
        Self {
            alarm: Box::pin(sleep_until(Instant::now() + within)),
            taken: 0,
        }
    }

    /// The client has taken some of it; after a whole piece it has this long for the next.
    pub fn took(&mut self, bytes: usize, within: Duration) {
        self.taken += bytes;
        if self.taken >= PIECE {
            self.taken = 0;
            self.alarm.as_mut().reset(Instant::now() + within);
        }
    }

    /// Whether the deadline has passed.
    pub fn poll_late(&mut self, context: &mut Context<'_>) -> Poll<()> {
        self.alarm.as_mut().poll(context)
    }
}

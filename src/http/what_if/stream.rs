//! The answer line by line: parcels are examined in the blocking pool, some at a time, and only
//! while the client reads.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::{Duration, Instant};

use actix_web::body::{BodySize, MessageBody};
use actix_web::error::BlockingError;
use actix_web::web::{self, Bytes};

use super::view::{LineView, ProgressView};
use super::write::{Counts, begin, parcel};
use crate::app::what_if::{WhatIf, WhatIfPlace};
use crate::rules::what_if::Changed;

/// Parcels that are examined first at a time; then as many as take about as long as a turn.
const FIRST: usize = 64;
/// How long a step should take: a client that leaves frees its place by then.
const TURN: Duration = Duration::from_millis(250);
/// Parcels examined at a time, at most.
const MOST: usize = 1 << 17;

/// An answer of which something is still to be found.
struct Open {
    what_if: WhatIf,
    place: WhatIfPlace,
    counts: Counts,
    at_a_time: usize,
    begun: bool,
    done: bool,
}

type Step = Pin<Box<dyn Future<Output = Result<(Open, Vec<u8>), BlockingError>>>>;

/// The lines of one answer.
pub(super) struct Lines {
    open: Option<Open>,
    step: Option<Step>,
}

impl Lines {
    /// Of an answer that begins. When the client leaves, the examining ends with the step under
    /// way.
    pub fn of(what_if: WhatIf, place: WhatIfPlace) -> Self {
        let open = Open {
            what_if,
            place,
            counts: Counts::default(),
            at_a_time: FIRST,
            begun: false,
            done: false,
        };
        Self {
            open: Some(open),
            step: None,
        }
    }
}

impl Open {
    /// The next lines.
    fn next(&mut self) -> Vec<u8> {
        let mut bytes = Vec::new();
        if !self.begun {
            self.begun = true;
            push(&mut bytes, &LineView::Begin(begin(&self.what_if)));
        }
        let started = Instant::now();
        let told = self
            .what_if
            .step_telling(self.at_a_time, |found| tell(&found));
        let took = started.elapsed();
        if took < TURN / 2 {
            self.at_a_time = (self.at_a_time * 2).min(MOST);
        } else if took > TURN * 2 {
            self.at_a_time = (self.at_a_time / 2).max(1);
        }
        for (lines, counts) in told {
            bytes.extend(lines);
            self.counts.add(counts);
        }
        let (examined, total) = (self.what_if.examined(), self.what_if.total());
        let changed = self.counts.changed;
        if examined < total {
            let progress = ProgressView {
                examined,
                total,
                changed,
            };
            push(&mut bytes, &LineView::Progress(progress));
        } else {
            let end = self.counts.end(self.what_if.view(), examined);
            push(&mut bytes, &LineView::End(end));
            self.done = true;
        }
        bytes
    }
}

/// The lines of parcels whose answer changes, and how many they are.
fn tell(found: &[Changed]) -> (Vec<u8>, Counts) {
    let (mut bytes, mut counts) = (Vec::new(), Counts::default());
    for changed in found {
        counts.take(changed);
        push(&mut bytes, &LineView::Parcel(parcel(changed)));
    }
    (bytes, counts)
}

fn push(bytes: &mut Vec<u8>, line: &LineView) {
    serde_json::to_writer(&mut *bytes, line).expect("a view becomes JSON");
    bytes.push(b'\n');
}

impl MessageBody for Lines {
    type Error = actix_web::Error;

    fn size(&self) -> BodySize {
        BodySize::Stream
    }

    fn poll_next(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, actix_web::Error>>> {
        if let Some(mut open) = self.open.take() {
            if open.done {
                return Poll::Ready(None);
            }
            if open.place.is_ended() {
                return Poll::Ready(Some(Err(broken_off())));
            }
            self.step = Some(Box::pin(web::block(move || {
                let bytes = open.next();
                (open, bytes)
            })));
        }
        let Some(step) = &mut self.step else {
            return Poll::Ready(None);
        };
        let stepped = ready!(step.as_mut().poll(context));
        self.step = None;
        match stepped {
            Ok((open, bytes)) => {
                self.open = Some(open);
                Poll::Ready(Some(Ok(Bytes::from(bytes))))
            }
            Err(error) => {
                tracing::error!("an answer to what would change broke off: {error}");
                Poll::Ready(Some(Err(broken_off())))
            }
        }
    }
}

/// Status and head are gone already: the connection is closed, so that no client takes the answer
/// for whole.
fn broken_off() -> actix_web::Error {
    actix_web::error::ErrorInternalServerError("the answer broke off")
}

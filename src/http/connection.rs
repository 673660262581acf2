//! A connection whose client has to finish the head it began, and to read what it is answered.
//!
//! actix has a deadline for the first head of a connection only, and none for a client that does
//! not read. Here every head and every answer has one. What actix answers by itself to a head it
//! cannot read has no body: in its place goes a problem like all others.

use std::cell::Cell;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use actix_web::rt::net::TcpStream;
use actix_web::rt::time::{Instant, Sleep, sleep_until};
use actix_web::web;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use super::last_word::{self, Refusal};
use super::server::Shared;
use super::unread::Unread;

/// How long a refused client may go on sending the body that nobody reads, so that it sees the
/// refusal before the connection is gone.
const REST_OF_BODY: Duration = Duration::from_secs(1);

/// What a connection waits for.
#[derive(Debug, Clone, Copy)]
enum Awaited {
    /// The answer to a request whose head is complete.
    Answer,
    /// The first byte of the next head.
    Head(Instant),
    /// The rest of a head that has begun.
    RestOfHead(Instant),
    /// The end: the last answer has been given.
    End(Instant),
}

/// What the requests of a connection tell it.
#[derive(Debug, Clone)]
pub struct Heads(Rc<Cell<Awaited>>);

impl Heads {
    /// A head is complete, and its answer is being made.
    pub fn completed(&self) {
        if !matches!(self.0.get(), Awaited::End(_)) {
            self.0.set(Awaited::Answer);
        }
    }

    /// The answer is made, and another head may follow within this time.
    pub fn answered(&self, keep_alive: Duration) {
        if matches!(self.0.get(), Awaited::Answer) {
            self.0.set(Awaited::Head(Instant::now() + keep_alive));
        }
    }

    /// The answer is made, part of the request's body is unread, and nothing may follow.
    pub fn refused(&self) {
        self.0.set(Awaited::End(Instant::now() + REST_OF_BODY));
    }

    /// More of the answer has been read, later than its head was made.
    fn read(&self, keep_alive: Duration) {
        if matches!(self.0.get(), Awaited::Head(_)) {
            self.0.set(Awaited::Head(Instant::now() + keep_alive));
        }
    }

    fn received(&self, within: Duration) {
        if matches!(self.0.get(), Awaited::Head(_)) {
            self.0.set(Awaited::RestOfHead(Instant::now() + within));
        }
    }
}

/// A TCP connection with deadlines.
pub struct Connection {
    stream: TcpStream,
    peer: Option<SocketAddr>,
    shared: web::Data<Shared>,
    heads: Heads,
    /// Never later than what is awaited; it may be earlier, and is then set anew.
    alarm: Pin<Box<Sleep>>,
    /// Whether an answer lies half written.
    writing: bool,
    /// The part of an answer that the client does not take.
    unread: Option<Unread>,
    /// What is said in the place of the library's last word, and how much of it is written.
    last: Option<(Vec<u8>, usize)>,
    ended: bool,
}

impl Connection {
    /// A connection that has just been accepted.
    pub fn new(stream: TcpStream, shared: web::Data<Shared>) -> Self {
        let until = Instant::now() + shared.options.head_timeout();
        Self {
            peer: stream.peer_addr().ok(),
            stream,
            shared,
            heads: Heads(Rc::new(Cell::new(Awaited::Head(until)))),
            alarm: Box::pin(sleep_until(until)),
            writing: false,
            unread: None,
            last: None,
            ended: false,
        }
    }

    /// Who is at the other end.
    pub fn peer(&self) -> Option<SocketAddr> {
        self.peer
    }

    /// What its requests tell it.
    pub fn heads(&self) -> Heads {
        self.heads.clone()
    }

    /// Whether the deadline of what is awaited has passed.
    fn poll_late(&mut self, context: &mut Context<'_>) -> Poll<()> {
        loop {
            let until = match self.heads.0.get() {
                // Looked at again later: how long an answer takes is not the client's doing.
                Awaited::Answer => Instant::now() + self.shared.options.head_timeout(),
                // How long the client may take to read has a deadline of its own.
                Awaited::Head(_) if self.unread.is_some() => {
                    Instant::now() + self.shared.options.keep_alive()
                }
                Awaited::Head(until) | Awaited::RestOfHead(until) | Awaited::End(until) => until,
            };
            if self.alarm.deadline() > until {
                self.alarm.as_mut().reset(until);
            }
            if self.alarm.as_mut().poll(context).is_pending() {
                return Poll::Pending;
            }
            if until <= Instant::now() {
                return Poll::Ready(());
            }
            self.alarm.as_mut().reset(until);
        }
    }

    /// Tells a client that its head is not complete, unless half an answer stands before it.
    fn tell_late(&mut self, context: &mut Context<'_>) {
        let Awaited::RestOfHead(_) = self.heads.0.get() else {
            return;
        };
        if !self.writing {
            let answer = last_word::head_too_slow(&self.shared, self.peer);
            // What does not fit at once into the empty buffer of a socket is for nobody.
            let _ = Pin::new(&mut self.stream).poll_write(context, &answer);
        }
    }
}

impl Connection {
    /// Writes, with the deadline of a client that does not read.
    fn poll_send(&mut self, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        let taken = match written {
            Poll::Ready(Ok(taken)) => taken,
            Poll::Ready(Err(_)) => return written,
            Poll::Pending => 0,
        };
        if taken == bytes.len() {
            self.unread = None;
            self.heads.read(self.shared.options.keep_alive());
            return written;
        }
        let within = self.shared.options.answer_timeout();
        let unread = self.unread.get_or_insert_with(|| Unread::new(within));
        unread.took(taken, within);
        if written.is_pending() && unread.poll_late(context).is_ready() {
            last_word::report_unread(&self.shared, self.peer);
            // What lies in the socket's buffer is for nobody either.
            let _ = self.stream.set_zero_linger();
            return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
        }
        written
    }

    /// Says why a head cannot be read, and then lets the client finish what it is sending, so
    /// that it sees the refusal before the connection is gone.
    fn poll_refuse(&mut self, context: &mut Context<'_>, refusal: Refusal) -> Poll<io::Result<()>> {
        if matches!(self.heads.0.get(), Awaited::End(_)) && self.last.is_none() {
            // The last answer has been given: the client's body was broken, and it knows.
            return Poll::Ready(Ok(()));
        }
        let (answer, mut written) = match self.last.take() {
            Some(last) => last,
            None => {
                self.heads.refused();
                (last_word::refused(&self.shared, self.peer, refusal), 0)
            }
        };
        while written < answer.len() {
            match self.poll_send(context, &answer[written..]) {
                Poll::Ready(Ok(more)) => written += more,
                Poll::Ready(Err(error)) => return Poll::Ready(Err(error)),
                Poll::Pending => {
                    self.last = Some((answer, written));
                    return Poll::Pending;
                }
            }
        }
        self.last = Some((answer, written));
        ready!(Pin::new(&mut self.stream).poll_shutdown(context))?;
        let mut rest = [0; 4096];
        loop {
            let mut rest = ReadBuf::new(&mut rest);
            match Pin::new(&mut self.stream).poll_read(context, &mut rest) {
                Poll::Ready(Ok(())) if !rest.filled().is_empty() => {}
                Poll::Ready(_) => return Poll::Ready(Ok(())),
                Poll::Pending => return self.poll_late(context).map(Ok),
            }
        }
    }
}

impl AsyncRead for Connection {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.ended {
            return Poll::Ready(Ok(()));
        }
        let before = buffer.filled().len();
        let read = Pin::new(&mut self.stream).poll_read(context, buffer);
        if read.is_ready() {
            if buffer.filled().len() > before {
                self.heads.received(self.shared.options.head_timeout());
            }
            return read;
        }
        if self.poll_late(context).is_pending() {
            return Poll::Pending;
        }
        self.tell_late(context);
        self.ended = true;
        // Nothing read is the end of the stream, at which the connection is closed in order.
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Connection {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let own = match last_word::refusal_in(bytes) {
            Some((0, refusal)) => {
                ready!(self.poll_refuse(context, refusal))?;
                return Poll::Ready(Ok(bytes.len()));
            }
            // First what stands before it.
            Some((before, _)) => &bytes[..before],
            None => bytes,
        };
        let written = self.poll_send(context, own);
        self.writing = !matches!(written, Poll::Ready(Ok(length)) if length == own.len());
        written
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

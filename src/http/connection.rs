//! A connection whose client has to finish the head it began; one that does not is told 408.
//!
//! actix has such a deadline for the first head of a connection only, and its 408 has no body.
//! Here every head has one, and the answer is a problem like all others.

use std::cell::Cell;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};
use std::time::{Duration, SystemTime};

use actix_web::body::MessageBody;
use actix_web::http::header::HttpDate;
use actix_web::rt::net::TcpStream;
use actix_web::rt::time::{Instant, Sleep, sleep_until};
use actix_web::{HttpResponse, web};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use super::frame::{Line, report};
use super::language::Language;
use super::problem::{Kind, Problem};
use super::request_id::RequestId;
use super::server::Shared;

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
            let answer = head_too_slow(&self.shared, self.peer);
            // What does not fit at once into the empty buffer of a socket is for nobody.
            let _ = Pin::new(&mut self.stream).poll_write(context, &answer);
        }
    }
}

/// The answer to a head that is not complete in time, as bytes, with its line in the log.
fn head_too_slow(shared: &Shared, peer: Option<SocketAddr>) -> Vec<u8> {
    let within = shared.options.head_timeout();
    let id = RequestId::made();
    let arguments = vec![("milliseconds", within.as_millis().to_string())];
    let problem = Problem::new(Kind::RequestTimeout, "head_too_slow", arguments)
        .expecting("whole_head", Vec::new());
    let line = Line {
        id: &id,
        client: peer.map(|peer| peer.ip()),
        method: "unread",
        route: "unread",
        status: Kind::RequestTimeout.status(),
        took: within,
    };
    report(shared, &line);
    let answer = problem.respond(Language::default(), "", id.as_str());
    written_out(answer, &id)
}

/// An answer as it goes over the wire when nothing else stands between it and the socket.
fn written_out(answer: HttpResponse, id: &RequestId) -> Vec<u8> {
    let mut head = format!(
        "HTTP/1.1 {}\r\nx-request-id: {}\r\n",
        answer.status(),
        id.as_str()
    );
    let date = HttpDate::from(SystemTime::now());
    head.push_str(&format!("date: {date}\r\nconnection: close\r\n"));
    for (name, value) in answer.headers() {
        head.push_str(&format!(
            "{name}: {}\r\n",
            value.to_str().unwrap_or_default()
        ));
    }
    let body = answer.into_body().try_into_bytes().unwrap_or_default();
    head.push_str(&format!("content-length: {}\r\n\r\n", body.len()));
    [head.as_bytes(), &body].concat()
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
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.writing = !matches!(written, Poll::Ready(Ok(length)) if length == bytes.len());
        written
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

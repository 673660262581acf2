//! A client that writes what it likes on a connection, for what no well-behaved one does.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use crate::harness::Office;

/// A connection to a server.
pub struct Client(TcpStream);

impl Client {
    /// Connects to an office.
    pub fn of(office: &Office) -> Self {
        let address = office.url().trim_start_matches("http://");
        let stream = TcpStream::connect(address).expect("the server listens");
        stream
            .set_read_timeout(Some(Duration::from_secs(5)))
            .expect("a timeout is possible");
        Self(stream)
    }

    /// Sends bytes; whether the server still takes them.
    pub fn send(&mut self, text: &str) -> bool {
        self.0.write_all(text.as_bytes()).is_ok()
    }

    /// What the server says until it closes, a body of JSON is complete, or it is silent for five
    /// seconds.
    pub fn answer(&mut self) -> String {
        let mut answer = Vec::new();
        let mut part = [0; 4096];
        while let Ok(length) = self.0.read(&mut part) {
            if length == 0 {
                break;
            }
            answer.extend_from_slice(&part[..length]);
            if answer.ends_with(b"}") {
                break;
            }
        }
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// Reads at most so many bytes; how many came.
    pub fn take(&mut self, most: usize) -> usize {
        self.0.read(&mut vec![0; most]).unwrap_or(0)
    }

    /// Reads in pieces of 100 kB with a pause after each until the server closes or breaks the
    /// connection; how many bytes came.
    pub fn take_all(&mut self, pause: Duration) -> usize {
        let mut part = vec![0; 100_000];
        let mut read = 0;
        while let Ok(length) = self.0.read(&mut part) {
            if length == 0 {
                break;
            }
            read += length;
            std::thread::sleep(pause);
        }
        read
    }

    /// Whether the server closes the connection without another word.
    pub fn is_closed(&mut self) -> bool {
        matches!(self.0.read(&mut [0; 1]), Ok(0))
    }
}

//! Start, address and end of a server.

use std::net::SocketAddr;
use std::sync::{Arc, mpsc};
use std::thread::JoinHandle;
use std::time::Duration;

use actix_http::HttpService;
use actix_http::error::DispatchError;
use actix_service::{IntoServiceFactory, ServiceFactoryExt, fn_service, map_config};
use actix_web::dev::{AppConfig, Server, ServerHandle};
use actix_web::middleware::{Compress, from_fn};
use actix_web::rt::net::{TcpSocket, TcpStream};
use actix_web::{App as Actix, rt, web};

use super::HttpOptions;
use super::PageOptions;
use super::connection::Connection;
use super::first_view::FirstViews;
use super::frame::frame;
use super::limits::Limits;
use super::metrics::Metrics;
use super::openapi::Documents;
use super::page_options::PageOptionsError;
use super::yardstick;
use crate::app::App;

/// What every request of a server works with.
pub struct Shared {
    /// The application.
    pub app: Arc<App>,
    /// Options of this server.
    pub options: HttpOptions,
    /// Figures.
    pub metrics: Metrics,
    /// Limits.
    pub limits: Limits,
    /// Its own description.
    pub documents: Documents,
    /// The page, with what comes before any script.
    pub page: FirstViews,
    /// What constant answers are cut from; empty when none are offered.
    pub yardstick: web::Bytes,
}

/// A server that answers.
pub struct Running {
    app: Arc<App>,
    address: SocketAddr,
    handle: ServerHandle,
    thread: JoinHandle<std::io::Result<()>>,
}

/// Why a server cannot start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The address cannot be listened on.
    #[error("cannot listen on `{address}`: {source}; choose another with --listen")]
    Listen {
        /// Address asked for.
        address: SocketAddr,
        /// Why not.
        source: std::io::Error,
    },
    /// The file for the address cannot be written.
    #[error("cannot write the address to `{path}`: {source}")]
    AddressFile {
        /// Which.
        path: std::path::PathBuf,
        /// Why not.
        source: std::io::Error,
    },
    /// The thread of the server cannot be started.
    #[error("cannot start a thread for the server: {0}")]
    Thread(std::io::Error),
    /// The page cannot be shown as its options say.
    #[error(transparent)]
    Page(#[from] PageOptionsError),
    /// The metrics cannot be registered.
    #[error("cannot set up the metrics: {0}")]
    Metrics(String),
}

/// Starts a server in its own thread and returns once it listens.
///
/// # Errors
/// [`StartError`] when the address is taken or may not be used.
pub fn start(
    app: Arc<App>,
    options: &HttpOptions,
    page: &PageOptions,
) -> Result<Running, StartError> {
    let shared = web::Data::new(Shared {
        app: Arc::clone(&app),
        options: options.clone(),
        metrics: Metrics::new().map_err(|error| StartError::Metrics(error.to_string()))?,
        limits: Limits::new(options),
        documents: Documents::new(&options.public_base),
        page: FirstViews::new(page)?,
        yardstick: if options.yardstick {
            yardstick::constant()
        } else {
            web::Bytes::new()
        },
    });
    let (started, starting) = mpsc::channel();
    let thread = std::thread::Builder::new()
        .name("http".to_owned())
        .spawn(move || {
            rt::System::new().block_on(async move {
                match listen(&shared) {
                    Ok((address, server)) => {
                        // The other end waits below; it can be gone only when start() was killed.
                        let _ = started.send(Ok((address, server.handle())));
                        server.await
                    }
                    Err(source) => {
                        let _ = started.send(Err(source));
                        Ok(())
                    }
                }
            })
        })
        .map_err(StartError::Thread)?;
    let (address, handle) = starting
        .recv()
        .unwrap_or_else(|_| Err(std::io::Error::other("the server's thread ended")))
        .map_err(|source| StartError::Listen {
            address: options.listen,
            source,
        })?;
    write_address(options, address)?;
    tracing::info!(server.address = %address, "listening on http://{address}");
    Ok(Running {
        app,
        address,
        handle,
        thread,
    })
}

/// Connections that wait to be accepted, at most.
const BACKLOG: u32 = 1024;
/// How long a closed connection may take to be gone.
const DISCONNECT: Duration = Duration::from_secs(1);

/// As `actix_web::HttpServer` does it, but over connections with deadlines of their own.
fn listen(shared: &web::Data<Shared>) -> std::io::Result<(SocketAddr, Server)> {
    let options = &shared.options;
    let mut server = Server::build()
        .disable_signals()
        .max_concurrent_connections(options.connections_max)
        .shutdown_timeout(options.shutdown_timeout_s);
    if options.workers > 0 {
        server = server.workers(options.workers);
    }
    let listener = bind(options.listen)?;
    let address = listener.local_addr()?;
    let own = web::Data::clone(shared);
    let stopping = server.graceful_shutdown_signal();
    let server = server.listen("http", listener, move || {
        let (shared, stopping) = (web::Data::clone(&own), stopping.clone());
        let yardstick = shared.options.yardstick;
        let app = Actix::new()
            .app_data(web::Data::clone(&shared))
            // Bodies have been read by then, within the limit that is configured.
            .app_data(web::PayloadConfig::new(usize::MAX))
            .wrap(Compress::default())
            .wrap(from_fn(frame))
            .configure(move |table| super::routes(table, yardstick))
            .into_factory()
            .map_err(|error| error.error_response());
        let http = HttpService::build()
            .keep_alive(shared.options.keep_alive())
            // Connections have their own deadline for heads.
            .client_request_timeout(Duration::ZERO)
            .client_disconnect_timeout(DISCONNECT)
            .local_addr(address)
            .graceful_shutdown_signal(move || {
                let stopping = stopping.clone();
                async move { stopping.notified().await }
            })
            .on_connect_ext(|connection: &Connection, told| {
                told.insert(connection.heads());
            })
            .h1(map_config(app, |()| AppConfig::default()));
        fn_service(move |stream: TcpStream| {
            let connection = Connection::new(stream, web::Data::clone(&shared));
            let peer = connection.peer();
            std::future::ready(Ok::<_, DispatchError>((connection, peer)))
        })
        .and_then(http)
    })?;
    Ok((address, server.run()))
}

fn bind(address: SocketAddr) -> std::io::Result<std::net::TcpListener> {
    let socket = match address {
        SocketAddr::V4(_) => TcpSocket::new_v4()?,
        SocketAddr::V6(_) => TcpSocket::new_v6()?,
    };
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(BACKLOG)?.into_std()
}

fn write_address(options: &HttpOptions, address: SocketAddr) -> Result<(), StartError> {
    let path = &options.address_file;
    if path.as_os_str().is_empty() {
        return Ok(());
    }
    // Written beside and renamed, so that a reader never sees half an address.
    let beside = path.with_extension("part");
    std::fs::write(&beside, format!("{address}\n"))
        .and_then(|()| std::fs::rename(&beside, path))
        .map_err(|source| StartError::AddressFile {
            path: path.clone(),
            source,
        })
}

impl Running {
    /// Where it listens; with port 0 in the options, the port that was taken.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Takes no new connections, finishes running requests, and ends. Who waits for changes is
    /// answered at once.
    ///
    /// # Errors
    /// What the server's thread ended with.
    pub fn stop(self) -> std::io::Result<()> {
        self.app.end_waiting();
        rt::System::new().block_on(self.handle.stop(true));
        self.thread
            .join()
            .unwrap_or_else(|_| Err(std::io::Error::other("the server's thread panicked")))
    }
}

/// Waits for SIGTERM or SIGINT (Ctrl-C).
///
/// # Errors
/// When signals cannot be received.
pub fn wait_for_signal() -> std::io::Result<()> {
    use rt::signal::unix::{SignalKind, signal};
    rt::System::new().block_on(async {
        let mut terminate = signal(SignalKind::terminate())?;
        let mut interrupt = signal(SignalKind::interrupt())?;
        let both = std::future::poll_fn(|context| {
            if terminate.poll_recv(context).is_ready() {
                return std::task::Poll::Ready("SIGTERM");
            }
            interrupt.poll_recv(context).map(|_| "SIGINT")
        });
        let name = both.await;
        tracing::info!(signal = name, "stopping on {name}, running requests finish");
        Ok(())
    })
}

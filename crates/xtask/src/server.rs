//! Serves the finished page over HTTP, to this machine only.

use crate::page::CONTENT_SECURITY_POLICY;
use crate::site::{File, Site};
use anyhow::{Context, Result};
use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use std::future::IntoFuture;
use std::io;
use std::net::Ipv4Addr;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio::task::JoinHandle;

/// Any port that is free.
pub(crate) const FREE_PORT: u16 = 0;

/// Sent with every answer.
const HEADERS: [(&str, &str); 4] = [
    ("Content-Security-Policy", CONTENT_SECURITY_POLICY),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
];

/// A running server. It stops when it is dropped.
pub(crate) struct Server {
    runtime: Runtime,
    serving: JoinHandle<io::Result<()>>,
    port: u16,
}

impl Server {
    /// Starts to serve; port 0 takes a free one.
    pub(crate) fn start(site: Site, port: u16) -> Result<Self> {
        let runtime = Runtime::new().context("cannot start threads to serve with")?;
        let listener = runtime.block_on(TcpListener::bind((Ipv4Addr::LOCALHOST, port))).with_context(|| {
            format!("cannot listen on port {port}: choose another with --port, or end what uses this one")
        })?;
        let port = listener.local_addr().context("the server has no address")?.port();
        let app = Router::new().fallback(answer).with_state(Arc::new(site));
        let serving = runtime.spawn(axum::serve(listener, app).into_future());
        Ok(Self { runtime, serving, port })
    }

    /// The address of the page.
    pub(crate) fn url(&self) -> String {
        format!("http://{}:{}", Ipv4Addr::LOCALHOST, self.port)
    }

    /// Serves until the program is ended from outside.
    pub(crate) fn wait(self) -> Result<()> {
        Ok(self.runtime.block_on(self.serving)??)
    }
}

async fn answer(State(site): State<Arc<Site>>, method: Method, address: Uri, asked: HeaderMap) -> impl IntoResponse {
    let answer = if !matches!(method, Method::GET | Method::HEAD) {
        (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, "GET, HEAD")], "only GET and HEAD").into_response()
    } else if let Some(file) = site.find(address.path()) {
        file_answer(file, accepts_brotli(&asked))
    } else {
        (StatusCode::NOT_FOUND, "not found").into_response()
    };
    (HEADERS, answer)
}

fn file_answer(file: &File, brotli: bool) -> Response<Body> {
    let headers = [
        (header::CONTENT_TYPE, file.content_type),
        (header::CACHE_CONTROL, file.cache_control),
        (header::VARY, "Accept-Encoding"),
    ];
    if brotli {
        (headers, [(header::CONTENT_ENCODING, "br")], file.brotli.clone()).into_response()
    } else {
        (headers, file.contents.clone()).into_response()
    }
}

fn accepts_brotli(asked: &HeaderMap) -> bool {
    asked.get(header::ACCEPT_ENCODING).and_then(|accepted| accepted.to_str().ok()).is_some_and(names_brotli)
}

/// Whether an `Accept-Encoding` list names brotli without refusing it by `q=0`.
fn names_brotli(accepted: &str) -> bool {
    accepted.split(',').any(|encoding| {
        let mut parts = encoding.split(';').map(str::trim);
        let refused = |weight: &str| matches!(weight, "q=0" | "q=0.0" | "q=0.00" | "q=0.000");
        parts.next() == Some("br") && !parts.any(refused)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Read, Write};
    use std::net::TcpStream;
    use std::time::Duration;

    /// A browser keeps its connections, and opens more: none of them waits for another to end.
    #[test]
    fn every_kept_connection_is_answered() {
        let folder = std::env::temp_dir().join(format!("billing-server-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("index.html"), "page").unwrap();
        std::fs::write(folder.join("index.html.br"), "less").unwrap();
        let site = Site::load(&folder).unwrap();
        std::fs::remove_dir_all(&folder).unwrap();
        let server = Server::start(site, FREE_PORT).unwrap();
        let mut kept = Vec::new();
        for asked in ["GET / HTTP/1.1", "HEAD /tiers HTTP/1.1", "GET /none.css HTTP/1.1", "PUT / HTTP/1.1"].repeat(16) {
            let mut connection = TcpStream::connect((Ipv4Addr::LOCALHOST, server.port)).unwrap();
            connection.set_read_timeout(Some(Duration::from_mins(1))).unwrap();
            write!(connection, "{asked}\r\nHost: localhost\r\nAccept-Encoding: br\r\n\r\n").unwrap();
            kept.push((asked, connection));
        }
        for (asked, mut connection) in kept {
            let (status, rest) = match asked.split('/').next().unwrap() {
                "PUT " => ("405", "only get and head"),
                "HEAD " => ("200", "content-length: 4\r\n"),
                _ if asked.contains("none") => ("404", "not found"),
                _ => ("200", "less"),
            };
            let mut said = String::new();
            while !said.contains(rest) {
                let mut more = [0; 2048];
                let length = connection.read(&mut more).unwrap();
                assert!(length > 0, "{asked}: {said}");
                said += &String::from_utf8_lossy(&more[..length]).to_lowercase();
            }
            assert!(said.starts_with(&format!("http/1.1 {status}")), "{asked}: {said}");
            assert!(said.contains("content-security-policy: default-src 'none'"), "{asked}: {said}");
        }
    }

    #[test]
    fn brotli_is_sent_to_those_who_take_it() {
        for (accepted, expected) in [
            ("gzip, deflate, br, zstd", true),
            ("br;q=1.0, gzip;q=0.8", true),
            ("br", true),
            ("br;q=0", false),
            ("gzip", false),
            ("brown", false),
            ("", false),
        ] {
            assert_eq!(names_brotli(accepted), expected, "{accepted}");
        }
    }
}

//! Serves the finished page over HTTP, to this machine only.

use crate::site::{File, Site};
use anyhow::{Context, Result, anyhow, bail};
use std::io::Cursor;
use std::net::{Ipv4Addr, SocketAddrV4};
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use tiny_http::{Header, Method, Request, Response, StatusCode};

/// So many slow readers may stall before the others wait.
const THREADS: usize = 4;

/// Sent with every answer.
const HEADERS: [(&str, &str); 4] = [
    ("Content-Security-Policy", CONTENT_SECURITY_POLICY),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
];

/// What the page may do. `index.html` repeats it in a tag for servers that send no headers.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; \
    style-src 'self'; connect-src 'self'; img-src 'self'; manifest-src 'self'; base-uri 'none'; \
    form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; \
    trusted-types worker";

type Answer = Response<Cursor<Vec<u8>>>;

/// A running server.
pub(crate) struct Server {
    http: Arc<tiny_http::Server>,
    threads: Vec<JoinHandle<()>>,
    port: u16,
}

impl Server {
    /// Starts to serve; port 0 takes a free one.
    pub(crate) fn start(site: Site, port: u16) -> Result<Self> {
        let address = SocketAddrV4::new(Ipv4Addr::LOCALHOST, port);
        let http = tiny_http::Server::http(address)
            .map_err(|error| anyhow!("cannot listen on {address}: {error}"))
            .context("choose another port with --port, or end what uses this one")?;
        let Some(bound) = http.server_addr().to_ip() else {
            bail!("the server has no address");
        };
        let http = Arc::new(http);
        let site = Arc::new(site);
        let threads = (0..THREADS)
            .map(|_| {
                let (http, site) = (Arc::clone(&http), Arc::clone(&site));
                thread::spawn(move || answer_all(&http, &site))
            })
            .collect();
        Ok(Self { http, threads, port: bound.port() })
    }

    /// The address of the page.
    pub(crate) fn url(&self) -> String {
        format!("http://{}:{}", Ipv4Addr::LOCALHOST, self.port)
    }

    /// Serves until the program is ended from outside.
    pub(crate) fn wait(self) -> Result<()> {
        for thread in self.threads {
            thread.join().map_err(|_| anyhow!("a server thread broke"))?;
        }
        Ok(())
    }

    /// Stops serving.
    pub(crate) fn stop(self) -> Result<()> {
        for _ in &self.threads {
            self.http.unblock();
        }
        self.wait()
    }
}

fn answer_all(http: &tiny_http::Server, site: &Site) {
    // An error is `unblock`: the server shall stop.
    while let Ok(request) = http.recv() {
        let response = answer(site, &request).unwrap_or_else(|error| plain(500, &error.to_string()));
        // A visitor who left before the answer is no error of ours.
        let _ = request.respond(response);
    }
}

fn answer(site: &Site, request: &Request) -> Result<Answer> {
    let mut answer = if !matches!(request.method(), Method::Get | Method::Head) {
        plain(405, "only GET and HEAD").with_header(header("Allow", "GET, HEAD")?)
    } else if let Some(file) = site.find(request.url()) {
        file_answer(file, accepts_brotli(request))?
    } else {
        plain(404, "not found")
    };
    for (name, value) in HEADERS {
        answer.add_header(header(name, value)?);
    }
    Ok(answer)
}

fn file_answer(file: &File, brotli: bool) -> Result<Answer> {
    let contents = if brotli { &file.brotli } else { &file.contents };
    let mut answer = Response::from_data(contents.clone())
        // Chunks would hide the length, by which a browser shows progress.
        .with_chunked_threshold(usize::MAX)
        .with_header(header("Content-Type", file.content_type)?)
        .with_header(header("Cache-Control", file.cache_control)?)
        .with_header(header("Vary", "Accept-Encoding")?);
    if brotli {
        answer.add_header(header("Content-Encoding", "br")?);
    }
    Ok(answer)
}

fn plain(status: u16, text: &str) -> Answer {
    Response::from_string(text).with_status_code(StatusCode(status))
}

fn accepts_brotli(request: &Request) -> bool {
    let accepted = request.headers().iter().find(|header| header.field.equiv("Accept-Encoding"));
    accepted.is_some_and(|header| names_brotli(header.value.as_str()))
}

/// Whether an `Accept-Encoding` list names brotli without refusing it by `q=0`.
fn names_brotli(accepted: &str) -> bool {
    accepted.split(',').any(|encoding| {
        let mut parts = encoding.split(';').map(str::trim);
        let refused = |weight: &str| matches!(weight, "q=0" | "q=0.0" | "q=0.00" | "q=0.000");
        parts.next() == Some("br") && !parts.any(refused)
    })
}

fn header(name: &str, value: &str) -> Result<Header> {
    Header::from_bytes(name, value).map_err(|()| anyhow!("{name}: {value} is no HTTP header"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::Workspace;

    /// A tag cannot forbid to be framed, so only the header says that.
    #[test]
    fn index_html_repeats_the_policy() {
        let index = Workspace::find().unwrap().path("web/index.html");
        let page = std::fs::read_to_string(index).unwrap();
        for directive in CONTENT_SECURITY_POLICY.split("; ") {
            let is_expected = !directive.starts_with("frame-ancestors");
            assert_eq!(page.contains(directive), is_expected, "{directive}");
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

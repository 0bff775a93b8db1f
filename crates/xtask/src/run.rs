//! `cargo xtask run`: the page as customers get it, on this machine.

use crate::install::{self, Needs};
use crate::server::Server;
use crate::site::Site;
use crate::workspace::Workspace;
use crate::{page, weight};
use anyhow::{Context, Result, bail};

const DEFAULT_PORT: u16 = 8080;

/// Builds the page, serves it, and prints where.
pub(crate) fn run(workspace: &Workspace, arguments: &[String]) -> Result<()> {
    let port = port(arguments)?;
    install::install(workspace, Needs::Page)?;
    let site = Site::load(&page::build(workspace)?)?;
    weight::report(&site);
    let server = Server::start(site, port)?;
    println!("the page is at {} (end with Ctrl-C)", server.url());
    server.wait()
}

fn port(arguments: &[String]) -> Result<u16> {
    let words: Vec<&str> = arguments.iter().flat_map(|argument| argument.splitn(2, '=')).collect();
    match words.as_slice() {
        [] => Ok(DEFAULT_PORT),
        ["--port", port] => port.parse().with_context(|| format!("{port:?} is no port: give a number up to 65535")),
        _ => bail!("run knows --port <number> only"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_port_is_read_in_both_spellings() {
        for (arguments, expected) in [
            (&[][..], Some(DEFAULT_PORT)),
            (&["--port", "3000"], Some(3000)),
            (&["--port=3000"], Some(3000)),
            (&["--port", "70000"], None),
            (&["--port"], None),
            (&["3000"], None),
        ] {
            let arguments: Vec<String> = arguments.iter().map(|&word| word.to_owned()).collect();
            assert_eq!(port(&arguments).ok(), expected, "{arguments:?}");
        }
    }
}

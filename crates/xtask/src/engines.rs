//! The browser engines, and how wasm-bindgen's test runner reaches each.

use crate::workspace::Workspace;
use anyhow::{Context, Result};
use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};

/// A browser engine with what drives it.
pub(crate) struct Engine {
    pub(crate) name: &'static str,
    /// What has to answer, each under any of its names, with the argument that it answers to.
    programs: &'static [(&'static [&'static str], &'static str)],
    /// Debian's packages with those programs.
    pub(crate) packages: &'static [&'static str],
    driver: &'static str,
    /// The variable in which the test runner looks for the driver.
    variable: &'static str,
    /// It has no way to run without a screen.
    needs_screen: bool,
    /// It answers wrongly now and then, at a place that differs from run to run, so what fails is run once more.
    pub(crate) errs_at_random: bool,
}

/// What Chromium's program is usually called.
pub(crate) const CHROMIUM_NAMES: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];

pub(crate) const CHROMIUM: Engine = Engine {
    name: "Chromium",
    programs: &[(&CHROMIUM_NAMES, "--version"), (&["chromedriver"], "--version")],
    packages: &["chromium", "chromium-driver"],
    driver: "chromedriver",
    variable: "CHROMEDRIVER",
    needs_screen: false,
    errs_at_random: false,
};

/// Its driver comes from crates.io.
pub(crate) const FIREFOX: Engine = Engine {
    name: "Firefox",
    programs: &[(&["firefox", "firefox-esr"], "--version")],
    packages: &["firefox-esr"],
    driver: "geckodriver",
    variable: "GECKODRIVER",
    needs_screen: false,
    errs_at_random: false,
};

/// WebKitGTK. Its driver speaks as Safari's does, and starts the small browser that comes with the library. Version 2.50.6 runs the
/// wasm wrongly in about one run of 25: a line that is none, an access out of bounds in code without `unsafe`.
pub(crate) const WEBKIT: Engine = Engine {
    name: "WebKit",
    programs: &[(&["WebKitWebDriver"], "--help"), (&["Xvfb"], "-help")],
    packages: &["webkit2gtk-driver", "xvfb"],
    driver: "WebKitWebDriver",
    variable: "SAFARIDRIVER",
    needs_screen: true,
    errs_at_random: true,
};

pub(crate) const ENGINES: [&Engine; 3] = [&CHROMIUM, &FIREFOX, &WEBKIT];

impl Engine {
    /// Whether everything is there and answers.
    pub(crate) fn is_present(&self, workspace: &Workspace) -> bool {
        let answers = |name: &&str, asked| workspace.ask(name, &[asked]).is_some();
        self.programs.iter().all(|(names, asked)| names.iter().any(|name| answers(name, asked)))
    }

    /// Makes it ready for tests, as long as what this yields is kept.
    pub(crate) fn begin(&self, workspace: &Workspace) -> Result<Ready> {
        let driver = workspace.which(self.driver).with_context(|| format!("no {} on PATH", self.driver))?;
        let driver = driver.to_str().with_context(|| format!("the path of {} is not Unicode", self.driver))?;
        let screen = if self.needs_screen { Some(Screen::start(workspace)?) } else { None };
        Ok(Ready { variable: self.variable, driver: driver.to_owned(), screen })
    }
}

/// An engine that tests can begin in.
pub(crate) struct Ready {
    variable: &'static str,
    driver: String,
    screen: Option<Screen>,
}

impl Ready {
    /// What the test runner has to be told.
    pub(crate) fn environment(&self) -> impl Iterator<Item = (&str, &str)> {
        let screen = self.screen.iter().map(|screen| ("DISPLAY", screen.name.as_str()));
        std::iter::once((self.variable, self.driver.as_str())).chain(screen)
    }
}

/// A screen that nobody sees; it ends with this.
struct Screen {
    server: Child,
    name: String,
}

impl Screen {
    fn start(workspace: &Workspace) -> Result<Screen> {
        let mut command = workspace.command("Xvfb");
        // It takes the first number that is free, and writes it.
        command.args(["-displayfd", "1", "-nolisten", "tcp", "-noreset", "-screen", "0", "1280x1024x24"]);
        let server = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().context("cannot start Xvfb")?;
        let mut screen = Screen { server, name: String::new() };
        let output = screen.server.stdout.take().context("the output of Xvfb cannot be read")?;
        let mut number = String::new();
        BufReader::new(output).read_line(&mut number)?;
        let number: u32 = number.trim().parse().context("Xvfb named no screen")?;
        screen.name = format!(":{number}");
        Ok(screen)
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        // Where it has ended by itself there is nothing to end.
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

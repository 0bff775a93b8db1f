//! Where things are, and how child processes are started.

use crate::count::{Count, Counted};
use anyhow::{Context, Result, bail, ensure};
use std::env;
use std::ffi::OsString;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The repository: its root, and the `PATH` under which its own tools are found first.
pub(crate) struct Workspace {
    root: PathBuf,
    search_path: OsString,
}

impl Workspace {
    /// The repository that this program belongs to.
    pub(crate) fn find() -> Result<Self> {
        // Cargo sets the variable when it runs us; the compiled-in value serves a direct start.
        let package =
            env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = package
            .ancestors()
            .nth(2)
            .context("xtask does not lie two folders below the repository root")?
            .to_path_buf();
        let by_npm = |tool| root.join(".tools").join(tool).join("node_modules/.bin");
        let own_tools = [root.join(".tools/bin"), by_npm("binaryen"), by_npm("esbuild")];
        let inherited = env::var_os("PATH").unwrap_or_default();
        let search_path = env::join_paths(own_tools.into_iter().chain(env::split_paths(&inherited)))
            .context("PATH holds a folder name that cannot be passed on")?;
        Ok(Self { root, search_path })
    }

    /// A path below the repository root.
    pub(crate) fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    /// Where `name` lies on the search path, or `None`.
    pub(crate) fn which(&self, name: &str) -> Option<PathBuf> {
        env::split_paths(&self.search_path).map(|folder| folder.join(name)).find(|candidate| candidate.is_file())
    }

    /// A command that runs in the repository root, finds our tools first and reads no input.
    pub(crate) fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.root).env("PATH", &self.search_path).stdin(Stdio::null());
        command
    }

    /// Runs a program with its output on ours; anything but success is an error.
    pub(crate) fn run(&self, program: &str, arguments: &[&str]) -> Result<()> {
        run(self.command(program).args(arguments))
    }

    /// What `program` prints, trimmed; `None` when it is missing or fails.
    pub(crate) fn ask(&self, program: &str, arguments: &[&str]) -> Option<String> {
        let output = self.command(program).args(arguments).stderr(Stdio::null()).output().ok()?;
        if !output.status.success() {
            return None;
        }
        Some(String::from_utf8_lossy(&output.stdout).trim().to_owned())
    }

    /// The folder that cargo builds into, wherever configuration put it.
    pub(crate) fn target_folder(&self) -> Result<PathBuf> {
        let answer = self
            .ask("cargo", &["metadata", "--no-deps", "--format-version", "1"])
            .context("`cargo metadata` failed: is Cargo.toml in order?")?;
        let metadata: serde_json::Value = serde_json::from_str(&answer).context("`cargo metadata` wrote no JSON")?;
        let folder = metadata
            .get("target_directory")
            .and_then(serde_json::Value::as_str)
            .context("`cargo metadata` names no target_directory")?;
        Ok(PathBuf::from(folder))
    }

    /// The version of a crate that the lock file pins.
    pub(crate) fn locked_version(&self, package: &str) -> Result<String> {
        let lock = fs::read_to_string(self.path("Cargo.lock")).context("cannot read Cargo.lock")?;
        let version = locked_version(&lock, package).with_context(|| format!("Cargo.lock pins no {package}"))?;
        Ok(version.to_owned())
    }
}

/// The variable with compiler flags for wasm alone: unlike `RUSTFLAGS` it adds to `.cargo/config.toml`, and what is compiled for
/// this machine, the hook under trunk for example, never sees it.
pub(crate) const WASM_FLAGS: &str = "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS";

/// Compiler flags that keep this machine's folders out of what is built for others: the panics of dependencies name where
/// they lie.
pub(crate) fn without_machine_paths() -> Result<String> {
    let mut flags = Vec::new();
    for registry in registry_sources() {
        let registry = registry.to_str().context("the path of cargo's registry is not Unicode")?;
        // Cargo takes the flags of one target only as words.
        ensure!(!registry.contains(char::is_whitespace), "the path of cargo's registry has a blank: {registry}");
        flags.push(format!("--remap-path-prefix={registry}=crate"));
    }
    flags.sort();
    Ok(flags.join(" "))
}

/// The compiler flags for wasm that our own environment holds.
pub(crate) fn environment_flags() -> String {
    env::var(WASM_FLAGS).unwrap_or_default()
}

/// Where cargo keeps the sources of dependencies.
pub(crate) fn registry_sources() -> Vec<PathBuf> {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| Some(env::home_dir()?.join(".cargo")));
    let registries = home.and_then(|home| fs::read_dir(home.join("registry/src")).ok());
    registries.into_iter().flatten().filter_map(Result::ok).map(|registry| registry.path()).collect()
}

/// Runs a prepared command; anything but success is an error that names the command.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("cannot start {}", shown(command)))?;
    ensure!(status.success(), "{} failed ({status})", shown(command));
    Ok(())
}

/// What a prepared command prints; anything but success is an error that names the command.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let output =
        command.stderr(Stdio::inherit()).output().with_context(|| format!("cannot start {}", shown(command)))?;
    ensure!(output.status.success(), "{} failed ({})", shown(command), output.status);
    String::from_utf8(output.stdout).with_context(|| format!("{} wrote no UTF-8", shown(command)))
}

/// Runs a test command, passes its output on, and adds up the counts that its lines announce.
pub(crate) fn run_counting(command: &mut Command, count_of_line: fn(&str) -> Count) -> Result<Counted> {
    let mut child =
        command.stdout(Stdio::piped()).spawn().with_context(|| format!("cannot start {}", shown(command)))?;
    let Some(output) = child.stdout.take() else {
        bail!("the output of {} cannot be read", shown(command));
    };
    let mut count = Count::default();
    for line in BufReader::new(output).split(b'\n') {
        let line = line?;
        let line = String::from_utf8_lossy(&line);
        println!("{line}");
        count = count.plus(count_of_line(&line));
    }
    Ok(Counted { count, ended_well: child.wait()?.success() })
}

/// Every file below `folder`, sorted, so that what is made of them never depends on the disk.
pub(crate) fn files_below(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))?;
        for entry in entries {
            let entry = entry?;
            if entry.file_type()?.is_dir() {
                folders.push(entry.path());
            } else {
                files.push(entry.path());
            }
        }
    }
    files.sort();
    Ok(files)
}

/// A command as a person would type it.
pub(crate) fn shown(command: &Command) -> String {
    let mut words = vec![command.get_program().to_string_lossy()];
    words.extend(command.get_args().map(|argument| argument.to_string_lossy()));
    format!("`{}`", words.join(" "))
}

fn locked_version<'lock>(lock: &'lock str, package: &str) -> Option<&'lock str> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name);
    lines.nth(1)?.strip_prefix("version = \"")?.strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCK: &str = r#"
[[package]]
name = "user-of-wasm-bindgen"
version = "9.9.9"
dependencies = [
 "wasm-bindgen",
]

[[package]]
name = "wasm-bindgen-shared"
version = "0.2.1"

[[package]]
name = "wasm-bindgen"
version = "0.2.129"
"#;

    #[test]
    fn the_lock_file_names_the_version_of_exactly_one_crate() {
        assert_eq!(locked_version(LOCK, "wasm-bindgen"), Some("0.2.129"));
        assert_eq!(locked_version(LOCK, "wasm-bindgen-shared"), Some("0.2.1"));
        assert_eq!(locked_version(LOCK, "wasm"), None);
    }

    #[test]
    fn this_repository_pins_the_crate_whose_tool_we_install() {
        let workspace = Workspace::find().unwrap();
        assert!(workspace.locked_version("wasm-bindgen").is_ok());
    }

    #[test]
    fn every_path_that_the_documentation_names_exists() {
        let workspace = Workspace::find().unwrap();
        for page in ["ARCHITECTURE.md", "README.md", "CONTRIBUTING.md", "docs/decisions.md"] {
            let text = fs::read_to_string(workspace.path(page)).unwrap();
            let folder = workspace.path(page).parent().unwrap().to_path_buf();
            let in_backticks = paths_in_backticks(&text).map(|path| (path, workspace.path(path)));
            let linked = linked_paths(&text).map(|path| (path, folder.join(path)));
            let named: Vec<_> = in_backticks.chain(linked).collect();
            assert!(!named.is_empty(), "{page} names no path");
            for (name, path) in named {
                assert!(path.exists(), "{page} names {name}, which is not there");
            }
        }
    }

    /// A map that leaves a folder out hides it.
    #[test]
    fn the_architecture_names_every_crate_and_every_folder_of_rules_and_page() {
        let workspace = Workspace::find().unwrap();
        let page = fs::read_to_string(workspace.path("ARCHITECTURE.md")).unwrap();
        let named: Vec<&str> = paths_in_backticks(&page).collect();
        let deep = ["crates/billing/src", "web/src"].map(|folder| folders_below(&workspace, folder, true));
        let folders = folders_below(&workspace, "crates", false).into_iter().chain(deep.into_iter().flatten());
        for folder in folders {
            assert!(named.contains(&folder.as_str()), "ARCHITECTURE.md leaves out {folder}");
        }
    }

    #[test]
    fn the_architecture_names_a_module_for_every_chapter_of_the_rulebook() {
        let workspace = Workspace::find().unwrap();
        let rulebook = fs::read_to_string(workspace.path("docs/rulebook.md")).unwrap();
        let chapters: Vec<&str> = rulebook.lines().filter_map(chapter_of_heading).collect();
        let page = fs::read_to_string(workspace.path("ARCHITECTURE.md")).unwrap();
        let rows = page.lines().filter_map(|line| line.strip_prefix("| ")?.split_once(" | `crates/billing/src/"));
        let named: Vec<&str> = rows.map(|(chapter, _)| chapter).collect();
        assert_eq!(named, chapters);
    }

    #[test]
    fn a_path_in_backticks_is_told_from_a_command_and_a_name() {
        let text = "`cargo xtask run`, `Money`, `web/src`, `index.html`, `money.out_of_range`\n```\na/b c\n```\n`crates/bench`";
        assert_eq!(paths_in_backticks(text).collect::<Vec<_>>(), ["web/src", "index.html", "crates/bench"]);
        let links = "[a](docs/a.md), [b](https://example.org/b), [c](#c), ![d](e.png)";
        assert_eq!(linked_paths(links).collect::<Vec<_>>(), ["docs/a.md", "e.png"]);
    }

    /// What stands in backticks and looks like a path of this repository, without placeholders. The tools and what is built
    /// are not part of a fresh clone.
    fn paths_in_backticks(text: &str) -> impl Iterator<Item = &str> {
        const ENDINGS: [&str; 10] = [".rs", ".md", ".toml", ".html", ".json", ".jsonl", ".js", ".mjs", ".css", ".lock"];
        const MADE: [&str; 2] = [".tools", "crates/billing-wasm/pkg"];
        let spans = text.split('`').skip(1).step_by(2);
        let one_word = spans.filter(|span| !span.is_empty() && !span.contains([' ', '\n', '<', '*', '(', '{', '"']));
        let looks_like_one = |span: &&str| span.contains('/') || ENDINGS.iter().any(|ending| span.ends_with(ending));
        one_word.filter(looks_like_one).filter(|span| !MADE.iter().any(|made| span.starts_with(made)))
    }

    /// The targets of links that stay in this repository.
    fn linked_paths(text: &str) -> impl Iterator<Item = &str> {
        let targets = text.split("](").skip(1).filter_map(|rest| Some(rest.split_once(')')?.0));
        targets.filter(|target| !target.contains("://") && !target.starts_with('#'))
    }

    /// The folders in a folder, or at any depth below it.
    fn folders_below(workspace: &Workspace, folder: &str, at_any_depth: bool) -> Vec<String> {
        let mut found = Vec::new();
        for entry in fs::read_dir(workspace.path(folder)).unwrap() {
            let entry = entry.unwrap();
            if entry.file_type().unwrap().is_dir() {
                let name = format!("{folder}/{}", entry.file_name().to_string_lossy());
                if at_any_depth {
                    found.extend(folders_below(workspace, &name, true));
                }
                found.push(name);
            }
        }
        found
    }

    /// `CR` of the heading `## CR · Credits`.
    fn chapter_of_heading(line: &str) -> Option<&str> {
        Some(line.strip_prefix("## ")?.split_once(" · ")?.0)
    }
}

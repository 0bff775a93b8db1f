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

    /// A map that names what is gone leads nowhere; one that leaves a crate out hides it.
    #[test]
    fn the_map_of_the_architecture_names_what_is_there() {
        let workspace = Workspace::find().unwrap();
        let page = fs::read_to_string(workspace.path("ARCHITECTURE.md")).unwrap();
        let (_, map) = page.split_once("## Map").unwrap();
        let (map, _) = map.split_once("## Invariants").unwrap();
        let rows = map.lines().filter_map(|line| line.strip_prefix("| `")?.split_once("` |"));
        let named: Vec<&str> = rows.flat_map(|(folders, _)| folders.split("`, `")).collect();
        for folder in &named {
            assert!(workspace.path(folder).is_dir(), "there is no {folder}");
        }
        for entry in fs::read_dir(workspace.path("crates")).unwrap() {
            let name = format!("crates/{}", entry.unwrap().file_name().to_string_lossy());
            assert!(named.contains(&name.as_str()), "the map leaves out {name}");
        }
    }
}

//! trunk: the daily loop, and the other way to the same page.
//!
//! `trunk serve` compiles the page in one piece and loads it again on every save. In a release build trunk calls
//! `cargo xtask finish` before it moves its staging folder to `dist`.

use super::finish;
use crate::hash::hexadecimal;
use crate::workspace::{self, Workspace, files_below};
use anyhow::{Context, Result, ensure};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Serves the page by trunk, which is installed where it is missing, with the further arguments of `trunk serve`.
pub(crate) fn serve_by_trunk(workspace: &Workspace, arguments: &[String]) -> Result<()> {
    workspace::run(trunk(workspace).arg("serve").args(arguments))
}

/// What `cargo xtask finish` does: in a release build by trunk, replaces what trunk has staged by the finished page.
pub(crate) fn finish_what_trunk_staged(workspace: &Workspace) -> Result<()> {
    let profile = env::var("TRUNK_PROFILE").context("finish is trunk's post_build hook: TRUNK_PROFILE is not set")?;
    if profile != "release" {
        return Ok(());
    }
    let staged = env::var_os("TRUNK_STAGING_DIR").map(PathBuf::from).context("trunk names no staging folder")?;
    // Trunk goes on to empty and fill what is there, so anything else than its folder would be lost.
    ensure!(staged.join("index.html").is_file(), "{} is no folder that trunk has staged", staged.display());
    let flags = workspace::environment_flags();
    if let Some(folder) = workspace::registry_sources().iter().find(|folder| !remapped(&flags, folder)) {
        println!(
            "this page names {}: `cargo xtask run` builds one that names no folder of this machine",
            folder.display()
        );
    }
    finish(workspace, staged)?;
    Ok(())
}

/// Builds the page by trunk into a folder of its own, and says in what it differs from ours.
pub(crate) fn differences_to_trunk(workspace: &Workspace, ours: &Path) -> Result<Vec<String>> {
    let folder = workspace.target_folder()?.join("trunk-dist");
    let mut build = trunk(workspace);
    let flags = workspace::without_machine_paths()?;
    workspace::run(build.args(["build", "--release", "--dist"]).arg(&folder).env(workspace::WASM_FLAGS, flags))?;
    Ok(differences(&hashes(ours)?, &hashes(&folder)?))
}

/// trunk, which asks nobody for newer versions, and finds the tools of the repository, wasm-bindgen among them, so that it
/// downloads none. (`--offline` would forbid it too, and would reach cargo, which may have crates to fetch.)
fn trunk(workspace: &Workspace) -> Command {
    let mut command = workspace.command("trunk");
    // It takes no value of NO_COLOR but `true` and `false`, where the convention is any value.
    command.env("TRUNK_SKIP_VERSION_CHECK", "true").env_remove("NO_COLOR");
    command
}

fn remapped(flags: &str, folder: &Path) -> bool {
    flags.contains(&format!("={}=", folder.display()))
}

/// Names and hashes of all files of a page. Names that begin with a dot are notes of the build.
fn hashes(folder: &Path) -> Result<BTreeMap<String, String>> {
    let mut hashes = BTreeMap::new();
    for file in files_below(folder)? {
        let name = file.strip_prefix(folder)?.to_string_lossy().into_owned();
        if !name.starts_with('.') {
            hashes.insert(name, hexadecimal(Sha256::digest(fs::read(&file)?)));
        }
    }
    Ok(hashes)
}

fn differences(ours: &BTreeMap<String, String>, trunks: &BTreeMap<String, String>) -> Vec<String> {
    let of_ours = ours.iter().filter_map(|(name, hash)| match trunks.get(name) {
        None => Some(format!("{name} is missing in trunk's page")),
        Some(other) if other != hash => Some(format!("{name} differs in trunk's page")),
        Some(_) => None,
    });
    let of_trunk = trunks.keys().filter(|name| !ours.contains_key(*name));
    of_ours.chain(of_trunk.map(|name| format!("{name} is in trunk's page alone"))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::install;

    fn page(files: &[(&str, &str)]) -> BTreeMap<String, String> {
        files.iter().map(|&(name, hash)| (name.to_owned(), hash.to_owned())).collect()
    }

    #[test]
    fn a_file_that_differs_is_missing_or_is_new_is_named() {
        let ours = page(&[("a", "1"), ("b", "2"), ("c", "3")]);
        assert_eq!(differences(&ours, &ours), Vec::<String>::new());
        let named = differences(&ours, &page(&[("a", "1"), ("b", "9"), ("d", "4")]));
        let expected = ["b differs in trunk's page", "c is missing in trunk's page", "d is in trunk's page alone"];
        assert_eq!(named, expected);
    }

    /// trunk does not start to serve where a path to watch is missing.
    #[test]
    fn what_trunk_watches_exists() {
        let workspace = Workspace::find().unwrap();
        let settings = fs::read_to_string(workspace.path("Trunk.toml")).unwrap();
        let (_, watched) = settings.split_once("\nwatch = [").unwrap();
        let (watched, _) = watched.split_once(']').unwrap();
        for path in watched.split(", ").map(|path| path.trim_matches('"')) {
            assert!(workspace.path(path).exists(), "there is no {path}");
        }
        assert!(!settings.contains("\nignore"), "a path to ignore has to exist too: test it here");
    }

    #[test]
    fn the_settings_want_the_trunk_that_is_installed() {
        let workspace = Workspace::find().unwrap();
        let settings = fs::read_to_string(workspace.path("Trunk.toml")).unwrap();
        assert!(settings.contains(&format!("trunk-version = \"^{}\"", install::TRUNK)));
    }
}

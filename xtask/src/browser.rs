//! The browsers and the web server of the tests.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use crate::command::{command, npm_program, read, run, run_quietly};

const NAMES: [&str; 6] =
    ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "msedge"];
const PLACES: [&str; 5] = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
];

/// A browser for the tests: the one that `SENDVAGT_BROWSER` names, an installed one, Playwright's own, or Debian's.
pub(crate) fn find_or_install(root: &Path) -> Result<PathBuf> {
    if let Some(named) = env::var_os("SENDVAGT_BROWSER").map(PathBuf::from) {
        if named.is_file() {
            return Ok(named);
        }
        bail!("SENDVAGT_BROWSER names {}, which does not exist", named.display());
    }
    if let Some(found) = installed() {
        return Ok(found);
    }
    println!("No Chromium, Chrome or Edge is installed; installing one");
    if let Some(own) = playwrights(root) {
        return Ok(own);
    }
    if is_root_on_debian(root) {
        debians(root, &["chromium", "fonts-dejavu-core"])?;
        if let Some(found) = installed() {
            return Ok(found);
        }
    }
    bail!("the browser tests need Chromium, Chrome or Edge: install one, or name it in SENDVAGT_BROWSER")
}

fn installed() -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = env::split_paths(&path).collect();
    let by_name = NAMES.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    by_name.chain(PLACES.iter().map(PathBuf::from)).find(|file| file.is_file())
}

/// Playwright's own download, where the network allows it.
fn playwrights(root: &Path) -> Option<PathBuf> {
    run_quietly(npm_program(root, "playwright").args(["install", "chromium"])).ok()?;
    let ask = "import('playwright-core').then(p => console.log(p.chromium.executablePath()))";
    let path = read(command(root, "node").args(["--input-type=module", "--eval", ask])).map(PathBuf::from)?;
    path.is_file().then_some(path)
}

fn is_root_on_debian(root: &Path) -> bool {
    Path::new("/etc/debian_version").exists() && read(command(root, "id").arg("-u")).as_deref() == Some("0")
}

/// Installs Debian packages.
fn debians(root: &Path, packages: &[&str]) -> Result<()> {
    let apt =
        |arguments: &[&str]| run(command(root, "apt-get").args(arguments).env("DEBIAN_FRONTEND", "noninteractive"));
    apt(&["update", "-qq"])?;
    apt(&[&["install", "-y", "-qq", "--no-install-recommends"], packages].concat())
}

/// A web server for the test of a packed site: the one that `SENDVAGT_NGINX` names, an installed one, or Debian's.
pub(crate) fn find_or_install_nginx(root: &Path) -> Result<PathBuf> {
    NGINX.find_or_install(root)
}

/// Firefox for the tests of the workshop: the one that `SENDVAGT_FIREFOX` names, an installed one, or Debian's.
pub(crate) fn find_or_install_firefox(root: &Path) -> Result<PathBuf> {
    FIREFOX.find_or_install(root)
}

/// A program that Debian has as a package.
struct Program {
    /// What needs it.
    user: &'static str,
    name: &'static str,
    /// The variable that names it.
    variable: &'static str,
    names: &'static [&'static str],
    /// Where it may be besides the folders of `PATH`.
    folders: &'static [&'static str],
    package: &'static str,
}

const NGINX: Program = Program {
    user: "the test of a packed site",
    name: "nginx",
    variable: "SENDVAGT_NGINX",
    names: &["nginx"],
    folders: &["/usr/sbin", "/opt/homebrew/bin"],
    package: "nginx",
};

const FIREFOX: Program = Program {
    user: "the test of the workshop in Firefox",
    name: "Firefox",
    variable: "SENDVAGT_FIREFOX",
    names: &["firefox-esr", "firefox", "firefox.exe"],
    folders: &["/Applications/Firefox.app/Contents/MacOS", r"C:\Program Files\Mozilla Firefox"],
    package: "firefox-esr",
};

impl Program {
    fn find_or_install(&self, root: &Path) -> Result<PathBuf> {
        let Self { user, name, variable, package, .. } = self;
        if let Some(named) = env::var_os(variable).map(PathBuf::from) {
            if named.is_file() {
                return Ok(named);
            }
            bail!("{variable} names {}, which does not exist", named.display());
        }
        if let Some(found) = self.installed() {
            return Ok(found);
        }
        if is_root_on_debian(root) {
            println!("No {name} is installed; installing it");
            debians(root, &[package])?;
            if let Some(found) = self.installed() {
                return Ok(found);
            }
        }
        bail!("{user} needs {name}: install it, or name it in {variable}")
    }

    fn installed(&self) -> Option<PathBuf> {
        let path = env::var_os("PATH").unwrap_or_default();
        let folders: Vec<PathBuf> = env::split_paths(&path).chain(self.folders.iter().map(PathBuf::from)).collect();
        let mut by_name = self.names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
        by_name.find(|file| file.is_file())
    }
}

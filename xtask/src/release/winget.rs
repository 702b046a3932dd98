//! The manifest for winget, Windows' package manager: three files of one version (schema 1.6.0,
//! <https://learn.microsoft.com/windows/package-manager/package/manifest>).

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

const IDENTIFIER: &str = "Sendvagt.Sendvagt";
const SCHEMA: &str = "1.6.0";
/// The folder below that of the release.
const FOLDER: &str = "winget";

/// Writes the files for an archive of this name and checksum, published below an address.
pub(super) fn write(release: &Path, address: &str, archive: &str, sha256: &str) -> Result<()> {
    let folder = release.join(FOLDER);
    fs::create_dir_all(&folder).context("the folder for winget cannot be created")?;
    for (name, text) in manifests(address, archive, sha256) {
        fs::write(folder.join(name), text)?;
    }
    Ok(())
}

fn manifests(address: &str, archive: &str, sha256: &str) -> [(String, String); 4] {
    let version = sendvagt::VERSION;
    let address = address.trim_end_matches('/');
    let inside = archive.trim_end_matches(".zip");
    let whole = |kind: &str, text: &str| {
        format!(
            "# yaml-language-server: $schema=https://aka.ms/winget-manifest.{kind}.{SCHEMA}.schema.json\n\
             PackageIdentifier: {IDENTIFIER}\nPackageVersion: {version}\n{text}\
             ManifestType: {kind}\nManifestVersion: {SCHEMA}\n"
        )
    };
    let locale = |locale: &str, short: &str| {
        format!(
            "PackageLocale: {locale}\nPublisher: Sendvagt\nPackageName: Sendvagt\nLicense: MPL-2.0\n\
             ShortDescription: {short}\n"
        )
    };
    [
        (format!("{IDENTIFIER}.yaml"), whole("version", "DefaultLocale: en-US\n")),
        (
            format!("{IDENTIFIER}.installer.yaml"),
            whole(
                "installer",
                &format!(
                    "InstallerType: zip\nNestedInstallerType: portable\nNestedInstallerFiles:\n\
                     - RelativeFilePath: {inside}\\sendvagt.exe\n  PortableCommandAlias: sendvagt\nInstallers:\n\
                     - Architecture: x64\n  InstallerUrl: {address}/{archive}\n  InstallerSha256: {}\n",
                    sha256.to_uppercase()
                ),
            ),
        ),
        (
            format!("{IDENTIFIER}.locale.en-US.yaml"),
            whole(
                "defaultLocale",
                &locale("en-US", "Packs the Sendvagt add-in for Outlook, checks its site, and audits old mail"),
            ),
        ),
        (
            format!("{IDENTIFIER}.locale.da-DK.yaml"),
            whole(
                "locale",
                &locale("da-DK", "Pakker Sendvagt til Outlook, kontrollerer webstedet og gennemgår gamle mails"),
            ),
        ),
    ]
}

#[cfg(test)]
mod tests {
    use serde_yaml_ng::Value;

    use super::manifests;

    /// The keys that Microsoft's schemas require, and the forms of their values.
    #[test]
    fn the_manifest_has_what_winget_requires() {
        let sum = "0a".repeat(32);
        let files = manifests("https://example.org/v1/", "sendvagt-1-windows-x86_64.zip", &sum);
        let read = |end: &str| -> Value {
            let (_, text) = files.iter().find(|(name, _)| name.ends_with(end)).unwrap();
            serde_yaml_ng::from_str(text).unwrap()
        };
        for (end, kind) in [
            ("Sendvagt.yaml", "version"),
            ("installer.yaml", "installer"),
            ("en-US.yaml", "defaultLocale"),
            ("da-DK.yaml", "locale"),
        ] {
            let file = read(end);
            assert_eq!((file["ManifestType"].as_str(), file["ManifestVersion"].as_str()), (Some(kind), Some("1.6.0")));
            assert_eq!(file["PackageVersion"].as_str(), Some(sendvagt::VERSION), "{end}");
        }
        let installer = read("installer.yaml");
        let one = &installer["Installers"][0];
        assert_eq!(one["InstallerUrl"], "https://example.org/v1/sendvagt-1-windows-x86_64.zip");
        assert_eq!(one["InstallerSha256"].as_str(), Some(sum.to_uppercase().as_str()));
        let inside = &installer["NestedInstallerFiles"][0]["RelativeFilePath"];
        assert_eq!(inside, "sendvagt-1-windows-x86_64\\sendvagt.exe");
        for end in ["en-US.yaml", "da-DK.yaml"] {
            let short = read(end)["ShortDescription"].as_str().unwrap().chars().count();
            assert!((3..=256).contains(&short), "{end}");
        }
    }
}

//! The features that a WebAssembly module says it uses.
//!
//! From them wasm-bindgen chooses tables of references and several results, which wasm2js cannot translate. The core
//! uses neither, so an empty list is enough. A missing one is not: wasm-bindgen then takes references for granted.

use anyhow::{Context, Result};
use walrus::{Module, RawCustomSection};

const SECTION: &str = "target_features";

/// The module with an empty list of features.
pub(crate) fn cleared(wasm: &[u8]) -> Result<Vec<u8>> {
    let mut module = Module::from_buffer(wasm).context("the compiled engine cannot be read")?;
    module.customs.remove_raw(SECTION).with_context(|| {
        format!("the engine has no section {SECTION}; Cargo.toml must have strip = \"debuginfo\", not true")
    })?;
    // The number of features that follow.
    module.customs.add(RawCustomSection { name: SECTION.to_owned(), data: vec![0] });
    Ok(module.emit_wasm())
}

#[cfg(test)]
mod tests {
    use walrus::{Module, RawCustomSection};

    use super::{SECTION, cleared};

    #[test]
    fn a_list_of_features_is_emptied() {
        let mut module = Module::default();
        module.customs.add(RawCustomSection { name: SECTION.to_owned(), data: b"\x01+\x0amultivalue".to_vec() });
        let mut module = Module::from_buffer(&cleared(&module.emit_wasm()).unwrap()).unwrap();
        assert_eq!(module.customs.remove_raw(SECTION).unwrap().data, [0]);
        assert!(module.customs.remove_raw(SECTION).is_none());
    }

    #[test]
    fn a_stripped_module_is_an_error() {
        let error = cleared(&Module::default().emit_wasm()).unwrap_err().to_string();
        assert!(error.contains("strip = \"debuginfo\""), "{error}");
        assert!(cleared(b"").is_err());
    }
}

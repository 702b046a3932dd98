//! The features that a WebAssembly module says it uses.
//!
//! wasm-bindgen reads them and makes use of what it finds: tables of references and results of several values, which
//! wasm2js cannot translate. The core uses neither, so that leaving the names out is all that is needed.

use anyhow::{Context, Result, bail};

const HEADER: usize = 8;
const CUSTOM: u8 = 0;
const SECTION: &[u8] = b"target_features";

/// The module without the names of these features.
pub(crate) fn without(wasm: &[u8], features: &[&str]) -> Result<Vec<u8>> {
    let mut out = wasm.get(..HEADER).context("this is no WebAssembly")?.to_vec();
    let mut rest = wasm.get(HEADER..).unwrap_or_default();
    let mut found = false;
    while let Some((&id, after)) = rest.split_first() {
        let (size, body) = number(after)?;
        let (body, next) = body.split_at_checked(size).context("a section of the module is cut off")?;
        let content = if id == CUSTOM { custom(body)? } else { None };
        if let Some(list) = content {
            found = true;
            let kept = filter(list, features)?;
            let mut section = Vec::new();
            push_number(&mut section, SECTION.len());
            section.extend_from_slice(SECTION);
            section.extend(kept);
            out.push(CUSTOM);
            push_number(&mut out, section.len());
            out.extend(section);
        } else {
            out.push(id);
            push_number(&mut out, size);
            out.extend_from_slice(body);
        }
        rest = next;
    }
    if !found {
        bail!(
            "the module does not say which features it uses; is it stripped? Cargo.toml must have strip = \"debuginfo\""
        );
    }
    Ok(out)
}

/// The content of the section, if it is the one.
fn custom(body: &[u8]) -> Result<Option<&[u8]>> {
    let (length, rest) = number(body)?;
    let (name, content) = rest.split_at_checked(length).context("a section's name is cut off")?;
    Ok((name == SECTION).then_some(content))
}

fn filter(list: &[u8], features: &[&str]) -> Result<Vec<u8>> {
    let (count, mut rest) = number(list)?;
    let mut kept = Vec::new();
    let mut left = 0;
    for _ in 0..count {
        let (prefix, after) = rest.split_first().context("the list of features is cut off")?;
        let (length, after) = number(after)?;
        let (name, next) = after.split_at_checked(length).context("the list of features is cut off")?;
        if !features.iter().any(|feature| feature.as_bytes() == name) {
            left += 1;
            kept.push(*prefix);
            push_number(&mut kept, length);
            kept.extend_from_slice(name);
        }
        rest = next;
    }
    let mut out = Vec::new();
    push_number(&mut out, left);
    out.extend(kept);
    Ok(out)
}

/// An unsigned LEB128 number, and what follows it.
fn number(bytes: &[u8]) -> Result<(usize, &[u8])> {
    let mut value = 0;
    for (index, byte) in bytes.iter().enumerate().take(5) {
        value |= usize::from(byte & 0x7f) << (7 * index);
        if byte & 0x80 == 0 {
            return Ok((value, bytes.get(index + 1..).unwrap_or_default()));
        }
    }
    bail!("a number in the module is cut off")
}

fn push_number(out: &mut Vec<u8>, mut value: usize) {
    loop {
        let byte = u8::try_from(value & 0x7f).unwrap_or(0);
        value >>= 7;
        if value == 0 {
            return out.push(byte);
        }
        out.push(byte | 0x80);
    }
}

#[cfg(test)]
mod tests {
    use super::without;

    fn module(features: &[&str]) -> Vec<u8> {
        let mut section = vec![15];
        section.extend(b"target_features");
        section.push(u8::try_from(features.len()).unwrap());
        for feature in features {
            section.push(b'+');
            section.push(u8::try_from(feature.len()).unwrap());
            section.extend(feature.as_bytes());
        }
        let mut module = b"\0asm\x01\0\0\0".to_vec();
        module.extend([1, 1, 0]);
        module.push(0);
        module.push(u8::try_from(section.len()).unwrap());
        module.extend(section);
        module
    }

    #[test]
    fn named_features_go_and_others_stay() {
        let both = module(&["multivalue", "sign-ext"]);
        assert_eq!(without(&both, &["multivalue"]).unwrap(), module(&["sign-ext"]));
        assert_eq!(without(&both, &[]).unwrap(), both);
    }

    #[test]
    fn a_stripped_module_is_an_error() {
        assert!(without(b"\0asm\x01\0\0\0", &["multivalue"]).is_err());
        assert!(without(b"", &[]).is_err());
        assert!(without(&module(&["sign-ext"])[..20], &[]).is_err());
    }
}

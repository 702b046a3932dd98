//! Puts JSON in the place of a placeholder in a built script.

/// Replaces the placeholder, which must occur exactly once, by a string literal that holds the JSON.
pub(crate) fn replace(script: &str, placeholder: &str, json: &str) -> Result<String, String> {
    let found = script.matches(placeholder).count();
    if found != 1 {
        return Err(format!("the script must contain {placeholder} once, not {found} times; build it again"));
    }
    Ok(script.replace(placeholder, &literal(json).map_err(|error| error.to_string())?))
}

/// A JavaScript string literal in ASCII, so that the charset a runtime assumes for the script does not matter. JavaScript
/// engines parse JSON in a string faster than an object literal of its size. `</script` in it must not end a script.
fn literal(json: &str) -> serde_json::Result<String> {
    let literal = serde_json::to_string(json)?.replace("</", "<\\/");
    let mut ascii = String::with_capacity(literal.len());
    for c in literal.chars() {
        if c.is_ascii() {
            ascii.push(c);
        } else {
            c.encode_utf16(&mut [0; 2]).iter().for_each(|unit| ascii.push_str(&format!("\\u{unit:04x}")));
        }
    }
    Ok(ascii)
}

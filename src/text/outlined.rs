//! Functions of the standard library, compiled once: inlined wherever they are called they would be 3 % of the engine that
//! browsers load.

/// [`str::trim`].
#[inline(never)]
pub(crate) fn trim(text: &str) -> &str {
    text.trim()
}

/// [`str::trim_start`].
#[inline(never)]
pub(crate) fn trim_start(text: &str) -> &str {
    text.trim_start()
}

/// [`str::trim_end`].
#[inline(never)]
pub(crate) fn trim_end(text: &str) -> &str {
    text.trim_end()
}

/// [`char::is_alphanumeric`].
#[inline(never)]
pub(crate) fn is_alphanumeric(c: char) -> bool {
    c.is_alphanumeric()
}

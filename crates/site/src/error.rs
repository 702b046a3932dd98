//! Why a site could not be packed or compared.

use std::fmt;

/// What went wrong, where, and what to do instead, as one message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteError(String);

#[cfg(feature = "native")]
impl SiteError {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }
}

impl fmt::Display for SiteError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl std::error::Error for SiteError {}

impl From<String> for SiteError {
    fn from(message: String) -> Self {
        Self(message)
    }
}

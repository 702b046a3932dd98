//! What is inside a released program. Other builds have none of it, because building it takes more than cargo.

/// The add-in, as a gzipped tar archive.
#[cfg(sendvagt_addin)]
pub(crate) const ADDIN: Option<&[u8]> = Some(include_bytes!(env!("SENDVAGT_ADDIN")));
#[cfg(not(sendvagt_addin))]
pub(crate) const ADDIN: Option<&[u8]> = None;

/// The workshop page, gzipped, with [`ADDIN_PLACE`] where the add-in goes: the program has that already.
#[cfg(sendvagt_addin)]
pub(crate) const WORKSHOP: Option<&[u8]> = Some(include_bytes!(env!("SENDVAGT_WORKSHOP")));
#[cfg(not(sendvagt_addin))]
pub(crate) const WORKSHOP: Option<&[u8]> = None;

/// Stands in the page for the add-in in Base64.
pub(crate) const ADDIN_PLACE: &str = "{addin}";

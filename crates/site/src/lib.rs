//! From a policy to the site that an organisation serves.
//!
//! | step | module |
//! | --- | --- |
//! | a policy is read strictly, and explained | [`policy`] |
//! | it goes into the built scripts | [`pack`] |
//! | the made-up mails that users practise on | [`practice`] |
//! | the site, its manifests and the settings of its host | [`package`] |
//! | does a host serve what was packed? | [`verify`] |
//! | the net for clients where no add-in runs | [`transport_rule`] |

#![forbid(unsafe_code)]

mod error;
pub mod pack;
pub mod package;
pub mod policy;
pub mod practice;
pub mod transport_rule;
pub mod verify;

pub use error::SiteError;

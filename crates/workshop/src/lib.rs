//! The workshop: a page in which IT and the data protection officer write a policy, try it, pack a site and read
//! old mail.
//!
//! | what | module |
//! | --- | --- |
//! | the words of each key, and the form made of them and the schema | [`keys`], [`form`] |
//! | the text of the policy, changed where the form is | [`edit`] |
//! | workbooks of Excel and LibreOffice | [`sheet`] |
//! | lists from workbooks, CSV files and the clipboard | [`table`] |
//! | what would become of a mail | [`trial`] |
//! | both sites as one zip | [`site`] |
//! | a site as it was copied to its host, from a folder or a zip | [`deployed`] |
//! | the page itself | `page` |
//!
//! It is one HTML file with this crate as WebAssembly and the add-in inside, made by `cargo xtask build`, and works opened
//! from a disk: it has no connection to anywhere. All but `page` is pure and tested natively.
//!
//! The page is written with Sycamore: signals that update single nodes, as a form with a hundred fields needs, in five small
//! crates besides web-sys. Leptos and Dioxus bring routers, servers, hydration and async runtimes, several times as many
//! crates to build and to ship, for what one page with four rooms does not use.

#![forbid(unsafe_code)]

pub mod deployed;
pub mod edit;
pub mod form;
pub mod keys;
#[cfg(target_arch = "wasm32")]
mod page;
pub mod sheet;
pub mod site;
pub mod table;
pub mod trial;

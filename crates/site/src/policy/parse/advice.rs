//! What is no error, but will not look as it was meant.

use sendvagt::Both;
use serde_json::Value;

use super::PolicyError;
use super::positions::Positions;
use super::words::{AMPERSAND, AMPERSAND_IN_ADDRESS, AMPERSAND_IN_LINK, plain};

/// Every text with `&` that the dialog of a verdict can show.
pub(super) fn warnings(value: &Value, positions: &Positions) -> Vec<PolicyError> {
    let mut found = Vec::new();
    let mut look = |pointer: String, message: Both| {
        if value.pointer(&pointer).and_then(Value::as_str).is_some_and(|text| text.contains('&')) {
            found.push(positions.value(&pointer, plain(message)));
        }
    };
    let count = |pointer: &str| value.pointer(pointer).and_then(Value::as_array).map_or(0, Vec::len);
    look("/organisation/contact".to_owned(), AMPERSAND);
    look("/organisation/help".to_owned(), AMPERSAND_IN_LINK);
    look("/secureMail/how/da".to_owned(), AMPERSAND);
    look("/secureMail/how/en".to_owned(), AMPERSAND);
    for index in 0..count("/secureMail/tags") {
        look(format!("/secureMail/tags/{index}"), AMPERSAND);
    }
    for index in 0..count("/retiredMailboxes") {
        look(format!("/retiredMailboxes/{index}/address"), AMPERSAND_IN_ADDRESS);
        look(format!("/retiredMailboxes/{index}/replacement"), AMPERSAND_IN_ADDRESS);
    }
    found.sort_by_key(|warning| (warning.line, warning.column));
    found
}

//! What is no error, but will not look as it was meant.

use serde_json::Value;

use super::PolicyError;
use super::positions::Positions;

/// Classic Outlook has been seen to take `&` in the text of its dialog for the mark of an access key: it vanishes, and the
/// next letter is underlined (office-js issue 6622). That `&&` would show one is known of Windows' own dialogs and reported
/// nowhere for this one; where it is not so, users would read two. A word is right everywhere.
const WORD: &str = "classic Outlook may show this without the \"&\", with the next letter underlined; \
                    write a word such as \"og\" or \"and\" instead";
const LINK: &str = "classic Outlook may show this address without the \"&\", so that it cannot be copied; \
                    give one without \"&\" if there is one";
const ADDRESS: &str = "classic Outlook may show this address without the \"&\"; tell the service desk";

/// Every text with `&` that the dialog of a verdict can show.
pub(super) fn warnings(value: &Value, positions: &Positions) -> Vec<PolicyError> {
    let mut found = Vec::new();
    let mut look = |pointer: String, message: &str| {
        if value.pointer(&pointer).and_then(Value::as_str).is_some_and(|text| text.contains('&')) {
            found.push(positions.value(&pointer, message.to_owned()));
        }
    };
    let count = |pointer: &str| value.pointer(pointer).and_then(Value::as_array).map_or(0, Vec::len);
    look("/organisation/contact".to_owned(), WORD);
    look("/organisation/help".to_owned(), LINK);
    look("/secureMail/how/da".to_owned(), WORD);
    look("/secureMail/how/en".to_owned(), WORD);
    for index in 0..count("/secureMail/tags") {
        look(format!("/secureMail/tags/{index}"), WORD);
    }
    for index in 0..count("/retiredMailboxes") {
        look(format!("/retiredMailboxes/{index}/address"), ADDRESS);
        look(format!("/retiredMailboxes/{index}/replacement"), ADDRESS);
    }
    found.sort_by_key(|warning| (warning.line, warning.column));
    found
}

//! What is no error, but will not work or look as it was meant.

use sendvagt::{Both, RuleName};
use serde_json::Value;

use super::PolicyError;
use super::parts::PARTS;
use super::positions::Positions;
use super::words::{AMPERSAND, AMPERSAND_IN_ADDRESS, AMPERSAND_IN_LINK, NOBODY_OUTSIDE, ONLY_BELOW, plain, with};

/// Every text with `&` that the dialog of a verdict can show, own domains that leave out the one that mail comes from, and every
/// rule that can never find anything.
pub(super) fn warnings(value: &Value, positions: &Positions) -> Vec<PolicyError> {
    let parts = value.get(PARTS).and_then(Value::as_array).map_or(0, Vec::len);
    let places = std::iter::once(String::new()).chain((0..parts).map(|index| format!("/{PARTS}/{index}")));
    let mut found: Vec<PolicyError> = places.flat_map(|place| warnings_at(&place, value, positions)).collect();
    found.sort_by_key(|warning| (warning.line, warning.column));
    found
}

/// Those of the common policy, or of one part.
fn warnings_at(place: &str, value: &Value, positions: &Positions) -> Vec<PolicyError> {
    let common = value.pointer("/organisation/domains").and_then(Value::as_array);
    let has_common_domains = common.is_some_and(|domains| !domains.is_empty());
    let Some(value) = value.pointer(place) else { return Vec::new() };
    let mut found = Vec::new();
    let mut look = |pointer: String, message: Both| {
        if value.pointer(&pointer).and_then(Value::as_str).is_some_and(|text| text.contains('&')) {
            found.push(positions.value(&[place, &pointer].concat(), plain(message)));
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
    found.extend(only_below(place, value, positions));
    let has_domains = count("/organisation/domains") > 0 || has_common_domains;
    for rule in RuleName::ALL.into_iter().filter(|rule| rule.is_of_content() && !has_domains) {
        let pointer = format!("/rules/{}", rule.as_str());
        if value.pointer(&pointer).and_then(Value::as_str).is_some_and(|action| action != "off") {
            found.push(positions.value(&[place, &pointer].concat(), plain(NOBODY_OUTSIDE)));
        }
    }
    found
}

/// Own domains that are all of the form `*.eksempel.dk`. Where another stands on its own, an organisation knows the form.
fn only_below(place: &str, value: &Value, positions: &Positions) -> Vec<PolicyError> {
    const DOMAINS: &str = "/organisation/domains";
    let domains = value.pointer(DOMAINS).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let base = |entry: &Value| Some(entry.as_str()?.trim().strip_prefix("*.")?.to_owned());
    let bases: Option<Vec<String>> = domains.iter().map(base).collect();
    let bases = bases.unwrap_or_default().into_iter().enumerate();
    bases
        .map(|(index, base)| positions.value(&format!("{place}{DOMAINS}/{index}"), with(ONLY_BELOW, &[&base, &base])))
        .collect()
}

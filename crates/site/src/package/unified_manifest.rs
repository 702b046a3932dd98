//! The unified manifest: the same add-in in Microsoft's newer format.
//!
//! It is read by Outlook on the web, new Outlook and classic Outlook with a subscription, and not on Mac, on phones and in
//! versions bought once (Microsoft, "Office Add-ins with the unified app manifest for Microsoft 365"), which is why
//! manifest.xml is the one to deploy. It has to be zipped with two icons. Another add-in with the same id would stand
//! against the first: one of the two is deployed, never both.

use serde_json::{Value, json};

use super::origin::Origin;
use super::state::State;
use super::xml_manifest::{Event, Manifest};

/// The version of the format.
const FORMAT: &str = "1.19";

pub(super) fn manifest(source: &Manifest, state: &State, origin: &Origin) -> Result<Vec<u8>, String> {
    let (name, description) = (source.value("DisplayName"), source.value("Description"));
    let launch: Vec<Value> = source.events.iter().map(|event| action(&event.function)).collect();
    let events: Vec<Value> = source.events.iter().map(automatic).collect::<Result<_, String>>()?;
    let ribbon = |context: &str, group: &str, button: &str, label: &str| {
        let tip = format!("{label}Tip");
        let icon = |size: u32| json!({ "size": size, "url": origin.of(&format!("icons/icon-{size}.png")) });
        let icons: Vec<Value> = [16, 32, 80].into_iter().map(icon).collect();
        json!({
            "contexts": [context],
            "tabs": [{ "builtInTabId": "TabDefault", "groups": [{
                "id": group, "label": source.string("Group.Label").0,
                "controls": [{
                    "id": button, "type": "button", "actionId": "showPane", "label": source.string(label).0,
                    "supertip": { "title": source.string(label).0, "description": source.string(&tip).0 },
                    "icons": icons,
                }],
            }] }],
        })
    };
    let version: Vec<_> = state.version.to_string().split('.').map(str::to_owned).collect();
    let (main, revision) = version.split_at_checked(2).unwrap_or_default();
    let third: u32 = revision.iter().fold(0, |sum, part| sum * 1000 + part.parse::<u32>().unwrap_or_default());
    let manifest = json!({
        "$schema": format!("https://developer.microsoft.com/json-schemas/teams/v{FORMAT}/MicrosoftTeams.schema.json"),
        "manifestVersion": FORMAT,
        "id": state.id,
        // Three numbers here: the third holds the last two.
        "version": format!("{}.{third}", main.join(".")),
        "name": { "short": name, "full": name },
        "description": { "short": clipped(&description, 80), "full": description },
        "developer": {
            "name": source.value("ProviderName"), "websiteUrl": origin.to_string(),
            "privacyUrl": origin.to_string(), "termsOfUseUrl": origin.to_string(),
        },
        "icons": { "color": "icon-color.png", "outline": "icon-outline.png" },
        "accentColor": "#0F6CBD",
        "localizationInfo": { "defaultLanguageTag": "da-dk", "additionalLanguages": [] },
        "authorization": { "permissions": { "resourceSpecific": [
            { "name": "MailboxItem.ReadWrite.User", "type": "Delegated" },
            // What SupportsSharedFolders is in the other manifest: mail from a main mailbox is checked too.
            { "name": "Mailbox.SharedFolder", "type": "Delegated" },
        ] } },
        "validDomains": [origin.host().trim_start_matches("https://")],
        "extensions": [{
            "requirements": { "scopes": ["mail"], "capabilities": [{ "name": "Mailbox", "minVersion": "1.12" }] },
            "runtimes": [
                {
                    "id": "launch", "type": "general", "lifetime": "short",
                    "code": { "page": origin.of("launch.html"), "script": origin.of("launch.js") },
                    "actions": launch,
                },
                {
                    "id": "pane", "type": "general", "lifetime": "short",
                    "code": { "page": origin.of("pane.html") },
                    "actions": [{ "id": "showPane", "type": "openPage", "view": "pane", "pinnable": false }],
                },
            ],
            "ribbons": [
                ribbon("mailCompose", "SendvagtGroupMessage", "SendvagtPaneMessage", "Pane.Message"),
                ribbon("meetingDetailsOrganizer", "SendvagtGroupAppointment", "SendvagtPaneAppointment", "Pane.Appointment"),
            ],
            "autoRunEvents": [{
                "requirements": { "scopes": ["mail"], "capabilities": [{ "name": "Mailbox", "minVersion": "1.12" }] },
                "events": events,
            }],
        }],
    });
    Ok(format!("{manifest:#}\n").into_bytes())
}

fn action(function: &str) -> Value {
    json!({ "id": function, "type": "executeFunction", "displayName": function })
}

/// An event by its name in this format.
fn automatic(event: &Event) -> Result<Value, String> {
    let kind = match event.kind.as_str() {
        "OnMessageSend" => "messageSending",
        "OnAppointmentSend" => "appointmentSending",
        "OnNewMessageCompose" => "newMessageComposeCreated",
        "OnMessageRecipientsChanged" => "messageRecipientsChanged",
        "OnAppointmentAttendeesChanged" => "appointmentAttendeesChanged",
        other => {
            return Err(format!(
                "manifest.xml names the event {other}, for which the unified manifest's name is not known"
            ));
        }
    };
    let mode = match event.mode.as_deref() {
        None => return Ok(json!({ "type": kind, "actionId": event.function })),
        Some("Block") => "block",
        Some(_) => "softBlock",
    };
    Ok(json!({ "type": kind, "actionId": event.function, "options": { "sendMode": mode } }))
}

/// At most so many characters, whole words.
fn clipped(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let mut short = String::new();
    for word in text.split(' ') {
        if short.chars().count() + word.chars().count() + 2 > most {
            break;
        }
        short.push_str(word);
        short.push(' ');
    }
    format!("{}…", short.trim_end().trim_end_matches(','))
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::super::{SendMode, state::State, xml_manifest::tests::manifest};
    use super::{clipped, manifest as unified};

    #[test]
    fn speaks_of_what_the_other_manifest_speaks_of() {
        let origin = "https://addins.example.dk/sendvagt";
        let source = manifest(origin, SendMode::Block);
        let (state, _) = State::next(None, &source);
        let json: Value = serde_json::from_slice(&unified(&source, &state, &origin.parse().unwrap()).unwrap()).unwrap();
        assert_eq!(json["id"], state.id);
        let extension = &json["extensions"][0];
        let events = extension["autoRunEvents"][0]["events"].as_array().unwrap();
        assert_eq!(events.len(), source.events.len());
        assert_eq!(events.iter().filter(|event| event["options"]["sendMode"] == "block").count(), 2);
        let actions = extension["runtimes"][0]["actions"].as_array().unwrap();
        for event in events {
            assert!(actions.iter().any(|action| action["id"] == event["actionId"]), "{event}");
        }
        let text = json.to_string();
        assert!(text.contains("https://addins.example.dk/sendvagt/launch.js") && !text.contains("localhost"));
        assert!(!text.contains("\"\""), "an empty text: {text}");
        assert!(json["description"]["short"].as_str().unwrap().chars().count() <= 80);
    }

    #[test]
    fn clips_at_a_word() {
        assert_eq!(clipped("et to tre", 9), "et to tre");
        assert_eq!(clipped("et to, tre fire", 9), "et to…");
    }
}

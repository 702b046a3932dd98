//! `manifest.json`, the unified manifest: the same add-in in Microsoft's newer format.
//!
//! Outlook on the web, new Outlook and classic Outlook with a subscription read it; Outlook on Mac, on phones and in one-time
//! purchases does not (Microsoft, "Office Add-ins with the unified app manifest for Microsoft 365"). So `manifest.xml` is the
//! one to deploy. In Outlook on the web and new Outlook the events of another sender and another label do not work with this
//! one ("Activate add-ins with events"). It has to be zipped with two icons. The two have the same id and exclude each other: deploy one.

use serde_json::{Value, json};

use super::origin::Origin;
use super::state::PackageState;
use super::xml_manifest::{Event, XmlManifest};

/// The version of the schema.
const SCHEMA_VERSION: &str = "1.19";

/// The manifest as JSON, made from the other one.
pub(super) fn text(source: &XmlManifest, state: &PackageState, origin: &Origin) -> Result<Vec<u8>, String> {
    let (name, description) = (source.value("DisplayName"), source.value("Description"));
    let launch: Vec<Value> = source.events.iter().map(|event| function_action(&event.function)).collect();
    let events: Vec<Value> = source.events.iter().map(auto_run_event).collect::<Result<_, String>>()?;
    let manifest = json!({
        "$schema": format!("https://developer.microsoft.com/json-schemas/teams/v{SCHEMA_VERSION}/MicrosoftTeams.schema.json"),
        "manifestVersion": SCHEMA_VERSION,
        "id": state.id,
        "version": state.version.in_three_numbers(),
        "name": { "short": name, "full": name },
        "description": { "short": shortened(&description, 80), "full": description },
        "developer": {
            // The one page of a site that is meant for readers.
            "name": source.value("ProviderName"), "websiteUrl": origin.url("support.html"),
            "privacyUrl": origin.url("support.html"), "termsOfUseUrl": origin.url("support.html"),
        },
        "icons": { "color": "icon-color.png", "outline": "icon-outline.png" },
        "accentColor": "#0F6CBD",
        "localizationInfo": { "defaultLanguageTag": "da-dk", "additionalLanguages": [] },
        "authorization": { "permissions": { "resourceSpecific": [
            { "name": "MailboxItem.ReadWrite.User", "type": "Delegated" },
            // SupportsSharedFolders in the other manifest: mail from a shared mailbox is checked too.
            { "name": "Mailbox.SharedFolder", "type": "Delegated" },
        ] } },
        "validDomains": [origin.host().trim_start_matches("https://")],
        "extensions": [{
            "requirements": { "scopes": ["mail"], "capabilities": [{ "name": "Mailbox", "minVersion": "1.12" }] },
            "runtimes": [
                {
                    "id": "launch", "type": "general", "lifetime": "short",
                    "code": { "page": origin.url("launch.html"), "script": origin.url("launch.js") },
                    "actions": launch,
                },
                {
                    "id": "pane", "type": "general", "lifetime": "short",
                    "code": { "page": origin.url("pane.html") },
                    "actions": [{ "id": "showPane", "type": "openPage", "view": "pane", "pinnable": false }],
                },
            ],
            "ribbons": [
                ribbon(source, origin, ["mailCompose", "SendvagtGroupMessage", "SendvagtPaneMessage", "Pane.Message"]),
                ribbon(source, origin, [
                    "meetingDetailsOrganizer", "SendvagtGroupAppointment", "SendvagtPaneAppointment", "Pane.Appointment",
                ]),
            ],
            "autoRunEvents": [{
                "requirements": { "scopes": ["mail"], "capabilities": [{ "name": "Mailbox", "minVersion": "1.12" }] },
                "events": events,
            }],
        }],
    });
    Ok(format!("{manifest:#}\n").into_bytes())
}

/// The button on the ribbon that opens the task pane.
fn ribbon(source: &XmlManifest, origin: &Origin, [context, group, button, label]: [&str; 4]) -> Value {
    let icon = |size: u32| json!({ "size": size, "url": origin.url(&format!("icons/icon-{size}.png")) });
    let icons = [16, 32, 80].map(icon);
    json!({
        "contexts": [context],
        "tabs": [{ "builtInTabId": "TabDefault", "groups": [{
            "id": group, "label": source.string("Group.Label"),
            "controls": [{
                "id": button, "type": "button", "actionId": "showPane", "label": source.string(label),
                "supertip": {
                    "title": source.string(label), "description": source.string(&format!("{label}Tip")),
                },
                "icons": icons,
            }],
        }] }],
    })
}

fn function_action(function: &str) -> Value {
    json!({ "id": function, "type": "executeFunction", "displayName": function })
}

/// An event, with its name in this schema.
fn auto_run_event(event: &Event) -> Result<Value, String> {
    let kind = match event.kind.as_str() {
        "OnMessageSend" => "messageSending",
        "OnAppointmentSend" => "appointmentSending",
        "OnNewMessageCompose" => "newMessageComposeCreated",
        "OnMessageRecipientsChanged" => "messageRecipientsChanged",
        "OnAppointmentAttendeesChanged" => "appointmentAttendeesChanged",
        "OnMessageCompose" => "messageComposeOpened",
        "OnMessageFromChanged" => "messageFromChanged",
        "OnSensitivityLabelChanged" => "sensitivityLabelChanged",
        "OnInfoBarDismissClicked" => "infoBarDismissClicked",
        other => {
            return Err(format!(
                "manifest.xml has the event {other}, whose name in the unified manifest is not known here; add it"
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

/// The text cut after a word to at most `limit` characters.
fn shortened(text: &str, limit: usize) -> String {
    if text.chars().count() <= limit {
        return text.to_owned();
    }
    let mut short = String::new();
    for word in text.split(' ') {
        if short.chars().count() + word.chars().count() + 2 > limit {
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

    use super::super::{SendMode, state::PackageState, xml_manifest::tests::manifest};
    use super::{shortened, text};

    #[test]
    fn has_everything_that_the_other_manifest_has() {
        let origin = "https://addins.example.dk/sendvagt";
        let source = manifest(origin, SendMode::Block);
        let (state, _) = PackageState::next(None, &source, "11111111-2222-4333-8444-555555555555");
        let json: Value = serde_json::from_slice(&text(&source, &state, &origin.parse().unwrap()).unwrap()).unwrap();
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
    fn shortens_at_a_word() {
        assert_eq!(shortened("et to tre", 9), "et to tre");
        assert_eq!(shortened("et to, tre fire", 9), "et to…");
    }
}

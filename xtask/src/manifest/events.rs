//! Events, the files that handle them, and the names that manifest and shell share.

use std::collections::HashSet;

use roxmltree::Node;

use super::{Lint, child, is};

/// Events that Outlook raises for a mail or an appointment that is composed.
const EVENTS: [&str; 16] = [
    "OnNewMessageCompose",
    "OnNewAppointmentOrganizer",
    "OnMessageAttachmentsChanged",
    "OnAppointmentAttachmentsChanged",
    "OnMessageRecipientsChanged",
    "OnAppointmentAttendeesChanged",
    "OnAppointmentTimeChanged",
    "OnAppointmentRecurrenceChanged",
    "OnInfoBarDismissClicked",
    "OnMessageSend",
    "OnAppointmentSend",
    "OnMessageCompose",
    "OnAppointmentOrganizer",
    "OnMessageFromChanged",
    "OnAppointmentFromChanged",
    "OnSensitivityLabelChanged",
];
const SEND_EVENTS: [&str; 2] = ["OnMessageSend", "OnAppointmentSend"];
/// Those that phones and tablets raise ("Implement event-based activation in Outlook mobile add-ins").
const MOBILE_EVENTS: [&str; 3] = ["OnNewMessageCompose", "OnMessageRecipientsChanged", "OnMessageFromChanged"];

impl Lint<'_, '_> {
    pub(super) fn events(&mut self) {
        let mut seen = HashSet::new();
        for event in self.all("LaunchEvent") {
            let kind = event.attribute("Type").unwrap_or_default();
            let function = event.attribute("FunctionName").unwrap_or_default();
            self.unless(EVENTS.contains(&kind), event, || {
                format!(
                    "LaunchEvent {kind} is none that Outlook raises: see the list of events that activate an add-in"
                )
            });
            let on_phones = event.ancestors().any(|node| is(node, "MobileFormFactor"));
            self.unless(seen.insert((kind, on_phones)), event, || {
                format!("LaunchEvent {kind} stands twice: leave one")
            });
            self.unless(!on_phones || MOBILE_EVENTS.contains(&kind), event, || {
                format!("LaunchEvent {kind} is none that phones raise: leave it to the DesktopFormFactor")
            });
            let known = self.surroundings.shell.handlers.iter().any(|name| name == function);
            self.unless(known, event, || {
                format!("LaunchEvent {kind} names the function {function}, which the shell does not associate")
            });
            self.send_mode(event);
        }
        for kind in SEND_EVENTS {
            self.unless(seen.contains(&(kind, false)), self.root, || {
                format!("there is no LaunchEvent {kind}: without it Outlook sends unchecked")
            });
        }
    }

    fn send_mode(&mut self, event: Node<'_, '_>) {
        let kind = event.attribute("Type").unwrap_or_default();
        let mode = event.attribute("SendMode");
        if SEND_EVENTS.contains(&kind) {
            // Block locks mail up when the add-in cannot load, and no store takes it: the choice is the organisation's.
            self.unless(mode == Some("SoftBlock"), event, || {
                format!("LaunchEvent {kind} has the SendMode {}: write SoftBlock", mode.unwrap_or("unset"))
            });
        } else {
            self.unless(mode.is_none(), event, || {
                format!("LaunchEvent {kind} has a SendMode: only the send events take one")
            });
        }
    }

    /// Outlook finds the page of the events by the runtime of the same resid.
    pub(super) fn runtimes(&mut self) {
        let runtimes = self.all("Runtime");
        let page = runtimes.first().and_then(|runtime| runtime.attribute("resid"));
        self.unless(runtimes.len() == 1, self.root, || {
            format!("there are {} Runtimes: Outlook takes exactly one", runtimes.len())
        });
        for runtime in runtimes {
            let script =
                runtime.children().any(|node| is(node, "Override") && node.attribute("type") == Some("javascript"));
            self.unless(script, runtime, || {
                "the Runtime has no Override of type javascript: without it classic Outlook runs nothing".to_owned()
            });
        }
        for launch in self.all("LaunchEvents") {
            let source = launch.parent_element().and_then(|point| child(point, "SourceLocation"));
            let same = source.is_some_and(|source| source.attribute("resid") == page);
            self.unless(same, source.unwrap_or(launch), || {
                format!(
                    "the SourceLocation of the events is not that of the Runtime: write {}",
                    page.unwrap_or("its resid")
                )
            });
        }
    }

    /// A name that the manifest lacks makes the button of a dialog a plain "cancel", and a bar fail.
    pub(super) fn shell(&mut self) {
        let shell = self.surroundings.shell;
        let panes = self.all("Control").into_iter().filter(|control| child(*control, "Action").is_some());
        let panes: HashSet<_> = panes.filter_map(|control| control.attribute("id")).collect();
        let images: HashSet<_> = self.all("Image").iter().filter_map(|image| image.attribute("id")).collect();
        for (names, what) in [(&shell.commands, "point to no command"), (&shell.icons, "show no image")] {
            self.unless(!names.is_empty(), self.root, || {
                format!("the shell is found to {what}: mend how its names are read")
            });
        }
        for command in &shell.commands {
            self.unless(panes.contains(command.as_str()), self.root, || {
                format!("the shell points to the command {command}: no Control has this id")
            });
        }
        for icon in &shell.icons {
            self.unless(images.contains(icon.as_str()), self.root, || {
                format!("the shell shows the image {icon}: no image among the Resources has this id")
            });
        }
    }
}

//! The room *Pack*: both sites as one zip, byte for byte what `sendvagt package` makes of the same.

use std::rc::Rc;

use sendvagt::{Both, Language};
use sendvagt_site::package::{Addin, Change, Origin, PackageState, SendMode, Version};
use sycamore::prelude::*;
use sycamore::web::events;
use sycamore::web::tags::{a, button, code, div, fieldset, h2, input, label, legend, li, ol, p, section};
use wasm_bindgen::JsValue;

use super::desk::{Desk, sentence};
use super::files;
use super::parts::{counted, errors, open_button, text_field, window};
use crate::site::{Request, Zipped, zipped};

const ZIP: &str = "sendvagt-site.zip";

/// What was packed.
#[derive(Clone)]
struct Done {
    origin: Origin,
    change: Change,
    version: Version,
    files: usize,
    bytes: usize,
    policy_id: String,
}

pub(super) fn room(desk: Desk, language: Language) -> View {
    let is_first = create_signal(false);
    let done = create_signal(None::<Done>);
    // The zip that was made last, whose list the section below compares with.
    let packed = create_signal(None::<Rc<Vec<u8>>>);
    let origin = move || desk.origin.with(|text| (!text.trim().is_empty()).then(|| text.parse::<Origin>()));
    let origin_errors = move || match origin() {
        Some(Err(error)) => vec![sentence(error.get(language))],
        _ => Vec::new(),
    };
    let origin_warning = move || {
        let warning = origin()?.ok()?.warning()?;
        Some(View::from(p().class("warning").id("origin-warning").children(sentence(warning.get(language)))))
    };
    let missing = move || {
        let mut missing = Vec::new();
        let count = desk.read.with(|read| read.errors.len());
        if count > 0 {
            let words = language.pick(
                counted(count, "Policyen har {} fejl. Ret den først.", "Policyen har {} fejl. Ret dem først."),
                counted(count, "The policy has {} error. Mend it first.", "The policy has {} errors. Mend them first."),
            );
            missing.push(words.replace("{}", &count.to_string()));
        }
        if !matches!(origin(), Some(Ok(_))) {
            missing.push(
                language
                    .pick("Skriv adressen, hvor sitet skal ligge.", "Write the address where the site will be.")
                    .to_owned(),
            );
        }
        if desk.state.with(String::is_empty) && !is_first.get() {
            missing.push(
                language
                    .pick(
                        "Åbn state-filen, eller sæt flueben ved, at det er første gang.",
                        "Open the state file, or tick that it is the first time.",
                    )
                    .to_owned(),
            );
        }
        missing
    };
    let press = move |_| match make(desk, is_first.get_untracked()) {
        Ok((made, origin)) => {
            files::save(ZIP, &made.bytes, "application/zip");
            packed.set(Some(Rc::new(made.bytes.clone())));
            desk.state.set(made.state.to_json());
            is_first.set(false);
            done.set(Some(Done {
                origin,
                change: made.change,
                version: made.state.version(),
                files: made.files,
                bytes: made.bytes.len(),
                policy_id: made.policy_id,
            }));
        }
        Err(error) => desk.tell(
            true,
            Both { da: format!("Der blev ikke pakket noget: {error}"), en: format!("Nothing was packed: {error}") },
        ),
    };
    let list = move || missing().into_iter().map(|words| View::from(li().children(words))).collect::<Vec<View>>();
    let form = div().class("form").children((
        h2().children(language.pick("Pak sitet", "Pack the site")),
        text_field(
            "origin",
            language.pick("Adressen, hvor sitet skal ligge", "The address where the site will be"),
            language.pick(
                "Fx https://addins.example.dk/sendvagt. Brug en host, I selv styrer, med gyldigt certifikat.",
                "Such as https://addins.example.dk/sendvagt. Use a host of your own with a valid certificate.",
            ),
            desk.origin,
        ),
        errors("origin-errors".to_owned(), origin_errors),
        View::from_dynamic(origin_warning),
        send_mode(desk, language),
        state(desk, is_first, language),
        ol().class("missing")
            .attr("aria-label", language.pick("Det mangler", "What is missing"))
            .hidden(move || missing().is_empty())
            .children(View::from_dynamic(list)),
        button()
            .r#type("button")
            .class("first")
            .id("pack")
            .prop("disabled", move || JsValue::from(!missing().is_empty()))
            .on(events::click, press)
            .children(language.pick("Pak, og hent zip-filen", "Pack, and save the zip file")),
    ));
    let next = section().class("outcome").attr("aria-label", language.pick("Det næste", "What next")).children((
        h2().children(language.pick("Det næste", "What next")),
        div()
            .role("status")
            .children(View::from_dynamic(move || done.get_clone().map(|done| summed_up(&done, language)))),
        View::from_dynamic(move || steps(done.get_clone().as_ref(), language)),
    ));
    (div().class("sides").children((form, next)), super::verifying::verify(desk, packed, language)).into()
}

fn make(desk: Desk, is_first: bool) -> Result<(Zipped, Origin), String> {
    let read = desk.read.get_clone_untracked();
    let policy = read.policy.as_ref().ok_or("the policy has errors")?;
    let origin: Origin = desk
        .origin
        .with_untracked(|text| text.parse())
        .map_err(|error: sendvagt_site::package::OriginError| error.to_string())?;
    let state = desk.state.get_clone_untracked();
    let last = if state.is_empty() { None } else { Some(PackageState::parse(state.as_bytes())?) };
    if last.is_none() && !is_first {
        return Err("no state file".to_owned());
    }
    let id = window().crypto().map_err(|_| "the browser makes no id")?.random_uuid();
    let archive: Rc<Vec<u8>> = desk.addin.get_clone_untracked();
    let addin = Addin::from_archive(&archive).map_err(|error| error.to_string())?;
    let send_mode = if desk.blocks.get_untracked() { SendMode::Block } else { SendMode::SoftBlock };
    let text = desk.text.get_clone_untracked();
    let request =
        Request { addin: &addin, policy, text: &text, origin: &origin, send_mode, last: last.as_ref(), id: &id };
    Ok((zipped(&request)?, origin))
}

fn send_mode(desk: Desk, language: Language) -> View {
    let option = |blocks: bool, id: &'static str, name: &'static str, about: &'static str| {
        let about_id = format!("{id}-about");
        View::from(
            div().class("option").children((
                input()
                    .r#type("radio")
                    .attr("name", "send-mode")
                    .id(id)
                    .attr("aria-describedby", about_id.clone())
                    .prop("checked", move || JsValue::from(desk.blocks.get() == blocks))
                    .on(events::change, move |_| desk.blocks.set(blocks)),
                label().attr("for", id).children(name),
                p().class("about").id(about_id).children(about),
            )),
        )
    };
    fieldset()
        .children((
            legend()
                .children(language.pick("Når Outlook ikke kan hente Sendvagt", "When Outlook cannot load Sendvagt")),
            option(
                false,
                "soft-block",
                language
                    .pick("Mailen kan sendes uden kontrol (soft-block)", "The mail can be sent unchecked (soft-block)"),
                language.pick("Begynd med den.", "Begin with this."),
            ),
            option(
                true,
                "block",
                language.pick("Mailen venter (block)", "The mail waits (block)"),
                language.pick(
                    "Kun når serveren er overvåget og dubleret: Er den nede, kan ingen sende.",
                    "Only where the host is monitored and has a second: while it is down, nobody can send.",
                ),
            ),
        ))
        .into()
}

fn state(desk: Desk, is_first: Signal<bool>, language: Language) -> View {
    let opened = move |name: String, text: String| match PackageState::parse(text.as_bytes()) {
        Ok(_) => {
            desk.state.set(text);
            is_first.set(false);
        }
        Err(_) => desk.tell(
            true,
            Both {
                da: format!(
                    "{name} er ikke en state-fil fra Sendvagt. Den hedder sendvagt-state.json. Hent den fra backup."
                ),
                en: format!(
                    "{name} is no state file of Sendvagt. Its name is sendvagt-state.json. Restore it from a backup."
                ),
            },
        ),
    };
    let known = move || {
        let read = desk.state.with(|text| (!text.is_empty()).then(|| PackageState::parse(text.as_bytes())));
        let Some(Ok(state)) = read else { return View::default() };
        let forget = move |_| desk.state.set(String::new());
        div()
            .class("known")
            .children((
                p().children((
                    language.pick("Tilføjelsesprogrammets id: ", "The add-in's id: "),
                    code().children(state.id().to_owned()),
                )),
                p().children(format!(
                    "{} {}",
                    language.pick("Manifestets version:", "The manifest's version:"),
                    state.version()
                )),
                button()
                    .r#type("button")
                    .class("quiet")
                    .on(events::click, forget)
                    .children(language.pick("Brug en anden", "Use another")),
            ))
            .into()
    };
    let id = "first-time";
    fieldset()
        .children((
            legend().children(language.pick("Tilføjelsesprogrammets id", "The id of the add-in")),
            p().class("about").children(language.pick(
                "State-filen holder det id, Outlook kender tilføjelsesprogrammet på. Uden den bliver det et nyt program, og så kontrollerer begge hver mail.",
                "The state file holds the id by which Outlook knows the add-in. Without it, it becomes another add-in, and both check every mail.",
            )),
            View::from_dynamic(known),
            div().hidden(move || !desk.state.with(String::is_empty)).children((
                open_button(desk, "state-file", language.pick("Åbn sendvagt-state.json", "Open sendvagt-state.json"), ".json,application/json", files::text, opened),
                div().class("option").children((
                    input()
                        .r#type("checkbox")
                        .id(id)
                        .prop("checked", move || JsValue::from(is_first.get()))
                        .on(events::change, move |event| is_first.set(super::parts::is_checked(&event))),
                    label().attr("for", id).children(language.pick("Det er første gang, vi pakker. Lav et nyt id", "We pack for the first time. Make a new id")),
                )),
            )),
        ))
        .into()
}

fn summed_up(done: &Done, language: Language) -> View {
    let Done { origin, version, files, bytes, policy_id, .. } = done;
    let kilobytes = bytes / 1000;
    let words = language.pick(
        format!("{ZIP} er hentet: {files} filer, {kilobytes} kB, til {origin}, version {version}."),
        format!("{ZIP} is saved: {files} files, {kilobytes} kB, for {origin}, version {version}."),
    );
    let id = language.pick(
        format!("Regelsæt-id: {policy_id}. Ruden viser det under Om Sendvagt. Giv det til servicedesken."),
        format!("Policy id: {policy_id}. The pane shows it under About Sendvagt. Give it to the service desk."),
    );
    (p().class("status").attr("data-decision", "send").children(words), p().id("policy-id").children(id)).into()
}

/// The steps after packing, as the program prints them and the deployment guide explains them.
fn steps(done: Option<&Done>, language: Language) -> View {
    let origin =
        done.map_or_else(|| language.pick("adressen", "the address").to_owned(), |done| done.origin.to_string());
    let host = done.map_or_else(|| language.pick("serveren", "the host").to_owned(), |done| done.origin.host());
    let manifest = match done.map(|done| done.change) {
        None | Some(Change::First) => language.pick(
            "Tilføj site/manifest.xml i Microsoft 365 Administration under Integrerede apps. Begynd med en pilotgruppe.",
            "Add site/manifest.xml in the Microsoft 365 admin center under Integrated apps. Begin with a pilot group.",
        ),
        Some(Change::FilesOnly) => language.pick(
            "Manifestet er det samme som sidst: Der er intet at gøre i administrationscenteret.",
            "The manifest is the same as before: nothing to do in the admin center.",
        ),
        Some(Change::Manifest) => language.pick(
            "Manifestet er ændret: Upload site/manifest.xml igen i administrationscenteret. Rettigheder og hændelser er de samme.",
            "The manifest has changed: upload site/manifest.xml again in the admin center. Permissions and events are the same.",
        ),
        Some(Change::Consent) => language.pick(
            "Rettigheder eller hændelser er ændret: Upload site/manifest.xml, og giv samtykke igen. Brugerne er uden Sendvagt, til det er sket.",
            "Permissions or events have changed: upload site/manifest.xml and consent again. Users are without Sendvagt until then.",
        ),
    };
    let copy = language.pick(
        format!("Kopiér indholdet af site/www til roden af {host}. Tag mappen .well-known med."),
        format!("Copy the content of site/www to the root of {host}, with the folder .well-known."),
    );
    let headers = language.pick(
        "Sæt headerne op med site/nginx.conf, web.config eller staticwebapp.config.json. De to sidste ligger i site/www.",
        "Set the headers with site/nginx.conf, web.config or staticwebapp.config.json. The last two are in site/www.",
    );
    let verify = (
        language.pick(
            "Sammenlign det, serveren svarer, med det, der er pakket: ",
            "Compare what the host serves with what was packed: ",
        ),
        code().children(format!("sendvagt verify --origin {origin} --list site/integrity.json")),
    );
    let keep = language.pick(
        "Gem sendvagt-state.json og policy.json, hvor der bliver taget backup. site-paused er nødudgangen: Den lader alle mails passere. Hav den klar.",
        "Keep sendvagt-state.json and policy.json where they are backed up. site-paused is the emergency exit: it lets all mail pass. Have it ready.",
    );
    let link = |href: &'static str, name: &'static str| {
        a().href(href).attr("target", "_blank").rel("noopener noreferrer").children(name)
    };
    ol().class("steps")
        .children((
            li().children(keep),
            li().children(copy),
            li().children(headers),
            li().children(verify),
            li().children((
                manifest,
                " ",
                link(
                    "https://admin.microsoft.com/#/Settings/IntegratedApps",
                    language.pick("Åbn administrationscenteret", "Open the admin center"),
                ),
            )),
            li().children(link(
                "https://learn.microsoft.com/microsoft-365/admin/manage/manage-deployment-of-add-ins",
                language.pick(
                    "Microsoft om udrulning af tilføjelsesprogrammer (på engelsk)",
                    "Microsoft on deploying add-ins",
                ),
            )),
        ))
        .into()
}

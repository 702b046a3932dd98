use std::fs;
use std::path::Path;

use super::{Shell, Surroundings, faults};

const MANIFEST: &str = include_str!("../../../manifest.xml");
const HANDLERS: [&str; 5] = [
    "onMessageSend",
    "onAppointmentSend",
    "onNewMessageCompose",
    "onMessageRecipientsChanged",
    "onAppointmentAttendeesChanged",
];

fn shell() -> Shell {
    Shell {
        handlers: HANDLERS.map(str::to_owned).to_vec(),
        commands: ["SendvagtPaneMessage", "SendvagtPaneAppointment"].map(str::to_owned).to_vec(),
        icons: vec!["Icon.16".to_owned()],
    }
}

/// A folder as the build makes it: the real icons, and pages of which only the names count here.
fn site() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("icons")).unwrap();
    for page in ["launch.html", "launch.js", "pane.html"] {
        fs::write(folder.path().join(page), "").unwrap();
    }
    fs::write(folder.path().join("icons/broken.png"), "not an image").unwrap();
    let icons = Path::new(env!("CARGO_MANIFEST_DIR")).join("../addin/icons");
    for size in [16, 32, 64, 80, 128] {
        let name = format!("icon-{size}.png");
        fs::copy(icons.join(&name), folder.path().join("icons").join(&name)).unwrap();
    }
    folder
}

fn sentences(text: &str, shell: &Shell) -> Vec<String> {
    let site = site();
    let found = faults(text, &Surroundings { shell, site: site.path() }).unwrap();
    found.into_iter().map(|fault| fault.sentence).collect()
}

#[test]
fn the_manifest_has_no_fault() {
    assert_eq!(sentences(MANIFEST, &shell()), Vec::<String>::new());
}

struct Edit {
    name: &'static str,
    from: &'static str,
    to: &'static str,
    fault: &'static str,
}

/// Each edit replaces the first `from` and makes its fault, and no other.
#[track_caller]
fn each_makes_its_fault(edits: &[Edit]) {
    for Edit { name, from, to, fault } in edits {
        assert!(MANIFEST.contains(from), "{name}: the manifest has no {from}");
        assert_eq!(sentences(&MANIFEST.replacen(from, to, 1), &shell()), [*fault], "{name}");
    }
}

#[test]
fn faults_of_the_head() {
    each_makes_its_fault(&[
        Edit {
            name: "a GUID with a digit missing",
            from: "<Id>5c1b8f0e-",
            to: "<Id>5c1b8f0-",
            fault: "the Id 5c1b8f0-3f0a-4d51-9a4e-7d2f6b9a0c41 is not a GUID: write 8-4-4-4-12 hexadecimal digits",
        },
        Edit {
            name: "a GUID with a letter that is no digit",
            from: "<Id>5c1b8f0e-",
            to: "<Id>5c1b8f0g-",
            fault: "the Id 5c1b8f0g-3f0a-4d51-9a4e-7d2f6b9a0c41 is not a GUID: write 8-4-4-4-12 hexadecimal digits",
        },
        Edit {
            name: "a version of five numbers",
            from: "<Version>0.1.0.0<",
            to: "<Version>0.1.0.0.0<",
            fault: "the Version 0.1.0.0.0 is malformed: write one to four numbers of at most five digits",
        },
        Edit {
            name: "a version with a number of six digits",
            from: "<Version>0.1.0.0<",
            to: "<Version>0.1.0.123456<",
            fault: "the Version 0.1.0.123456 is malformed: write one to four numbers of at most five digits",
        },
        Edit {
            name: "a version with an empty number",
            from: "<Version>0.1.0.0<",
            to: "<Version>0.1..0<",
            fault: "the Version 0.1..0 is malformed: write one to four numbers of at most five digits",
        },
        Edit {
            name: "another version than the project's",
            from: "<Version>0.1.0.0<",
            to: "<Version>0.0.9.0<",
            fault: "the Version is 0.0.9.0: write 0.1.0.0, by which Outlook tells this manifest from older ones",
        },
        Edit {
            name: "more permission than needed",
            from: "ReadWriteItem",
            to: "ReadWriteMailbox",
            fault: "Permissions is ReadWriteMailbox: write ReadWriteItem, which is what mending a draft needs and no more",
        },
        Edit {
            name: "English as the default",
            from: "<DefaultLocale>da-DK<",
            to: "<DefaultLocale>en-US<",
            fault: "the DefaultLocale is en-US: write da-DK, which the default texts are in",
        },
    ]);
}

#[test]
fn faults_of_the_requirements() {
    each_makes_its_fault(&[
        Edit {
            name: "a base that no server of one's own meets",
            from: "Name=\"Mailbox\" MinVersion=\"1.5\"",
            to: "Name=\"Mailbox\" MinVersion=\"1.8\"",
            fault: "the base Requirements do not ask for Mailbox 1.5 or less: no server of one's own meets more",
        },
        Edit {
            name: "overrides that lose Mac",
            from: "DefaultMinVersion=\"1.5\"",
            to: "DefaultMinVersion=\"1.15\"",
            fault: "the overrides do not require Mailbox 1.5: more loses phones and older clients, with all events",
        },
        Edit {
            name: "a set's own version, which outdoes the default",
            from: "<bt:Set Name=\"Mailbox\" />",
            to: "<bt:Set Name=\"Mailbox\" MinVersion=\"1.12\" />",
            fault: "the overrides do not require Mailbox 1.5: more loses phones and older clients, with all events",
        },
        Edit {
            name: "no requirement of the overrides",
            from: "<bt:Sets DefaultMinVersion=\"1.5\">\n          <bt:Set Name=\"Mailbox\" />",
            to: "<bt:Sets DefaultMinVersion=\"1.5\">",
            fault: "the overrides do not require Mailbox 1.5: more loses phones and older clients, with all events",
        },
        Edit {
            name: "a send event for phones",
            from: "<LaunchEvent Type=\"OnMessageRecipientsChanged\" FunctionName=\"onMessageRecipientsChanged\" />\n              </LaunchEvents>\n              <SourceLocation resid=\"Launch.Page\" />\n            </ExtensionPoint>\n          </MobileFormFactor>",
            to: "<LaunchEvent Type=\"OnMessageSend\" FunctionName=\"onMessageSend\" SendMode=\"SoftBlock\" />\n              </LaunchEvents>\n              <SourceLocation resid=\"Launch.Page\" />\n            </ExtensionPoint>\n          </MobileFormFactor>",
            fault: "LaunchEvent OnMessageSend is none that phones raise: leave it to the DesktopFormFactor",
        },
        Edit {
            name: "no shared folders",
            from: "<SupportsSharedFolders>true</SupportsSharedFolders>",
            to: "",
            fault: "DesktopFormFactor lacks SupportsSharedFolders true: mail from shared mailboxes would go unchecked",
        },
    ]);
}

#[test]
fn faults_of_the_events() {
    each_makes_its_fault(&[
        Edit {
            name: "an event misspelled",
            from: "Type=\"OnNewMessageCompose\"",
            to: "Type=\"OnNewMesageCompose\"",
            fault: "LaunchEvent OnNewMesageCompose is none that Outlook raises: see the list of events that activate an add-in",
        },
        Edit {
            name: "an event twice",
            from: "<LaunchEvent Type=\"OnMessageRecipientsChanged\" FunctionName=\"onMessageRecipientsChanged\" />",
            to: "<LaunchEvent Type=\"OnNewMessageCompose\" FunctionName=\"onMessageRecipientsChanged\" />",
            fault: "LaunchEvent OnNewMessageCompose stands twice: leave one",
        },
        Edit {
            name: "a function that nobody associates",
            from: "FunctionName=\"onMessageSend\"",
            to: "FunctionName=\"onSend\"",
            fault: "LaunchEvent OnMessageSend names the function onSend, which the shell does not associate",
        },
        Edit {
            name: "Block",
            from: "SendMode=\"SoftBlock\"",
            to: "SendMode=\"Block\"",
            fault: "LaunchEvent OnMessageSend has the SendMode Block: write SoftBlock",
        },
        Edit {
            name: "no mode",
            from: "FunctionName=\"onAppointmentSend\" SendMode=\"SoftBlock\"",
            to: "FunctionName=\"onAppointmentSend\"",
            fault: "LaunchEvent OnAppointmentSend has the SendMode unset: write SoftBlock",
        },
        Edit {
            name: "a mode on an event that is no send",
            from: "FunctionName=\"onNewMessageCompose\"",
            to: "FunctionName=\"onNewMessageCompose\" SendMode=\"SoftBlock\"",
            fault: "LaunchEvent OnNewMessageCompose has a SendMode: only the send events take one",
        },
        Edit {
            name: "no send event for meetings",
            from: "<LaunchEvent Type=\"OnAppointmentSend\" FunctionName=\"onAppointmentSend\" SendMode=\"SoftBlock\" />",
            to: "",
            fault: "there is no LaunchEvent OnAppointmentSend: without it Outlook sends unchecked",
        },
        Edit {
            name: "events on another page than the runtime's",
            from: "<SourceLocation resid=\"Launch.Page\" />",
            to: "<SourceLocation resid=\"Pane.Page\" />",
            fault: "the SourceLocation of the events is not that of the Runtime: write Launch.Page",
        },
        Edit {
            name: "events without a page",
            from: "<SourceLocation resid=\"Launch.Page\" />",
            to: "",
            fault: "the SourceLocation of the events is not that of the Runtime: write Launch.Page",
        },
        Edit {
            name: "no script for classic Outlook",
            from: "Override type=\"javascript\"",
            to: "Override type=\"script\"",
            fault: "the Runtime has no Override of type javascript: without it classic Outlook runs nothing",
        },
        Edit {
            name: "two runtimes",
            from: "</Runtimes>",
            to: "<Runtime resid=\"Pane.Page\"><Override type=\"javascript\" resid=\"Launch.Script\" /></Runtime></Runtimes>",
            fault: "there are 2 Runtimes: Outlook takes exactly one",
        },
        Edit {
            name: "a button of another name than the shell's",
            from: "id=\"SendvagtPaneMessage\"",
            to: "id=\"SendvagtPaneMail\"",
            fault: "the shell points to the command SendvagtPaneMessage: no Control has this id",
        },
    ]);
}

#[test]
fn faults_of_the_resources() {
    each_makes_its_fault(&[
        Edit {
            name: "a resid that dangles",
            from: "<SourceLocation resid=\"Pane.Page\" />",
            to: "<SourceLocation resid=\"Pane.Pag\" />",
            fault: "the resid Pane.Pag of SourceLocation names no resource",
        },
        Edit {
            name: "a text where an address belongs",
            from: "<SourceLocation resid=\"Pane.Page\" />",
            to: "<SourceLocation resid=\"Pane.Message\" />",
            fault: "the resid Pane.Message of SourceLocation is among the ShortStrings: it must be among the Urls",
        },
        Edit {
            name: "a short text where a long one belongs",
            from: "<Description resid=\"Pane.MessageTip\" />",
            to: "<Description resid=\"Group.Label\" /><Description resid=\"Pane.MessageTip\" />",
            fault: "the resid Group.Label of Description is among the ShortStrings: it must be among the LongStrings",
        },
        Edit {
            name: "a resource that nobody asks for",
            from: "<bt:Urls>",
            to: "<bt:Urls><bt:Url id=\"Old.Page\" DefaultValue=\"https://localhost:3000/pane.html\" />",
            fault: "the resource Old.Page is never asked for: leave it out",
        },
        Edit {
            name: "two groups of one id",
            from: "id=\"SendvagtGroupAppointment\"",
            to: "id=\"SendvagtGroupMessage\"",
            fault: "the id SendvagtGroupMessage stands twice: Outlook tells things apart by it",
        },
        Edit {
            name: "an id of 33 characters",
            from: "id=\"SendvagtGroupMessage\"",
            to: "id=\"SendvagtGroupMessage4567890123456\"",
            fault: "the id SendvagtGroupMessage4567890123456 has 33 characters: at most 32 are read",
        },
        Edit {
            name: "a label in Danish alone",
            from: "<bt:Override Locale=\"en-US\" Value=\"Check the mail\" />",
            to: "",
            fault: "Pane.Message is not there in each language once: give the default and an Override for en-US",
        },
        Edit {
            name: "a description for a language without a region",
            from: "<Override Locale=\"en-US\" Value=\"Checks",
            to: "<Override Locale=\"en\" Value=\"Checks",
            fault: "Description is not there in each language once: give the default and an Override for en-US",
        },
        Edit {
            name: "an empty label",
            from: "Value=\"Check the mail\"",
            to: "Value=\" \"",
            fault: "a text of Pane.Message is empty: Outlook shows the button or the add-in without a name",
        },
    ]);
}

#[test]
fn faults_of_the_addresses() {
    each_makes_its_fault(&[
        Edit {
            name: "a script without TLS",
            from: "https://localhost:3000/launch.js",
            to: "http://localhost:3000/launch.js",
            fault: "the address of Launch.Script is not https: Outlook loads nothing else",
        },
        Edit {
            name: "a relative address",
            from: "https://localhost:3000/launch.js",
            to: "launch.js",
            fault: "the address of Launch.Script is not https: Outlook loads nothing else",
        },
        Edit {
            name: "an icon without TLS",
            from: "https://localhost:3000/icons/icon-64.png",
            to: "http://localhost:3000/icons/icon-64.png",
            fault: "the address of IconUrl is not https: Outlook loads nothing else",
        },
        Edit {
            name: "a file that is not built",
            from: "3000/launch.js",
            to: "3000/lunch.js",
            fault: "the address of Launch.Script is lunch.js: the build makes no such file",
        },
        Edit {
            name: "an icon that is not built",
            from: "icon-80.png",
            to: "icon-81.png",
            fault: "the address of Icon.80 is icons/icon-81.png: the build makes no such file",
        },
        Edit {
            name: "a script from elsewhere",
            from: "https://localhost:3000/launch.js",
            to: "https://example.invalid/launch.js",
            fault: "the address of Launch.Script does not begin with https://localhost:3000/",
        },
        Edit {
            name: "an origin that another begins with",
            from: "https://localhost:3000/launch.js",
            to: "https://localhost:30001/launch.js",
            fault: "the address of Launch.Script does not begin with https://localhost:3000/",
        },
    ]);
}

#[test]
fn faults_of_the_icons() {
    each_makes_its_fault(&[
        Edit {
            name: "a button's image of the wrong size",
            from: "<bt:Image size=\"16\" resid=\"Icon.16\" />",
            to: "<bt:Image size=\"16\" resid=\"Icon.32\" />",
            fault: "icons/icon-32.png is not a PNG of 16 × 16 pixels, as its place in the manifest says",
        },
        Edit {
            name: "an add-in's icon of the wrong size",
            from: "icon-64.png",
            to: "icon-80.png",
            fault: "icons/icon-80.png is not a PNG of 64 × 64 pixels, as its place in the manifest says",
        },
        Edit {
            name: "a large icon of the wrong size",
            from: "icon-128.png",
            to: "icon-64.png",
            fault: "icons/icon-64.png is not a PNG of 128 × 128 pixels, as its place in the manifest says",
        },
        Edit {
            name: "an icon that is no image",
            from: "icon-64.png",
            to: "broken.png",
            fault: "icons/broken.png is not a PNG of 64 × 64 pixels, as its place in the manifest says",
        },
        Edit {
            name: "a size that is missing",
            from: "<bt:Image size=\"32\" resid=\"Icon.32\" />",
            to: "",
            fault: "an Icon has the sizes 16, 80: give 16, 32 and 80, which Outlook demands",
        },
        Edit {
            name: "no icon for sharp screens",
            from: "<HighResolutionIconUrl DefaultValue=\"https://localhost:3000/icons/icon-128.png\" />",
            to: "",
            fault: "there is no HighResolutionIconUrl: give one of 128 pixels",
        },
    ]);
}

/// The limits are counted in UTF-16 code units: an emoji makes two.
#[test]
fn texts_are_as_long_as_they_may_be_and_no_longer() {
    let limits = [
        ("<ProviderName>", "Sendvagt", "ProviderName", 125),
        ("<DisplayName DefaultValue=\"", "Sendvagt", "DisplayName", 125),
        ("<bt:String id=\"Pane.Message\" DefaultValue=\"", "Tjek mailen", "Pane.Message", 125),
        ("<bt:Override Locale=\"en-US\" Value=\"", "Check the mail", "Pane.Message", 125),
        (
            "<Override Locale=\"en-US\" Value=\"",
            "Checks subject and recipients before a mail is sent, and stops CPR numbers in the subject.",
            "Description",
            250,
        ),
    ];
    for (before, text, name, most) in limits {
        let from = format!("{before}{text}");
        assert!(MANIFEST.contains(&from), "the manifest has no {from}");
        let with = |text: String| sentences(&MANIFEST.replacen(&from, &format!("{before}{text}"), 1), &shell());
        let longest = format!("{}🛡{}", "å".repeat(most - 3), "x");
        assert_eq!(with(longest.clone()), Vec::<String>::new(), "{name}");
        let fault = format!("a text of {name} is too long: at most {most} characters are shown");
        assert_eq!(with(longest + "x"), [fault], "{name}");
    }
}

#[test]
fn addresses_are_as_long_as_they_may_be_and_no_longer() {
    let page = "https://localhost:3000/launch.js?";
    let with = |length: usize| {
        let url = format!("{page}{}", "x".repeat(length - page.len()));
        sentences(&MANIFEST.replacen("https://localhost:3000/launch.js", &url, 1), &shell())
    };
    assert_eq!(with(2048), Vec::<String>::new());
    assert_eq!(with(2049), ["the address of Launch.Script has 2049 characters: at most 2048 are read"]);
}

#[test]
fn an_image_that_the_shell_shows_is_there() {
    let shell = Shell { icons: vec!["Icon.24".to_owned()], ..shell() };
    assert_eq!(
        sentences(MANIFEST, &shell),
        ["the shell shows the image Icon.24: no image among the Resources has this id"]
    );
}

/// Else a shell that changes how it writes its names would leave nothing to compare.
#[test]
fn a_shell_without_names_is_a_fault() {
    let shell = Shell { commands: Vec::new(), icons: Vec::new(), ..shell() };
    assert_eq!(
        sentences(MANIFEST, &shell),
        [
            "the shell is found to point to no command: mend how its names are read",
            "the shell is found to show no image: mend how its names are read",
        ]
    );
}

#[test]
fn a_fault_tells_its_line() {
    let (site, shell) = (site(), shell());
    let text = MANIFEST.replacen("SendMode=\"SoftBlock\"", "SendMode=\"Block\"", 1);
    let line = text.lines().position(|line| line.contains("\"Block\"")).unwrap() + 1;
    let found = faults(&text, &Surroundings { shell: &shell, site: site.path() }).unwrap();
    let told: Vec<_> = found.iter().map(ToString::to_string).collect();
    assert_eq!(told, [format!("{line}: LaunchEvent OnMessageSend has the SendMode Block: write SoftBlock")]);
}

#[test]
fn what_is_not_xml_is_an_error() {
    let (site, shell) = (site(), shell());
    assert!(faults("<OfficeApp>", &Surroundings { shell: &shell, site: site.path() }).is_err());
}

#[test]
fn the_shells_names_are_found_in_a_minified_script() {
    let script = "var q=\"Icon.16\",D={message:\"SendvagtPaneMessage\",other:`SendvagtPaneOther`},\
                  a={onMessageSend:b,once:c,on:d},e=f?g:h,SendvagtPaneOf=1";
    let shell = Shell::of_script(script);
    assert_eq!(shell.handlers, ["onMessageSend"]);
    assert_eq!(shell.commands, ["SendvagtPaneMessage", "SendvagtPaneOther"]);
    assert_eq!(shell.icons, ["Icon.16"]);
}

//! The words that say what a number is.
//!
//! How they are compared is said at [`super::ContextWords`].

use super::{
    context::Says,
    word_list::{WordList, word_list},
};

/// Words of CPR numbers.
#[rustfmt::skip]
const CPR: &[&str] = &[
    "cpr*", "personnummer*", "personnumre*", "personnr*", "person#", "pers#", "fødsels#", "foedsels#",
    "civilregistr*", "ssn*", "personal#", "ecpr",
];

/// Two words of the same meaning.
#[rustfmt::skip]
pub(super) const CPR_PHRASES: &[[&str; 2]] = &[
    ["civil", "registration"],
    ["social", "security"],
    ["personal", "identification"],
    ["personal", "id"],
    ["personal", "number"],
    ["national", "id"],
    ["national", "identification"],
    ["identity", "number"],
    ["danish", "id"],
    ["identification", "number"],
];

/// Words of numbers of other kinds, and of amounts.
#[rustfmt::skip]
const OTHER: &[&str] = &[
    "faktura", "fakturaen", "fakturaer", "faktura#", "invoice", "ordre", "ordren", "ordrer", "order", "ean",
    "gln", "cvr", "se#", "tlf", "telefon", "mobil", "mobiltlf", "mobiltelefon", "tel", "phone", "mob", "fax",
    "iban", "swift", "bic", "bilag#", "rekv", "rekvisitions#", "indkøbs#", "vare#", "serie#", "serial*", "imei",
    "isbn", "issn", "track", "tracking", "sporings#", "pakke", "pakke#", "forsendelse", "forsendelses#", "kort#",
    "kredit#", "fi", "giro", "indbetalings*", "regning", "regningen", "regnings#", "tilbuds#", "kvitterings#",
    "debitor", "kreditor", "leverandør#", "stel#", "licens#", "licence", "license", "kolli", "stregkode", "beløb",
    "kr", "dkk", "eur", "version", "ver", "build", "lokation", "lokations#", "måler#", "ticket", "artikel#",
    "batch", "postnr", "vin", "imo", "sn", "del#", "po", "rykker", "kreditnota", "nemkonto", "abonnement",
    "giro#", "omkostningssted", "psp", "sms", "udlændinge#", "ejendoms#", "matrikel#", "ydernr", "lokalnr",
];

/// Words of things that are numbered or dated.
#[rustfmt::skip]
const SERIES: &[&str] = &[
    "projekt", "projektet", "prøve", "prøven", "prøver", "lejemål", "lejemålet", 
    "opgave", "opgaven", "tilbud", "tilbuddet", "udbud", "bestilling", "kontrakt", "kontrakten", 
    "req", "inc", "chg", "hold", "holdet", "rute", "linje", "bus", "lokale", "lok", "rum", "scan", "skan", "doc", "img", "skm",
    "fil", "log", "eksport", "backup", "udtræk", "parti", "sending", "levering", "asset", 
    "anlæg", "bygning", "brønd", "boring", "dok", "skema", "blanket", "partsnr", "skade", "kle", "rekvisition", "reservation",
];

/// Names of a person's number that are less sure than [`CPR`], or mean other numbers too.
#[rustfmt::skip]
const PERSON_NUMBER: &[&str] = &[
    "=pnr", "borger#",
];

/// Names of the number of a production unit.
#[rustfmt::skip]
const PRODUCTION_UNIT: &[&str] = &[
    "=p-nr*", "=p-nummer*", "=p-enhed*", "pnummer*", "penhed*", "p#", "produktionsenhed*", "produktions#",
];

/// Words of numbers that may be ten digits and read as a CPR number, or be one.
#[rustfmt::skip]
const UNSURE: &[&str] = &[
    "kunde", "kunden", "konto",
    "kontoen", "kto", "reg", "bank", "bankkonto", "account", "sag#", "sags#", "sagsid", "journal#", "j#", "løbe#",
    "løb#", "id", "ref", "reference", "medlem#", "medlems#", "dokument#", "akt#", "police#", "skade#", "skades#",
    "lån#", "låne#", "customer", "case#", "member#", "esdh#",
];

/// Words of persons, and of birth.
#[rustfmt::skip]
const PERSON: &[&str] = &[
    "f", "født", "fødte", "fødselsdato", "fødselsdag", "foedt", "foedselsdato", "fodt", "fdt", "fdato", "fd",
    "borger~", "barn~", "børn", "børnene", "boern", "patient~", "elev~", "klient~", "beboer~", "ansøger~",
    "forælder~", "forældre", "forældrene", "mor", "moder", "moren", "far", "fader", "faren", "søn", "sønnen",
    "datter", "datteren", "ægtefælle~", "samlever~", "afdøde~", "person~", "vedkommende", "medarbejder~",
    "dreng~", "pige~", "kvinde~", "mand~", "citizen~", "child~", "born", "dob", "birthdate", "birthday", "birth",
    "client~", "resident~", "pupil~", "student~", "employee~", "søskende", "plejebarn~", "plejebørn", "værge~",
    "pårørende~", "unge", "datters", "søns",
];

/// Endings of words, and what a word says that ends so and is in no list: an unlisted "…nr" names a number.
pub(super) const ENDINGS: &[(&str, Says)] = &[
    ("*cpr", Says::Cpr),
    ("*personnummer", Says::Cpr),
    ("*personnr", Says::Cpr),
    ("*nummer", Says::Unsure),
    ("*nummeret", Says::Unsure),
    ("*numre", Says::Unsure),
    ("*nr", Says::Unsure),
    ("*projekt", Says::Series),
    ("*prøve", Says::Series),
    ("*opgave", Says::Series),
    ("*lejemål", Says::Series),
    ("*ordre", Says::Other),
    ("*måler", Says::Other),
    ("*konto", Says::Unsure),
];

/// Words between a label and its number which leave it a label: "CPR nr. er 010203-1234".
#[rustfmt::skip]
pub(super) const LINKS: &[&str] = &[
    "nr", "nummer", "nummeret", "numre", "no", "number", "numbers", "er", "is", "lyder",
];

/// Words before a date which has a time after it.
#[rustfmt::skip]
pub(super) static DAYS: &WordList = word_list!(First, &[&[
    "d", "den", "dato", "dags", "mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag", "man",
    "tir", "ons", "tor", "tors", "fre", "lør", "søn", "møde", "mødet", "aftale", "tid",
]]);

/// Days of the week that are also persons.
pub(super) const WEEKDAYS: &[&str] = &["søn", "mand"];

/// Units of money, which name the amount before them.
pub(super) const AMOUNTS: &[&str] = &["kr", "dkk", "eur"];

/// Endings of words for what has a time or a period: "netværksmøde", "sommerferie".
#[rustfmt::skip]
pub(super) static APPOINTMENTS: &WordList = word_list!(Last, &[&[
    "møde", "mødet", "møder", "samtale", "samtaler", "vagt", "vagter", "vagtplan", "besøg", "aftale", "tid",
    "ferie", "indkaldelse", "kursus", "tolk", "tilsyn", "samvær", "aflastning", "kørsel", "ophold", "praktik",
    "konference", "syg", "barsel", "orlov", "undersøgelse", "kontrol", "behandling", "træning", "afbud", "aflyst",
    "udskrives", "indlagt", "opfølgning", "screening", "udflugt", "lejrskole", "fødselsdag", "læge", "mus",
    "opslag", "konsultation", "frist", "deadline", "senest", "hentes", "ankomst", "opstart", "syn", "weekend",
    "handleplan",
]]);

/// Units of what is counted, weighed or measured.
#[rustfmt::skip]
pub(super) static UNITS: &WordList = word_list!(First, &[&[
    "g", "t", "gr", "gram", "kg", "kilo", "ton", "kr", "kroner", "dkk", "eur", "stk", "styk", "m", "km", "cm",
    "kvm", "ha", "liter", "kwh", "timer", "time", "min", "dage", "uger", "mdr", "sager", "sag", "borgere",
    "elever", "børn", "personer", "husstande", "boliger", "ansøgninger", "henvendelser", "opkald", "mails",
    "besøg", "svar", "deltagere", "tilmeldte", "medlemmer", "ansatte", "medarbejdere", "beboere", "brugere",
    "patienter", "pladser", "enheder", "sider", "linjer", "filer", "dokumenter", "fakturaer", "ordrer", "kunder",
    "biler", "ture", "point", "stemmer", "eksemplarer", "bøger", "udlån", "ejendomme", "adresser", "lejemål",
    "kasser", "paller", "kolli", "pakker", "breve", "afgørelser", "klager", "virksomheder", "prøver", "portioner",
    "måltider", "hjælpemidler", "træer",
]]);

/// Towns that no ending gives away.
#[rustfmt::skip]
pub(super) static TOWNS: &WordList = word_list!(First, &[&[
    "kbh", "odense", "aarhus", "århus", "vejle", "horsens", "randers", "roskilde", "næstved", "fredericia", "køge",
    "hillerød", "skive", "middelfart", "ikast", "grenaa", "rønne", "varde", "gentofte", "ribe", "tønder",
    "aabenraa", "assens", "bogense", "ringe", "struer", "maribo", "greve", "birkerød", "odder", "hadsten",
    "ebeltoft", "brande", "give", "billund", "skjern", "tarm", "skagen", "aars", "nibe", "slagelse", "albertslund",
    "hvidovre", "sorø", "stege", "nexø", "kokkedal", "ry", "galten", "hammel", "vejen", "vojens", "toftlund",
    "gråsten", "jelling", "børkop", "egtved", "allerød", "kolding", "hjørring", "lemvig", "dronninglund",
    "munkebo", "espergærde",
]]);

/// Endings of the names of towns.
#[rustfmt::skip]
pub(super) static TOWN_ENDINGS: &WordList = word_list!(Last, &[&[
    "borg", "by", "sted", "rup", "lev", "holm", "havn", "bjerg", "købing", "sund", "sø", "inge", "um", "bæk",
    "strand", "skov", "bro", "ager", "løse", "røde", "lunde", "balle", "bølle", "minde", "vad", "høj", "mark",
    "ør", "å", "ede",
]]);

/// The endings that make a word the name of a number, longest first.
pub(super) const NUMBER_ENDINGS: &[&str] = &["nummeret", "numrene", "numbers", "nummer", "number", "numre", "nr", "no"];

/// The endings of a noun which `~` stands for.
pub(super) const NOUN_ENDINGS: &[&str] =
    &["", "s", "en", "ens", "et", "ets", "e", "n", "ns", "r", "ere", "erne", "ernes"];

/// The lists of words, in the order in which they have their say.
const LISTS: [(&[&str], Says); 7] = [
    (CPR, Says::Cpr),
    (OTHER, Says::Other),
    (SERIES, Says::Series),
    (PERSON_NUMBER, Says::Person),
    (PRODUCTION_UNIT, Says::ProductionUnit),
    (UNSURE, Says::Unsure),
    (PERSON, Says::Person),
];

/// The lists for the documentation: what they say, and their words.
pub(super) fn lists() -> impl Iterator<Item = (Says, Vec<String>)> {
    [Says::Cpr, Says::Person, Says::Unsure, Says::ProductionUnit, Says::Series, Says::Other].into_iter().map(|says| {
        let listed = LISTS.iter().filter(move |(_, of)| *of == says).flat_map(|(words, _)| words.iter().copied());
        let phrases = CPR_PHRASES.iter().filter(move |_| says == Says::Cpr).map(|words| words.join(" "));
        let endings = ENDINGS.iter().filter(move |(_, of)| *of == says).map(|(word, _)| *word);
        (says, listed.map(String::from).chain(phrases).chain(endings.map(String::from)).collect())
    })
}

/// The words that may be the one that starts with `first`, those of CPR numbers before those of others.
pub(super) fn beginning_with(first: u8) -> impl Iterator<Item = (&'static [u8], Says)> {
    BY_LETTER.at(first).filter_map(|(list, word)| Some((word, *SAYS.get(usize::from(list))?)))
}

/// The words of all lists.
static BY_LETTER: &WordList = word_list!(First, &PARTS.0);
/// What the words of each list say.
static SAYS: [Says; LISTS.len()] = PARTS.1;

const PARTS: ([&[&str]; LISTS.len()], [Says; LISTS.len()]) = {
    let (mut words, mut says, mut at) = ([CPR; LISTS.len()], [Says::Nothing; LISTS.len()], 0);
    #[expect(clippy::indexing_slicing, reason = "runs in the compiler, which checks every index")]
    while at < LISTS.len() {
        (words[at], says[at]) = LISTS[at];
        at += 1;
    }
    (words, says)
};

//! The words that say what a number is.
//!
//! How they are compared is said at [`super::ContextWords`].

use super::context::Says;

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
const ENDINGS: &[(&str, Says)] = &[
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
pub(super) const DAYS: &[&str] = &[
    "d", "den", "dato", "dags", "mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag", "man",
    "tir", "ons", "tor", "tors", "fre", "lør", "søn", "møde", "mødet", "aftale", "tid",
];

/// Days of the week that are also persons.
pub(super) const WEEKDAYS: &[&str] = &["søn", "mand"];

/// Units of money, which name the amount before them.
pub(super) const AMOUNTS: &[&str] = &["kr", "dkk", "eur"];

/// Endings of words for what has a time or a period: "netværksmøde", "sommerferie".
#[rustfmt::skip]
pub(super) const APPOINTMENTS: &[&str] = &[
    "møde", "mødet", "møder", "samtale", "samtaler", "samtalen", "vagt", "vagter", "vagtplan", "besøg", "besøget", "aftale", "tid", "tider", "ferie",
    "indkaldelse", "kursus", "tolk", "tolkning", "tilsyn", "samvær", "aflastning", "kørsel", "kl", "ophold", "praktik",
    "booking", "bookning", "konference", "syg", "fravær", "barsel", "orlov", "undersøgelse", "kontrol", "behandling", "træning", "afbud",
    "aflysning", "aflyst", "flyttet", "udskrives", "udskrivning", "indlæggelse", "opfølgning", "visitation", "screening",
    "vaccination", "udflugt", "lejrskole", "fødselsdag", "tandlæge", "læge", "mus", "indlagt", "opslag", "konsultation", "terapi",
    "interview", "telefontid", "frist", "deadline", "senest", "start", "slut", "hentes", "ankomst", "afgang", "opstart",
    "introduktion", "rundvisning", "eftersyn", "syn", "overdragelse", "weekend", "overnatning", "handleplan",
];

/// Units of what is counted, weighed or measured.
#[rustfmt::skip]
pub(super) const UNITS: &[&str] = &[
    "g", "gr", "gram", "kg", "kilo", "ton", "t", "kr", "kroner", "dkk", "euro", "eur", "stk", "styk", "m", "km", "cm", "mm", "kvm", "ha", "l",
    "liter", "ml", "kwh", "mwh", "timer", "time", "min", "minutter", "dage", "uger", "mdr", "sager", "sag", "borgere", "elever",
    "børn", "personer", "husstande", "boliger", "ansøgninger", "henvendelser", "opkald", "mails", "mail", "besøg", "besvarelser", "svar",
    "deltagere", "tilmeldte", "tilmeldinger", "medlemmer", "ansatte", "medarbejdere", "beboere", "brugere", "patienter", "pladser", "enheder",
    "sider", "poster", "linjer", "rækker", "filer", "dokumenter", "billeder", "fakturaer", "ordrer", "kunder", "kunde", "biler",
    "ture", "kørsler", "point", "stemmer", "underskrifter", "eksemplarer", "bøger", "udlån", "lån", "ejendomme", "adresser", "målere", "lejemål",
    "kasser", "paller", "kolli", "pakker", "breve", "forsendelser", "afgørelser", "klager", "høringssvar", "virksomheder", "prøver",
    "vaccinationer", "portioner", "måltider", "hjælpemidler", "træer", "affaldsbeholdere", "beholdere", "containere",
];

/// Towns that no ending gives away.
#[rustfmt::skip]
pub(super) const TOWNS: &[&str] = &[
    "aabenraa", "aarhus", "aars", "albertslund", "allerød", "assens", "auning", "billund", "birkerød", "bjert",
    "bogense", "bording", "bov", "bramming", "brande", "børkop", "charlottenlund", "christiansfeld", "dianalund",
    "ebeltoft", "egtved", "engesvang", "espergærde", "fanø", "faxe", "fredericia", "frederiksværk", "galten",
    "gedser", "gentofte", "gilleleje", "give", "gram", "grenaa", "greve", "gråsten", "gudhjem", "gørding", "hadsten",
    "hammel", "hedehusene", "herning", "hillerød", "hjortshøj", "hjørring", "horsens", "hvide", "hvidovre", "højer",
    "høng", "hørning", "ikast", "ishøj", "jelling", "kbh", "kokkedal", "kolding", "kolind", "køge", "lemvig",
    "løgumkloster", "malling", "maribo", "marstal", "middelfart", "munkebo", "måløv", "nexø", "nibe", "nr", "næstved",
    "odder", "odense", "præstø", "randers", "ribe", "ringe", "roskilde", "ry", "ryomgård", "rødding", "rødovre",
    "rønde", "rønne", "sdr", "skagen", "skive", "skjern", "slagelse", "solrød", "sorø", "stege", "struer", "støvring",
    "sunds", "svaneke", "tarm", "tisvildeleje", "toftlund", "tønder", "tørring", "vandel", "varde", "vejen", "vejle",
    "vojens", "århus",
];

/// Endings of the names of towns.
#[rustfmt::skip]
pub(super) const TOWN_ENDINGS: &[&str] = &[
    "borg", "by", "sted", "strup", "rup", "lev", "slev", "holm", "havn", "bjerg", "købing", "sund", "sø", "inge", "um", "bæk",
    "strand", "skov", "bro", "ager", "løse", "røde", "lunde", "balle", "bølle", "minde", "vad", "høj", "mark", "ør", "å", "ede",
];

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

/// The words that may be the one that starts with `first`, and those that are endings, in the order in which they have
/// their say: a CPR word, then other numbers, then persons.
pub(super) fn beginning_with(first: u8) -> impl Iterator<Item = &'static (&'static str, Says)> {
    let letter = letter(first);
    let listed = STARTS.get(letter).zip(STARTS.get(letter + 1)).and_then(|(&from, &to)| BY_LETTER.get(from..to));
    let listed = listed.unwrap_or_default();
    let (cpr, others) =
        listed.split_at_checked(listed.iter().take_while(|(_, says)| *says == Says::Cpr).count()).unwrap_or_default();
    let (cpr_endings, endings) = ENDINGS.split_at_checked(3).unwrap_or_default();
    cpr.iter().chain(cpr_endings).chain(others).chain(endings)
}

const LETTERS: usize = 28;

/// The place of a first letter: a to z, then the lead byte of æ, ø and å, then everything else. Any other order would
/// do, and only be slower.
const fn letter(first: u8) -> usize {
    match first {
        b'a'..=b'z' => (first - b'a') as usize,
        0xc3 => LETTERS - 2,
        _ => LETTERS - 1,
    }
}

const COUNT: usize = {
    let (mut count, mut list) = (0, 0);
    while list < LISTS.len() {
        #[expect(clippy::indexing_slicing, reason = "runs in the compiler, which checks every index")]
        {
            count += LISTS[list].0.len();
        }
        list += 1;
    }
    count
};

/// All lists in one, by first letter, so that a word is compared with ten others and not with three hundred.
static BY_LETTER: [(&str, Says); COUNT] = SORTED.0;
/// Where each letter starts in [`BY_LETTER`].
static STARTS: [usize; LETTERS + 1] = SORTED.1;

const SORTED: ([(&str, Says); COUNT], [usize; LETTERS + 1]) = sorted();

#[expect(clippy::indexing_slicing, reason = "runs in the compiler, which checks every index")]
const fn sorted() -> ([(&'static str, Says); COUNT], [usize; LETTERS + 1]) {
    let mut words = [("", Says::Nothing); COUNT];
    let mut starts = [0; LETTERS + 1];
    let mut filled = 0;
    let mut place = 0;
    // The place after the last is where that one ends.
    while place <= LETTERS {
        starts[place] = filled;
        let mut list = 0;
        while list < LISTS.len() {
            let (from, says) = LISTS[list];
            let mut at = 0;
            while at < from.len() {
                let bytes = from[at].as_bytes();
                let first = if bytes[0] == b'=' { bytes[1] } else { bytes[0] };
                if letter(first) == place {
                    words[filled] = (from[at], says);
                    filled += 1;
                }
                at += 1;
            }
            list += 1;
        }
        place += 1;
    }
    assert!(filled == COUNT, "every word has a place");
    (words, starts)
}

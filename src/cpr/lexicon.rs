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
pub(super) const DAYS: &str = "d den dato dags mandag tirsdag onsdag torsdag fredag lørdag søndag man tir ons \
    tor tors fre lør søn møde mødet aftale tid";

/// Days of the week that are also persons.
pub(super) const WEEKDAYS: &[&str] = &["søn", "mand"];

/// Units of money, which name the amount before them.
pub(super) const AMOUNTS: &[&str] = &["kr", "dkk", "eur"];

/// Endings of words for what has a time or a period: "netværksmøde", "sommerferie".
pub(super) const APPOINTMENTS: &str = "\
    møde mødet møder samtale samtaler vagt vagter vagtplan besøg aftale tid ferie indkaldelse kursus tolk tilsyn \
    samvær aflastning kørsel ophold praktik konference syg barsel orlov undersøgelse kontrol behandling træning \
    afbud aflyst udskrives indlagt opfølgning screening udflugt lejrskole fødselsdag læge mus opslag \
    konsultation frist deadline senest hentes ankomst opstart syn weekend handleplan";

/// Units of what is counted, weighed or measured.
pub(super) const UNITS: &str = "\
    g t gr gram kg kilo ton kr kroner dkk eur stk styk m km cm kvm ha liter kwh timer time min dage uger mdr sager \
    sag borgere elever børn personer husstande boliger ansøgninger henvendelser opkald mails besøg svar \
    deltagere tilmeldte medlemmer ansatte medarbejdere beboere brugere patienter pladser enheder sider linjer \
    filer dokumenter fakturaer ordrer kunder biler ture point stemmer eksemplarer bøger udlån ejendomme adresser \
    lejemål kasser paller kolli pakker breve afgørelser klager virksomheder prøver portioner måltider \
    hjælpemidler træer";

/// Towns that no ending gives away.
pub(super) const TOWNS: &str = "\
    kbh odense aarhus århus vejle horsens randers roskilde næstved fredericia køge hillerød skive middelfart \
    ikast grenaa rønne varde gentofte ribe tønder aabenraa assens bogense ringe struer maribo greve birkerød \
    odder hadsten ebeltoft brande give billund skjern tarm skagen aars nibe slagelse albertslund hvidovre sorø \
    stege nexø kokkedal ry galten hammel vejen vojens toftlund gråsten jelling børkop egtved allerød kolding \
    hjørring lemvig dronninglund munkebo espergærde";

/// Endings of the names of towns.
pub(super) const TOWN_ENDINGS: &str = "\
    borg by sted rup lev holm havn bjerg købing sund sø inge um bæk strand skov bro ager løse røde lunde balle \
    bølle minde vad høj mark ør å ede";

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
pub(super) fn beginning_with(first: u8) -> impl Iterator<Item = (&'static [u8], Says)> {
    let letter = letter(first);
    let part = STARTS.get(letter).zip(STARTS.get(letter + 1));
    let part = part.and_then(|(&from, &to)| BY_LETTER.get(usize::from(from)..usize::from(to))).unwrap_or_default();
    let listed = part.split(|&byte| byte == b'\n').filter_map(|entry| {
        let (list, word) = entry.split_first()?;
        Some((word, *SAYS.get(usize::from(*list))?))
    });
    let is_cpr = |says: Says| says == Says::Cpr;
    let endings = || ENDINGS.iter().map(|&(word, says)| (word.as_bytes(), says));
    let cpr = listed.clone().filter(move |entry| is_cpr(entry.1));
    let cpr_endings = endings().filter(move |entry| is_cpr(entry.1));
    let others = listed.filter(move |entry| !is_cpr(entry.1));
    cpr.chain(cpr_endings).chain(others).chain(endings().filter(move |entry| !is_cpr(entry.1)))
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

/// What the words of each list say.
static SAYS: [Says; LISTS.len()] = {
    let (mut says, mut list) = ([Says::Nothing; LISTS.len()], 0);
    #[expect(clippy::indexing_slicing, reason = "runs in the compiler, which checks every index")]
    while list < LISTS.len() {
        says[list] = LISTS[list].1;
        list += 1;
    }
    says
};

/// The bytes of all words, each with the number of its list before it and a line feed after it.
const BYTES: usize = {
    let (mut bytes, mut list) = (0, 0);
    while list < LISTS.len() {
        let mut at = 0;
        #[expect(clippy::indexing_slicing, reason = "runs in the compiler, which checks every index")]
        while at < LISTS[list].0.len() {
            bytes += LISTS[list].0[at].len() + 2;
            at += 1;
        }
        list += 1;
    }
    bytes
};

/// All lists in one text, by first letter, so that a word is compared with ten others and not with three hundred. A list
/// of references would be four times as large.
static BY_LETTER: [u8; BYTES] = SORTED.0;
/// Where each letter starts in [`BY_LETTER`].
static STARTS: [u16; LETTERS + 1] = SORTED.1;

const SORTED: ([u8; BYTES], [u16; LETTERS + 1]) = sorted();

#[expect(clippy::indexing_slicing, reason = "runs in the compiler, which checks every index")]
const fn sorted() -> ([u8; BYTES], [u16; LETTERS + 1]) {
    let mut text = [0; BYTES];
    let mut starts = [0; LETTERS + 1];
    let mut filled = 0;
    let mut place = 0;
    // The place after the last is where that one ends.
    while place <= LETTERS {
        starts[place] = filled as u16;
        let mut list = 0;
        while list < LISTS.len() {
            let from = LISTS[list].0;
            let mut at = 0;
            while at < from.len() {
                let word = from[at].as_bytes();
                let first = if word[0] == b'=' { word[1] } else { word[0] };
                if letter(first) == place {
                    text[filled] = list as u8;
                    filled += 1;
                    let mut byte = 0;
                    while byte < word.len() {
                        text[filled] = word[byte];
                        filled += 1;
                        byte += 1;
                    }
                    text[filled] = b'\n';
                    filled += 1;
                }
                at += 1;
            }
            list += 1;
        }
        place += 1;
    }
    assert!(filled == BYTES, "every word has a place");
    (text, starts)
}

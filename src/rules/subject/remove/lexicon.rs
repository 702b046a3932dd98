//! The words that decide how a subject reads without a number: one table a kind, Danish and English.

use crate::Both;
use crate::language::Language;

/// What a word does to a number beside it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Table(Both<&'static [&'static str]>);

impl Table {
    pub(super) fn has(&self, word: &str) -> bool {
        self.0.da.contains(&word) || self.0.en.contains(&word)
    }

    /// The language of the word; `None` for a word of both languages, and for one of neither.
    fn language(&self, word: &str) -> Option<Language> {
        match (self.0.da.contains(&word), self.0.en.contains(&word)) {
            (true, false) => Some(Language::Da),
            (false, true) => Some(Language::En),
            _ => None,
        }
    }
}

/// Words that introduce what the mail is about. A number may be all that follows, and then they go with it.
#[rustfmt::skip]
pub(super) const LEADS: Table = Table(Both {
    da: &["vedr", "vedrørende", "ang", "angående", "vedrører", "angår", "omhandler", "gælder", "emne", "emnet"],
    en: &["re", "regarding", "concerning", "subject"],
});

/// Prepositions after which someone must be named.
#[rustfmt::skip]
pub(super) const PREPOSITIONS: Table = Table(Both {
    da: &[
        "til", "på", "om", "for", "af", "fra", "hos", "med", "mod", "imod", "ved", "over", "under", "efter", "før",
        "uden", "mellem", "blandt", "omkring", "overfor", "foran", "bag", "via", "mht", "pga", "ifm", "ift", "jf", "jfr",
        "inkl", "ekskl", "undtagen", "ifølge", "per", "pr", "sammen",
    ],
    en: &[
        "to", "on", "about", "for", "of", "from", "with", "at", "by", "against", "without", "between", "after", "before",
        "under", "over", "via", "behind", "towards", "toward", "except", "including", "per",
    ],
});

/// Conjunctions and question words after which a sentence begins.
#[rustfmt::skip]
pub(super) const CONJUNCTIONS: Table = Table(Both {
    da: &[
        "at", "hvis", "når", "da", "fordi", "mens", "end", "hvorfor", "hvornår", "hvordan", "hvor", "hvad", "hvem",
        "hvilken", "hvilket", "som", "ligesom", "også",
    ],
    en: &["that", "if", "whether", "because", "when", "while", "than", "why", "where", "how", "what", "who", "as", "also"],
});

/// Words that join two of a kind.
pub(super) const AND: Table = Table(Both { da: &["og", "samt", "eller"], en: &["and", "or"] });

/// Verbs that need an object, and forms of verbs that stand before their subject in a question.
#[rustfmt::skip]
pub(super) const OBJECT_VERBS: Table = Table(Both {
    da: &[
        "er", "var", "har", "havde", "kan", "kunne", "skal", "skulle", "vil", "ville", "må", "måtte", "bør", "bliver",
        "blev", "får", "fik", "kontakt", "kontakte", "kontakter", "kontaktede", "indkald", "indkalde", "indkalder",
        "genindkald", "henvis", "henvise", "henviser", "genhenvis", "hent", "hente", "henter", "indlæg", "indlægge",
        "udskriv", "udskrive", "udskriver", "visiter", "visitere", "spørg", "spørge", "kender", "kende", "søger",
        "mangler", "følg", "følge", "følger", "opret", "oprette", "slet", "slette", "find", "finde", "tilmeld",
        "tilmelde", "tilmelder", "afmeld", "afmelde", "afmelder", "framelde", "flyt", "flytte", "vurder", "vurdere",
        "orienter", "orientere", "informer", "informere", "underret", "underrette", "tilknyt", "tilknytte", "se", "ser",
        "set", "mød", "modtag", "modtage", "modtaget", "tage", "behandl", "behandle", "undersøg",
        "undersøge", "giv", "give", "bed", "bede", "lad", "lade", "hjælpe", "støtte", "passe", "overflyt", "overflytte",
        "flytter", "ønsker", "trænger", "behøver", "bor", "oplyser", "ringer",
    ],
    en: &[
        "is", "was", "are", "has", "had", "have", "can", "could", "shall", "should", "will", "would", "may", "must", "does",
        "did", "needs", "contact", "see", "seen", "admit", "discharge", "refer", "find", "register", "invite", "examine",
        "treat", "inform", "notify", "help", "meet", "ask", "let", "delete", "enrol", "enroll",
    ],
});

/// Verbs that have the number as their subject when it stands before them.
#[rustfmt::skip]
pub(super) const SUBJECT_VERBS: Table = Table(Both {
    da: &[
        "er", "var", "har", "havde", "kan", "kunne", "skal", "skulle", "vil", "ville", "må", "måtte", "bør", "bliver",
        "blev", "får", "fik", "mangler", "manglede", "ønsker", "ønskede", "søger", "søgte", "flytter", "flyttede",
        "ringer", "ringede", "møder", "mødte", "udebliver", "udeblev", "klager", "klagede", "oplyser", "oplyste",
        "venter", "afventer", "udskrives", "indlægges", "indkaldes", "overflyttes", "henvises", "visiteres", "bor", "boede",
        "går", "gik", "kommer", "kom", "siger", "spørger", "spurgte", "beder", "bad", "takker", "afviser", "accepterer",
        "fortsætter", "stopper", "starter", "begynder", "bruger", "tager", "modtager", "modtog", "skriver", "skrev",
        "deltager", "deltog", "trives", "mistrives", "afgår", "dør", "døde", "trænger", "behøver", "fylder", "fyldte",
        "ikke", "aldrig",
    ],
    en: &[
        "is", "was", "has", "had", "can", "could", "shall", "should", "will", "would", "may", "must", "does", "did",
        "needs", "needed", "wants", "wanted", "moves", "moved", "called", "calls", "asks", "asked", "applies", "applied",
        "missed", "receives", "received", "lives", "lived", "died", "wishes", "attends", "attended", "gets", "got",
        "starts", "started", "stops", "stopped", "complains", "complained", "never",
    ],
});

/// Words after a number that say more of the person and cannot stand alone.
#[rustfmt::skip]
pub(super) const ATTRIBUTES: Table = Table(Both {
    da: &[
        "i", "på", "fra", "til", "hos", "med", "ved", "under", "uden", "inden", "efter", "mod", "m", "pga",
        "mht", "ift", "ifm",
    ],
    en: &["in", "at", "from", "with", "on", "to", "without", "by", "before", "after", "until", "because"],
});

/// Words that begin a relative clause after a comma.
pub(super) const RELATIVES: Table = Table(Both { da: &["der", "som", "hvis"], en: &["who", "whose", "that", "which"] });

/// Words that name a number or only point at it. They go with the number. Their last words are compared first.
#[rustfmt::skip]
pub(super) const NAMES: Both<&[&str]> = Both {
    da: &[
        "cpr", "c.p.r", "ecpr", "erstatnings-cpr", "erstatningscpr", "født", "fødte", "f", "fødselsdato", "fødselsdag", "fd",
        "fdt", "foedt", "id", "j.nr", "ref", "borgerid",
    ],
    en: &[
        "number", "no", "cpr-no", "cpr.no", "civil registration number", "personal identification number", "date of birth",
        "social security number", "born", "dob", "ssn", "reference", "numbers",
    ],
};

/// Endings of such words: "cpr-nr", "journalnummer".
const NAME_ENDINGS: [&str; 4] = ["nr", "nummer", "nummeret", "numre"];

/// Words that lead to a date, which the number was taken for.
pub(super) const DATES: Table = Table(Both { da: &["d", "den", "dato"], en: &[] });

/// Words between a name and its number: "Barnets cpr er 010203-1234".
pub(super) const COPULAS: Table = Table(Both { da: &["er", "lyder", "var"], en: &["is", "was"] });

/// Words before a name of a number which would say nothing without it: "Nyt cpr-nummer". The name stays then.
#[rustfmt::skip]
pub(super) const QUALIFIERS: Both<&[&str]> = Both {
    da: &[
        "barnets", "børnenes", "borgerens", "borgers", "patientens", "elevens", "mors", "moderens", "morens", "fars",
        "faderens", "farens", "ægtefælles", "partners", "sønnens", "datterens", "kundens", "klientens", "beboerens",
        "min", "mit", "dit", "din", "sit", "hans", "hendes", "deres", "vores", "jeres", "nyt", "ny", "nye", "forkert",
        "forkerte", "rigtigt", "rigtige", "korrekt", "gammelt", "gamle", "manglende", "gyldigt", "ugyldigt", "fiktivt",
        "følgende", "dette", "et", "i", "samme", "andet", "dansk", "intet", "oplys", "oplyse", "bekræft", "ret",
        "rettelse af", "ændring af", "skift af", "fejl i", "fejl på",
    ],
    en: &[
        "the", "a", "his", "her", "their", "my", "your", "our", "child's", "citizen's", "patient's", "new", "wrong",
        "correct", "old", "invalid", "missing", "following", "this", "same", "in", "confirm", "correction of", "change of",
    ],
};

/// Prepositions that only lead to a number: "Opfølgning i 010203-1234". They go with it.
pub(super) const POINTERS: Table = Table(Both { da: &["i"], en: &["in"] });

/// Words of birth, which keep a meaning without the number where a place follows: "Født 010203-1234 i Odense".
pub(super) const BIRTH: Table = Table(Both { da: &["født", "fødte", "f"], en: &["born"] });

/// Persons, of whom a number says who they are: "borger med cpr-nr. 010203-1234".
#[rustfmt::skip]
pub(super) const PERSONS: Table = Table(Both {
    da: &[
        "borger", "borgeren", "barn", "barnet", "patient", "patienten", "person", "personen", "elev", "eleven", "kvinde",
        "kvinden", "mand", "manden", "dreng", "drengen", "pige", "pigen", "mor", "far", "søn", "datter", "søster", "bror",
        "klient", "beboer", "ansøger", "ung", "unge", "medarbejder", "ægtefælle",
    ],
    en: &["citizen", "child", "patient", "person", "pupil", "student", "woman", "man", "boy", "girl", "mother", "father"],
});

/// Words between a person and the name of a number.
pub(super) const WITH: Table = Table(Both { da: &["med", "m"], en: &["with"] });

/// Words that say nothing of what the mail is about when they are all there is.
#[rustfmt::skip]
pub(super) const HOLLOW: Table = Table(Both {
    da: &[
        "sag", "sagen", "borger", "borgeren", "person", "personen", "patient", "patienten", "pdf", "docx", "doc", "msg",
        "jpg", "png", "xlsx",
    ],
    en: &["case", "citizen"],
});

/// Words that stay, but do not say what the mail is about either.
#[rustfmt::skip]
pub(super) const ASIDES: Table = Table(Both {
    da: &[
        "haster", "akut", "kl", "uge", "obs", "igen", "fortroligt", "hej", "kære", "vigtigt", "mandag", "tirsdag", "onsdag",
        "torsdag", "fredag", "d", "den", "dato",
    ],
    en: &["urgent", "week", "again", "confidential", "hi", "dear", "important", "today"],
});

/// So many digits in a row are the number of a case: `24/12345`.
const CASE_NUMBER: usize = 5;

/// Tables by whose words a subject shows its language.
const TELLING: [&Table; 8] =
    [&LEADS, &PREPOSITIONS, &CONJUNCTIONS, &AND, &SUBJECT_VERBS, &OBJECT_VERBS, &PERSONS, &ASIDES];

/// Words whose language decides, before any count: those that ask for a word beside them.
pub(super) fn language(word: &str) -> Option<Language> {
    if word.contains(['æ', 'ø', 'å']) {
        return Some(Language::Da);
    }
    let of = TELLING.map(|table| table.language(word));
    let is = |language| of.contains(&Some(language));
    match (is(Language::Da), is(Language::En)) {
        (true, false) => Some(Language::Da),
        (false, true) => Some(Language::En),
        _ => None,
    }
}

/// Must something follow the word?
pub(super) fn needs_a_word(word: &str) -> bool {
    [PREPOSITIONS, CONJUNCTIONS, AND, OBJECT_VERBS, LEADS].iter().any(|table| table.has(word))
}

/// Does the word name a number?
pub(super) fn is_name(word: &str) -> bool {
    NAMES.da.contains(&word) || NAMES.en.contains(&word) || NAME_ENDINGS.iter().any(|ending| word.ends_with(ending))
}

/// Does the word say nothing at all when it is alone?
pub(super) fn is_hollow(word: &str) -> bool {
    is_name(word) || [LEADS, PREPOSITIONS, AND, POINTERS, HOLLOW].iter().any(|table| table.has(word))
}

/// Does a subject with this word in it say what it is about? A case number does, a date does not.
pub(super) fn says_something(word: &str) -> bool {
    let is_case = || word.split(|c: char| !c.is_ascii_digit()).any(|digits| digits.len() >= CASE_NUMBER);
    if word.chars().any(char::is_alphabetic) { !is_hollow(word) && !ASIDES.has(word) } else { is_case() }
}

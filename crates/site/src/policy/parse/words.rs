//! Everything that is said of a policy that is read, in both languages. `{}` stands for a name or a number of the policy.

use sendvagt::{Both, Language};

/// A message about a policy.
pub(super) type Message = Both<String>;

/// The words, each `{}` in them replaced by the next of the values, which are the same in both languages.
pub(super) fn with(words: Both, values: &[&str]) -> Message {
    Both { da: filled(words.da, values), en: filled(words.en, values) }
}

/// The same with other words as values.
pub(super) fn of(words: Both, values: &[&Message]) -> Message {
    let of = |language| values.iter().map(|value| value.get(language).as_str()).collect::<Vec<_>>();
    Both { da: filled(words.da, &of(Language::Da)), en: filled(words.en, &of(Language::En)) }
}

/// The words as they are.
pub(super) fn plain(words: Both) -> Message {
    Both { da: words.da.to_owned(), en: words.en.to_owned() }
}

fn filled(words: &str, values: &[&str]) -> String {
    let mut parts = words.split("{}");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for (part, value) in parts.zip(values) {
        text.push_str(value);
        text.push_str(part);
    }
    text
}

pub(super) const EMPTY: Both =
    Both { da: "filen er tom; den mindste policy er `{}`", en: "the file is empty; `{}` is the smallest policy" };
pub(super) const DUPLICATE_KEY: Both =
    Both { da: "nøglen `{}` står her to gange; behold den ene", en: "duplicate key `{}`; keep one of the two" };
pub(super) const UNKNOWN_KEY: Both =
    Both { da: "ukendt nøgle; her kan der stå: {}", en: "unknown key; the keys allowed here are: {}" };
pub(super) const UNKNOWN_KEY_NEAR: Both =
    Both { da: "ukendt nøgle; mente du `{}`?", en: "unknown key; did you mean `{}`?" };
pub(super) const MISSING_KEY: Both = Both { da: "nøglen `{}` mangler", en: "the key `{}` is missing" };

// What is no JSON.
pub(super) const NOT_JSON: Both = Both { da: "dette er ikke JSON: {}", en: "this is not JSON: {}" };
pub(super) const QUOTES: Both =
    Both { da: "typografiske anførselstegn; skriv \" i stedet", en: "typographic quotation marks; write \" instead" };
pub(super) const SINGLE_QUOTES: Both =
    Both { da: "enkelte anførselstegn; skriv \" i stedet", en: "single quotation marks; write \" instead" };
pub(super) const HARD_SPACE: Both = Both {
    da: "et hårdt mellemrum, som ofte følger med fra en webside; skriv et almindeligt mellemrum",
    en: "a no-break space, which often comes with text from a web page; write an ordinary space",
};
pub(super) const COMMENT: Both =
    Both { da: "JSON kan ikke have kommentarer; slet den", en: "JSON has no comments; remove it" };
pub(super) const TRAILING_COMMA: Both = Both {
    da: "efter det sidste må der ikke stå et komma; slet kommaet før } eller ]",
    en: "no comma may follow the last entry; remove the comma before } or ]",
};
pub(super) const MISSING_COMMA: Both = Both { da: "her mangler et komma", en: "a comma is missing here" };
pub(super) const MISSING_COLON: Both =
    Both { da: "der mangler et kolon efter nøglen", en: "a colon is missing after the key" };
pub(super) const MISSING_VALUE: Both =
    Both { da: "der mangler en værdi efter kolonet", en: "a value is missing after the colon" };
pub(super) const CLOSED: Both = Both {
    da: "der mangler en værdi før denne parentes, eller der er en parentes for meget",
    en: "a value is missing before this bracket, or there is one bracket too many",
};
pub(super) const UNQUOTED_KEY: Both =
    Both { da: "en nøgle skal stå i anførselstegn", en: "a key must be in quotation marks" };
pub(super) const UNCLOSED: Both = Both {
    da: "noget bliver ikke lukket; der mangler en {} længere nede",
    en: "something is not closed; {} is missing further down",
};
pub(super) const UNCLOSED_TEXT: Both =
    Both { da: "teksten bliver ikke lukket; der mangler et \"", en: "the text is not closed; a \" is missing" };
pub(super) const BACKSLASH: Both =
    Both { da: "en omvendt skråstreg skal skrives som \\\\", en: "a backslash must be written as \\\\" };
pub(super) const MORE_THAN_ONE: Both =
    Both { da: "der står mere efter slutningen; slet det", en: "something follows the end; remove it" };
pub(super) const UNEXPECTED: Both = Both {
    da: "dette hører ikke til her; mangler der et anførselstegn eller et komma lige før?",
    en: "this does not belong here; is a quotation mark or a comma missing just before?",
};
pub(super) const NUMBER: Both =
    Both { da: "et tal skrives med cifre alene, som 15", en: "write a number in digits alone, such as 15" };
pub(super) const TOO_DEEP: Both =
    Both { da: "for mange parenteser inden i hinanden", en: "too many brackets inside each other" };

// Types and lengths.
pub(super) const EXPECTED: Both = Both { da: "her skal stå {}, men der står {}", en: "expected {}, found {}" };
pub(super) const OR: Both = Both { da: "{} eller {}", en: "{} or {}" };
pub(super) const ONE_OF: Both = Both { da: "her skal stå en af disse: {}", en: "expected one of {}" };
pub(super) const ONE_OF_NEAR: Both =
    Both { da: "her skal stå en af disse: {}; mente du \"{}\"?", en: "expected one of {}; did you mean \"{}\"?" };
pub(super) const ONE_OF_FOUND: Both =
    Both { da: "her skal stå en af disse: {}, men der står {}", en: "expected one of {}, found {}" };
pub(super) const AT_MOST_CHARACTERS: Both =
    Both { da: "teksten må højst have {} tegn", en: "the text must have at most {} characters" };
pub(super) const AT_LEAST_CHARACTERS: Both =
    Both { da: "teksten skal have mindst {} tegn", en: "the text must have at least {} character" };
pub(super) const AT_LEAST: Both = Both { da: "tallet skal være mindst {}", en: "the number must be at least {}" };
pub(super) const AT_MOST: Both = Both { da: "tallet må højst være {}", en: "the number must be at most {}" };
pub(super) const DATE: Both =
    Both { da: "her skal stå en dato, som \"2026-05-01\"", en: "expected a date, such as \"2026-05-01\"" };
pub(super) const NOT_ALLOWED: Both =
    Both { da: "dette kan ikke stå i en policy (på engelsk: {})", en: "this cannot stand in a policy: {}" };

pub(super) const LIST_EXPECTED: Both = Both { da: "en liste i [ ]", en: "a list in [ ]" };
pub(super) const OBJECT_EXPECTED: Both = Both { da: "et objekt i { }", en: "an object in { }" };
pub(super) const TEXT_EXPECTED: Both = Both { da: "en tekst i anførselstegn", en: "a text in quotation marks" };
pub(super) const WHOLE_NUMBER: Both = Both { da: "et helt tal", en: "an integer" };
pub(super) const LIST: Both = Both { da: "en liste", en: "a list" };
pub(super) const OBJECT: Both = Both { da: "et objekt", en: "an object" };
pub(super) const TEXT: Both = Both { da: "en tekst", en: "a text" };
pub(super) const A_NUMBER: Both = Both { da: "et tal", en: "a number" };
pub(super) const TRUE_OR_FALSE: Both = Both { da: "true eller false", en: "true or false" };
pub(super) const NULL: Both = Both { da: "null", en: "null" };

// What the values mean.
pub(super) const ONE_LINE: Both = Both {
    da: "teksten skal stå på én linje, uden tabulatorer og andre styretegn",
    en: "the text must be on one line, without tabs or other control characters",
};
pub(super) const INVISIBLE: Both = Both {
    da: "teksten har tegn, som ikke kan ses, eller som vender skriften; skriv den igen uden dem",
    en: "the text has characters that cannot be seen, or that turn the direction of writing; write it again without them",
};
pub(super) const NUMBER_SHOWN: Both = Both {
    da: "alle brugere får teksten at se, og den har et nummer, der kan være et CPR-nummer",
    en: "all users see this text, and it holds a number that may be a CPR number",
};
pub(super) const LINK: Both = Both {
    da: "her skal stå et link, der begynder med https:// og er uden mellemrum, parenteser, brugernavn og usynlige tegn",
    en: "expected a link that begins with https:// and has no spaces, brackets, user name or invisible characters",
};
pub(super) const HEADER: Both = Both {
    da: "navnet på en header har kun bogstaver, cifre og bindestreger, som \"x-sikker\"",
    en: "a header name has only letters, digits and hyphens, such as \"x-sikker\"",
};
pub(super) const SENTENCE: Both = Both {
    da: "her skal stå en hel sætning, som \"Vælg »Send sikkert« i båndet.\"",
    en: "expected a whole sentence, such as \"Vælg »Send sikkert« i båndet.\"",
};
pub(super) const EXTERNAL: Both = Both {
    da: "dette kræver organisation.domains: uden jeres egne domæner er ingen modtager kendt som ekstern",
    en: "this needs organisation.domains: without your own domains, nothing is known to be external",
};
pub(super) const SAME_MAILBOX: Both =
    Both { da: "den samme postkasse står allerede som [{}]", en: "the same mailbox is already at [{}]" };
pub(super) const SAME_DOMAIN: Both =
    Both { da: "det samme domæne står allerede som [{}]", en: "the same domain is already at [{}]" };
pub(super) const SAME_ADDRESS: Both =
    Both { da: "den samme adresse står allerede som [{}]", en: "the same address is already at [{}]" };
pub(super) const SAME_WORD: Both =
    Both { da: "det samme ord står allerede som [{}]", en: "the same word is already at [{}]" };
pub(super) const SAME_LABEL: Both =
    Both { da: "den samme mærkat står allerede som [{}]", en: "the same label is already at [{}]" };
pub(super) const NO_SUCH_DATE: Both = Both {
    da: "den dato findes ikke; skriv en, der findes, som \"2026-05-01\"",
    en: "this date does not exist; write an existing one, such as \"2026-05-01\"",
};
pub(super) const WHOLE_OWN_DOMAIN: Both = Both {
    da: "dette nedlægger alle postkasser på et af jeres egne domæner",
    en: "this retires every mailbox of one of the organisation's own domains",
};
pub(super) const REPLACES_ITSELF: Both = Both {
    da: "en postkasse kan ikke erstatte sig selv; skriv en anden, eller udelad nøglen",
    en: "a mailbox cannot replace itself; name another, or leave the key out",
};
pub(super) const REPLACEMENT_RETIRED: Both = Both {
    da: "denne postkasse er også nedlagt; skriv en, der bliver læst",
    en: "this mailbox is retired too; name one that is read",
};
pub(super) const ADDRESS_RETIRED: Both = Both {
    da: "denne postkasse står også i retiredMailboxes; slet den det ene sted",
    en: "this mailbox is in retiredMailboxes too; remove it from one of the two",
};
pub(super) const OWN_AND_PRIVATE: Both = Both {
    da: "dette domæne er også en privat mailtjeneste; det kan ikke være begge dele",
    en: "this domain is a private mail service too; it cannot be both",
};
pub(super) const SUBJECT_WORDS: Both =
    Both { da: "her skal stå et emne med ord i", en: "expected a subject with words in it" };
pub(super) const SUBJECT_NUMBER: Both = Both {
    da: "det neutrale emne må ikke have et nummer, der kan være et CPR-nummer",
    en: "the neutral subject must not hold a number that may be a CPR number",
};
pub(super) const CITIZEN: Both = Both {
    da: "her skal stå et eller flere ord, som \"borgeren\" eller \"the citizen\"",
    en: "expected one or more words, such as \"borgeren\" or \"the citizen\"",
};
pub(super) const ADDRESS: Both = Both {
    da: "her skal stå en mailadresse, som \"post@eksempel.dk\"",
    en: "expected a mail address, such as \"post@eksempel.dk\"",
};
pub(super) const LABEL: Both = Both {
    da: "her skal stå en følsomhedsmærkats id, et GUID som \"0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9\", og ikke dens navn; `Get-Label | Format-List DisplayName, Guid` i Security & Compliance PowerShell viser det",
    en: "expected the id of a sensitivity label, a GUID such as \"0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9\", and not its name; `Get-Label | Format-List DisplayName, Guid` in Security & Compliance PowerShell shows it",
};
pub(super) const WORD: Both =
    Both { da: "her skal stå et ord med bogstaver eller cifre", en: "expected a word with letters or digits" };
pub(super) const SENDER: Both = Both {
    da: "her skal stå et domæne, som \"eksempel.dk\", eller en postkasse, som \"post@eksempel.dk\"",
    en: "expected a domain, such as \"eksempel.dk\", or a mailbox, such as \"post@eksempel.dk\"",
};
pub(super) const NO_SENDERS: Both = Both {
    da: "her mangler de domæner eller postkasser, som delen gælder for",
    en: "the domains or mailboxes that this part is for are missing",
};
pub(super) const SAME_SENDER: Both = Both {
    da: "den samme afsender står allerede i parts[{}].senders[{}]",
    en: "the same sender is already at parts[{}].senders[{}]",
};
pub(super) const NOWHERE: Both = Both {
    da: "her mangler et sted at lede; skriv fx [\"subject\", \"body\"]",
    en: "there is nowhere to look; write for example [\"subject\", \"body\"]",
};
pub(super) const LEAVING: Both = Both {
    da: "uden organisation.domains ved ingen, hvem der er uden for organisationen",
    en: "without organisation.domains nobody knows who is outside the organisation",
};
pub(super) const PATTERN_TOO_LARGE: Both = Both {
    da: "mønstret fylder {} kB, og alle mønstre må tilsammen fylde {} kB; skriv fx [a-zæøå] i stedet for \\w",
    en: "the pattern takes {} kB, and all patterns together may take {} kB; write for example [a-zæøå] instead of \\w",
};
pub(super) const NOT_FOUND: Both = Both {
    da: "mønstret findes ikke i denne tekst, som det skulle findes i",
    en: "the pattern is not found in this text, in which it should be",
};
pub(super) const FOUND: Both = Both {
    da: "mønstret findes i denne tekst, som det ikke måtte findes i",
    en: "the pattern is found in this text, in which it should not be",
};
pub(super) const EVERY_DOMAIN: Both = Both {
    da: "dette er alle domæner; skriv ét, som \"*.eksempel.dk\"",
    en: "this covers every domain; name one, such as \"*.eksempel.dk\"",
};
pub(super) const DOMAIN_WITH_AT: Both =
    Both { da: "her skal stå et domæne uden @; skriv \"{}\"", en: "expected a domain without @; write \"{}\"" };
pub(super) const DOMAIN: Both = Both {
    da: "her skal stå et domæne, som \"eksempel.dk\" eller \"*.eksempel.dk\"",
    en: "expected a domain, such as \"eksempel.dk\" or \"*.eksempel.dk\"",
};

// What is no error, but will not work or look as it was meant.
pub(super) const ONLY_BELOW: Both = Both {
    da: "dette er kun domænerne under {}, ikke {} selv; står det ikke også her, er mails dertil eksterne",
    en: "this is only the domains below {}, not {} itself; unless that is listed too, mail to it is external",
};
/// Classic Outlook has been seen to take `&` in the text of its dialog for the mark of an access key: it vanishes, and the
/// next letter is underlined (office-js issue 6622). That `&&` would show one is known of Windows' own dialogs and reported
/// nowhere for this one; where it is not so, users would read two. A word is right everywhere.
pub(super) const NOBODY_OUTSIDE: Both = Both {
    da: "reglen finder aldrig noget, fordi ingen regnes for eksterne; skriv jeres egne domæner i organisation.domains",
    en: "the rule never finds anything, since nobody counts as outside; list your own domains in organisation.domains",
};
pub(super) const AMPERSAND: Both = Both {
    da: "klassisk Outlook viser måske dette uden \"&\" og med næste bogstav understreget; skriv et ord som \"og\" i stedet",
    en: "classic Outlook may show this without the \"&\", with the next letter underlined; write a word such as \"og\" or \"and\" instead",
};
pub(super) const AMPERSAND_IN_LINK: Both = Both {
    da: "klassisk Outlook viser måske denne adresse uden \"&\", så den ikke kan kopieres; brug en uden \"&\", hvis der er en",
    en: "classic Outlook may show this address without the \"&\", so that it cannot be copied; give one without \"&\" if there is one",
};
pub(super) const AMPERSAND_IN_ADDRESS: Both = Both {
    da: "klassisk Outlook viser måske denne adresse uden \"&\"; fortæl servicedesken det",
    en: "classic Outlook may show this address without the \"&\"; tell the service desk",
};

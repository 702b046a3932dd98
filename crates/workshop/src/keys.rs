//! The keys of a policy in words, in the order in which the form shows them. English explanations are the schema's own.

use sendvagt::Both;

/// A key, or a part of it in a list.
pub struct Key {
    /// Its path, such as `secureMail.reaches.domains`; `[]` stands for an entry of a list.
    pub path: &'static str,
    /// What it is called.
    pub name: Both,
    /// What it means, in Danish. Empty where the name says all.
    pub about: &'static str,
}

const fn key(path: &'static str, da: &'static str, en: &'static str, about: &'static str) -> Key {
    Key { path, name: Both { da, en }, about }
}

/// All keys but the rules, whose words are their own, and `$schema`, which is for editors.
pub const KEYS: &[Key] = &[
    key("organisation", "Organisationen", "The organisation", "Hvem I er."),
    key("organisation.name", "Navn", "Name", "Som brugerne kender jer, fx Eksempel Kommune. Højst 60 tegn."),
    key(
        "organisation.domains",
        "Egne domæner",
        "Own domains",
        "Jeres egne maildomæner. *.eksempel.dk betyder alle domæner under eksempel.dk, men ikke eksempel.dk selv.",
    ),
    key(
        "organisation.contact",
        "Kontakt",
        "Contact",
        "Hvem brugerne kan spørge, fx Servicedesk, tlf. 12 34 56 78. Højst 80 tegn.",
    ),
    key("organisation.help", "Vejledning", "Guidance", "Et https-link til jeres egen vejledning. Højst 120 tegn."),
    key(
        "mode",
        "Hvor meget Sendvagt må",
        "What Sendvagt may do",
        "Begynd en pilot med at holde øje, og skru op undervejs.",
    ),
    key(
        "language",
        "Sprog",
        "Language",
        "Sproget i alle beskeder. Vælger I intet, følger det sproget i hver brugers Outlook.",
    ),
    key(
        "secureMail",
        "Sikker post",
        "Secure mail",
        "Hvad der gør en mail til sikker post hos jer. Ét af kendetegnene er nok. Og hvem sikker post kan nå.",
    ),
    key("secureMail.from", "Afsendere", "Senders", "Postkasser, hvis mails er sikker post, fx sikkerpost@eksempel.dk."),
    key(
        "secureMail.tags",
        "Mærker i emnet",
        "Tags in the subject",
        "Fx sikker. Det gælder med små og store bogstaver, med og uden klammer, og også efter SV: og VS:.",
    ),
    key("secureMail.domains", "Modtagerdomæner", "Recipient domains", "Også med *. foran."),
    key("secureMail.addresses", "Modtageradresser", "Recipient addresses", ""),
    key(
        "secureMail.labels",
        "Følsomhedsmærkater",
        "Sensitivity labels",
        "Mærkaternes id'er (GUID). De kræver en licens og en Outlook, der har dem.",
    ),
    key("secureMail.headers", "Internetheadere", "Internet headers", "Headere, som en Send sikkert-knap sætter."),
    key("secureMail.headers[].name", "Navn", "Name", "Fx x-sikker. Store og små bogstaver er ligegyldige."),
    key("secureMail.headers[].value", "Værdi", "Value", "Værdien i sikker post. Står der intet, er enhver værdi nok."),
    key(
        "secureMail.everyExternal",
        "Al mail ud af huset er sikker post",
        "Every external mail is secure mail",
        "Enhver mail med en modtager uden for jeres egne domæner regnes for sikker post.",
    ),
    key(
        "secureMail.how",
        "Sådan sender man sikker post",
        "How to send secure mail",
        "Én hel sætning på hvert sprog, fx Vælg »Send sikkert« i båndet. Står der intet, siger Sendvagt det ud fra det første mærke eller den første afsender.",
    ),
    key("secureMail.how.da", "På dansk", "In Danish", "Højst 100 tegn."),
    key("secureMail.how.en", "På engelsk", "In English", "Højst 100 tegn."),
    key(
        "secureMail.reaches",
        "Hvem sikker post når",
        "Whom secure mail reaches",
        "Er begge lister tomme, tjekker Sendvagt det ikke. Mangler der nogen, bliver gode mails stoppet.",
    ),
    key("secureMail.reaches.domains", "Domæner", "Domains", "Også med *. foran."),
    key("secureMail.reaches.addresses", "Enkelte adresser", "Single addresses", ""),
    key(
        "rules",
        "Reglerne",
        "The rules",
        "Hvad hver regel gør. En regel, I ikke vælger noget for, gør det, den gør fra start.",
    ),
    key(
        "retiredMailboxes",
        "Nedlagte postkasser",
        "Retired mailboxes",
        "Postkasser, som ingen længere læser. Rækker fra Excel eller en CSV-fil kan sættes ind nederst.",
    ),
    key(
        "retiredMailboxes[].address",
        "Adresse",
        "Address",
        "Før @ står * for hvad som helst: *@eksempel.dk er alle postkasser der.",
    ),
    key(
        "retiredMailboxes[].since",
        "Nedlagt den",
        "Retired on",
        "ÅÅÅÅ-MM-DD. Brugeren ser datoen. Reglen gælder uanset dagen.",
    ),
    key("retiredMailboxes[].replacement", "Skriv i stedet til", "Write to instead", "Den nye adresse."),
    key(
        "knownDomains",
        "Domæner, I ofte skriver til",
        "Domains often written to",
        "Sendvagt spørger, når et modtagerdomæne ligner et af dem på nær én slåfejl. Jeres egne og dem, sikker post når, er kendt i forvejen.",
    ),
    key("privateServices", "Private mailtjenester", "Private mail services", "Ud over de indbyggede, fx gmail.com."),
    key(
        "visibleRecipients",
        "Synlige modtagere",
        "Visible recipients",
        "Hvor mange modtagere uden for huset der må se hinandens adresser, før Sendvagt spørger.",
    ),
    key("visibleRecipients.private", "Hos private mailtjenester", "At private mail services", "Mindst 2."),
    key(
        "visibleRecipients.outside",
        "Alle uden for organisationen",
        "All outside the organisation",
        "Kræver, at jeres egne domæner er skrevet ind. Mindst 2.",
    ),
    key(
        "onFailure",
        "Når en mail ikke kunne tjekkes",
        "When a mail could not be checked",
        "Fx fordi Outlook ikke svarede.",
    ),
    key(
        "onUnread",
        "Når tekst eller bilag ikke kunne læses",
        "When text or attachments could not be read",
        "Gælder kun de regler, der ser på tekst og bilag. Nogle udgaver af Outlook er længe om en lang mail.",
    ),
    key(
        "falseStop",
        "Når nummeret ikke er et CPR-nummer",
        "When the number is not a CPR number",
        "Hvad en bruger kan gøre, når mailen er stoppet for et nummer, der er noget andet.",
    ),
    key(
        "words",
        "Ord om numre",
        "Words for numbers",
        "Ord, der siger, hvad et nummer i emnet er. De lægges til de indbyggede.",
    ),
    key("words.cpr", "Før et CPR-nummer", "Before a CPR number", "Fx cpr."),
    key("words.other", "Før et andet nummer", "Before another number", "Fx sagsnr."),
    key(
        "patterns",
        "Egne mønstre",
        "Own patterns",
        "Ord og numre, som kun I kender, og som ikke må komme ud, eller ikke sådan: projektnavne, sagsnumre, mærker.",
    ),
    key("patterns[].name", "Navn", "Name", "Det, I kalder det. Højst 40 tegn."),
    key(
        "patterns[].pattern",
        "Mønster",
        "Pattern",
        r"Et regulært udtryk. Store og små bogstaver er lige gode. \bfjord\b er hele ordet.",
    ),
    key("patterns[].in", "Hvor", "Where", "Hvor der skal ledes."),
    key("patterns[].mail", "I hvilke mails", "In which mail", ""),
    key("patterns[].action", "Hvad der sker", "What happens", "Aldrig mere end reglen own-pattern gør."),
    key("patterns[].what", "Det, brugeren læser", "What the user reads", "Én hel sætning på hvert sprog."),
    key("patterns[].what.da", "På dansk", "In Danish", "Højst 100 tegn."),
    key("patterns[].what.en", "På engelsk", "In English", "Højst 100 tegn."),
    key(
        "patterns[].remedy",
        "Det, brugeren skal gøre",
        "What the user should do",
        "Én hel sætning på hvert sprog. Står der intet, siger Sendvagt, hvor det skal rettes.",
    ),
    key("patterns[].remedy.da", "På dansk", "In Danish", "Højst 100 tegn."),
    key("patterns[].remedy.en", "På engelsk", "In English", "Højst 100 tegn."),
    key("patterns[].finds", "Skal findes i", "Must be found in", "Tekster, én på hver linje. De bliver prøvet."),
    key(
        "patterns[].passes",
        "Må ikke findes i",
        "Must not be found in",
        "Tekster, én på hver linje. De bliver prøvet.",
    ),
    key(
        "neutralSubject",
        "Neutralt emne",
        "Neutral subject",
        "Det emne, mailen får, når der ikke er mere tilbage, efter at et CPR-nummer er taget ud.",
    ),
    key("neutralSubject.da", "På dansk", "In Danish", "Højst 100 tegn."),
    key("neutralSubject.en", "På engelsk", "In English", "Højst 100 tegn."),
    key(
        "citizen",
        "Ordet for en borger",
        "The word for a citizen",
        "Det, der står i stedet for nummeret, hvor sætningen mangler et ord: »Statusudtalelse til borgeren«. En skole kan skrive eleven.",
    ),
    key("citizen.da", "På dansk", "In Danish", "Højst 40 tegn."),
    key("citizen.en", "På engelsk", "In English", "Højst 40 tegn."),
    key("citizens", "Ordet for flere borgere", "The word for several citizens", "Det samme, når der er flere numre."),
    key("citizens.da", "På dansk", "In Danish", "Højst 40 tegn."),
    key("citizens.en", "På engelsk", "In English", "Højst 40 tegn."),
    key("practice", "Øvelser", "Practice", "Om brugerne bliver inviteret til at øve sig på opdigtede mails."),
    key(
        "practice.offer",
        "Tilbyd øvelsen",
        "Offer the practice",
        "Ruden tilbyder den til alle, der ikke har øvet sig endnu. Knappen er der altid.",
    ),
    key(
        "practice.course",
        "Jeres eget kursus",
        "Your own course",
        "Et https-link, som står ved siden af øvelsen. Højst 120 tegn.",
    ),
    key(
        "parts",
        "Flere organisationer i samme hus",
        "Several organisations in one house",
        "For it-fællesskaber: det, der er anderledes for hver organisation. Afsenderens adresse afgør, hvilken del der gælder. Mails fra andre adresser følger det, der står ovenfor.",
    ),
    key(
        "parts[].senders",
        "Afsendere",
        "Senders",
        "Domæner, også med *. foran, og enkelte postkasser. En postkasse går forud for et domæne.",
    ),
];

/// A value that can be chosen, in words.
pub struct Chosen {
    /// The key or `rules`, and the value.
    pub of: (&'static str, &'static str),
    /// What it is called.
    pub name: Both,
    /// What it means, in Danish. English is the schema's own.
    pub about: &'static str,
}

const fn chosen(
    of: &'static str,
    value: &'static str,
    da: &'static str,
    en: &'static str,
    about: &'static str,
) -> Chosen {
    Chosen { of: (of, value), name: Both { da, en }, about }
}

/// All values that can be chosen; those of the rules once for all of them.
pub const CHOICES: &[Chosen] = &[
    chosen(
        "mode",
        "observe",
        "Holder øje",
        "Observe",
        "Alle mails bliver sendt, og ingen får besked. Kun ruden viser, hvad reglerne finder.",
    ),
    chosen(
        "mode",
        "advise",
        "Rådgiver",
        "Advise",
        "Ingen mail bliver stoppet. Det, en regel ville stoppe, bliver et spørgsmål.",
    ),
    chosen("mode", "enforce", "Stopper", "Enforce", "Hver regel gør det, der står ved den."),
    chosen("language", "da", "Dansk", "Danish", ""),
    chosen("language", "en", "Engelsk", "English", ""),
    chosen("onFailure", "send", "Mailen bliver sendt", "The mail is sent", "Intet sted står der, at den er tjekket."),
    chosen(
        "onFailure",
        "ask",
        "Brugeren bliver spurgt",
        "The user is asked",
        "Brugeren får at vide, at den ikke er tjekket, og bestemmer.",
    ),
    chosen("onFailure", "stop", "Mailen bliver ikke sendt", "The mail is not sent", ""),
    chosen(
        "onUnread",
        "send",
        "Mailen bliver sendt",
        "The mail is sent",
        "Intet sted står der, at de er tjekket, og ruden siger, at de ikke er.",
    ),
    chosen(
        "onUnread",
        "ask",
        "Brugeren bliver spurgt",
        "The user is asked",
        "Brugeren får at vide, at de ikke er tjekket, og bestemmer.",
    ),
    chosen("falseStop", "allow", "Brugeren siger, hvad det er", "The user says what it is", "Og trykker på Send igen."),
    chosen(
        "falseStop",
        "contact",
        "Brugeren spørger kontakten",
        "The user asks the contact",
        "Sendvagt viser, hvem det er, og en tekst uden noget fra mailen, som kan sendes videre.",
    ),
    chosen("patterns[].in", "subject", "I emnet", "In the subject", ""),
    chosen(
        "patterns[].in",
        "body",
        "I teksten",
        "In the text",
        "Det, brugeren selv har skrevet, ikke den tidligere mail nedenunder.",
    ),
    chosen("patterns[].in", "attachments", "I bilagenes navne", "In the names of attachments", ""),
    chosen("patterns[].mail", "all", "I alle mails", "In every mail", ""),
    chosen("patterns[].mail", "leaving", "I mails ud af huset", "In mail that leaves the house", ""),
    chosen(
        "patterns[].mail",
        "unprotected",
        "I mails ud af huset, som ikke er sikker post",
        "In mail that leaves the house and is not secure mail",
        "",
    ),
    chosen("patterns[].mail", "secure", "I sikker post", "In secure mail", ""),
    chosen("rules", "off", "Fra", "Off", ""),
    chosen("rules", "ask", "Spørger", "Asks", ""),
    chosen("rules", "stop", "Stopper", "Stops", ""),
];

//! Why a rule speaks, in sentences for the user.

use super::Hit;
use crate::cpr::Evidence;
use crate::rule_name::RuleName;
use crate::{Both, Language};

/// What the findings were taken from: each reason once, in the order in which the findings have them.
pub(crate) fn because(rule: RuleName, hits: &[Hit], language: Language) -> Vec<String> {
    let mut sentences: Vec<String> = Vec::new();
    for name in hits.iter().flat_map(|hit| hit.basis.names()) {
        if let Some(sentence) = rule.because(name) {
            let sentence = *sentence.get(language);
            if !sentences.iter().any(|there| there == sentence) {
                sentences.push(sentence.to_owned());
            }
        }
    }
    sentences
}

/// The evidence of the rules on numbers, by its name in a finding.
pub(super) fn of_number(name: &str) -> Option<Both> {
    Evidence::ALL.into_iter().find(|evidence| evidence.name() == name).map(meaning)
}

fn meaning(evidence: Evidence) -> Both {
    match evidence {
        Evidence::CprWord => Both {
            da: "Et ord ved siden af siger, at det er et CPR-nummer.",
            en: "A word beside it says that it is a CPR number.",
        },
        Evidence::PersonWord => Both {
            da: "Et ord ved siden af handler om en person eller en fødsel.",
            en: "A word beside it is about a person or a birth.",
        },
        Evidence::Separator => {
            Both { da: "Cifrene er delt som i et CPR-nummer.", en: "The digits are divided as in a CPR number." }
        }
        Evidence::Checksum => Both {
            da: "Det sidste ciffer passer til resten (modulus 11).",
            en: "The last digit fits the others (modulus 11).",
        },
        Evidence::IssuedWithoutChecksum => Both {
            da: "Der findes CPR-numre uden kontrolciffer med den fødselsdato.",
            en: "CPR numbers without a check digit have been issued for that birth date.",
        },
        Evidence::FourDigitYear => Both {
            da: "Årstallet har fire cifre, og det næste ciffer passer til århundredet.",
            en: "The year has four digits, and the next digit fits the century.",
        },
        Evidence::LettersInSerial => Both {
            da: "To af de sidste fire tegn er bogstaver, som i sundhedsvæsenets erstatningsnumre.",
            en: "Two of the last four characters are letters, as in the replacement numbers of the health service.",
        },
        Evidence::RaisedDay => Both {
            da: "Der er lagt 60 til dagen, som i et erstatnings-CPR-nummer.",
            en: "The day is raised by 60, as in a replacement number.",
        },
        Evidence::Date => {
            Both { da: "De første seks cifre er en gyldig dato.", en: "The first six digits are a valid date." }
        }
        Evidence::LettersAsDigits => Both {
            da: "Der står O, I eller l, hvor der nok skulle stå et ciffer.",
            en: "O, I or l stands where a digit may be meant.",
        },
        Evidence::UnusualGroups => Both {
            da: "Cifrene er delt anderledes, end CPR-numre plejer at være.",
            en: "The digits are grouped differently from most CPR numbers.",
        },
        Evidence::LostZero => Both { da: "Der mangler et nul forrest.", en: "The leading zero is missing." },
        Evidence::NearDay => {
            Both { da: "Datoen kan også være en dag i disse år.", en: "The date may also be a day of these years." }
        }
        Evidence::Slip => Both {
            da: "Der står, at det er et CPR-nummer, men et ciffer er forkert, mangler eller er for meget.",
            en: "It is called a CPR number, but a digit is wrong, missing or too many.",
        },
        Evidence::PartOfLonger => Both {
            da: "Det hænger sammen med andre cifre eller en kode.",
            en: "It is joined to other digits or a code.",
        },
        Evidence::MayBeTime => {
            Both { da: "Det kan også være en dato og et klokkeslæt.", en: "It may also be a date and a time." }
        }
        Evidence::MayBePeriod => Both { da: "Det kan også være en periode.", en: "It may also be a period." },
        Evidence::MayBeYear => {
            Both { da: "Det kan også være datoer og et årstal.", en: "It may also be dates and a year." }
        }
        Evidence::MayBePostcode => {
            Both { da: "Det kan også være en dato og et postnummer.", en: "It may also be a date and a postcode." }
        }
        Evidence::MayBeCount => {
            Both { da: "Det kan også være en dato og et antal.", en: "It may also be a date and a count." }
        }
        Evidence::MayBeDates => Both { da: "Det kan også være to datoer.", en: "It may also be two dates." },
        Evidence::MayBeSerialNumber => Both {
            da: "Det kan også være et løbenummer med en dato i.",
            en: "It may also be a running number with a date in it.",
        },
        Evidence::MayBeAccount => {
            Both { da: "Det kan også være et kontonummer.", en: "It may also be an account number." }
        }
        Evidence::OtherNumberWord => Both {
            da: "Et ord ved siden af siger, at det er et andet nummer.",
            en: "A word beside it says that it is another number.",
        },
    }
}

#[cfg(test)]
mod tests {
    use crate::{Draft, Language, Policy, RuleName, check};

    #[test]
    fn each_piece_of_evidence_is_told_once() {
        let draft = Draft::example("Børn cpr 010203-1234 og cpr 020304-1234", &[]);
        let verdict = check(&Policy::default(), &draft, Language::Da);
        let because = &verdict.cards.first().expect("a card").because;
        assert!(
            because.starts_with(&["Et ord ved siden af siger, at det er et CPR-nummer.".to_owned()]),
            "{because:?}"
        );
        let mut once = because.clone();
        once.dedup();
        assert_eq!(&once, because);
    }

    #[test]
    fn every_rule_says_why_it_speaks() {
        for rule in RuleName::ALL {
            let policy = super::super::examples::policy_for(rule);
            for example in rule.examples().drafts.iter().filter(|example| example.found) {
                for language in Language::ALL {
                    let verdict = check(&policy, &example.draft(), language);
                    let silent = verdict.cards.iter().filter(|card| card.because.is_empty()).count();
                    assert_eq!(silent, 0, "{}: {}", rule.as_str(), example.because);
                }
            }
        }
    }
}

//! Any text as a policy: it is refused with places that exist, or it is packed and comes out of the pack as it went in.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sendvagt::policy::{packed, unpacked};
use sendvagt::{Draft, Language, Policy, PolicyFile, check};
use sendvagt_site::policy::parse;

fuzz_target!(|text: &str| {
    match parse(text) {
        Err(problems) => {
            assert!(!problems.is_empty(), "refused without a reason");
            for problem in problems {
                assert!(!problem.to_string().is_empty());
            }
        }
        Ok(policy) => {
            // What an editor or the shell reads is not packed, and of patterns what they are compiled to.
            let without = |policy: PolicyFile| PolicyFile {
                schema: None,
                practice: PolicyFile::default().practice,
                patterns: Vec::new(),
                ..policy
            };
            let PolicyFile { parts, .. } = policy.clone();
            let wanted = PolicyFile { parts: parts.into_iter().map(without).collect(), ..without(policy.clone()) };
            assert_eq!(unpacked(&packed(&policy)), Some(wanted), "the pack changes the policy");
            let draft = Draft { subject: "Vedr. 010203-1234".into(), ..Draft::default() };
            let _ = check(&Policy::new(policy), &draft, Language::En);
        }
    }
    let _ = unpacked(text);
});

// What must hold for every file of old mail. Shared by the targets that read such files.

use std::sync::LazyLock;

use sendvagt::cpr::{ContextWords, find};
use sendvagt::{Policy, RuleName};
use sendvagt_audit::{FindingSummary, Format, InMemory, Summary};

static POLICY: LazyLock<Policy> = LazyLock::new(|| {
    let text = include_str!("../addin/policy.example.json");
    Policy::new(sendvagt_site::policy::parse(text).unwrap_or_default())
});

/// Larger than any input, so that the file is one block.
const WHOLE: usize = 1 << 20;

/// Reads a file in one block, in small blocks, and on several threads.
pub(crate) fn examine(name: &str, format: Option<Format>, block_size: usize, bytes: &[u8]) {
    let of = |threads, block_size, reads_text| {
        InMemory { name, format, threads, block_size, reads_text }.read(bytes.to_vec(), &POLICY)
    };
    let read = |threads, block_size| of(threads, block_size, false);
    let whole = read(1, WHOLE);
    let with_text = of(1, WHOLE, true);
    holds(&with_text);
    assert_eq!(of(1, block_size, true).texts, with_text.texts, "the texts depend on the size of the blocks");
    let is_of_subject = |finding: &&FindingSummary| !RuleName::named(finding.rule).is_some_and(RuleName::is_of_content);
    let same: Vec<_> = with_text.findings.iter().filter(is_of_subject).collect();
    assert_eq!(same, whole.findings.iter().collect::<Vec<_>>(), "reading texts changes what is found in subjects");
    holds(&whole);
    let is_compressed = bytes.starts_with(b"\x1f\x8b") || bytes.starts_with(b"\x28\xb5\x2f\xfd");
    // Small blocks may cut a quoted field that goes over several lines.
    let may_be_quoted = is_compressed || bytes.contains(&b'"');
    let blocks = read(1, block_size);
    holds(&blocks);
    assert!(may_be_quoted || blocks == whole, "the result depends on the size of the blocks");
    // Starting threads takes most of the time.
    if bytes.len().is_multiple_of(8) {
        assert_eq!(read(3, block_size), blocks, "the result depends on the number of threads");
    }
}

fn holds(summary: &Summary) {
    let words = ContextWords::default();
    let hidden = |text: &str| assert!(find(text, &words).is_empty(), "a number is shown");
    for finding in &summary.findings {
        let is_in_file = finding.line >= 1 && finding.line <= summary.lines.max(summary.read);
        assert!(is_in_file, "a line that is not in the file");
        hidden(&finding.number);
        hidden(&finding.id);
        finding.domains.iter().for_each(|domain| hidden(domain));
    }
    assert!(summary.read <= summary.lines, "more mails than lines");
    assert!(summary.findings.is_empty() || summary.read > 0, "findings without a mail");
}

// What holds of every file of old mail. Shared by the targets that read them.

use std::sync::LazyLock;

use sendvagt::Policy;
use sendvagt::cpr::{ContextWords, find};
use sendvagt_audit::{Format, InMemory, Summary};

static POLICY: LazyLock<Policy> = LazyLock::new(|| {
    let text = include_str!("../addin/policy.example.json");
    Policy::new(sendvagt_site::policy::parse(text).unwrap_or_default())
});

/// Larger than anything that is tried: the file is one piece.
const WHOLE: usize = 1 << 20;

/// Reads a file in one piece, in small pieces, and on several threads.
pub(crate) fn examine(name: &str, format: Option<Format>, block: usize, bytes: &[u8]) {
    let read = |threads, block| InMemory { name, format, threads, block }.read(bytes.to_vec(), &POLICY);
    let whole = read(1, WHOLE);
    holds(&whole);
    let packed = bytes.starts_with(b"\x1f\x8b") || bytes.starts_with(b"\x28\xb5\x2f\xfd");
    // A quotation mark may hold lines together that small pieces part.
    let quoted = packed || bytes.contains(&b'"');
    let pieces = read(1, block);
    holds(&pieces);
    assert!(quoted || pieces == whole, "by the size of the pieces");
    // Starting threads takes most of the time.
    if bytes.len().is_multiple_of(8) {
        assert_eq!(read(3, block), pieces, "by the number of threads");
    }
}

fn holds(summary: &Summary) {
    let words = ContextWords::default();
    let hidden = |text: &str| assert!(find(text, &words).is_empty(), "a number is shown");
    for hit in &summary.hits {
        assert!(hit.place >= 1 && hit.place <= summary.lines.max(summary.read), "a place that is not in the file");
        hidden(&hit.number);
        hidden(&hit.id);
        hit.domains.iter().for_each(|domain| hidden(domain));
    }
    assert!(summary.read <= summary.lines, "more mails than lines");
    assert!(summary.hits.is_empty() || summary.read > 0, "found in nothing");
}

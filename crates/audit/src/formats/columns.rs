//! Finds the columns of a table of mails by their names.

use csv::{ByteRecord, ReaderBuilder};

/// Names in lower case, without spaces, hyphens and underscores. Of each list, the first name that the table has wins;
/// recipients may be in several columns.
///
/// Exchange Online uses `Received`, `SenderAddress`, `RecipientAddress`, `Subject` and `MessageId` in the output of
/// `Get-MessageTraceV2`, and `origin_timestamp`, `sender_address`, `recipient_status`, `message_subject` and `message_id`
/// in downloaded reports (Microsoft: "Message trace in the new Exchange admin center"). Exchange Server uses `date-time`,
/// `sender-address` and so on in its tracking logs (Microsoft: "Message tracking").
const SUBJECT: &[&str] = &["messagesubject", "subject", "emne"];
const FROM: &[&str] =
    &["senderaddress", "sender", "fromaddress", "from", "mailfrom", "returnpath", "afsenderadresse", "afsender", "fra"];
const TO: &[&str] = &[
    "recipientaddress",
    "recipientstatus",
    "recipients",
    "recipient",
    "toaddress",
    "to",
    "cc",
    "bcc",
    "modtageradresse",
    "modtagere",
    "modtager",
    "til",
];
const DATE: &[&str] = &[
    "origintimestamputc",
    "origintimestamp",
    "datetimeutc",
    "datetime",
    "receiveddatetime",
    "received",
    "datereceived",
    "date",
    "dato",
    "modtaget",
    "sendt",
];
const ID: &[&str] = &["messageid", "internetmessageid"];

/// The columns of a table, from 0.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Columns {
    pub(crate) delimiter: u8,
    /// How many columns the table has.
    pub(crate) width: usize,
    pub(crate) subject: usize,
    pub(crate) from: Option<usize>,
    pub(crate) to: Vec<usize>,
    pub(crate) date: Option<usize>,
    pub(crate) id: Option<usize>,
    /// Where the first record begins, in bytes.
    pub(crate) start: usize,
    /// The line of names. A file that was joined from several repeats it.
    pub(crate) names: ByteRecord,
}

impl Columns {
    /// Is this surely a table of mails, and not a list of subjects whose first line happens to be "Subject"?
    pub(crate) fn are_of_mails(&self) -> bool {
        self.from.is_some() || !self.to.is_empty() || self.date.is_some() || self.id.is_some()
    }

    /// Finds the columns at the start of a file; `None` if no column is named as the subject.
    pub(crate) fn find(head: &[u8]) -> Option<Self> {
        let (start, names) = skip_prelude(head);
        // If two delimiters give the same number of columns, the later one wins.
        [b'|', b'\t', b';', b',']
            .into_iter()
            .filter_map(|delimiter| Self::read(names, delimiter, start))
            .max_by_key(|columns| columns.width)
    }

    fn read(head: &[u8], delimiter: u8, start: usize) -> Option<Self> {
        let mut reader = ReaderBuilder::new().has_headers(false).delimiter(delimiter).from_reader(head);
        let mut record = ByteRecord::new();
        reader.read_byte_record(&mut record).ok().filter(|&read| read)?;
        let end = usize::try_from(reader.position().byte()).ok()?;
        let names: Vec<String> = record.iter().map(normalise).collect();
        let first = |known: &[&str]| known.iter().find_map(|name| names.iter().position(|column| column == name));
        let recipients = (0..names.len()).filter(|&at| names.get(at).is_some_and(|name| TO.contains(&name.as_str())));
        Some(Self {
            delimiter,
            width: record.len(),
            subject: first(SUBJECT)?,
            from: first(FROM),
            to: recipients.collect(),
            date: first(DATE),
            id: first(ID),
            start: start + end,
            names: record,
        })
    }
}

/// Skips what comes before the names: `#TYPE …` from PowerShell, `sep=;` from Excel, and the comments of a tracking log,
/// which has the names after `#Fields:`. Returns how many bytes were skipped, and the rest.
fn skip_prelude(head: &[u8]) -> (usize, &[u8]) {
    let mut at = 0;
    loop {
        let rest = head.get(at..).unwrap_or_default();
        let comment = rest.starts_with(b"#") || rest.get(..4).is_some_and(|start| start.eq_ignore_ascii_case(b"sep="));
        if rest.starts_with(b"#Fields:") {
            let names = b"#Fields:".len() + rest.iter().skip(8).take_while(|&&byte| byte == b' ').count();
            return (at + names, rest.get(names..).unwrap_or_default());
        }
        match rest.iter().position(|&byte| byte == b'\n') {
            Some(end) if comment => at += end + 1,
            _ => return (at, rest),
        }
    }
}

fn normalise(name: &[u8]) -> String {
    String::from_utf8_lossy(name).to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::Columns;

    type Shown = (char, usize, usize, Option<usize>, Vec<usize>, Option<usize>, Option<usize>);

    fn shown(head: &str) -> Option<(Shown, String)> {
        let found = Columns::find(head.as_bytes())?;
        let Columns { delimiter, width, subject, from, to, date, id, start, .. } = found;
        let rest = head[start..].trim_start_matches('\n').to_owned();
        Some(((char::from(delimiter), width, subject, from, to, date, id), rest))
    }

    #[test]
    fn the_columns_of_known_tables() {
        let cases: [(&str, &str, Option<Shown>); 9] = [
            (
                "Get-MessageTraceV2",
                "\"MessageTraceId\",\"MessageId\",\"Received\",\"SenderAddress\",\"RecipientAddress\",\"Subject\",\"Status\"\r\n",
                Some((',', 7, 5, Some(3), vec![4], Some(2), Some(1))),
            ),
            (
                "with PowerShell's first line",
                "#TYPE System.Object\r\nMessageId;Received;Sender Address;Recipient Address;Subject\n",
                Some((';', 5, 4, Some(2), vec![3], Some(1), Some(0))),
            ),
            (
                "enhanced summary",
                "origin_timestamp_utc,sender_address,recipient_status,message_subject,total_bytes,message_id,network_message_id\n",
                Some((',', 7, 3, Some(1), vec![2], Some(0), Some(5))),
            ),
            (
                "extended, with tabs",
                "date_time_utc\tevent_id\tmessage_id\trecipient_address\trecipient_status\tmessage_subject\tsender_address\n",
                Some(('\t', 7, 5, Some(6), vec![3, 4], Some(0), Some(2))),
            ),
            (
                "tracking log",
                "#Software: Microsoft Exchange Server\r\n#Fields: date-time,message-id,recipient-address,message-subject,sender-address\r\n",
                Some((',', 5, 3, Some(4), vec![2], Some(0), Some(1))),
            ),
            ("Excel", "sep=;\nDato;Fra;Til;Emne\n", Some((';', 4, 3, Some(1), vec![2], Some(0), None))),
            ("only subjects", "Emne\n", Some((',', 1, 0, None, vec![], None, None))),
            ("no subject", "date,sender,recipient\n", None),
            ("nothing", "", None),
        ];
        for (name, head, expected) in cases {
            let (columns, rest) = shown(&format!("{head}first")).map_or((None, String::new()), |(a, b)| (Some(a), b));
            assert_eq!(columns, expected, "{name}");
            assert!(expected.is_none() || rest == "first", "{name}: {rest}");
        }
    }
}

//! The columns of a table of mails, found by their names.

use csv::{ByteRecord, ReaderBuilder};

/// Names without capitals, spaces, hyphens and underscores. The first of a list that a table has is taken, but for
/// recipients, which may stand in several columns.
///
/// Exchange Online names them `Received`, `SenderAddress`, `RecipientAddress`, `Subject`, `MessageId` in what
/// `Get-MessageTraceV2` gives, and `origin_timestamp`, `sender_address`, `recipient_status`, `message_subject`,
/// `message_id` in downloaded reports (Microsoft: "Message trace in the new Exchange admin center"); Exchange Server
/// names them `date-time`, `sender-address` and so on in its tracking logs (Microsoft: "Message tracking").
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
const WHEN: &[&str] = &[
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

/// Where what stands in a table.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Columns {
    pub(crate) delimiter: u8,
    /// How many columns there are.
    pub(crate) width: usize,
    pub(crate) subject: usize,
    pub(crate) from: Option<usize>,
    pub(crate) to: Vec<usize>,
    pub(crate) when: Option<usize>,
    pub(crate) id: Option<usize>,
    /// Where the first record begins, in bytes.
    pub(crate) start: usize,
    /// The names; a file put together from several has them again.
    pub(crate) names: ByteRecord,
}

impl Columns {
    /// Are these columns of mails for sure, and not a line of text that happens to be called "Subject"?
    pub(crate) fn are_several(&self) -> bool {
        self.from.is_some() || !self.to.is_empty() || self.when.is_some() || self.id.is_some()
    }

    /// Finds the columns at the start of a file. `None` if there is none for the subject.
    pub(crate) fn find(head: &[u8]) -> Option<Self> {
        let (start, names) = skip_prelude(head);
        // Of those that give as many columns, the last is taken.
        [b'|', b'\t', b';', b',']
            .into_iter()
            .filter_map(|delimiter| Self::read(names, delimiter, start))
            .max_by_key(|columns| columns.width)
    }

    fn read(names: &[u8], delimiter: u8, start: usize) -> Option<Self> {
        let mut reader = ReaderBuilder::new().has_headers(false).delimiter(delimiter).from_reader(names);
        let mut record = ByteRecord::new();
        reader.read_byte_record(&mut record).ok().filter(|&read| read)?;
        let end = usize::try_from(reader.position().byte()).ok()?;
        let plain: Vec<String> = record.iter().map(plain).collect();
        let first = |known: &[&str]| known.iter().find_map(|name| plain.iter().position(|column| column == name));
        let recipients = (0..plain.len()).filter(|&at| plain.get(at).is_some_and(|name| TO.contains(&name.as_str())));
        Some(Self {
            delimiter,
            width: record.len(),
            subject: first(SUBJECT)?,
            from: first(FROM),
            to: recipients.collect(),
            when: first(WHEN),
            id: first(ID),
            start: start + end,
            names: record,
        })
    }
}

/// Passes over what stands before the names: `#TYPE …` of PowerShell, `sep=;` of Excel, and the comments of a tracking
/// log, whose names follow `#Fields:`. Gives the bytes passed over, and the rest.
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

fn plain(name: &[u8]) -> String {
    String::from_utf8_lossy(name).to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::Columns;

    type Shown = (char, usize, usize, Option<usize>, Vec<usize>, Option<usize>, Option<usize>);

    fn shown(head: &str) -> Option<(Shown, String)> {
        let found = Columns::find(head.as_bytes())?;
        let Columns { delimiter, width, subject, from, to, when, id, start, .. } = found;
        let rest = head[start..].trim_start_matches('\n').to_owned();
        Some(((char::from(delimiter), width, subject, from, to, when, id), rest))
    }

    #[test]
    fn the_tables_that_are_known() {
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

//! The inputs that fuzzing starts from.

use std::fs;
use std::path::Path;

use anyhow::Result;
use sendvagt_testing::Dice;

/// The seeds of a target: the labelled subject lines, plain or inside the formats of old mail, and the example policy.
pub(super) fn of(root: &Path, target: &str) -> Result<Vec<Vec<u8>>> {
    let lines = |name: &str| subjects(root, name);
    let texts = match target {
        "policy" => vec![fs::read_to_string(root.join("addin/policy.example.json"))?, "{}".into()],
        "address" => ["a@region.example", "010203-1234", "/o=ex/cn=x", "a@xn--rdovre-bya.dk\nNavn <b@c.dk>", "*@*"]
            .map(str::to_owned)
            .into(),
        // A draft is made from bytes, and any do.
        "draft" => return Ok((0..500).map(|seed| Dice::new(seed).bytes(160)).collect()),
        "body" => lines("hard.jsonl")?.chunks(4).map(bodies).collect(),
        "pattern" => [
            r"\bfjord\b\nen fjord",
            r"\b(fjord|bælt|Ærø)\b\nÆrø",
            r"\bEMN-20[0-9]{2}-[0-9]{4,6}\b\nEMN-2026-00123",
            r"^(?:internt|fortroligt):\ninternt: x",
            r"(?-i)NATO|[^a-zæøå ]{3}|s[øo]+s$\nsøs",
            r"\w+@\w+(?:(?:a|b)c){2,3}\na@b",
        ]
        .map(|seed| seed.replace(r"\n", "\n"))
        .into(),
        "csv" => return Ok(tables(&lines("hard.jsonl")?)),
        "mail" => return Ok(mails(&lines("hard.jsonl")?)),
        _ => [lines("dev.jsonl")?, lines("hard.jsonl")?].concat(),
    };
    Ok(texts.into_iter().map(String::into_bytes).collect())
}

/// A body with these lines: written, in a table, and in an earlier mail.
fn bodies(lines: &[String]) -> String {
    let text = lines.join("</p><p>");
    let cells = lines.join("</td><td>");
    format!(
        "<html><head><style>p{{}}</style></head><body><p>{text}</p><table><tr><td>CPR</td></tr><tr><td>{cells}</td></tr></table>\
         <div id=\"divRplyFwdMsg\"><b>Fra:</b> A<br><b>Sendt:</b> B<br><b>Til:</b> C</div><pre>{}</pre></body></html>",
        lines.join("\r\n> ")
    )
}

fn subjects(root: &Path, name: &str) -> Result<Vec<String>> {
    let text = fs::read_to_string(root.join("tests/corpus").join(name))?;
    let subject = |line: &str| {
        let line: serde_json::Value = serde_json::from_str(line).ok()?;
        Some(line.get("subject")?.as_str()?.to_owned())
    };
    Ok(text.lines().filter_map(subject).collect())
}

/// Tables as Exchange and Excel write them. The target reads its settings from the first two bytes.
fn tables(subjects: &[String]) -> Vec<Vec<u8>> {
    let heads = [
        "Received,SenderAddress,RecipientAddress,Subject,MessageId",
        "origin_timestamp,sender_address,recipient_status,message_subject,message_id",
        "#Fields: date-time,sender-address,recipient-address,message-subject,message-id",
        "Dato;Afsender;Modtager;Emne;Id",
        "Date\tFrom\tTo\tSubject\tId",
    ];
    let mut tables = Vec::new();
    for (number, few) in subjects.chunks(4).enumerate() {
        let head = heads.get(number % heads.len()).copied().unwrap_or_default();
        let cell = [',', ';', '\t'].into_iter().find(|cell| head.contains(*cell)).unwrap_or(',');
        let mut table = format!("{head}\r\n");
        for (row, subject) in few.iter().enumerate() {
            let quoted = subject.replace('"', "\"\"");
            let row = [
                format!("2025-11-0{row} 08:00:00"),
                "a@kommune.example".to_owned(),
                "mellemkommunal@kommune.example".to_owned(),
                format!("\"{quoted}\""),
                format!("<{row}@x>"),
            ];
            table.push_str(&row.join(&cell.to_string()));
            table.push_str("\r\n");
        }
        tables.push([&[0, 64], table.as_bytes()].concat());
        let wide: Vec<u8> = std::iter::once(0xfeff).chain(table.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        tables.push([&[1, 16], wide.as_slice()].concat());
    }
    tables
}

/// Mails, mailboxes, drafts and subjects. The target reads its settings from the first two bytes.
fn mails(subjects: &[String]) -> Vec<Vec<u8>> {
    let mail = |subject: &str| {
        format!(
            "Received: from x\r\n by y\r\nDate: Mon, 3 Nov 2025 08:00:00 +0100\r\nFrom: A <a@kommune.example>\r\n\
             To: mellemkommunal@kommune.example, b@kommune.example\r\nSubject: {subject}\r\nMessage-ID: <1@x>\r\n\r\nHej\r\n"
        )
    };
    let mut mails = Vec::new();
    for few in subjects.chunks(3) {
        let first = few.first().map(String::as_str).unwrap_or_default();
        let drafts = few.iter().map(|subject| serde_json::json!({ "subject": subject }).to_string() + "\n");
        let kinds: [(u8, String); 5] = [
            (1, mail(first)),
            (0, mail("=?utf-8?Q?Vedr._010203-1234?= =?utf-8?B?w6Y=?=")),
            (2, few.iter().map(|subject| format!("From a@x Mon Nov  3 08:00:00 2025\n{}", mail(subject))).collect()),
            (3, drafts.collect()),
            (4, few.join("\n")),
        ];
        mails.extend(kinds.into_iter().map(|(kind, file)| [&[kind, 48], file.as_bytes()].concat()));
    }
    mails
}

//! Mails as programs write them, and as nobody should. All numbers and names are made up.

use std::time::{Duration, Instant};

use sendvagt::BodyKind;

use super::{LONGEST_TEXT, MimeReader};
use crate::judge::{Contents, TextGap};

fn read(mail: &[u8]) -> Contents {
    let mut lines = mail.split_inclusive(|&byte| byte == b'\n');
    let headers: Vec<&[u8]> = lines.by_ref().take_while(|line| !line.trim_ascii().is_empty()).collect();
    let mut reader = MimeReader::new(&headers.concat());
    lines.for_each(|line| reader.push(line));
    reader.finish()
}

/// The texts, those for readers without HTML after `|`, the names of attachments, and what is wrong. A picture within the text is
/// in brackets.
fn shown(contents: &Contents) -> String {
    let texts = |bodies: &[sendvagt::Body]| {
        let text = |body: &sendvagt::Body| {
            let kind = if body.kind == BodyKind::Html { "html" } else { "text" };
            format!("{kind}:{}", body.content.trim_end().replace("\r\n", "\n").replace('\n', "/"))
        };
        bodies.iter().map(text).collect::<Vec<_>>().join(" + ")
    };
    let names = contents.attachments.iter().map(|one| match one.inline {
        true => format!("[{}]", one.name),
        false => one.name.clone(),
    });
    let mut all = texts(&contents.bodies);
    if !contents.alternatives.is_empty() {
        all += &format!(" | {}", texts(&contents.alternatives));
    }
    for name in names {
        all += &format!(" @{name}");
    }
    contents.gap.map_or(all.clone(), |gap| format!("{all} !{gap:?}"))
}

#[test]
fn mails_are_read_as_a_reader_sees_them() {
    let cases: [(&str, &[u8], &str); 34] = [
        ("no MIME at all", b"Subject: x\n\nHej\nDu\n", "text:Hej/Du"),
        ("windows line ends", b"Content-Type: text/plain\r\n\r\nHej\r\n", "text:Hej"),
        (
            "quoted-printable in ISO-8859-1, with a number broken by a soft line end",
            b"Content-Type: text/plain; charset=\"iso-8859-1\"\nContent-Transfer-Encoding: quoted-printable\n\nF=F8dt 010203-=\n1234=20\n",
            "text:F\u{f8}dt 010203-1234",
        ),
        (
            "base64 in UTF-8",
            b"Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: BASE64\n\nPHA+RsO4\nZHQ8L3A+\n",
            "html:<p>F\u{f8}dt</p>",
        ),
        ("Windows-1252", b"Content-Type: text/plain; charset=windows-1252\n\nF\xf8dt \x80\n", "text:F\u{f8}dt \u{20ac}"),
        ("UTF-16 in base64", b"Content-Type: text/plain; charset=utf-16le\nContent-Transfer-Encoding: base64\n\nSABlAGoA\n", "text:Hej"),
        ("a charset that is not told, as before 1996", b"Subject: x\n\nf\xf8dt\n", "text:f\u{f8}dt"),
        ("a charset that is not told, and UTF-8", b"Subject: x\n\nf\xc3\xb8dt\n", "text:f\u{f8}dt"),
        ("a charset nobody knows", b"Content-Type: text/plain; charset=x-klingon\n\n010203\n", "text:010203 !Charset"),
        (
            "lines broken for the width of a window",
            b"Content-Type: text/plain; format=flowed\n\nMit cpr-nummer er \n010203-1234\n> citat \n> videre\n-- \nJens\n",
            "text:Mit cpr-nummer er 010203-1234/>citat videre/-- /Jens",
        ),
        (
            "the same where the space goes too",
            b"Content-Type: text/plain; format=flowed; delsp=yes\n\n010203- \n1234\n",
            "text:010203-1234",
        ),
        (
            "HTML and the same as text: Outlook shows the HTML",
            b"Content-Type: multipart/alternative; boundary=b\n\nfor old programs\n--b\n\nHej\n--b\nContent-Type: text/html\n\n<p>Hej</p>\n--b--\nafter it\n",
            "html:<p>Hej</p> | text:Hej",
        ),
        (
            "an alternative of text only",
            b"Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\nHej\n--b--\n",
            "text:Hej",
        ),
        (
            "an attachment, with its name in an encoded word, though it should not",
            b"Content-Type: multipart/mixed; boundary=\"a b\"\n\n--a b\n\nHej\n--a b\nContent-Type: application/pdf; name=\"=?utf-8?Q?Afg=C3=B8relse?=.pdf\"\nContent-Disposition: attachment\n\n%PDF 010203-1234\n--a b--\n",
            "text:Hej @Afg\u{f8}relse.pdf",
        ),
        (
            "a long name in parts (RFC 2231)",
            b"Content-Type: multipart/mixed; boundary=b\n\n--b\n\nHej\n--b\nContent-Type: application/pdf\nContent-Disposition: attachment;\n filename*0*=utf-8''F%C3%B8dt%20;\n filename*1=\"010203-1234.pdf\"\n\nx\n--b--\n",
            "text:Hej @F\u{f8}dt 010203-1234.pdf",
        ),
        (
            "a picture in the text, and one beside it, as Outlook writes them",
            b"Content-Type: multipart/related; boundary=r\n\n--r\nContent-Type: multipart/alternative; boundary=a\n\n--a\n\nHej\n--a\nContent-Type: text/html\n\n<img src=\"cid:1@x\">\n--a--\n--r\nContent-Type: image/png; name=logo.png\nContent-ID: <1@x>\n\nx\n--r\nContent-Type: image/png; name=kort.png\nContent-ID: <2@x>\n\nx\n--r--\n",
            "html:<img src=\"cid:1@x\"> | text:Hej @[logo.png] @kort.png",
        ),
        (
            "a file that the text shows, but that the sender attached",
            b"Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/html\n\n<a href=\"cid:1@x\">\n--b\nContent-Type: image/png; name=a.png\nContent-Disposition: attachment\nContent-ID: <1@x>\n\nx\n--b--\n",
            "html:<a href=\"cid:1@x\"> @a.png",
        ),
        (
            "text before and after a file, as Apple Mail writes it",
            b"Content-Type: multipart/mixed; boundary=b\n\n--b\n\nF\xc3\xb8r\n--b\nContent-Type: application/pdf\nContent-Disposition: inline; filename=a.pdf\n\nx\n--b\n\nEfter\n--b--\n",
            "text:F\u{f8}r + text:Efter @a.pdf",
        ),
        (
            "a text file that is attached is a name and no text",
            b"Content-Type: multipart/mixed; boundary=b\n\n--b\n\nHej\n--b\nContent-Type: text/plain; name=liste.txt\n\n010203-1234\n--b--\n",
            "text:Hej @liste.txt",
        ),
        (
            "a mail in a mail is called by its subject, and not read",
            b"Content-Type: multipart/mixed; boundary=b\n\n--b\n\nHej\n--b\nContent-Type: message/rfc822\n\nFrom: a@b\nSubject: =?utf-8?Q?F=C3=B8dt_010203-1234?=\nContent-Type: multipart/mixed; boundary=c\n\n--c\n\nskjult\n--c--\n--b--\n",
            "text:Hej @F\u{f8}dt 010203-1234",
        ),
        (
            "a mail in a mail with a name of its own",
            b"Content-Type: multipart/mixed; boundary=b\n\n--b\n\nHej\n--b\nContent-Type: message/rfc822; name=sag.eml\n\nSubject: x\n\ny\n--b--\n",
            "text:Hej @sag.eml",
        ),
        (
            "a digest",
            b"Content-Type: multipart/digest; boundary=b\n\n--b\n\nSubject: et\n\nx\n--b\n\nSubject: to\n\ny\n--b--\n",
            " @et @to",
        ),
        (
            "signed mail is read",
            b"Content-Type: multipart/signed; boundary=b; protocol=\"application/pkcs7-signature\"\n\n--b\n\nHej\n--b\nContent-Type: application/pkcs7-signature; name=smime.p7s\n\nx\n--b--\n",
            "text:Hej @smime.p7s",
        ),
        (
            "encrypted with S/MIME",
            b"Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\n\nx\n",
            " @smime.p7m !Encrypted",
        ),
        (
            "encrypted with PGP",
            b"Content-Type: multipart/encrypted; boundary=b\n\n--b\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n--b\nContent-Type: application/octet-stream; name=encrypted.asc\n\nx\n--b--\n",
            " @ @encrypted.asc !Encrypted",
        ),
        ("encrypted within the text", b"Subject: x\n\n-----BEGIN PGP MESSAGE-----\nx\n", "text:-----BEGIN PGP MESSAGE-----/x !Encrypted"),
        (
            "Outlook's own form",
            b"Content-Type: multipart/mixed; boundary=b\n\n--b\n\nHej\n--b\nContent-Type: application/ms-tnef; name=\"winmail.dat\"\n\nx\n--b--\n",
            "text:Hej @winmail.dat !Tnef",
        ),
        ("rich text", b"Content-Type: text/rtf\n\n{\\rtf1 010203-1234}\n", " @ !Form"),
        (
            "an invitation with a text for readers",
            b"Content-Type: multipart/alternative; boundary=b\n\n--b\n\nHej\n--b\nContent-Type: text/calendar\n\nBEGIN:VCALENDAR\n--b--\n",
            "text:Hej @",
        ),
        (
            "cut short within its text, which is read as far as it goes",
            b"Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\nContent-Transfer-Encoding: base64\n\nMDEwMjAzLTEy\nMz",
            "text:010203-123 !Damaged",
        ),
        ("a boundary that is not told", b"Content-Type: multipart/mixed\n\n--b\n\n010203-1234\n", "text:--b//010203-1234 !Damaged"),
        (
            "base64 with something else in it",
            b"Content-Transfer-Encoding: base64\n\nMDEwMjAz*LTEyMzQ=\n",
            "text:010203-1234 !Damaged",
        ),
        (
            "a sign that is not encoded costs nothing",
            b"Content-Transfer-Encoding: quoted-printable\n\n1+1=2\nf=C3=B8dt\n",
            "text:1+1=2/f\u{f8}dt",
        ),
        (
            "an inner part that never ends",
            b"Content-Type: multipart/mixed; boundary=o\n\n--o\nContent-Type: multipart/alternative; boundary=i\n\n--i\n\nHej\n--o\nContent-Type: text/plain; name=a.txt\n\nx\n--o--\n",
            "text:Hej @a.txt",
        ),
    ];
    let read: Vec<String> = cases.iter().map(|(name, mail, _)| format!("{name}: {}", shown(&read(mail)))).collect();
    let expected: Vec<String> = cases.iter().map(|(name, _, expected)| format!("{name}: {expected}")).collect();
    assert_eq!(read, expected);
}

#[test]
fn what_is_too_much_is_told_and_costs_no_more_than_its_length() {
    let multipart = |n: usize| format!("Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n");
    let nested: String = (0..100_000).map(multipart).collect();
    let mails = "Content-Type: message/rfc822\n\n".repeat(300_000);
    let parts = format!("Content-Type: multipart/mixed; boundary=b\n\n{}", "--b\n\nx\n".repeat(500_000));
    let lost = format!(
        "Content-Type: multipart/mixed; boundary=b\n\n{}",
        (0..1900)
            .map(|n| format!("--b\nContent-Type: multipart/mixed; boundary=lost{n}\n\n{}", "x\n".repeat(2000)))
            .collect::<String>()
    );
    let dashes = format!("Content-Type: multipart/mixed; boundary=b\n\n--b\n\n{}", "--".repeat(3_000_000));
    let parameters: String = (0..200_000).map(|n| format!(" a{n}*1=x;\n")).collect();
    let header = format!("Content-Type: text/plain;\n{parameters}\n\nHej\n");
    let long = format!("Subject: x\n\n{}", "010203-1234 \n".repeat(900_000));
    let flowed = format!("Content-Type: text/plain; format=flowed\n\n{}", "> x \n".repeat(1_000_000));
    for (name, mail, gap) in [
        ("parts in parts", nested, Some(TextGap::Parts)),
        ("mails in mails", mails, None),
        ("many parts", parts, Some(TextGap::Parts)),
        ("boundaries that never come", lost, Some(TextGap::Damaged)),
        ("a line of dashes", dashes, Some(TextGap::Damaged)),
        ("a header without an end", header, Some(TextGap::Damaged)),
        ("a long text", long, Some(TextGap::TooLong)),
        ("a long text, line by line", flowed, None),
    ] {
        let start = Instant::now();
        let contents = read(mail.as_bytes());
        assert_eq!(contents.gap, gap, "{name}");
        let kept: usize = contents.bodies.iter().map(|body| body.content.len()).sum();
        assert!(kept <= LONGEST_TEXT && contents.attachments.len() <= 2000, "{name}");
        // Ten megabytes take a tenth of a second even in a test; a square of them takes hours.
        assert!(start.elapsed() < Duration::from_secs(20), "{name}: {:?}", start.elapsed());
    }
}

#[test]
fn a_line_that_was_too_long_is_told() {
    let mut reader = MimeReader::new(b"Content-Type: text/html\n\n");
    reader.push(b"<p>\n");
    reader.push_too_long();
    reader.push(b"010203-1234\n");
    let contents = reader.finish();
    assert_eq!((shown(&contents).as_str(), contents.bodies[0].cut), ("html:<p> !TooLong", true));
}

proptest::proptest! {
    #[test]
    fn any_lines_are_read(
        parts in proptest::collection::vec(
            proptest::prop_oneof![
                proptest::prelude::Just("--b\n".to_owned()), proptest::prelude::Just("--b--\n".to_owned()),
                proptest::prelude::Just("\n".to_owned()), proptest::prelude::Just("--c\n".to_owned()),
                proptest::prelude::Just("Content-Type: multipart/alternative; boundary=c\n".to_owned()),
                proptest::prelude::Just("Content-Type: message/rfc822\n".to_owned()),
                proptest::prelude::Just("Content-Type: text/html; charset=x; name=\"a\n".to_owned()),
                proptest::prelude::Just("Content-Transfer-Encoding: base64\n".to_owned()),
                proptest::prelude::Just("Content-Disposition: attachment; filename*0*=utf-8''%\n".to_owned()),
                "\\PC{0,9}\n",
            ],
            0..40,
        ),
    ) {
        let mail = format!("Content-Type: multipart/mixed; boundary=b\n\n{}", parts.concat());
        let contents = read(mail.as_bytes());
        proptest::prop_assert!(contents.bodies.len() + contents.alternatives.len() + contents.attachments.len() <= parts.len());
    }
}

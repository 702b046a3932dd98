//! Until when a certificate is valid.
//!
//! Only the path to that date is read (RFC 5280, section 4.1); whether the certificate is good is for the TLS to say.

use std::time::{SystemTime, UNIX_EPOCH};

use serde::Serialize;

const SEQUENCE: u8 = 0x30;
const VERSION: u8 = 0xa0;
const UTC_TIME: u8 = 0x17;
const GENERALIZED_TIME: u8 = 0x18;
const DAY: i64 = 24 * 60 * 60;

/// Until when the certificate of a host is valid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Certificate {
    /// The last day, as `2027-01-31`.
    pub until: String,
    /// How many whole days are left.
    pub days_left: i64,
}

impl Certificate {
    /// `None` when it is no certificate.
    pub(super) fn read(der: &[u8], now: SystemTime) -> Option<Self> {
        let (year, month, day, second) = not_after(der)?;
        let now = i64::try_from(now.duration_since(UNIX_EPOCH).ok()?.as_secs()).ok()?;
        let left = days_since_1970(year, month, day) * DAY + second - now;
        Some(Self { until: format!("{year:04}-{month:02}-{day:02}"), days_left: left.div_euclid(DAY) })
    }
}

/// Is this a certificate in DER?
pub(super) fn is_certificate(der: &[u8]) -> bool {
    not_after(der).is_some()
}

/// A value with its tag, and what follows it.
fn value(der: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (&tag, rest) = der.split_first()?;
    let (&first, rest) = rest.split_first()?;
    let (length, rest) = if first < 0x80 {
        (usize::from(first), rest)
    } else {
        let (bytes, rest) = rest.split_at_checked(usize::from(first & 0x7f)).filter(|(bytes, _)| bytes.len() <= 4)?;
        (bytes.iter().fold(0, |length, byte| length << 8 | usize::from(*byte)), rest)
    };
    let (content, rest) = rest.split_at_checked(length)?;
    Some((tag, content, rest))
}

fn sequence(der: &[u8]) -> Option<(&[u8], &[u8])> {
    value(der).filter(|(tag, ..)| *tag == SEQUENCE).map(|(_, content, rest)| (content, rest))
}

/// Year, month, day and second of the day.
fn not_after(der: &[u8]) -> Option<(i64, i64, i64, i64)> {
    let (certificate, _) = sequence(der)?;
    let (mut rest, _) = sequence(certificate)?;
    if let (VERSION, _, after) = value(rest)? {
        rest = after;
    }
    // The serial number, the kind of signature, and the issuer.
    for _ in 0..3 {
        rest = value(rest)?.2;
    }
    let (validity, _) = sequence(rest)?;
    let (_, _, rest) = value(validity)?;
    let (tag, time, _) = value(rest)?;
    let number = |from: usize, digits: usize| str::from_utf8(time.get(from..from + digits)?).ok()?.parse::<i64>().ok();
    let (year, at) = match tag {
        // Two digits stand for the years from 1950 to 2049.
        UTC_TIME => (number(0, 2).map(|year| if year < 50 { 2000 + year } else { 1900 + year })?, 2),
        GENERALIZED_TIME => (number(0, 4)?, 4),
        _ => return None,
    };
    let part = |index: usize| number(at + 2 * index, 2);
    Some((year, part(0)?, part(1)?, (part(2)? * 60 + part(3)?) * 60 + part(4)?))
}

/// Days in the Gregorian calendar, counted in years that begin in March, so that the leap day comes last.
fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month < 3 { (year - 1, month + 9) } else { (year, month - 3) };
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    year * 365 + leap_days + (153 * month + 2) / 5 + day - 1 - 719_468
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use super::{Certificate, days_since_1970, is_certificate};

    fn of(tag: u8, content: &[u8]) -> Vec<u8> {
        [&[tag, 0x82, (content.len() >> 8) as u8, content.len() as u8], content].concat()
    }

    fn certificate(version: bool, tag: u8, until: &str) -> Vec<u8> {
        let validity = of(0x30, &[of(0x17, b"250101000000Z"), of(tag, until.as_bytes())].concat());
        let version = if version { of(0xa0, &[2, 1, 2]) } else { Vec::new() };
        let before = [version, of(2, &[7]), of(0x30, &[]), of(0x30, b"issuer")].concat();
        of(0x30, &of(0x30, &[before, validity, of(0x30, b"subject")].concat()))
    }

    #[test]
    fn the_days_that_are_left() {
        let now = UNIX_EPOCH + Duration::from_secs(1_764_201_600); // 2025-11-27, midnight.
        for (name, der, until, left) in [
            ("two digits", certificate(true, 0x17, "251128120000Z"), "2025-11-28", 1),
            ("four digits", certificate(true, 0x18, "20500301000000Z"), "2050-03-01", 8860),
            ("the first version", certificate(false, 0x17, "260101000000Z"), "2026-01-01", 35),
            ("expired an hour ago", certificate(true, 0x17, "251126230000Z"), "2025-11-26", -1),
        ] {
            let found = Certificate::read(&der, now).unwrap();
            assert_eq!((found.until.as_str(), found.days_left), (until, left), "{name}");
        }
        for damaged in [b"".as_slice(), b"-----BEGIN", &certificate(true, 0x17, "26"), &certificate(true, 4, "x")] {
            assert!(!is_certificate(damaged), "{damaged:?}");
        }
        assert_eq!((days_since_1970(1970, 1, 1), days_since_1970(2000, 3, 1)), (0, 11_017));
    }
}

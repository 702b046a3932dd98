//! Punycode (RFC 3492), the ASCII form of domain labels with other letters.
//!
//! Written here, since the crates that have it would add ten times as much to the engine; the tests compare it with one.

const BASE: u32 = 36;
const T_MIN: u32 = 1;
const T_MAX: u32 = 26;
const SKEW: u32 = 38;
const DAMP: u32 = 700;
const FIRST_BIAS: u32 = 72;
const FIRST_BEYOND: u32 = 128;

/// The label in ASCII, without `xn--`; `None` if it is too long for any domain.
pub(super) fn encode(label: &str) -> Option<String> {
    let code_points: Vec<u32> = label.chars().map(u32::from).collect();
    let mut out: String = label.chars().filter(char::is_ascii).collect();
    let basic = u32::try_from(out.len()).ok()?;
    if basic > 0 {
        out.push('-');
    }
    let (mut next, mut delta, mut bias, mut handled) = (FIRST_BEYOND, 0_u32, FIRST_BIAS, basic);
    while let Some(least) = code_points.iter().copied().filter(|point| *point >= next).min() {
        delta = delta.checked_add((least - next).checked_mul(handled + 1)?)?;
        next = least;
        for point in &code_points {
            if *point < next {
                delta = delta.checked_add(1)?;
            } else if *point == next {
                push_number(&mut out, delta, bias);
                bias = adapted(delta, handled + 1, handled == basic);
                delta = 0;
                handled += 1;
            }
        }
        delta = delta.checked_add(1)?;
        next = next.checked_add(1)?;
    }
    Some(out)
}

fn push_number(out: &mut String, mut number: u32, bias: u32) {
    let mut k = BASE;
    loop {
        let t = threshold(k, bias);
        if number < t {
            return out.push(digit(number));
        }
        out.push(digit(t + (number - t) % (BASE - t)));
        number = (number - t) / (BASE - t);
        k += BASE;
    }
}

/// Decodes a label, given without `xn--`; `None` if it is not valid.
pub(super) fn decode(label: &str) -> Option<String> {
    let (basic, rest) = match label.rsplit_once('-') {
        // The last hyphen ends the ASCII letters; with no letters before it the label is not valid.
        Some(("", _)) => return None,
        Some(parts) => parts,
        None => ("", label),
    };
    let mut out: Vec<char> = basic.chars().collect();
    let (mut point, mut at, mut bias) = (FIRST_BEYOND, 0_u32, FIRST_BIAS);
    let mut digits = rest.bytes();
    while let Some(first) = digits.next() {
        let before = at;
        let (mut weight, mut k, mut byte) = (1_u32, BASE, first);
        loop {
            let value = value(byte)?;
            at = at.checked_add(value.checked_mul(weight)?)?;
            let t = threshold(k, bias);
            if value < t {
                break;
            }
            weight = weight.checked_mul(BASE - t)?;
            k += BASE;
            byte = digits.next()?;
        }
        let length = u32::try_from(out.len()).ok()? + 1;
        bias = adapted(at - before, length, before == 0);
        point = point.checked_add(at / length)?;
        at %= length;
        out.insert(usize::try_from(at).ok()?, char::from_u32(point)?);
        at += 1;
    }
    Some(out.into_iter().collect())
}

fn threshold(k: u32, bias: u32) -> u32 {
    k.saturating_sub(bias).clamp(T_MIN, T_MAX)
}

fn adapted(delta: u32, length: u32, first: bool) -> u32 {
    let mut delta = if first { delta / DAMP } else { delta / 2 };
    delta += delta / length;
    let mut k = 0;
    while delta > ((BASE - T_MIN) * T_MAX) / 2 {
        delta /= BASE - T_MIN;
        k += BASE;
    }
    k + (BASE - T_MIN + 1) * delta / (delta + SKEW)
}

/// `a` to `z` for 0 to 25, `0` to `9` for 26 to 35.
fn digit(value: u32) -> char {
    let from = if value < 26 { u32::from('a') } else { u32::from('0') - 26 };
    char::from_u32(from + value).unwrap_or_default()
}

fn value(digit: u8) -> Option<u32> {
    match digit {
        b'a'..=b'z' => Some(u32::from(digit - b'a')),
        b'0'..=b'9' => Some(u32::from(digit - b'0') + 26),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{decode, encode};

    #[test]
    fn labels_of_denmark_and_of_the_rfc() {
        let cases = [
            ("ærø", "r-3fa9c"),
            ("århus", "rhus-poa"),
            ("københavn", "kbenhavn-54a"),
            ("他们为什么不说中文", "ihqwcrb4cv8a8dqg056pqjye"),
            ("3年b組金八先生", "3b-ww4c5e180e575a65lsy2b"),
            // The borders at which the bias moves differently.
            ("ŗƫǟѓʕ", "fga2ovf01as1e"),
            ("ɸłчη", "tfa33dn1apq"),
            ("ѵʣĵɨ", "gfa82d9e12e"),
        ];
        for (label, ascii) in cases {
            assert_eq!(encode(label).as_deref(), Some(ascii));
            assert_eq!(decode(ascii).as_deref(), Some(label));
        }
    }

    proptest! {
        #[test]
        fn it_agrees_with_the_idna_crate(label in "[a-z0-9æøåöäüé一-龥-]{1,24}") {
            let ascii = encode(&label).unwrap();
            prop_assert_eq!(idna::punycode::encode_str(&label), Some(ascii.clone()));
            prop_assert_eq!(decode(&ascii), Some(label));
        }

        #[test]
        fn any_text_is_decoded_or_refused(text in "[a-z0-9-]{0,40}") {
            prop_assert_eq!(decode(&text), idna::punycode::decode_to_string(&text));
        }
    }
}

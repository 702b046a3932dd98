//! Mails that were saved from Outlook (`.msg`, [MS-OXMSG]), and what else has the same container.
//!
//! [MS-OXMSG]: https://learn.microsoft.com/openspecs/exchange_server_protocols/ms-oxmsg

use std::io::{self, Read};

use cfb::CompoundFile;

use crate::formats::mime::LONGEST_TEXT;
use crate::input::file_error::FileError;
use crate::judge::{Judge, Mail};
use crate::native::mapi::{self, Bag, OF_ATTACHMENT, OF_MAIL, OF_RECIPIENT, OF_TEXT, Value};
use crate::native::whole::{Anywhere, Whole};

/// What is in a container of Office 97.
pub(crate) enum Compound {
    Mail,
    Workbook,
}

const PROPERTIES: &str = "__properties_version1.0";
/// So many recipients and attachments are read.
const MOST: usize = 20_000;

type File = CompoundFile<Box<dyn Anywhere>>;

fn opened(whole: &Whole) -> Result<File, FileError> {
    let file = whole.open().map_err(|error| FileError::ReadFailed(error.kind()))?;
    CompoundFile::open(file).map_err(|_| FileError::Damaged)
}

/// What a container is.
pub(crate) fn kind(whole: &Whole) -> Result<Compound, FileError> {
    let file = opened(whole)?;
    let has = |name: &str| file.is_stream(["/", name].concat());
    match () {
        // Excel puts a workbook with a password into a container of its own.
        () if has("EncryptedPackage") => Err(FileError::Password),
        () if has("Workbook") || has("Book") => Ok(Compound::Workbook),
        () if has(PROPERTIES) => Ok(Compound::Mail),
        () => Err(FileError::Unsupported("Office 97")),
    }
}

/// Reads a mail.
pub(crate) fn read(whole: &Whole, judge: &Judge) -> Result<Mail, FileError> {
    let mut file = opened(whole)?;
    let damaged = |_: io::Error| FileError::Damaged;
    let storages = |prefix: &str| -> Result<Vec<String>, FileError> {
        let entries = file.read_root_storage().filter(|entry| entry.is_storage() && entry.name().starts_with(prefix));
        let names: Vec<String> = entries.map(|entry| format!("/{}", entry.name())).take(MOST + 1).collect();
        if names.len() > MOST { Err(FileError::TooLarge) } else { Ok(names) }
    };
    let (to, attached) = (storages("__recip_version1.0_")?, storages("__attach_version1.0_")?);
    let bag = bag(&mut file, "", 32, &OF_MAIL).map_err(damaged)?;
    // The list of properties may be lost while the container is whole.
    if bag.values.is_empty() {
        return Err(FileError::Damaged);
    }
    let each = |file: &mut File, names: &[String], ids: &[u16]| -> Result<Vec<Bag>, FileError> {
        names.iter().map(|name| self::bag(file, name, 8, ids).map_err(damaged)).collect()
    };
    let recipients = each(&mut file, &to, &OF_RECIPIENT)?;
    let mail = mapi::mail(0, &bag, &recipients, judge);
    mapi::with_text(mail, &bag, judge, || {
        let text = self::bag(&mut file, "", 32, &OF_TEXT).map_err(damaged)?;
        Ok((text, each(&mut file, &attached, &OF_ATTACHMENT)?))
    })
}

/// Some properties of the object in a storage, whose list has a header of so many bytes.
fn bag(file: &mut File, storage: &str, header: usize, ids: &[u16]) -> io::Result<Bag> {
    let mut list = Vec::new();
    file.open_stream(format!("{storage}/{PROPERTIES}"))?.take(1 << 20).read_to_end(&mut list)?;
    let mut bag = Bag::default();
    let (entries, _) = list.get(header..).unwrap_or_default().as_chunks::<16>();
    for [kind_low, kind_high, id_low, id_high, _, _, _, _, value @ ..] in entries {
        let (kind, id) = (u16::from_le_bytes([*kind_low, *kind_high]), u16::from_le_bytes([*id_low, *id_high]));
        if !ids.contains(&id) || bag.values.contains_key(&id) {
            continue;
        }
        let [a, b, c, d, ..] = *value;
        let value = match kind {
            0x0003 => Value::Number(i32::from_le_bytes([a, b, c, d]).into()),
            0x000b => Value::Number((a != 0).into()),
            0x0040 => Value::Number(i64::from_le_bytes(*value)),
            0x001e | 0x001f | 0x0102 => {
                let mut bytes = Vec::new();
                let stream = file.open_stream(format!("{storage}/__substg1.0_{id:04X}{kind:04X}"))?;
                let is_longer = stream.len() > LONGEST_TEXT as u64;
                stream.take(LONGEST_TEXT as u64).read_to_end(&mut bytes)?;
                bag.is_cut |= is_longer;
                if kind == 0x001f {
                    Value::Text(encoding_rs::UTF_16LE.decode_without_bom_handling(&bytes).0.into_owned())
                } else {
                    Value::Bytes(bytes)
                }
            }
            _ => continue,
        };
        bag.values.insert(id, value);
    }
    Ok(bag)
}

//! Mailboxes that Outlook keeps in a file (`.pst`, [MS-PST]), mail by mail.
//!
//! The file is never written to: the library is given a reader, since it would open a path for writing too.
//!
//! [MS-PST]: https://learn.microsoft.com/openspecs/office_file_formats/ms-pst

use std::collections::HashSet;
use std::io::{self, Read, Seek, SeekFrom};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;

use outlook_pst::ltp::prop_context::PropertyValue;
use outlook_pst::ltp::table_context::{TableContext, TableRowData};
use outlook_pst::messaging::attachment::{AnsiAttachment, Attachment, UnicodeAttachment};
use outlook_pst::messaging::folder::Folder;
use outlook_pst::messaging::message::{AnsiMessage, Message, UnicodeMessage};
use outlook_pst::messaging::store::{AnsiStore, EntryId, Store, UnicodeStore};
use outlook_pst::ndb::node_id::{NID_ROOT_FOLDER, NodeId, NodeIdType};
use outlook_pst::{AnsiPstFile, UnicodePstFile};

use crate::formats::mime::LONGEST_TEXT;
use crate::input::file_error::FileError;
use crate::input::interrupt;
use crate::judge::{Judge, Mail};
use crate::native::mapi::{self, Bag, OF_ATTACHMENT, OF_CLASS, OF_MAIL, OF_RECIPIENT, OF_TEXT, Value};
use crate::native::whole::Whole;

/// The property that holds a checksum of the password, if there is one.
const PASSWORD: u16 = 0x67ff;

/// So many levels the trees of pages may have. Eight hold more than a file can.
const DEEPEST: u8 = 8;

/// Hands on each mail of a mailbox, or `None` for one that is damaged, as long as more are wanted.
pub(crate) fn read(whole: &Whole, judge: &Judge, mut each: impl FnMut(Option<Mail>) -> bool) -> Result<(), FileError> {
    // The library may panic on a damaged file. What was handed on by then counts.
    let read = AssertUnwindSafe(|| {
        let pst = Pst::open(whole)?;
        pst.read(judge, &mut each)
    });
    catch_unwind(read).unwrap_or(Err(FileError::Damaged))
}

/// A mailbox, in the form that Outlook writes today or in that of before 2003.
enum Pst {
    Unicode(Rc<UnicodeStore>),
    Ansi(Rc<AnsiStore>),
}

/// A mail in it.
enum Opened {
    Unicode(Rc<UnicodeMessage>),
    Ansi(Rc<AnsiMessage>),
}

impl Pst {
    fn open(whole: &Whole) -> Result<Self, FileError> {
        let failed = |error: io::Error| FileError::ReadFailed(error.kind());
        let mut head = Vec::new();
        whole.open().map_err(failed)?.take(564).read_to_end(&mut head).map_err(failed)?;
        let at = |place: usize| head.get(place).copied().unwrap_or_default();
        let version = u16::from_le_bytes([at(10), at(11)]);
        let is_ansi = matches!(version, 14 | 15);
        if version > 23 {
            return Err(FileError::Unsupported("Outlook OST"));
        }
        // Encrypted for the organisation (Windows Information Protection).
        if at(if is_ansi { 461 } else { 513 }) == 0x10 {
            return Err(FileError::Password);
        }
        let damaged = |_: io::Error| FileError::Damaged;
        if !are_trees_sound(whole, &head, is_ansi).map_err(failed)? {
            return Err(FileError::Damaged);
        }
        let file = Box::new(whole.open().map_err(failed)?);
        let pst = if is_ansi {
            let file = AnsiPstFile::read_from(file).map_err(damaged)?;
            Self::Ansi(AnsiStore::read(Rc::new(file)).map_err(damaged)?)
        } else {
            let file = UnicodePstFile::read_from(file).map_err(damaged)?;
            Self::Unicode(UnicodeStore::read(Rc::new(file)).map_err(damaged)?)
        };
        match pst.store().properties().get(PASSWORD) {
            Some(PropertyValue::Integer32(checksum)) if *checksum != 0 => Err(FileError::Password),
            _ => Ok(pst),
        }
    }

    fn store(&self) -> &dyn Store {
        match self {
            Self::Unicode(store) => store.as_ref(),
            Self::Ansi(store) => store.as_ref(),
        }
    }

    fn message(&self, id: &EntryId, properties: &[u16]) -> io::Result<Opened> {
        Ok(match self {
            Self::Unicode(store) => Opened::Unicode(UnicodeMessage::read(Rc::clone(store), id, Some(properties))?),
            Self::Ansi(store) => Opened::Ansi(AnsiMessage::read(Rc::clone(store), id, Some(properties))?),
        })
    }

    fn id(&self, node: NodeId) -> io::Result<EntryId> {
        self.store().properties().make_entry_id(node)
    }

    /// Reads folder by folder. A folder that is damaged is told when the others were read.
    fn read(&self, judge: &Judge, each: &mut dyn FnMut(Option<Mail>) -> bool) -> Result<(), FileError> {
        let mut waiting = vec![NID_ROOT_FOLDER];
        let mut known: HashSet<u32> = HashSet::new();
        let mut line = 0;
        let mut is_damaged = false;
        while let Some(node) = waiting.pop() {
            if !known.insert(u32::from(node)) {
                continue;
            }
            let opened = self.id(node).and_then(|id| self.store().open_folder(&id));
            let Ok(folder) = opened else {
                is_damaged = true;
                continue;
            };
            is_damaged |= !is_whole(folder.as_ref());
            for node in nodes(folder.hierarchy_table()).into_iter().rev() {
                if matches!(node.id_type(), Ok(NodeIdType::NormalFolder)) {
                    waiting.push(node);
                }
            }
            for node in mails(folder.contents_table()) {
                if interrupt::is_requested() {
                    return Err(FileError::Interrupted);
                }
                let goes_on = match self.mail(node, line, judge) {
                    Ok(None) => continue,
                    Ok(Some(mail)) => each(Some(mail)),
                    Err(_) => each(None),
                };
                line += 1;
                if !goes_on {
                    return Ok(());
                }
            }
        }
        if is_damaged { Err(FileError::Damaged) } else { Ok(()) }
    }

    /// A mail; `None` for what is none.
    fn mail(&self, node: NodeId, line: u64, judge: &Judge) -> io::Result<Option<Mail>> {
        let id = self.id(node)?;
        let opened = self.message(&id, &OF_MAIL)?;
        let message = opened.message();
        let envelope = bag(message.properties().iter());
        if !mapi::is_mail(&envelope) {
            return Ok(None);
        }
        let recipients = match message.recipient_table() {
            Some(table) => table
                .rows_matrix()
                .map(|row| of_row(table.as_ref(), row, &OF_RECIPIENT))
                .collect::<io::Result<Vec<_>>>()?,
            None => Vec::new(),
        };
        let mail = mapi::mail(line, &envelope, &recipients, judge);
        mapi::with_text(mail, &envelope, judge, || {
            let text = bag(self.message(&id, &OF_TEXT)?.message().properties().iter());
            let table = message.attachment_table();
            let rows = table.into_iter().flat_map(|table| table.rows_matrix().map(move |row| (table.as_ref(), row)));
            let attachments = rows.map(|(table, row)| opened.attachment(table, row));
            Ok::<_, io::Error>((text, attachments.collect()))
        })
        .map(Some)
    }
}

impl Opened {
    fn message(&self) -> &dyn Message {
        match self {
            Self::Unicode(message) => message.as_ref(),
            Self::Ansi(message) => message.as_ref(),
        }
    }

    /// What the table of attachments tells of one. Where it has short names only (`AFGRE~1.PDF`), the attachment itself is asked,
    /// which the library reads whole.
    fn attachment(&self, table: &dyn TableContext, row: &TableRowData) -> Bag {
        let told = of_row(table, row, &OF_ATTACHMENT).unwrap_or_default();
        if mapi::is_named(&told) {
            return told;
        }
        let node = NodeId::from(u32::from(row.id()));
        let named = |attachment: &dyn Attachment| {
            let properties = attachment.properties().iter();
            bag(properties.filter(|(id, _)| OF_ATTACHMENT.contains(id)))
        };
        let read = match self {
            Self::Unicode(message) => {
                UnicodeAttachment::read(Rc::clone(message), node, None).map(|attachment| named(attachment.as_ref()))
            }
            Self::Ansi(message) => {
                AnsiAttachment::read(Rc::clone(message), node, None).map(|attachment| named(attachment.as_ref()))
            }
        };
        read.unwrap_or(Bag { is_damaged: true, ..told })
    }
}

/// Do the pages of both trees lead down a level at a time? The library follows them as far as they lead, so that a tree that leads
/// back to itself would be without end. A page that is not there is told where it is missed.
fn are_trees_sound(whole: &Whole, head: &[u8], is_ansi: bool) -> io::Result<bool> {
    // Where the header has the roots, how long an entry and its last number are, and where a page has its counts.
    let (roots, entry, width, counts) = if is_ansi { ([188, 196], 12, 4, 496) } else { ([224, 240], 24, 8, 488) };
    let number = |bytes: Option<&[u8]>| {
        let mut all = [0; 8];
        bytes.into_iter().flatten().zip(&mut all).for_each(|(byte, place)| *place = *byte);
        u64::from_le_bytes(all)
    };
    let mut file = whole.open()?;
    let mut waiting: Vec<(u64, Option<u8>)> =
        roots.into_iter().map(|root| (number(head.get(root..root + width)), None)).collect();
    let mut left = whole.size() / 512 + 2;
    while let Some((at, expected)) = waiting.pop() {
        let mut page = [0; 512];
        if file.seek(SeekFrom::Start(at)).is_err() || file.read_exact(&mut page).is_err() {
            continue;
        }
        let (count, level) = (page.get(counts).copied().unwrap_or(0), page.get(counts + 3).copied().unwrap_or(0));
        if left == 0 || level > DEEPEST || expected.is_some_and(|expected| expected != level) {
            return Ok(false);
        }
        left -= 1;
        if level > 0 {
            let entries = page.chunks_exact(entry).take(count.into());
            waiting.extend(entries.map(|entry| (number(entry.get(entry.len() - width..)), Some(level - 1))));
        }
    }
    Ok(true)
}

/// Has a folder all that it says it has?
fn is_whole(folder: &dyn Folder) -> bool {
    let count = usize::try_from(folder.properties().content_count().unwrap_or_default()).unwrap_or_default();
    let mails = folder.contents_table().map_or(0, |table| table.rows_matrix().count());
    let has_folders = folder.properties().has_sub_folders().unwrap_or_default();
    mails >= count && (!has_folders || folder.hierarchy_table().is_some())
}

/// The nodes of what may be a mail in a folder: the table of a folder has the class of each.
fn mails(table: Option<&Rc<dyn TableContext>>) -> Vec<NodeId> {
    let Some(table) = table else { return Vec::new() };
    let is_mail = |row: &&TableRowData| of_row(table.as_ref(), row, &OF_CLASS).map_or(true, |bag| mapi::is_mail(&bag));
    table.rows_matrix().filter(is_mail).map(|row| NodeId::from(u32::from(row.id()))).collect()
}

/// The nodes of the rows of a table.
fn nodes(table: Option<&Rc<dyn TableContext>>) -> Vec<NodeId> {
    table.map(|table| table.rows_matrix().map(|row| NodeId::from(u32::from(row.id()))).collect()).unwrap_or_default()
}

fn bag<'a>(properties: impl Iterator<Item = (&'a u16, &'a PropertyValue)>) -> Bag {
    let mut bag = Bag::default();
    properties.for_each(|(id, value)| put(&mut bag, *id, value));
    bag
}

fn of_row(table: &dyn TableContext, row: &TableRowData, ids: &[u16]) -> io::Result<Bag> {
    let mut bag = Bag::default();
    for (column, value) in table.context().columns().iter().zip(row.columns(table.context())?) {
        if let Some(value) = value.filter(|_| ids.contains(&column.prop_id())) {
            put(&mut bag, column.prop_id(), &table.read_column(&value, column.prop_type())?);
        }
    }
    Ok(bag)
}

fn put(bag: &mut Bag, id: u16, value: &PropertyValue) {
    let most = |length: usize| length.min(LONGEST_TEXT);
    let (value, length) = match value {
        PropertyValue::Integer16(number) => (Value::Number((*number).into()), 0),
        PropertyValue::Integer32(number) => (Value::Number((*number).into()), 0),
        PropertyValue::Integer64(number) | PropertyValue::Time(number) => (Value::Number(*number), 0),
        PropertyValue::Boolean(flag) => (Value::Number((*flag).into()), 0),
        PropertyValue::Unicode(text) => {
            let units = text.buffer();
            let kept = units.get(..most(units.len())).unwrap_or_default();
            (Value::Text(String::from_utf16_lossy(kept)), units.len())
        }
        PropertyValue::String8(text) => {
            (Value::Bytes(text.buffer().iter().copied().take(LONGEST_TEXT).collect()), text.buffer().len())
        }
        PropertyValue::Binary(bytes) => {
            (Value::Bytes(bytes.buffer().iter().copied().take(LONGEST_TEXT).collect()), bytes.buffer().len())
        }
        _ => return,
    };
    bag.is_cut |= length > LONGEST_TEXT;
    bag.values.insert(id, value);
}

//! Writes a mailbox as Outlook keeps it in a file ([MS-PST]), as small as it can be: one folder, one block for each object.
//!
//! [MS-PST]: https://learn.microsoft.com/openspecs/office_file_formats/ms-pst

/// The value of a property.
#[derive(Clone, Copy)]
pub(crate) enum Value<'a> {
    Text(&'a str),
    Bytes(&'a [u8]),
    Number(i32),
    Time(i64),
}

type Properties<'a> = Vec<(u16, Value<'a>)>;

/// Something in the folder.
pub(crate) struct Item<'a> {
    pub(crate) properties: Properties<'a>,
    pub(crate) recipients: Vec<Properties<'a>>,
    pub(crate) attachments: Vec<Properties<'a>>,
}

#[derive(Default)]
struct Pst {
    bytes: Vec<u8>,
    next: u64,
    /// Each block: its id, where it is, and its size.
    blocks: Vec<(u64, u64, u16)>,
    /// Each node: its id, its block, and that of what is below it.
    nodes: Vec<(u64, u64, u64)>,
}

/// A mailbox with these items, and with a password if its checksum is not 0.
pub(crate) fn pst(items: &[Item], password: i32) -> Vec<u8> {
    let mut pst = Pst { bytes: vec![0; 0x4600], next: 4, ..Pst::default() };
    let key: Vec<u8> = (0..16).collect();
    pst.node(0x21, &properties(&[(0x0ff9, Value::Bytes(&key)), (0x67ff, Value::Number(password))]), 0);
    let count = i32::try_from(items.len()).expect("there are few");
    let folder = [(0x3001, Value::Text("Top")), (0x3602, Value::Number(count)), (0x3603, Value::Number(0))];
    pst.node(0x122, &properties(&folder), 0);
    pst.node(0x12d, &table(&[], &[]), 0);
    let rows: Vec<(u32, Properties)> =
        (0..).zip(items).map(|(at, item)| (0x20_0004 + 32 * at, class_of(item))).collect();
    pst.node(0x12e, &table(&[(0x1a, 0x1f)], &rows), 0);
    for ((node, _), item) in rows.iter().zip(items) {
        let attachments: Vec<_> =
            (0..).zip(&item.attachments).map(|(at, row)| (0x8005 + 32 * at, row.clone())).collect();
        let recipients: Vec<_> = (0..).zip(&item.recipients).map(|(at, row)| (at, row.clone())).collect();
        let attached = pst.block(&table(&[(0x3705, 3), (0x3707, 0x1f)], &attachments), false);
        let to = pst.block(&table(&[(0x0c15, 3), (0x39fe, 0x1f)], &recipients), false);
        let mut list = vec![2, 0, 2, 0, 0, 0, 0, 0];
        for entry in [0x671, attached, 0, 0x692, to, 0] {
            list.extend(entry.to_le_bytes());
        }
        let below = pst.block(&list, true);
        pst.node((*node).into(), &properties(&item.properties), below);
    }
    pst.finish()
}

/// The mailbox, with the root of one of its trees, whose place is at this place in the header, above itself.
pub(crate) fn leading_to_itself(whole: &[u8], root: usize) -> Vec<u8> {
    let mut bytes = whole.to_vec();
    let mut place = [0; 8];
    place.copy_from_slice(&bytes[root..root + 8]);
    let at = usize::try_from(u64::from_le_bytes(place)).expect("it is small");
    let id = bytes[root - 8..root].to_vec();
    let page = [vec![0; 8], id, place.to_vec()].concat();
    bytes[at..at + 24].copy_from_slice(&page);
    bytes[at + 488..at + 492].copy_from_slice(&[1, 20, 24, 1]);
    let sum = checksum(&bytes[at..at + 496]);
    bytes[at + 500..at + 504].copy_from_slice(&sum.to_le_bytes());
    bytes
}

fn class_of<'a>(item: &Item<'a>) -> Properties<'a> {
    item.properties.iter().copied().filter(|(id, _)| *id == 0x1a).collect()
}

impl Pst {
    fn block(&mut self, data: &[u8], is_internal: bool) -> u64 {
        let id = self.next | if is_internal { 2 } else { 0 };
        self.next += 4;
        let at = self.bytes.len() as u64;
        let size = u16::try_from(data.len()).expect("it is one block");
        self.bytes.extend(data);
        // A block ends with 16 bytes on it.
        self.bytes.resize((self.bytes.len() + 16).next_multiple_of(64) - 16, 0);
        self.bytes.extend(size.to_le_bytes());
        self.bytes.extend(signature(at, id).to_le_bytes());
        self.bytes.extend(checksum(data).to_le_bytes());
        self.bytes.extend(id.to_le_bytes());
        self.blocks.push((id, at, size));
        id
    }

    fn node(&mut self, id: u64, data: &[u8], below: u64) {
        let block = self.block(data, false);
        self.nodes.push((id, block, below));
    }

    fn page(&mut self, kind: u8, entries: &[Vec<u8>], most: u8) -> [u64; 2] {
        self.bytes.resize(self.bytes.len().next_multiple_of(512), 0);
        let (id, at) = (self.next, self.bytes.len() as u64);
        self.next += 4;
        let size = entries.first().map_or(0, Vec::len);
        let mut body = entries.concat();
        body.resize(488, 0);
        let small = |number: usize| u8::try_from(number).expect("it is one page");
        body.extend([small(entries.len()), most, small(size), 0, 0, 0, 0, 0]);
        let checksum = checksum(&body);
        self.bytes.extend(body);
        self.bytes.extend([kind, kind]);
        self.bytes.extend(signature(at, id).to_le_bytes());
        self.bytes.extend(checksum.to_le_bytes());
        self.bytes.extend(id.to_le_bytes());
        [id, at]
    }

    fn finish(mut self) -> Vec<u8> {
        let entry = |numbers: &[u64]| numbers.iter().flat_map(|number| number.to_le_bytes()).collect::<Vec<u8>>();
        let mut nodes = std::mem::take(&mut self.nodes);
        nodes.sort_unstable();
        let nodes: Vec<Vec<u8>> = nodes.iter().map(|(id, block, below)| entry(&[*id, *block, *below, 0])).collect();
        let nodes = self.page(0x81, &nodes, 15);
        let mut blocks = std::mem::take(&mut self.blocks);
        blocks.sort_unstable();
        let blocks: Vec<Vec<u8>> =
            blocks.iter().map(|(id, at, size)| entry(&[*id, *at, u64::from(*size) | 2 << 16])).collect();
        let blocks = self.page(0x80, &blocks, 20);
        let mut head = vec![0x53, 0x4d, 23, 0, 19, 0, 1, 1];
        head.resize(24, 0);
        head.extend(self.next.to_le_bytes());
        head.resize(176, 0);
        head.extend((self.bytes.len() as u64).to_le_bytes());
        head.extend(0x4400_u64.to_le_bytes());
        head.resize(208, 0);
        head.extend(entry(&[nodes[0], nodes[1], blocks[0], blocks[1], 2]));
        head.resize(248, 0);
        head.resize(504, 0xff);
        head.extend([0x80, 0, 0, 0]);
        head.extend(self.next.to_le_bytes());
        let whole = [
            b"!BDN".to_vec(),
            checksum(&head[..471]).to_le_bytes().to_vec(),
            head.clone(),
            checksum(&head).to_le_bytes().to_vec(),
        ];
        let whole = whole.concat();
        self.bytes[..whole.len()].copy_from_slice(&whole);
        self.bytes
    }
}

fn signature(at: u64, id: u64) -> u16 {
    let both = at ^ id;
    u16::try_from((both >> 16 & 0xffff) ^ (both & 0xffff)).expect("it is 16 bits")
}

/// CRC-32 as this format has it: it begins with 0 and is not inverted.
fn checksum(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0, |sum, byte| {
        let step = |sum: u32, _| if sum & 1 == 1 { sum >> 1 ^ 0xedb8_8320 } else { sum >> 1 };
        (0..8).fold(sum ^ u32::from(*byte), step)
    })
}

/// The place of the n-th part of a heap, from 1.
fn part(number: usize) -> u32 {
    u32::try_from(number << 5).expect("there are few")
}

fn heap(kind: u8, parts: &[Vec<u8>]) -> Vec<u8> {
    let short = |number: usize| u16::try_from(number).expect("it is one block").to_le_bytes();
    let mut ends = vec![12];
    for part in parts {
        ends.push(ends.last().copied().unwrap_or(12) + part.len());
    }
    let map = ends.last().copied().unwrap_or(12).next_multiple_of(2);
    let mut bytes = short(map).to_vec();
    bytes.extend([0xec, kind]);
    bytes.extend(part(1).to_le_bytes());
    bytes.resize(12, 0);
    bytes.extend(parts.concat());
    bytes.resize(map, 0);
    bytes.extend(short(parts.len()));
    bytes.extend(short(0));
    ends.into_iter().for_each(|end| bytes.extend(short(end)));
    bytes
}

/// The head of a tree in a heap, whose records are in this part.
fn tree(key: u8, entry: u8, records: u32) -> Vec<u8> {
    [[0xb5, key, entry, 0], records.to_le_bytes()].concat()
}

/// The type of a value, and its bytes unless they fit into the record.
fn kind(value: Value) -> (u16, Result<Vec<u8>, i32>) {
    match value {
        Value::Text(text) => (0x1f, Ok(text.encode_utf16().flat_map(u16::to_le_bytes).collect())),
        Value::Bytes(bytes) => (0x102, Ok(bytes.to_vec())),
        Value::Number(number) => (3, Err(number)),
        Value::Time(time) => (0x40, Ok(time.to_le_bytes().to_vec())),
    }
}

fn properties(all: &[(u16, Value)]) -> Vec<u8> {
    let mut sorted = all.to_vec();
    sorted.sort_unstable_by_key(|(id, _)| *id);
    let mut parts = vec![tree(2, 6, part(2)), Vec::new()];
    for (id, value) in sorted {
        let (kind, bytes) = kind(value);
        let value = match bytes {
            Ok(bytes) => {
                parts.push(bytes);
                part(parts.len()).to_le_bytes()
            }
            Err(number) => number.to_le_bytes(),
        };
        parts[1].extend([&id.to_le_bytes()[..], &kind.to_le_bytes(), &value].concat());
    }
    heap(0xbc, &parts)
}

/// A table with columns of numbers and texts, by their ids and types.
fn table(columns: &[(u16, u16)], rows: &[(u32, Properties)]) -> Vec<u8> {
    let columns: Vec<(u16, u16)> = [(0x67f2, 3), (0x67f3, 3)].into_iter().chain(columns.iter().copied()).collect();
    let (width, bits) = (4 * columns.len(), columns.len().div_ceil(8));
    let mut parts = vec![Vec::new(), Vec::new()];
    let (mut matrix, mut index) = (Vec::new(), Vec::new());
    for (at, (id, values)) in (0_u32..).zip(rows) {
        let mut has = vec![0_u8; bits];
        for (number, (column, _)) in columns.iter().enumerate() {
            let value = match column {
                0x67f2 => Some(*id),
                0x67f3 => Some(1),
                column => values.iter().find(|(id, _)| id == column).map(|(_, value)| match kind(*value).1 {
                    Ok(bytes) => {
                        parts.push(bytes);
                        part(parts.len())
                    }
                    Err(number) => number.cast_unsigned(),
                }),
            };
            has[number / 8] |= if value.is_some() { 0x80 >> (number % 8) } else { 0 };
            matrix.extend(value.unwrap_or_default().to_le_bytes());
        }
        matrix.extend(has);
        index.extend([id.to_le_bytes(), at.to_le_bytes()].concat());
    }
    let (mut of_index, mut of_rows) = (0, 0);
    if !rows.is_empty() {
        parts.push(index);
        of_index = part(parts.len());
        parts.push(matrix);
        of_rows = part(parts.len());
    }
    let short = |number: usize| u16::try_from(number).expect("it is small").to_le_bytes();
    let small = |number: usize| u8::try_from(number).expect("there are few");
    let mut head = vec![0x7c, small(columns.len())];
    [width, width, width, width + bits].iter().for_each(|end| head.extend(short(*end)));
    [part(2), of_rows, 0].iter().for_each(|place| head.extend(place.to_le_bytes()));
    let mut told: Vec<(usize, (u16, u16))> = columns.into_iter().enumerate().collect();
    told.sort_unstable_by_key(|(_, column)| *column);
    for (number, (id, kind)) in told {
        head.extend([&kind.to_le_bytes()[..], &id.to_le_bytes(), &short(4 * number), &[4, small(number)]].concat());
    }
    parts[0] = head;
    parts[1] = tree(4, 4, of_index);
    heap(0x7c, &parts)
}

//! Parquet by hand, for files that no writer writes: just enough of the compact protocol
//! of Apache Thrift and of `parquet.thrift`.

/// A struct of the compact protocol.
#[derive(Default)]
struct Struct {
    bytes: Vec<u8>,
    last: u8,
}

fn varint(mut value: u64, out: &mut Vec<u8>) {
    while value >= 0x80 {
        out.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

fn zigzag(value: i64) -> u64 {
    ((value << 1) ^ (value >> 63)) as u64
}

impl Struct {
    fn head(mut self, field: u8, kind: u8) -> Self {
        self.bytes.push((field - self.last) << 4 | kind);
        self.last = field;
        self
    }

    fn i32(self, field: u8, value: i64) -> Self {
        let mut this = self.head(field, 5);
        varint(zigzag(value), &mut this.bytes);
        this
    }

    fn i64(self, field: u8, value: i64) -> Self {
        let mut this = self.head(field, 6);
        varint(zigzag(value), &mut this.bytes);
        this
    }

    fn text(self, field: u8, value: &str) -> Self {
        let mut this = self.head(field, 8);
        varint(value.len() as u64, &mut this.bytes);
        this.bytes.extend_from_slice(value.as_bytes());
        this
    }

    fn list(self, field: u8, kind: u8, items: &[Vec<u8>]) -> Self {
        let mut this = self.head(field, 9);
        this.bytes.push((items.len() as u8) << 4 | kind);
        for item in items {
            this.bytes.extend_from_slice(item);
        }
        this
    }

    fn inner(self, field: u8, inner: Self) -> Self {
        let mut this = self.head(field, 12);
        this.bytes.extend(inner.end());
        this
    }

    fn end(mut self) -> Vec<u8> {
        self.bytes.push(0);
        self.bytes
    }
}

/// Of `parquet.thrift`: `INT64`, `REQUIRED`, `PLAIN`, `RLE`, `RLE_DICTIONARY`.
const INT64: i64 = 2;
const REQUIRED: i64 = 0;
const PLAIN: i64 = 0;
const RLE: i64 = 3;
const DICTIONARY: i64 = 8;

fn page(kind: i64, body: &[u8], field: u8, header: Struct) -> Vec<u8> {
    let size = body.len() as i64;
    let head = Struct::default().i32(1, kind).i32(2, size).i32(3, size).inner(field, header).end();
    [head, body.to_vec()].concat()
}

/// A file of one column `v` of whole numbers: 10, 20, 40 by a dictionary. The page holds
/// a run of eight places, of which the last five point nowhere; the footer claims `rows`.
pub(super) fn file(rows: i64) -> Vec<u8> {
    let values: Vec<u8> = [10_i64, 20, 40].iter().flat_map(|value| value.to_le_bytes()).collect();
    let dictionary = page(2, &values, 7, Struct::default().i32(1, 3).i32(2, PLAIN));
    // Two bits a place, one run of 8: 0, 1, 2 and then 3 five times.
    let header = Struct::default().i32(1, 3).i32(2, DICTIONARY).i32(3, RLE).i32(4, RLE);
    let data = page(0, &[2, 1 << 1 | 1, 0b1110_0100, 0xff], 5, header);
    let size = (dictionary.len() + data.len()) as i64;
    let encodings: Vec<Vec<u8>> =
        [PLAIN, DICTIONARY].iter().map(|&encoding| vec![zigzag(encoding) as u8]).collect();
    let column = Struct::default()
        .i32(1, INT64)
        .list(2, 5, &encodings)
        .list(3, 8, &[b"\x01v".to_vec()])
        .i32(4, 0)
        .i64(5, rows)
        .i64(6, size)
        .i64(7, size)
        .i64(9, 4 + dictionary.len() as i64)
        .i64(11, 4);
    let chunk = Struct::default().i64(2, 4).inner(3, column).end();
    let group = Struct::default().list(1, 12, &[chunk]).i64(2, size).i64(3, rows).end();
    let root = Struct::default().text(4, "schema").i32(5, 1).end();
    let leaf = Struct::default().i32(1, INT64).i32(3, REQUIRED).text(4, "v").end();
    let footer = Struct::default()
        .i32(1, 1)
        .list(2, 12, &[root, leaf])
        .i64(3, rows)
        .list(4, 12, &[group])
        .end();
    let length = (footer.len() as u32).to_le_bytes().to_vec();
    [b"PAR1".to_vec(), dictionary, data, footer, length, b"PAR1".to_vec()].concat()
}

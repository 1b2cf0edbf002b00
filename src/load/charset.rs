//! Which character set a text is in that is not UTF-8 and of which nothing is declared.
//!
//! The guesser of the Firefox browser reads the whole text and names one. Its answer is
//! used only where something supports it:
//!
//! - *certain*: in Latin words, every character set of the script gives the same characters
//!   for the bytes that occur, or some that could not stand where they stand (a letter
//!   beside digits only, a capital inside a word);
//! - *high confidence*: at least six different words, dealt into three parts, and each
//!   part alone gives the same answer.
//!
//! Anything less is an error that asks. So is a text that is UTF-8 in other places: two
//! files were joined, and one reading of both would spoil one of them.
//!
//! # References
//!
//! Sivonen, H. (2020). chardetng: A More Compact Character Encoding Detector for the
//! Legacy Web. <https://hsivonen.fi/chardetng/>

use std::collections::BTreeSet;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{
    Encoding, ISO_8859_2, ISO_8859_4, ISO_8859_13, ISO_8859_15, ISO_8859_16, MACINTOSH,
    WINDOWS_1250, WINDOWS_1252, WINDOWS_1254, WINDOWS_1257,
};

use super::encoding::{Spot, decodable};
use super::error::LoadError;
use crate::finding::{Finding, Severity};
use crate::said::facts;

/// The character sets of Latin script in use; the one that is tried first is named first.
const LATIN: [&Encoding; 10] = [
    WINDOWS_1252,
    WINDOWS_1250,
    WINDOWS_1254,
    WINDOWS_1257,
    ISO_8859_2,
    ISO_8859_15,
    ISO_8859_16,
    ISO_8859_4,
    ISO_8859_13,
    MACINTOSH,
];
/// Fewer different words decide nothing.
const MIN_WORDS: usize = 6;
/// More different words than this decide nothing more.
const MAX_WORDS: usize = 5_000;
const PARTS: usize = 3;

/// What was found out.
#[derive(Debug)]
pub(super) struct Guess {
    pub encoding: &'static Encoding,
    is_certain: bool,
    n_bytes: usize,
    n_words: usize,
    n_lines: usize,
}

impl Guess {
    /// Says what was found out, how, and how far it can be trusted.
    pub(super) fn finding(&self) -> Finding {
        let name = self.encoding.name();
        let told = facts!(
            encoding = name,
            setting = name.to_ascii_lowercase(),
            bytes = self.n_bytes,
            words = self.n_words,
        );
        let finding = if self.is_certain {
            Finding::new("encoding_certain", Severity::Note, told)
        } else {
            Finding::new("encoding_likely", Severity::Warning, told)
        };
        finding.count(self.n_lines)
    }
}

/// Finds the character set out; `first` is the first byte that is not UTF-8.
///
/// # Errors
///
/// The text is partly UTF-8, has bytes that no character set explains, or has several
/// readings of which nothing decides.
pub(super) fn guess(bytes: &[u8], first: Spot, file: &str) -> Result<Guess, LoadError> {
    let encoding = detect(&[bytes]);
    let is_latin = LATIN.contains(&encoding) && in_latin_words(bytes);
    let not_utf8 =
        || LoadError::NotUtf8 { file: file.to_owned(), line: first.line, offset: first.at };
    if holds_utf8(bytes, is_latin) || (!is_latin && decodable(bytes, encoding).is_err()) {
        return Err(not_utf8());
    }
    let words = words(bytes);
    let unknown = |readings: String| LoadError::UnknownCharset {
        file: file.to_owned(),
        line: first.line,
        offset: first.at,
        readings,
    };
    let readings = if is_latin { readings(bytes) } else { vec![encoding] };
    let (encoding, is_certain) = match readings.as_slice() {
        [] => return Err(not_utf8()),
        [only] if is_latin => (*only, true),
        _ if parts_agree(&words, encoding) => (encoding, false),
        [only] => return Err(unknown(format!("{}, and perhaps as others", only.name()))),
        [one, other, ..] => {
            return Err(unknown(format!("{} and as {}", one.name(), other.name())));
        }
    };
    Ok(Guess {
        encoding,
        is_certain,
        n_bytes: bytes.iter().filter(|byte| !byte.is_ascii()).count(),
        n_words: words.len(),
        n_lines: bytes.split(|&byte| byte == b'\n').filter(|line| !line.is_ascii()).count(),
    })
}

/// The character of a byte in a single-byte character set.
pub(super) fn character(byte: u8, encoding: &'static Encoding) -> Option<char> {
    let one = [byte];
    encoding.decode_without_bom_handling_and_without_replacement(&one)?.chars().next()
}

fn detect(parts: &[&[u8]]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    for part in parts {
        detector.feed(part, false);
        detector.feed(b" ", false);
    }
    detector.feed(b"", true);
    detector.guess(None, Utf8Detection::Deny)
}

/// Whether most bytes beyond ASCII that touch a letter touch an ASCII letter, or none
/// touches a letter.
fn in_latin_words(bytes: &[u8]) -> bool {
    let (mut in_word, mut beside_ascii) = (0_usize, 0_usize);
    for at in high(bytes) {
        let (before, after) = around(bytes, at);
        let touches = |byte: u8| byte.is_ascii_alphabetic();
        let high = |byte: u8| !byte.is_ascii();
        in_word += usize::from([before, after].iter().any(|&byte| touches(byte) || high(byte)));
        beside_ascii += usize::from(touches(before) || touches(after));
    }
    beside_ascii * 10 >= in_word * 6
}

/// The positions of bytes beyond ASCII.
fn high(bytes: &[u8]) -> impl Iterator<Item = usize> + '_ {
    bytes.iter().enumerate().filter(|(_, byte)| !byte.is_ascii()).map(|(at, _)| at)
}

/// The bytes before and after one; a line end stands in for none.
fn around(bytes: &[u8], at: usize) -> (u8, u8) {
    let before = at.checked_sub(1).map_or(b'\n', |at| bytes[at]);
    (before, bytes.get(at + 1).copied().unwrap_or(b'\n'))
}

/// Whether parts of the text are UTF-8, sound or badly made.
///
/// In Latin text the pairs that would be letters of UTF-8 are a capital followed by a
/// sign, which nobody writes. Other scripts have such pairs by accident, but not in three
/// of ten bytes.
fn holds_utf8(bytes: &[u8], is_latin: bool) -> bool {
    let (mut n_inside, mut n_high, mut is_letter) = (0, 0, false);
    for chunk in bytes.utf8_chunks() {
        for character in chunk.valid().chars().filter(|character| !character.is_ascii()) {
            n_inside += character.len_utf8();
            is_letter |= matches!(character, '\u{a0}'..='\u{17f}') || u32::from(character) >= 0x800;
        }
        n_high += chunk.valid().bytes().filter(|byte| !byte.is_ascii()).count();
        n_high += chunk.invalid().len();
    }
    // Halves of surrogates and overlong forms, which broken programs write.
    let is_overlong = || {
        bytes.windows(3).any(|three| {
            matches!(three, [0xED, 0xA0..=0xBF, 0x80..=0xBF] | [0xC0 | 0xC1, 0x80..=0xBF, _])
        })
    };
    if is_latin { is_letter || is_overlong() } else { n_inside * 10 >= n_high * 3 }
}

/// The different words that hold bytes beyond ASCII. They end at bytes that are no half
/// of a character in any character set.
fn words(bytes: &[u8]) -> Vec<&[u8]> {
    let ends = |byte: &u8| *byte < b'0' || (b':'..=b'?').contains(byte);
    let mut words = BTreeSet::new();
    for word in bytes.split(ends).filter(|word| !word.is_ascii()) {
        words.insert(word);
        if words.len() >= MAX_WORDS {
            break;
        }
    }
    words.into_iter().collect()
}

/// How often a byte stands where, as far as it says what it can be.
#[derive(Debug, Clone, Copy, Default)]
struct Stands {
    n: usize,
    /// Neither neighbour is a letter.
    alone: usize,
    /// Both neighbours are letters.
    inside: usize,
    /// After a letter.
    behind: usize,
    /// After a small letter, or after any and before a small one: no place for a capital.
    in_small: usize,
}

/// The character sets of Latin script in which all characters could stand where they
/// stand, each different reading once.
fn readings(bytes: &[u8]) -> Vec<&'static Encoding> {
    let mut stands = [Stands::default(); 256];
    for at in high(bytes) {
        let (before, after) = around(bytes, at);
        let letter = |byte: u8| byte.is_ascii_alphabetic() || !byte.is_ascii();
        let stand = &mut stands[usize::from(bytes[at])];
        stand.n += 1;
        stand.alone += usize::from(!letter(before) && !letter(after));
        stand.inside += usize::from(letter(before) && letter(after));
        stand.behind += usize::from(letter(before));
        stand.in_small += usize::from(
            before.is_ascii_lowercase() || (letter(before) && after.is_ascii_lowercase()),
        );
    }
    let used: Vec<u8> = (0x80..=0xFF).filter(|&byte| stands[usize::from(byte)].n > 0).collect();
    let mut found: Vec<(&'static Encoding, Vec<char>)> = Vec::new();
    for encoding in LATIN {
        let all: Option<Vec<char>> = used
            .iter()
            .map(|&byte| {
                let stand = stands[usize::from(byte)];
                character(byte, encoding).filter(|&character| can_stand(character, stand))
            })
            .collect();
        match all {
            Some(all) if found.iter().all(|(_, other)| *other != all) => {
                found.push((encoding, all));
            }
            _ => {}
        }
    }
    found.into_iter().map(|(encoding, _)| encoding).collect()
}

/// Whether a character can stand where a byte mostly stands: a letter not alone and not
/// as a capital behind a small letter, a sign not inside a word, but for the apostrophe,
/// and a quotation mark that opens not behind a letter.
fn can_stand(character: char, stand: Stands) -> bool {
    let mostly = |n: usize| n * 2 > stand.n;
    match character {
        '\u{80}'..='\u{9f}' => false,
        '\u{2019}' => true,
        '\u{201a}' | '\u{201e}' => !mostly(stand.behind),
        letter if letter.is_alphabetic() => {
            !(mostly(stand.alone) || mostly(stand.in_small) && letter.is_uppercase())
        }
        _ => !mostly(stand.inside),
    }
}

/// Whether parts of the words give the same answer each.
fn parts_agree(words: &[&[u8]], encoding: &'static Encoding) -> bool {
    if words.len() < MIN_WORDS {
        return false;
    }
    (0..PARTS).all(|part| {
        let dealt: Vec<&[u8]> = words.iter().skip(part).step_by(PARTS).copied().collect();
        let found = detect(&dealt);
        found == encoding
            || dealt.iter().all(|word| {
                let read = |by: &'static Encoding| {
                    by.decode_without_bom_handling_and_without_replacement(word)
                };
                read(found).is_some() && read(found) == read(encoding)
            })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{BIG5, EUC_KR, GBK, SHIFT_JIS, WINDOWS_1251, WINDOWS_1253};

    const FIRST: Spot = Spot { line: 1, at: 0 };

    fn of(text: &str, encoding: &'static Encoding) -> Result<Guess, LoadError> {
        let (bytes, _, had_errors) = encoding.encode(text);
        assert!(!had_errors);
        guess(&bytes, FIRST, "t.csv")
    }

    #[test]
    fn letters_that_all_character_sets_share_are_certain_from_one_word() {
        for (text, encoding) in [
            ("id,name\n1,Müller\n", WINDOWS_1252),
            ("id,name\n1,Café René\n", WINDOWS_1252),
            ("id,name\n1,Gift Voucher £40.00\n", WINDOWS_1252),
            ("id,name\n1,Crème brûlée\n", MACINTOSH),
            ("id,name\n1,at 5 °C\n2,Müller’s\n3,“Café”\n", WINDOWS_1252),
        ] {
            let guess = of(text, encoding).unwrap();
            assert!(guess.is_certain, "{text}");
            let bytes = encoding.encode(text).0.into_owned();
            assert_eq!(guess.encoding.decode_without_bom_handling(&bytes).0, text);
        }
    }

    #[test]
    fn letters_that_differ_need_several_words() {
        let one = of("id,name\n1,Jørgen\n", WINDOWS_1252).unwrap_err();
        assert!(matches!(one, LoadError::UnknownCharset { .. }), "{one:?}");
        let danish = "Jørgen Sørensen,Århus\nBjørn Nørgaard,Rønne\nSøren Kjær,Ærøskøbing\n\
                      Åse Østergård,Næstved\nAnders Bøgh,København\nMærsk,Hillerød\n";
        let guess = of(danish, WINDOWS_1252).unwrap();
        assert!(!guess.is_certain);
        assert_eq!(guess.encoding, WINDOWS_1252);
        assert!(guess.finding().message.contains("high confidence"));
    }

    #[test]
    fn other_scripts_are_found_out_from_several_words() {
        let russian = "Москва,Иванов\nСанкт-Петербург,Смирнов\nНовосибирск,Кузнецов\n\
                       Екатеринбург,Попов\nКазань,Васильев\nСамара,Петров\n";
        let greek = "Αθήνα,Παπαδόπουλος\nΘεσσαλονίκη,Γεωργίου\nΠάτρα,Νικολάου\n\
                     Ηράκλειο,Δημητρίου\nΛάρισα,Οικονόμου\nΒόλος,Αντωνίου\n";
        let czech = "Dvořák,Plzeň\nNovák,Ústí nad Labem\nČerný,Hradec Králové\n\
                     Procházka,Třebíč\nKučera,Děčín\nVeselý,Žďár nad Sázavou\nHorák,České Budějovice\n\
                     Němec,Uherské Hradiště\nPokorný,Kroměříž\n";
        let japanese = "山田太郎,東京都\n鈴木花子,大阪府\n佐藤一郎,北海道\n高橋さくら,京都府\n\
                        田中健太,福岡県\n渡辺ゆい,神奈川県\n";
        let chinese =
            "王小明,北京市\n李娜,上海市\n张伟,广州市\n刘洋,深圳市\n陈静,成都市\n杨帆,杭州市\n";
        let taiwan =
            "王小明,臺北市\n李麗華,高雄市\n張偉,臺中市\n劉洋,新北市\n陳靜,桃園市\n楊帆,臺南市\n";
        let korean = "김철수,서울특별시\n이영희,부산광역시\n박민수,대구광역시\n최지우,인천광역시\n\
                      정하늘,광주광역시\n강바다,대전광역시\n";
        for (text, encoding) in [
            (russian, WINDOWS_1251),
            (greek, WINDOWS_1253),
            (czech, WINDOWS_1250),
            (japanese, SHIFT_JIS),
            (chinese, GBK),
            (taiwan, BIG5),
            (korean, EUC_KR),
        ] {
            let bytes = encoding.encode(text).0.into_owned();
            let guess = guess(&bytes, FIRST, "t").unwrap();
            let read = guess.encoding.decode_without_bom_handling(&bytes).0;
            assert_eq!(read, text, "{}", guess.encoding.name());
        }
    }

    #[test]
    fn letters_of_dos_are_refused() {
        for bytes in [&b"id,name\n1,Caf\x82\n"[..], b"id,name\n1,M\x84dchen\n", b"1,M\x81ller\n"] {
            assert!(guess(bytes, FIRST, "t").is_err());
        }
    }

    #[test]
    fn a_text_that_is_utf8_in_other_places_is_refused() {
        let mixed = [&b"id,name\n1,M\xfcller\n"[..], "2,Müller\n".as_bytes()].concat();
        let many = ["1,Москва\n".repeat(40).as_bytes(), b"2,\xcc\xee\xf1\xea\xe2\xe0\n"].concat();
        let surrogate = b"a,b\nM\xed\xa0\x80,1\n".to_vec();
        let overlong = b"a,b\nM\xc0\xaf,1\n".to_vec();
        for bytes in [mixed, many] {
            let error = guess(&bytes, FIRST, "t").unwrap_err();
            assert!(matches!(error, LoadError::NotUtf8 { .. }), "{error:?}");
        }
        for bytes in [surrogate, overlong] {
            assert!(guess(&bytes, FIRST, "t").is_err());
        }
    }
}

use super::*;

/// Gives few bytes at a time, so that every token is cut somewhere.
struct Drip<'b>(&'b [u8], usize);

impl Read for Drip<'_> {
    fn read(&mut self, room: &mut [u8]) -> std::io::Result<usize> {
        let count = self.1.min(room.len()).min(self.0.len());
        room[..count].copy_from_slice(&self.0[..count]);
        self.0 = &self.0[count..];
        Ok(count)
    }
}

fn shown(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The tokens of a document as one line; neighbouring texts are one, as where they are cut says nothing.
fn tokens(document: &[u8], drip: usize) -> Result<String, XmlError> {
    let mut xml = Xml::new(Box::new(Drip(document, drip)))?;
    let mut line = String::new();
    loop {
        match xml.next()? {
            Token::Open(tag) => {
                line.push_str(&format!("<{}", shown(tag.name())));
                for (name, value) in tag.attributes() {
                    line.push_str(&format!(" {}={}", shown(name), shown(value)));
                }
                line.push_str(if tag.is_empty { "/>" } else { ">" });
            }
            Token::Close(name) => line.push_str(&format!("</{}>", shown(name))),
            Token::Text(text) => line.push_str(&shown(text)),
            Token::Literal(text) => line.push_str(&format!("[{}]", shown(text))),
            Token::End => return Ok(line),
        }
    }
}

#[track_caller]
fn check(document: &str, expected: &str) {
    for drip in [1, 2, 3, 7, 4096] {
        assert_eq!(tokens(document.as_bytes(), drip).expect("reads"), expected, "{drip} bytes at a time");
    }
}

#[test]
fn tokens_are_told_apart_wherever_they_are_cut() {
    check(
        "<?xml version=\"1.0\"?><!DOCTYPE x><x:row x:r = \"1\" s='2'><c/>\n<!-- <c> --><v a=\"x>y\">1</v ></x:row>",
        "<row r=1 s=2><c/>\n<v a=x>y>1</v></row>",
    );
    check("<t><![CDATA[a<b]]]]></t>", "<t>[a<b]]]</t>");
    check("no tags", "no tags");
    check("", "");
}

#[test]
fn what_ends_in_the_middle_is_an_error() {
    for document in ["<", "<c", "<c r=\"1>", "</c", "<!-- ->", "<![CDATA[ ]>", "<!", "<?xml"] {
        for drip in [1, 4096] {
            let result = tokens(document.as_bytes(), drip);
            assert!(matches!(result, Err(XmlError::CutOff)), "{document}: {result:?}");
        }
    }
}

#[test]
fn a_token_without_end_takes_no_memory_without_end() {
    let mut xml = Xml::new(Box::new(b"<".chain(std::io::repeat(b'a')))).expect("begins");
    assert!(matches!(xml.next(), Err(XmlError::TooLong)));
}

#[test]
fn utf_16_reads_as_utf_8() {
    let text = "<t>naïve ≠ плохо 📷</t>";
    for big in [false, true] {
        let unit = |unit: u16| if big { unit.to_be_bytes() } else { unit.to_le_bytes() };
        let document: Vec<u8> = "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(unit).collect();
        for drip in [1, 3, 5, 4096] {
            assert_eq!(tokens(&document, drip).expect("reads"), text);
        }
    }
    check("\u{feff}<t>é</t>", "<t>é</t>");
}

#[test]
fn text_is_as_it_was_meant() {
    let read = |text: &str| {
        let mut plain = String::new();
        push_text(text.as_bytes(), &mut plain);
        without_escapes(&plain).into_owned()
    };
    for (text, meant) in [
        ("a &amp;&lt;&gt;&quot;&apos; b", "a &<>\"' b"),
        ("&#65;&#x42;&#X43;", "ABC"),
        ("&nbsp; &#xD800; &#; & &amp", "&nbsp; &#xD800; &#; & &amp"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("a_x000D_b", "a\rb"),
        ("_x005F_x000D_", "_x000D_"),
        ("_xD83D__xDCF7_", "📷"),
        ("_xD83D_ a_xyz_ _x12_", "\u{fffd} a_xyz_ _x12_"),
        ("_x", "_x"),
    ] {
        assert_eq!(read(text), meant, "{text}");
    }
}

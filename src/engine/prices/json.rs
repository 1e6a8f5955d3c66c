//! A reader of JSON that hands out what is asked for and passes over the rest.
//!
//! Offer files have hundreds of megabytes, of which little is wanted, so they are read as a stream. What reads any document into any type would do too, but it
//! is compiled anew for streams and weighed more than all the rest of reading price lists.

use std::io::Read;

use super::PriceError;

/// Bytes that are read at once.
const CHUNK: usize = 1 << 16;

/// Where one is in a document. Each of the functions takes exactly one value.
pub(super) struct Json<'a> {
    input: &'a mut dyn Read,
    chunk: Vec<u8>,
    at: usize,
    filled: usize,
}

fn damaged(problem: impl Into<String>) -> PriceError {
    PriceError::Damaged(problem.into())
}

impl<'a> Json<'a> {
    /// Begins before the first value.
    pub fn new(input: &'a mut dyn Read) -> Self {
        Self { input, chunk: vec![0; CHUNK], at: 0, filled: 0 }
    }

    fn peek(&mut self) -> Result<Option<u8>, PriceError> {
        if self.at == self.filled {
            self.filled = self.input.read(&mut self.chunk).map_err(|error| damaged(error.to_string()))?;
            self.at = 0;
        }
        Ok((self.at < self.filled).then(|| self.chunk[self.at]))
    }

    fn byte(&mut self) -> Result<u8, PriceError> {
        let byte = self.peek()?.ok_or_else(|| damaged("it ends in the middle"))?;
        self.at += 1;
        Ok(byte)
    }

    /// The first byte of what comes next, which stays there; `None` at the end.
    pub fn next(&mut self) -> Result<Option<u8>, PriceError> {
        loop {
            match self.peek()? {
                // White space, and the mark at the beginning of some files.
                Some(b' ' | b'\t' | b'\r' | b'\n' | 0xef | 0xbb | 0xbf) => self.at += 1,
                other => return Ok(other),
            }
        }
    }

    /// Takes what must come next.
    fn expect(&mut self, wanted: u8) -> Result<(), PriceError> {
        match self.next()? {
            Some(found) if found == wanted => {
                self.at += 1;
                Ok(())
            }
            Some(found) => {
                Err(damaged(format!("there is {:?} where {:?} should be", char::from(found), char::from(wanted))))
            }
            None => Err(damaged("it ends in the middle")),
        }
    }

    /// Takes an object: `member` is told each name, and takes its value.
    pub fn object(
        &mut self,
        member: &mut dyn FnMut(&mut Self, &str) -> Result<(), PriceError>,
    ) -> Result<(), PriceError> {
        self.elements(b'{', b'}', &mut |json| {
            let name = json.text()?;
            json.expect(b':')?;
            member(json, &name)
        })
    }

    /// Takes a list: `element` takes each of its values.
    pub fn list(&mut self, element: &mut dyn FnMut(&mut Self) -> Result<(), PriceError>) -> Result<(), PriceError> {
        self.elements(b'[', b']', element)
    }

    fn elements(
        &mut self,
        open: u8,
        close: u8,
        element: &mut dyn FnMut(&mut Self) -> Result<(), PriceError>,
    ) -> Result<(), PriceError> {
        self.expect(open)?;
        if self.next()? == Some(close) {
            return self.expect(close);
        }
        loop {
            element(self)?;
            if self.next()? == Some(close) {
                return self.expect(close);
            }
            self.expect(b',')?;
        }
    }

    /// Takes a text, or a number as it is written; nothing is an empty text.
    pub fn text(&mut self) -> Result<String, PriceError> {
        if self.next()? == Some(b'"') {
            return self.quoted();
        }
        let mut word = String::new();
        while let Some(byte) = self.peek()?.filter(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(byte)) {
            word.push(char::from(byte));
            self.at += 1;
        }
        match word.as_str() {
            "" => Err(damaged("a text or a number is missing")),
            "null" => Ok(String::new()),
            _ => Ok(word),
        }
    }

    fn quoted(&mut self) -> Result<String, PriceError> {
        self.expect(b'"')?;
        let mut bytes = Vec::new();
        loop {
            match self.byte()? {
                b'"' => return Ok(String::from_utf8_lossy(&bytes).into_owned()),
                b'\\' => {
                    let letter = self.escaped()?;
                    bytes.extend(letter.encode_utf8(&mut [0; 4]).bytes());
                }
                byte => bytes.push(byte),
            }
        }
    }

    /// A letter after a backslash. Halves of a pair, which names of prices do not have, become the mark for what cannot be read.
    fn escaped(&mut self) -> Result<char, PriceError> {
        Ok(match self.byte()? {
            b'n' => '\n',
            b't' => '\t',
            b'r' => '\r',
            b'b' | b'f' => ' ',
            b'u' => {
                let mut code = 0;
                for _ in 0..4 {
                    let digit = char::from(self.byte()?).to_digit(16).ok_or_else(|| damaged("a letter is damaged"))?;
                    code = code * 16 + digit;
                }
                char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)
            }
            other => char::from(other),
        })
    }

    /// Passes over a value, however deep.
    pub fn skip(&mut self) -> Result<(), PriceError> {
        let mut depth = 0_u32;
        loop {
            match self.next()? {
                Some(b'{' | b'[') => {
                    depth += 1;
                    self.at += 1;
                }
                Some(b'}' | b']') if depth > 0 => {
                    depth -= 1;
                    self.at += 1;
                }
                Some(b',' | b':') if depth > 0 => {
                    self.at += 1;
                    continue;
                }
                _ => drop(self.text()?),
            }
            if depth == 0 {
                return Ok(());
            }
        }
    }

    /// Nothing may come any more.
    pub fn end(&mut self) -> Result<(), PriceError> {
        match self.next()? {
            None => Ok(()),
            Some(found) => Err(damaged(format!("there is {:?} after its end", char::from(found)))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every text of a document with the name before it, whatever is around.
    fn texts(document: &str) -> Result<Vec<String>, PriceError> {
        let mut bytes = document.as_bytes();
        let mut json = Json::new(&mut bytes);
        let mut found = Vec::new();
        json.object(&mut |json, name| {
            if name.starts_with('x') {
                return json.skip();
            }
            found.push(format!("{name}={}", json.text()?));
            Ok(())
        })?;
        json.end()?;
        Ok(found)
    }

    #[test]
    fn what_is_asked_for_is_handed_out_and_the_rest_is_passed_over() {
        let document = r#" {"a":"1 \"2\" é \\ ü", "x":{"deep":[{"q":"}]"},[],{}, 1.5e-3, true,null]},"b":-0.096E+1,"x2":[],"c":null} "#;
        assert_eq!(texts(document), Ok(vec!["a=1 \"2\" é \\ ü".to_owned(), "b=-0.096E+1".to_owned(), "c=".to_owned()]));
        assert_eq!(texts("{}"), Ok(Vec::new()));
    }

    #[test]
    fn what_is_damaged_is_refused() {
        for document in [
            "",
            "{",
            "{\"a\"",
            "{\"a\":",
            "{\"a\":1",
            "{\"a\":1,}",
            "{\"a\":1}}",
            "{\"a\":[1]}",
            "{\"x\":[",
            "{\"x\":\"",
            "[]",
            "{\"a\" 1}",
            r#"{"a":"\u12"}"#,
        ] {
            assert!(matches!(texts(document), Err(PriceError::Damaged(_))), "{document}: {:?}", texts(document));
        }
    }
}

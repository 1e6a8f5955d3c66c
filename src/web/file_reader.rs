//! A file of the user's, read bit by bit in the worker: price lists have hundreds of megabytes.

use std::io::{Error, Read, Result};

use js_sys::Uint8Array;
use web_sys::{File, FileReaderSync};

use super::dom;

/// Bytes that are read at once.
const CHUNK: usize = 1 << 20;

/// Reads a file from its beginning.
pub struct FileReader<'a> {
    file: &'a File,
    reader: FileReaderSync,
    chunk: Vec<u8>,
    /// What of the chunk was handed on.
    taken: usize,
    /// Where in the file the next chunk begins.
    at: f64,
}

impl<'a> FileReader<'a> {
    /// Reads `file`; in a worker only.
    pub fn new(file: &'a File) -> std::result::Result<Self, String> {
        let reader = FileReaderSync::new().map_err(|error| dom::message_of(&error))?;
        Ok(Self { file, reader, chunk: Vec::new(), taken: 0, at: 0.0 })
    }

    fn next_chunk(&mut self) -> std::result::Result<(), wasm_bindgen::JsValue> {
        let until = (self.at + CHUNK as f64).min(self.file.size());
        let part = self.file.slice_with_f64_and_f64(self.at, until)?;
        self.chunk = Uint8Array::new(&self.reader.read_as_array_buffer(&part)?.into()).to_vec();
        (self.taken, self.at) = (0, until);
        Ok(())
    }
}

impl Read for FileReader<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        if self.taken == self.chunk.len() && self.at < self.file.size() {
            self.next_chunk().map_err(|error| Error::other(dom::message_of(&error)))?;
        }
        let count = buffer.len().min(self.chunk.len() - self.taken);
        buffer[..count].copy_from_slice(&self.chunk[self.taken..self.taken + count]);
        self.taken += count;
        Ok(count)
    }
}

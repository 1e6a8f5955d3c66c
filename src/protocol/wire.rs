//! How messages are written as bytes.
//!
//! Both ends are of the same build, so nothing but the values is written, and reading has no errors to hand on: each of them would cost code at every field
//! of every type, which made reading answers a tenth of the page. What is cut off reads as zeros and empty lists to its end, and is refused as a whole.
//!
//! Numbers are variable in length, seven bits in a byte, the lowest first, signed ones with the sign in the lowest bit. Texts, lists and maps begin with
//! their length, optional values with 0 or 1, enums with the number of their variant. Structs and tuples are their fields.

use std::fmt::{self, Display};

use serde::de::{self, DeserializeOwned, DeserializeSeed, IntoDeserializer, Visitor};
use serde::{Serialize, ser};

/// The bytes of `value`.
pub fn write<T: Serialize>(value: &T) -> Vec<u8> {
    let mut writer = Writer(Vec::new());
    match value.serialize(&mut writer) {
        Ok(()) => writer.0,
        Err(never) => match never {},
    }
}

/// The value of `bytes`, or `None` where they are not one.
pub fn read<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    let mut reader = Reader { rest: bytes, is_cut_off: false };
    match T::deserialize(&mut reader) {
        Ok(value) => (!reader.is_cut_off && reader.rest.is_empty()).then_some(value),
        Err(never) => match never {},
    }
}

/// The error that there is not.
#[derive(Debug)]
enum Never {}

impl Display for Never {
    fn fmt(&self, _formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {}
    }
}

impl std::error::Error for Never {}

impl ser::Error for Never {
    fn custom<T: Display>(_message: T) -> Self {
        unreachable!("types of messages can be written")
    }
}

impl de::Error for Never {
    fn custom<T: Display>(_message: T) -> Self {
        unreachable!("messages come from the same build")
    }
}

struct Writer(Vec<u8>);

impl Writer {
    fn number(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.0.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.0.push(number as u8);
    }

    fn bytes(&mut self, bytes: &[u8]) {
        self.number(bytes.len() as u64);
        self.0.extend_from_slice(bytes);
    }
}

macro_rules! write_as {
    ($($method:ident $type:ty, |$writer:ident, $value:ident| $write:expr;)*) => {
        $(fn $method(self, $value: $type) -> Result<(), Never> {
            let $writer = self;
            $write;
            Ok(())
        })*
    };
}

impl ser::Serializer for &mut Writer {
    type Ok = ();
    type Error = Never;
    type SerializeSeq = Self;
    type SerializeTuple = Self;
    type SerializeTupleStruct = Self;
    type SerializeTupleVariant = Self;
    type SerializeMap = Self;
    type SerializeStruct = Self;
    type SerializeStructVariant = Self;

    write_as! {
        serialize_bool bool, |writer, value| writer.number(value.into());
        serialize_i8 i8, |writer, value| writer.number(signed(value.into()));
        serialize_i16 i16, |writer, value| writer.number(signed(value.into()));
        serialize_i32 i32, |writer, value| writer.number(signed(value.into()));
        serialize_i64 i64, |writer, value| writer.number(signed(value));
        serialize_u8 u8, |writer, value| writer.number(value.into());
        serialize_u16 u16, |writer, value| writer.number(value.into());
        serialize_u32 u32, |writer, value| writer.number(value.into());
        serialize_u64 u64, |writer, value| writer.number(value);
        serialize_f32 f32, |writer, value| writer.number(value.to_bits().into());
        serialize_f64 f64, |writer, value| writer.number(value.to_bits());
        serialize_char char, |writer, value| writer.number(u32::from(value).into());
        serialize_str &str, |writer, value| writer.bytes(value.as_bytes());
        serialize_bytes &[u8], |writer, value| writer.bytes(value);
    }

    fn serialize_none(self) -> Result<(), Never> {
        self.serialize_bool(false)
    }
    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Never> {
        self.number(1);
        value.serialize(self)
    }
    fn serialize_unit(self) -> Result<(), Never> {
        Ok(())
    }
    fn serialize_unit_struct(self, _name: &'static str) -> Result<(), Never> {
        Ok(())
    }
    fn serialize_unit_variant(self, _name: &'static str, index: u32, _variant: &'static str) -> Result<(), Never> {
        self.serialize_u32(index)
    }
    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _name: &'static str, value: &T) -> Result<(), Never> {
        value.serialize(self)
    }
    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _name: &'static str,
        index: u32,
        _variant: &'static str,
        value: &T,
    ) -> Result<(), Never> {
        self.number(index.into());
        value.serialize(self)
    }
    fn serialize_seq(self, length: Option<usize>) -> Result<Self, Never> {
        self.number(known(length));
        Ok(self)
    }
    fn serialize_tuple(self, _length: usize) -> Result<Self, Never> {
        Ok(self)
    }
    fn serialize_tuple_struct(self, _name: &'static str, _length: usize) -> Result<Self, Never> {
        Ok(self)
    }
    fn serialize_tuple_variant(
        self,
        _name: &'static str,
        index: u32,
        _variant: &'static str,
        _length: usize,
    ) -> Result<Self, Never> {
        self.number(index.into());
        Ok(self)
    }
    fn serialize_map(self, length: Option<usize>) -> Result<Self, Never> {
        self.number(known(length));
        Ok(self)
    }
    fn serialize_struct(self, _name: &'static str, _length: usize) -> Result<Self, Never> {
        Ok(self)
    }
    fn serialize_struct_variant(
        self,
        _name: &'static str,
        index: u32,
        _variant: &'static str,
        _length: usize,
    ) -> Result<Self, Never> {
        self.number(index.into());
        Ok(self)
    }
    fn is_human_readable(&self) -> bool {
        false
    }
}

/// The length of a list, which is known for all collections of the standard library.
fn known(length: Option<usize>) -> u64 {
    length.map_or_else(|| unreachable!("lists of messages have a length"), |length| length as u64)
}

/// The sign in the lowest bit, so that small numbers stay short.
fn signed(number: i64) -> u64 {
    ((number << 1) ^ (number >> 63)) as u64
}

macro_rules! write_parts {
    ($($trait:ident $method:ident($($name:ident)?);)*) => {
        $(impl ser::$trait for &mut Writer {
            type Ok = ();
            type Error = Never;
            fn $method<T: Serialize + ?Sized>(&mut self, $($name: &'static str,)? value: &T) -> Result<(), Never> {
                value.serialize(&mut **self)
            }
            fn end(self) -> Result<(), Never> {
                Ok(())
            }
        })*
    };
}

write_parts! {
    SerializeSeq serialize_element();
    SerializeTuple serialize_element();
    SerializeTupleStruct serialize_field();
    SerializeTupleVariant serialize_field();
    SerializeStruct serialize_field(_name);
    SerializeStructVariant serialize_field(_name);
}

impl ser::SerializeMap for &mut Writer {
    type Ok = ();
    type Error = Never;
    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Never> {
        key.serialize(&mut **self)
    }
    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Never> {
        value.serialize(&mut **self)
    }
    fn end(self) -> Result<(), Never> {
        Ok(())
    }
}

struct Reader<'de> {
    rest: &'de [u8],
    is_cut_off: bool,
}

impl<'de> Reader<'de> {
    fn number(&mut self) -> u64 {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let Some((&byte, rest)) = self.rest.split_first() else { break };
            self.rest = rest;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return number;
            }
        }
        self.cut_off();
        0
    }

    fn signed(&mut self) -> i64 {
        let number = self.number();
        (number >> 1).cast_signed() ^ -(number & 1).cast_signed()
    }

    /// A length, of which each element takes at least a byte.
    fn length(&mut self) -> usize {
        let length = self.number();
        if length > self.rest.len() as u64 {
            self.cut_off();
            return 0;
        }
        length as usize
    }

    fn bytes(&mut self) -> &'de [u8] {
        let length = self.length();
        let (bytes, rest) = self.rest.split_at(length);
        self.rest = rest;
        bytes
    }

    fn text(&mut self) -> &'de str {
        std::str::from_utf8(self.bytes()).unwrap_or_else(|_error| {
            self.cut_off();
            ""
        })
    }

    fn cut_off(&mut self) {
        self.is_cut_off = true;
        self.rest = &[];
    }
}

macro_rules! read_as {
    ($($method:ident, |$reader:ident, $visitor:ident| $read:expr;)*) => {
        $(fn $method<V: Visitor<'de>>(self, $visitor: V) -> Result<V::Value, Never> {
            let $reader = self;
            $read
        })*
    };
}

impl<'de> de::Deserializer<'de> for &mut Reader<'de> {
    type Error = Never;

    read_as! {
        deserialize_bool, |reader, visitor| visitor.visit_bool(reader.number() != 0);
        deserialize_i8, |reader, visitor| visitor.visit_i8(reader.signed() as i8);
        deserialize_i16, |reader, visitor| visitor.visit_i16(reader.signed() as i16);
        deserialize_i32, |reader, visitor| visitor.visit_i32(reader.signed() as i32);
        deserialize_i64, |reader, visitor| visitor.visit_i64(reader.signed());
        deserialize_u8, |reader, visitor| visitor.visit_u8(reader.number() as u8);
        deserialize_u16, |reader, visitor| visitor.visit_u16(reader.number() as u16);
        deserialize_u32, |reader, visitor| visitor.visit_u32(reader.number() as u32);
        deserialize_u64, |reader, visitor| visitor.visit_u64(reader.number());
        deserialize_f32, |reader, visitor| visitor.visit_f32(f32::from_bits(reader.number() as u32));
        deserialize_f64, |reader, visitor| visitor.visit_f64(f64::from_bits(reader.number()));
        deserialize_char, |reader, visitor| visitor.visit_char(char::from_u32(reader.number() as u32).unwrap_or_default());
        deserialize_str, |reader, visitor| visitor.visit_borrowed_str(reader.text());
        deserialize_string, |reader, visitor| visitor.visit_borrowed_str(reader.text());
        deserialize_bytes, |reader, visitor| visitor.visit_borrowed_bytes(reader.bytes());
        deserialize_byte_buf, |reader, visitor| visitor.visit_borrowed_bytes(reader.bytes());
        deserialize_option, |reader, visitor| if reader.number() == 0 { visitor.visit_none() } else { visitor.visit_some(reader) };
        deserialize_unit, |_reader, visitor| visitor.visit_unit();
        deserialize_seq, |reader, visitor| visitor.visit_seq(Elements { left: reader.length(), reader });
        deserialize_map, |reader, visitor| visitor.visit_map(Elements { left: reader.length(), reader });
        deserialize_identifier, |_reader, _visitor| unreachable!("fields are known by their place");
        deserialize_ignored_any, |_reader, _visitor| unreachable!("nothing is passed over");
        deserialize_any, |_reader, _visitor| unreachable!("types are not written");
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(self, _name: &'static str, visitor: V) -> Result<V::Value, Never> {
        visitor.visit_unit()
    }
    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _name: &'static str, visitor: V) -> Result<V::Value, Never> {
        visitor.visit_newtype_struct(self)
    }
    fn deserialize_tuple<V: Visitor<'de>>(self, _length: usize, visitor: V) -> Result<V::Value, Never> {
        visitor.visit_seq(Fields(self))
    }
    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _length: usize,
        visitor: V,
    ) -> Result<V::Value, Never> {
        visitor.visit_seq(Fields(self))
    }
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Never> {
        visitor.visit_seq(Fields(self))
    }
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Never> {
        visitor.visit_enum(Variant(self))
    }
    fn is_human_readable(&self) -> bool {
        false
    }
}

/// The elements of a list or a map, as many as were counted.
struct Elements<'a, 'de> {
    left: usize,
    reader: &'a mut Reader<'de>,
}

impl<'de> de::SeqAccess<'de> for Elements<'_, 'de> {
    type Error = Never;
    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Never> {
        if self.left == 0 || self.reader.is_cut_off {
            return Ok(None);
        }
        self.left -= 1;
        seed.deserialize(&mut *self.reader).map(Some)
    }
    fn size_hint(&self) -> Option<usize> {
        Some(self.left)
    }
}

impl<'de> de::MapAccess<'de> for Elements<'_, 'de> {
    type Error = Never;
    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Never> {
        de::SeqAccess::next_element_seed(self, seed)
    }
    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Never> {
        seed.deserialize(&mut *self.reader)
    }
    fn size_hint(&self) -> Option<usize> {
        Some(self.left)
    }
}

/// The fields of a struct or a tuple: always there, so that the compiler drops what would happen otherwise.
struct Fields<'a, 'de>(&'a mut Reader<'de>);

impl<'de> de::SeqAccess<'de> for Fields<'_, 'de> {
    type Error = Never;
    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Never> {
        seed.deserialize(&mut *self.0).map(Some)
    }
}

struct Variant<'a, 'de>(&'a mut Reader<'de>);

impl<'de> de::EnumAccess<'de> for Variant<'_, 'de> {
    type Error = Never;
    type Variant = Self;
    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Never> {
        let index = self.0.number() as u32;
        Ok((seed.deserialize(index.into_deserializer())?, self))
    }
}

impl<'de> de::VariantAccess<'de> for Variant<'_, 'de> {
    type Error = Never;
    fn unit_variant(self) -> Result<(), Never> {
        Ok(())
    }
    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Never> {
        seed.deserialize(self.0)
    }
    fn tuple_variant<V: Visitor<'de>>(self, _length: usize, visitor: V) -> Result<V::Value, Never> {
        visitor.visit_seq(Fields(self.0))
    }
    fn struct_variant<V: Visitor<'de>>(self, _fields: &'static [&'static str], visitor: V) -> Result<V::Value, Never> {
        visitor.visit_seq(Fields(self.0))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::fmt::Debug;

    use serde::Deserialize;

    use super::*;

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    enum Shape {
        Unit,
        Newtype(Option<i64>),
        Tuple(u8, String),
        Struct { list: Vec<Shape>, map: BTreeMap<u32, f64>, pair: (bool, char) },
    }

    #[track_caller]
    fn check<T: Serialize + DeserializeOwned + Debug + PartialEq>(value: &T) {
        let bytes = write(value);
        assert_eq!(read::<T>(&bytes).as_ref(), Some(value));
        for cut in 0..bytes.len() {
            assert_eq!(read::<T>(&bytes[..cut]), None, "cut at {cut} of {}", bytes.len());
        }
        assert_eq!(read::<T>(&[&bytes[..], b"\0"].concat()), None, "something follows");
    }

    #[test]
    fn values_come_back_and_parts_of_them_do_not() {
        for number in [0, 1, -1, 63, -64, 64, i64::MAX, i64::MIN] {
            check(&Shape::Newtype(Some(number)));
        }
        for number in [0, 127, 128, 16_384, u64::MAX] {
            check(&number);
        }
        check(&Shape::Struct {
            list: vec![Shape::Unit, Shape::Newtype(None), Shape::Tuple(255, "naïve ≠ плохо".to_owned())],
            map: [(7, -0.5), (300, f64::MAX)].into(),
            pair: (true, '€'),
        });
    }

    #[test]
    fn a_length_that_is_too_large_takes_no_memory() {
        assert_eq!(read::<Vec<u64>>(&write(&u64::MAX)), None);
        assert_eq!(read::<String>(&write(&(1_u64 << 40))), None);
    }
}

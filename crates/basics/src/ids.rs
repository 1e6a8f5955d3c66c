//! Identities that stay the same when the same estate is imported again.

use std::fmt;
use std::str::FromStr;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// FNV-1a over `parts`, each ended by a byte that no text holds: the same on every machine and in every version.
///
/// Public domain algorithm: <http://www.isthe.com/chongo/tech/comp/fnv/>.
#[must_use]
pub fn stable_hash(parts: &[&str]) -> u64 {
    parts.iter().fold(hash_start(), |hash, part| hash_bytes(hash_bytes(hash, part.as_bytes()), &[0xff]))
}

/// The hash of nothing, for [`hash_bytes`].
pub const fn hash_start() -> u64 {
    0xcbf2_9ce4_8422_2325
}

/// The hash of what `hash` is of, followed by `bytes`.
pub fn hash_bytes(hash: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(hash, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// Reads the hexadecimal digits of an id, where they stand, so that an error names the place.
struct Digits;

impl de::Visitor<'_> for Digits {
    type Value = u64;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an id of 16 hexadecimal digits")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<u64, E> {
        u64::from_str_radix(text, 16).map_err(|_error| E::invalid_value(de::Unexpected::Str(text), &self))
    }
}

macro_rules! hashed_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u64);

        impl $name {
            /// The id of the thing named by `parts`, most general first.
            #[must_use]
            pub fn of(parts: &[&str]) -> Self {
                Self(stable_hash(parts))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(formatter, "{:016x}", self.0)
            }
        }

        impl FromStr for $name {
            type Err = std::num::ParseIntError;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                u64::from_str_radix(text, 16).map(Self)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                if serializer.is_human_readable() { serializer.collect_str(self) } else { serializer.serialize_u64(self.0) }
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                if deserializer.is_human_readable() {
                    deserializer.deserialize_str(Digits).map(Self)
                } else {
                    u64::deserialize(deserializer).map(Self)
                }
            }
        }

        impl JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(_generator: &mut SchemaGenerator) -> Schema {
                json_schema!({ "type": "string", "pattern": "^[0-9a-f]{16}$" })
            }
        }
    };
}

hashed_id! {
    /// A machine: the hash of its best key (`VM ID` with the vCenter's UUID or name, else `VM UUID`, else `VM ID` with the name, else server, name and
    /// host, else the name).
    MachineId
}
hashed_id! {
    /// A cluster: the hash of its vCenter, datacenter and name.
    ClusterId
}
hashed_id! {
    /// A host: the hash of its vCenter and name.
    HostId
}
hashed_id! {
    /// A datastore: the hash of its vCenter and name.
    DatastoreId
}

macro_rules! counted_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        #[serde(transparent)]
        pub struct $name(pub u32);
    };
}

counted_id! {
    /// A footprint of a scenario: counted up, never used again.
    FootprintId
}
counted_id! {
    /// A rule of a scenario: counted up, never used again.
    RuleId
}

macro_rules! catalogue_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl $name {
            /// The id as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(&self.0)
            }
        }
    };
}

catalogue_id! {
    /// A host type of the catalogue: service and type, such as `vmc-aws/i4i.metal`, `avs/av36p` or `server/2s-64c-1024`.
    OfferingId
}
catalogue_id! {
    /// A region of the catalogue: provider and code, such as `aws/eu-central-1` or `azure/germanywestcentral`; `site` is the customer's own site.
    RegionId
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_the_same_for_ever() {
        // The value is part of the project file: it must never change.
        assert_eq!(MachineId::of(&["vc-1", "vm-42"]).to_string(), "a0cf5ef052ccdfae");
        assert_ne!(MachineId::of(&["ab", "c"]), MachineId::of(&["a", "bc"]));
    }

    #[test]
    fn ids_read_what_they_write() {
        let id = HostId::of(&["esx-1"]);
        let json = serde_json::to_string(&id).expect("serialises");
        assert_eq!(serde_json::from_str::<HostId>(&json).expect("reads"), id);
        let bytes = postcard::to_stdvec(&id).expect("serialises");
        assert_eq!(postcard::from_bytes::<HostId>(&bytes).expect("reads"), id);
    }
}

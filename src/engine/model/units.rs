//! Quantities with their unit in the type.

use std::iter::Sum;
use std::ops::{Add, AddAssign, Sub};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

macro_rules! quantity {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        #[serde(transparent)]
        pub struct $name(pub u64);

        impl $name {
            /// Nothing of it.
            pub const ZERO: Self = Self(0);

            /// The difference, or zero where `other` is larger.
            #[must_use]
            pub fn saturating_sub(self, other: Self) -> Self {
                Self(self.0.saturating_sub(other.0))
            }

            /// This quantity times `pct` per cent, rounded up: a demand is never rounded away.
            #[must_use]
            pub fn percent_ceil(self, pct: u32) -> Self {
                Self((u128::from(self.0) * u128::from(pct)).div_ceil(100).try_into().unwrap_or(u64::MAX))
            }
        }

        impl Add for $name {
            type Output = Self;
            fn add(self, other: Self) -> Self {
                Self(self.0.saturating_add(other.0))
            }
        }

        impl AddAssign for $name {
            fn add_assign(&mut self, other: Self) {
                *self = *self + other;
            }
        }

        impl Sub for $name {
            type Output = Self;
            fn sub(self, other: Self) -> Self {
                self.saturating_sub(other)
            }
        }

        impl Sum for $name {
            fn sum<I: Iterator<Item = Self>>(items: I) -> Self {
                items.fold(Self::ZERO, Add::add)
            }
        }
    };
}

quantity! {
    /// Mebibytes (1,048,576 bytes), of memory or of storage. RVTools means these by `MB` as well as by `MiB`. Sums saturate.
    MiB
}

quantity! {
    /// Megahertz of processor time. Sums saturate.
    MHz
}

impl MiB {
    /// From gibibytes.
    #[must_use]
    pub const fn from_gib(gib: u64) -> Self {
        Self(gib * 1024)
    }

    /// From decimal gigabytes (10⁹ bytes), as vendors print disk sizes, rounded down: a capacity is never rounded up.
    #[must_use]
    pub const fn from_decimal_gb(gb: u64) -> Self {
        Self(gb * 1_000_000_000 / 1_048_576)
    }

    /// In gibibytes, for pictures and text.
    #[must_use]
    pub fn gib(self) -> f64 {
        self.0 as f64 / 1024.0
    }

    /// In tebibytes, for pictures and text.
    #[must_use]
    pub fn tib(self) -> f64 {
        self.0 as f64 / 1_048_576.0
    }
}

impl MHz {
    /// In gigahertz, for pictures and text.
    #[must_use]
    pub fn ghz(self) -> f64 {
        self.0 as f64 / 1000.0
    }
}

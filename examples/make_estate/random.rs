//! A small seeded generator of numbers, so that the same seed gives the same file for ever.

/// `SplitMix64` (<https://prng.di.unimi.it/splitmix64.c>, public domain).
pub struct Random(u64);

impl Random {
    /// A generator with this seed.
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next 64 bits.
    pub const fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from `least` to `most`, both possible.
    pub const fn between(&mut self, least: u64, most: u64) -> u64 {
        least + self.bits() % (most - least + 1)
    }

    /// True `percent` times in a hundred.
    pub const fn chance(&mut self, percent: u64) -> bool {
        self.between(1, 100) <= percent
    }

    /// One of `items`.
    pub fn pick<'t, T>(&mut self, items: &'t [T]) -> &'t T {
        &items[(self.bits() % items.len() as u64) as usize]
    }

    /// One of `items`, each as often as its weight says.
    pub fn weighted<'t, T>(&mut self, items: &'t [(u64, T)]) -> &'t T {
        let total: u64 = items.iter().map(|(weight, _)| weight).sum();
        let mut at = self.bits() % total;
        for (weight, item) in items {
            if at < *weight {
                return item;
            }
            at -= weight;
        }
        unreachable!("the weights add up to the total")
    }

    /// A UUID that begins with `prefix`, as vSphere makes them from its own number.
    pub fn uuid(&mut self, prefix: u32) -> String {
        let (a, b) = (self.bits(), self.bits());
        format!(
            "{prefix:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
            a >> 48,
            (a >> 32) & 0xffff,
            a & 0xffff,
            b & 0xffff_ffff_ffff
        )
    }
}

//! The ranges of what can be entered: the same for files, for the fields on the page and for the command line.
//!
//! They are wide, because their purpose is not taste but that no sum, product or division of the engine leaves its type.

use std::ops::RangeInclusive;

use crate::engine::model::{MHz, MiB, Money};

/// Months over which cost is compared.
pub const HORIZON_MONTHS: RangeInclusive<u32> = 12..=84;
/// vCPU for each core and memory for each unit of host memory, per cent.
pub const OVERCOMMIT_PCT: RangeInclusive<u32> = 1..=10_000;
/// Shares of hosts and of storage kept free, per cent. What is left must not be nothing.
pub const FREE_PCT: RangeInclusive<u32> = 0..=95;
/// Logical data for each unit stored, per cent.
pub const DEDUP_PCT: RangeInclusive<u32> = 10..=10_000;
/// Added to what was measured, per cent.
pub const MEASURED_HEADROOM_PCT: RangeInclusive<u32> = 0..=10_000;
/// Operations per second for each TiB of storage.
pub const IOPS_PER_TIB: RangeInclusive<u32> = 0..=1_000_000;
/// Throughput in MiB/s for each TiB of storage.
pub const MIBPS_PER_TIB: RangeInclusive<u32> = 0..=100_000;
/// Host failures to survive.
pub const HOST_FAILURES: RangeInclusive<u32> = 0..=16;
/// Hosts that a footprint may have.
pub const HOSTS: RangeInclusive<u32> = 0..=10_000;
/// Yearly shares of a price, per cent.
pub const YEARLY_PCT: RangeInclusive<u32> = 0..=1_000;
/// Years over which something is written off.
pub const LIFE_YEARS: RangeInclusive<u32> = 1..=50;
/// Power usage effectiveness, per cent.
pub const PUE_PCT: RangeInclusive<u32> = 100..=1_000;
/// Electrical power of one unit, milliwatts.
pub const MILLIWATTS: RangeInclusive<u32> = 0..=100_000_000;
/// Electrical power that was measured, watts. Nothing runs on none.
pub const WATTS: RangeInclusive<u32> = 1..=100_000_000;
/// Machines that one administrator looks after.
pub const MACHINES_PER_ADMIN: RangeInclusive<u32> = 1..=1_000_000;
/// US dollars for one unit of a currency, in thousand-millionths.
pub const USD_PER_UNIT_NANOS: RangeInclusive<u64> = 1..=1_000_000_000_000_000;
/// Cores that VMware licenses at least.
pub const LEAST_CORES: RangeInclusive<u32> = 0..=100_000;
/// Any single price or fee.
pub const PRICE: RangeInclusive<Money> = Money::ZERO..=Money::from_units(1_000_000_000);
/// What counts beside money when plans are compared: a tonne of carbon, a move.
pub const WEIGHT: RangeInclusive<Money> = Money::ZERO..=Money::from_units(1_000_000);
/// Steps of improvement.
pub const STEPS: RangeInclusive<u32> = 0..=100_000;
/// What keeping a plan may cost, in millionths.
pub const KEEP_PPM: RangeInclusive<u32> = 0..=1_000_000;
/// Traffic between machines.
pub const GIB_PER_MONTH: RangeInclusive<u64> = 0..=1_000_000_000;

/// Growth, discount and changes of prices, per thousand a year.
pub const PERMILLE_YEAR: RangeInclusive<u32> = 0..=1_000;
/// Changes of prices, per thousand a year: they may fall.
pub const PRICE_CHANGE: RangeInclusive<i32> = -500..=1_000;
/// First month of the horizon, as year × 12 + month − 1: of the years 2000 to 2199.
pub const FIRST_MONTH: RangeInclusive<u32> = 24_000..=26_399;
/// Months of double running, of writing off and of support.
pub const MONTHS: RangeInclusive<u32> = 0..=84;
/// Months over which a book value is written off: one that is none is none.
pub const BOOK_MONTHS: RangeInclusive<u32> = 1..=84;
/// Share of a link that data gets, per cent.
pub const LINK_USE_PCT: RangeInclusive<u32> = 1..=100;
/// Shares of a whole, per cent.
pub const SHARE_PCT: RangeInclusive<u32> = 0..=100;
/// Disk space of snapshots, per cent of what is kept.
pub const SNAPSHOT_PCT: RangeInclusive<u32> = 0..=10_000;
/// Ranges of inputs, per thousand of what is assumed.
pub const RANGE_PERMILLE: RangeInclusive<u32> = 0..=100_000;
/// Ranges of growth and of changes of prices, per thousand of the year before.
pub const YEARLY_PERMILLE: RangeInclusive<u32> = 500..=2_000;
/// Grams of CO₂ equivalent for each kilowatt-hour.
pub const GRAMS_PER_KWH: RangeInclusive<u32> = 0..=10_000;
/// Units of a service.
pub const SERVICE_UNITS: RangeInclusive<u32> = 0..=1_000_000_000;
/// GiB that a machine sends to the internet a month.
pub const INTERNET_GIB: RangeInclusive<u32> = 0..=1_000_000;

/// Virtual processors of a machine, and cores of a host.
pub const CPUS: RangeInclusive<u32> = 0..=65_536;
/// Clock of a core, and processor time of a machine.
pub const SPEED: RangeInclusive<MHz> = MHz::ZERO..=MHz(1_000_000_000);
/// Memory of a machine or a host: up to 1 PiB.
pub const MEMORY: RangeInclusive<MiB> = MiB::ZERO..=MiB(1 << 30);
/// Storage of a machine or of a datastore: up to 1 EiB.
pub const STORAGE: RangeInclusive<MiB> = MiB::ZERO..=MiB(1 << 40);
/// Operations per second of a machine.
pub const IOPS: RangeInclusive<u32> = 0..=100_000_000;
/// Mbit/s of a machine or a host.
pub const MBPS: RangeInclusive<u32> = 0..=100_000_000;

/// Ids that count up stay below this, so that there is always a next one.
pub const MAX_COUNTED_ID: u32 = 1 << 30;

//! What is to be packed, and into what.

/// No amount may be larger: sums of a bin's load stay exact in floating-point numbers, and sums over all items in 128 bits.
pub const LARGEST_AMOUNT: u64 = 1 << 50;

/// More items are refused: each is told apart, and the first packing of many more would take minutes and the memory of a large machine.
pub const MOST_ITEMS: u64 = 2_000_000;

/// Bins to choose from, and items to put into them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instance {
    dimensions: usize,
    bins: Vec<BinType>,
    items: Vec<ItemType>,
}

/// A kind of bin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BinType {
    /// What one bin holds in each dimension.
    pub capacity: Vec<u64>,
    /// What one bin costs, in any unit of money.
    pub cost: u64,
    /// How many there are; `None` for as many as are asked for.
    pub limit: Option<u32>,
}

/// Equal items.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemType {
    /// What one item takes in each dimension.
    pub size: Vec<u64>,
    /// How many there are.
    pub count: u32,
}

/// Why there is nothing to pack.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InstanceError {
    /// A vector of another length.
    #[error("{of} {number} has {found} amounts, and there are {wanted} dimensions")]
    Dimensions {
        /// `bin type` or `item type`.
        of: &'static str,
        /// Counted from 1.
        number: usize,
        /// How many amounts it has.
        found: usize,
        /// How many it should have.
        wanted: usize,
    },
    /// Larger than [`LARGEST_AMOUNT`].
    #[error("{of} {number} has an amount or cost above {LARGEST_AMOUNT}")]
    TooLarge {
        /// `bin type` or `item type`.
        of: &'static str,
        /// Counted from 1.
        number: usize,
    },
    /// A bin that costs nothing: the fewest of them would not be the best.
    #[error("bin type {number} costs nothing")]
    Free {
        /// Counted from 1.
        number: usize,
    },
    /// An item that no bin holds.
    #[error(
        "item type {number} does not fit into any empty bin: {amount} in dimension {dimension}, and no bin type that would hold the rest holds more than {largest}"
    )]
    FitsNowhere {
        /// Counted from 1.
        number: usize,
        /// The first dimension in which it is larger than the bin type it comes closest to. Counted from 1.
        dimension: usize,
        /// What it takes there.
        amount: u64,
        /// The most that a bin type gives there.
        largest: u64,
    },
    /// More than [`MOST_ITEMS`].
    #[error("{0} items; at most {MOST_ITEMS} can be packed")]
    TooMany(u64),
}

impl Instance {
    /// Checks and joins the parts.
    pub fn new(dimensions: usize, bins: Vec<BinType>, items: Vec<ItemType>) -> Result<Self, InstanceError> {
        for (index, bin) in bins.iter().enumerate() {
            check_amounts("bin type", index, dimensions, &bin.capacity)?;
            if bin.cost == 0 {
                return Err(InstanceError::Free { number: index + 1 });
            }
            check_amounts("bin type", index, 1, &[bin.cost])?;
        }
        for (index, item) in items.iter().enumerate() {
            check_amounts("item type", index, dimensions, &item.size)?;
            if item.count > 0 {
                check_fit(index, item, &bins)?;
            }
        }
        let total: u64 = items.iter().map(|item| u64::from(item.count)).sum();
        if total > MOST_ITEMS {
            return Err(InstanceError::TooMany(total));
        }
        Ok(Self { dimensions, bins, items })
    }

    /// Instances of one kind of bin that costs 1: the fewest bins are wanted.
    pub fn of_equal_bins(capacity: Vec<u64>, items: Vec<ItemType>) -> Result<Self, InstanceError> {
        Self::new(capacity.len(), vec![BinType { capacity, cost: 1, limit: None }], items)
    }

    /// How many amounts each vector has.
    pub const fn dimensions(&self) -> usize {
        self.dimensions
    }

    /// The kinds of bin.
    pub fn bins(&self) -> &[BinType] {
        &self.bins
    }

    /// The kinds of item.
    pub fn items(&self) -> &[ItemType] {
        &self.items
    }

    /// How many items there are in all.
    pub fn total(&self) -> usize {
        self.items.iter().map(|item| item.count as usize).sum()
    }
}

fn check_amounts(of: &'static str, index: usize, wanted: usize, amounts: &[u64]) -> Result<(), InstanceError> {
    let number = index + 1;
    if amounts.len() != wanted {
        return Err(InstanceError::Dimensions { of, number, found: amounts.len(), wanted });
    }
    if amounts.iter().any(|&amount| amount > LARGEST_AMOUNT) {
        return Err(InstanceError::TooLarge { of, number });
    }
    Ok(())
}

fn check_fit(index: usize, item: &ItemType, bins: &[BinType]) -> Result<(), InstanceError> {
    let usable = |bin: &&BinType| bin.limit != Some(0);
    let misses =
        |bin: &BinType| item.size.iter().zip(&bin.capacity).filter(|(amount, capacity)| amount > capacity).count();
    let closest = bins.iter().filter(usable).min_by_key(|bin| misses(bin));
    match closest {
        Some(bin) if misses(bin) == 0 => Ok(()),
        Some(bin) => {
            let short = |at: &usize| item.size[*at] > bin.capacity[*at];
            let at = (0..item.size.len()).find(short).unwrap_or(0);
            let alike = bins.iter().filter(usable).filter(|other| misses(other) == misses(bin));
            let largest = alike.map(|other| other.capacity[at]).max().unwrap_or(0);
            Err(InstanceError::FitsNowhere { number: index + 1, dimension: at + 1, amount: item.size[at], largest })
        }
        None => Err(InstanceError::FitsNowhere {
            number: index + 1,
            dimension: 1,
            amount: item.size.first().copied().unwrap_or(0),
            largest: 0,
        }),
    }
}

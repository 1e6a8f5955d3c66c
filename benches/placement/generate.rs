//! Instances made here, from the descriptions of others or after the shape of real ones. The same seed gives the same instance.

use std::fmt::Write;

/// Random numbers as the instances take them.
pub struct Random(basics::random::Random);

impl Random {
    /// Starts from a seed.
    pub fn new(seed: u64) -> Self {
        Self(basics::random::Random::new(seed))
    }

    /// From the first to the last, both included.
    pub fn between(&mut self, first: u64, last: u64) -> u64 {
        first + self.0.bits() % (last - first + 1)
    }

    fn unit(&mut self) -> f64 {
        self.0.unit()
    }

    fn pick<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.0.bits() as usize % list.len()]
    }
}

/// Monaci's instances of variable-sized bin packing (Monaci, "Algorithms for packing and scheduling problems", doctoral thesis, Bologna 2002; as told by Correia,
/// Gouveia and Saldanha da Gama, Computers & OR 35, 2008): bins of 100, 120 and 150, or of 60, 80, 100, 120 and 150, that cost what they hold; items from 1,
/// 20 or 50 to 100; 25 to 500 items; ten of each. Returns names and `.mvp` files.
pub fn monaci(seed: u64) -> Vec<(String, String, usize)> {
    let mut random = Random::new(seed);
    let mut instances = Vec::new();
    for bins in [&[100_u64, 120, 150][..], &[60, 80, 100, 120, 150]] {
        for least in [1, 20, 50] {
            for count in [25_usize, 50, 100, 200, 500] {
                for number in 0..10 {
                    let mut text = format!("1\n{}\n", bins.len());
                    for bin in bins {
                        writeln!(text, "{bin} {bin} -1").ok();
                    }
                    writeln!(text, "{count}").ok();
                    for _ in 0..count {
                        writeln!(text, "1 1 {}", random.between(least, 100)).ok();
                    }
                    instances.push((format!("monaci_{}_{least}_{count}_{number}", bins.len()), text, count));
                }
            }
        }
    }
    instances
}

/// Instances of the first eight classes of Caprara and Toth (2001), as Panigrahy et al. extend them to more dimensions; for the eighth, dimensions are
/// opposed in pairs.
pub fn classes(seed: u64) -> Vec<(String, String, usize)> {
    let mut random = Random::new(seed);
    let mut instances = Vec::new();
    for class in 1..=8_usize {
        for dimensions in [2_usize, 5, 10] {
            for count in [120_usize, 500] {
                let (capacity, least, most) = match class {
                    1 => (1000, 100, 400),
                    2 => (1000, 1, 1000),
                    3 => (1000, 200, 800),
                    4 => (1000, 50, 200),
                    5 => (1000, 25, 100),
                    _ => (150, 20, 100),
                };
                let mut text = format!("{dimensions}\n{}\n{count}\n", vec![capacity.to_string(); dimensions].join(" "));
                for _ in 0..count {
                    let mut size: Vec<u64> = Vec::new();
                    for dimension in 0..dimensions {
                        let before = (dimension % 2 == 1).then(|| size[dimension - 1]);
                        size.push(match (class, before) {
                            (7, Some(before)) => random.between(before - 10, before + 10),
                            (8, Some(before)) => random.between(110 - before, 130 - before),
                            _ => random.between(least, most),
                        });
                    }
                    let size: Vec<String> = size.iter().map(u64::to_string).collect();
                    writeln!(text, "{} 1", size.join(" ")).ok();
                }
                instances.push((format!("class{class}_{count}_{dimensions}"), text, count));
            }
        }
    }
    instances
}

/// Machines of an estate on one kind of host: cores, GiB, GB of disk, IOPS and Mbps, with few sizes of machine but disks of any size.
pub fn estate(machines: usize, seed: u64) -> String {
    let mut random = Random::new(seed);
    let mut text = format!("5\n256 1024 20480 100000 25000\n{machines}\n");
    for _ in 0..machines {
        let size = machine(&mut random);
        let size: Vec<String> = size.iter().map(|amount| (*amount as u64).to_string()).collect();
        writeln!(text, "{} 1", size.join(" ")).ok();
    }
    text
}

/// Cores, GiB, GB, IOPS, Mbps: most are small, disks have a long tail.
fn machine(random: &mut Random) -> [f64; 5] {
    let cores = random.pick(&[1.0, 2.0, 2.0, 2.0, 4.0, 4.0, 4.0, 8.0, 8.0, 16.0, 32.0]);
    let memory = cores * random.pick(&[2.0, 4.0, 4.0, 8.0, 8.0, 16.0]);
    let tail = 1.0 / (0.02 + random.unit());
    let disk = (30.0 + 25.0 * tail * random.unit() * 4.0).round();
    [cores, memory, disk, (disk * (0.5 + 3.0 * random.unit())).round(), (5.0 + 100.0 * random.unit()).round()]
}

/// A problem of the `planner10k` kind: machines of an estate, eight kinds of host of different shapes, and a price as an instance for each machine.
pub fn planner(machines: usize, seed: u64) -> String {
    let mut random = Random::new(seed);
    let mut footprints = Vec::new();
    for index in 0..8 {
        let cores = f64::from(64 * (1 + index % 4)) * 3.0;
        let memory = cores * random.pick(&[2.0, 3.0, 4.0, 6.0]);
        let disk = random.pick(&[10_000.0, 20_000.0, 40_000.0]);
        let price = (cores * 0.012 + memory * 0.0025 + disk * 0.00012) * (0.85 + 0.3 * random.unit());
        footprints.push(serde_json::json!({
            "capacity": [cores, memory, disk, disk * 8.0, 25_000.0], "host_cost": price, "fixed_cost": 2.0 + 4.0 * random.unit(),
            "min_hosts": 3, "max_hosts": 64.max(machines / 20), "spare_hosts": 1,
        }));
    }
    let list: Vec<serde_json::Value> = (0..machines)
        .map(|_| {
            let demand = machine(&mut random);
            let price = demand[0] * 0.03 + demand[1] * 0.004 + demand[2] * 0.0001;
            let allowed = 255 & (random.0.bits() | random.0.bits());
            let extra: Vec<f64> = (0..8).map(|_| 0.02 * random.unit()).collect();
            serde_json::json!({
                "demand": demand, "allowed": allowed, "instance_cost": price * (0.9 + 0.8 * random.unit()), "extra_cost": extra,
            })
        })
        .collect();
    serde_json::json!({ "footprints": footprints, "machines": list }).to_string()
}

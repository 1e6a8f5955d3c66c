//! Money: worked examples computed by hand, and what must hold for every plan.

#![cfg(not(target_arch = "wasm32"))]

mod beside_hosts;
mod book_value;
mod discounts;
mod disks;
mod ends;
mod examples;
mod fixture;
mod growing;
mod licences;
mod measures;
mod planned;
mod properties;
mod rules;
mod scenarios;
mod site;
mod systems;
mod transfer;
mod weighed;

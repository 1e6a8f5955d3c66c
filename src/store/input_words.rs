//! What inputs that may turn out otherwise are called, and their values.

use super::format;
use crate::engine::model::Input;

/// What an input is called, or the prices of one provider.
pub fn input_of(input: Input, provider: &str) -> String {
    if provider.is_empty() { self::input(input).to_owned() } else { format!("Rented from {provider}") }
}

/// What may turn out otherwise than assumed.
pub const fn input(input: Input) -> &'static str {
    match input {
        Input::OwnHosts => "Own hosts",
        Input::OwnStorage => "Own storage",
        Input::RentedCompute => "Rented hosts and instances",
        Input::RentedStorage => "Rented storage",
        Input::Network => "Network",
        Input::Licences => "Licences",
        Input::Power => "Electricity",
        Input::Facilities => "Room and cooling",
        Input::People => "Administrators",
        Input::Backup => "Backup",
        Input::Moving => "Moving and leaving",
        Input::Other => "Everything else",
        Input::Growth => "Growth of everything",
        Input::ComputeChange => "Price of hosts and instances, a year",
        Input::StorageChange => "Price of storage, a year",
        Input::NetworkChange => "Price of network, a year",
        Input::LicencesChange => "Price of licences, a year",
        Input::PowerChange => "Price of electricity, a year",
        Input::PeopleChange => "Wages and backup, a year",
        Input::OtherChange => "Other prices, a year",
        Input::AdminElsewhere => "Administration elsewhere",
    }
}

/// What an input is the price of, and on which side it is paid.
pub const fn input_help(input: Input) -> &'static str {
    match input {
        Input::OwnHosts => "Servers that are there or are bought, with their maintenance; and how long they last",
        Input::OwnStorage => "Arrays on your own sites",
        Input::RentedCompute => "What providers charge for hosts and instances",
        Input::RentedStorage => "Disks of instances, and storage beside rented hosts",
        Input::Network => "Network gear, links and traffic",
        Input::Licences => "VMware, Windows and SQL Server, and what rules name",
        Input::Power => "Your tariff, the power of the gear, and PUE",
        Input::Facilities => "Racks, cooling plant and space",
        Input::People => "What administrators cost, and how many machines one looks after",
        Input::Backup => "Software and space",
        Input::Moving => "The work of moving, double running, and what is paid for leaving",
        Input::Other => "Fixed charges of services, and support plans",
        Input::Growth => "Applications that grow otherwise are shifted alike",
        Input::AdminElsewhere => "What is left of it on rented hosts and for instances",
        _ => "Its change from year to year",
    }
}

/// A value of an input's range: a share of what is assumed, or a change from year to year.
pub fn range_value(input: Input, permille: u32) -> String {
    if !input.is_yearly() {
        return format::permille(permille);
    }
    let change = format::permille(permille.abs_diff(1000));
    let sign = match permille {
        0..1000 => "−",
        1000 => "",
        _ => "+",
    };
    format!("{sign}{change} a year")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_from_year_to_year_are_told_as_changes() {
        assert_eq!(range_value(Input::Growth, 1050), "+5 % a year");
        assert_eq!(range_value(Input::ComputeChange, 975), "−2.5 % a year");
        assert_eq!(range_value(Input::PowerChange, 1000), "0 % a year");
        assert_eq!(range_value(Input::AdminElsewhere, 1050), "105 %");
    }
}

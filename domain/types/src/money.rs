//! Money is whole minor units and a currency; nothing here is ever a float.

use std::fmt;

use serde::{Deserialize, Serialize};

/// ISO 4217, the currencies that SecureMed bills in; all have two decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "UPPERCASE")]
pub enum Currency {
    Eur,
    Gbp,
    Usd,
    Chf,
}

impl Currency {
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Eur => "EUR",
            Self::Gbp => "GBP",
            Self::Usd => "USD",
            Self::Chf => "CHF",
        }
    }

    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Eur, Self::Gbp, Self::Usd, Self::Chf].into_iter().find(|c| c.code() == code)
    }

    const fn symbol(self) -> &'static str {
        match self {
            Self::Eur => "€",
            Self::Gbp => "£",
            Self::Usd => "$",
            Self::Chf => "CHF ",
        }
    }
}

/// An amount. `Display` is the form for people, [`Money::to_decimal`] the form on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Money {
    /// Cents.
    pub minor: i64,
    pub currency: Currency,
}

impl Money {
    #[must_use]
    pub const fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// `"150.00"`, as REST writes money.
    #[must_use]
    pub fn to_decimal(self) -> String {
        let sign = if self.minor < 0 { "-" } else { "" };
        let cents = self.minor.unsigned_abs();
        format!("{sign}{}.{:02}", cents / 100, cents % 100)
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.minor < 0 { "−" } else { "" };
        let cents = self.minor.unsigned_abs();
        write!(f, "{sign}{}{}", self.currency.symbol(), cents / 100)?;
        if !cents.is_multiple_of(100) { write!(f, ".{:02}", cents % 100) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn money_reads_as_people_write_it() {
        assert_eq!(Money::new(15000, Currency::Eur).to_string(), "€150");
        assert_eq!(Money::new(-1205, Currency::Chf).to_string(), "−CHF 12.05");
        assert_eq!(Money::new(15000, Currency::Eur).to_decimal(), "150.00");
    }

    proptest! {
        #[test]
        fn the_decimal_form_loses_nothing(minor in any::<i64>()) {
            let text = Money::new(minor, Currency::Usd).to_decimal();
            prop_assert_eq!(text.replace('.', "").parse::<i128>().unwrap(), i128::from(minor));
        }
    }
}

//! What people are allergic to beside medicines, so that it is understood and not taken for an unknown medicine.

/// One allergen.
#[derive(Debug)]
pub(super) struct Allergen {
    pub(super) name: &'static str,
    /// Other names, separated by commas.
    pub(super) also: &'static str,
    /// Whether it is found among the other ingredients of medicines, of which the tables know nothing: such an allergy is
    /// understood, and still not compared.
    pub(super) is_ingredient: bool,
}

/// Two rows with the same name are the same allergen.
impl PartialEq for Allergen {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

include!(concat!(env!("OUT_DIR"), "/allergens.rs"));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_allergen_has_one_row() {
        for (place, one) in ALLERGENS.iter().enumerate() {
            assert!(ALLERGENS.iter().skip(place + 1).all(|other| other != one), "{}", one.name);
        }
    }
}

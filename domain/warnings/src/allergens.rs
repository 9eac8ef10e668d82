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

const fn outside(name: &'static str, also: &'static str) -> Allergen {
    Allergen { name, also, is_ingredient: false }
}

const fn ingredient(name: &'static str, also: &'static str) -> Allergen {
    Allergen { name, also, is_ingredient: true }
}

pub(super) static ALLERGENS: &[Allergen] = &[
    outside("pollen", "hay fever, hayfever, seasonal allergy, seasonal"),
    outside("grass pollen", "grass, timothy grass"),
    outside("tree pollen", "tree"),
    outside("birch pollen", "birch"),
    outside("hazel pollen", "hazel"),
    outside("alder pollen", "alder"),
    outside("ash pollen", ""),
    outside("olive pollen", ""),
    outside("ragweed", "ragweed pollen"),
    outside("mugwort", "mugwort pollen"),
    outside("weed pollen", "weed"),
    outside("house dust mite", "dust mite, mite, house dust, dust, hdm"),
    outside("mould", "mold, mould spore, mold spore"),
    outside("cats", "cat hair, cat fur, cat dander"),
    outside("dogs", "dog hair, dog fur, dog dander"),
    outside("horses", "horse hair"),
    outside("rabbits", "guinea pig, hamster"),
    outside("animal hair", "animal fur, animal dander, pet"),
    outside("feathers", ""),
    outside("bee stings", "bee, bee sting, bee venom, honeybee"),
    outside("wasp stings", "wasp, wasp sting, wasp venom, hornet, yellowjacket, yellow jacket"),
    outside("insect stings", "insect, insect sting, insect bite, mosquito, mosquito bite, midge, flea"),
    outside("latex", "rubber, natural rubber, rubber glove, latex glove"),
    outside("nickel", "cobalt, chromium, chromate, costume jewellery"),
    outside(
        "sticking plasters",
        "sticking plaster, plaster, adhesive, adhesive tape, adhesive plaster, sticking tape, tape, elastoplast, colophony",
    ),
    outside("fragrance", "perfume, cosmetics, hair dye"),
    outside("detergents", "washing powder, soap"),
    outside("wool", "lanolin, wool fat"),
    outside("sunlight", "sun, sun light"),
    outside("cold air", ""),
    outside("tree nuts", "nut, tree nut, mixed nut"),
    outside("almonds", ""),
    outside("hazelnuts", ""),
    outside("walnuts", ""),
    outside("cashew nuts", "cashew"),
    outside("pistachios", ""),
    outside("pecans", "pecan nut"),
    outside("brazil nuts", ""),
    outside("macadamia nuts", "macadamia"),
    outside("coconut", ""),
    outside("strawberries", "strawberry"),
    outside("kiwi fruit", "kiwi"),
    outside("apples", ""),
    outside("bananas", ""),
    outside("avocado", "avocados"),
    outside("citrus fruit", "citrus, lemon, lime fruit"),
    outside("oranges", ""),
    outside("peaches", "peach, apricot, nectarine, plum"),
    outside("cherries", "cherry"),
    outside("pineapple", ""),
    outside("mango", "mangoes"),
    outside("melon", ""),
    outside("tomatoes", "tomato"),
    outside("carrots", ""),
    outside("celery", ""),
    outside("garlic", "onion"),
    outside("mustard", ""),
    outside("lupin", ""),
    outside("lentils", "pea, chickpea"),
    outside("chocolate", "cocoa"),
    outside("shellfish", "seafood, sea food, crustacean"),
    outside("prawns", "shrimp"),
    outside("crab", "lobster"),
    outside("mussels", "oyster, mollusc, clam, squid"),
    // Found in medicines too: egg and soya in fat emulsions and vaccines, gelatine in capsules and vaccines, fish in
    // protamine, sesame in oily injections, milk and wheat in powders and tablets.
    ingredient("eggs", "egg, egg white, egg protein, hen egg"),
    ingredient("soya", "soy, soybean, soyabean, soya bean, lecithin"),
    ingredient("milk", "cow milk, cows milk, milk protein, dairy, casein, whey"),
    ingredient("lactose", ""),
    ingredient("gelatine", "gelatin, pork"),
    ingredient("red meat", "beef, alpha gal, mammalian meat"),
    ingredient("fish", "cod, salmon, tuna"),
    ingredient("sesame", "sesame seed, sesame oil"),
    ingredient("wheat", "gluten, coeliac, celiac"),
    ingredient("maize", "corn, corn starch, maize starch"),
];

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

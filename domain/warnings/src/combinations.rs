//! Medicines that hold several substances under one name, by what their product information says of them: the names of each
//! (separated by commas), and the nonproprietary names of what is inside. A name whose additions differ from country to
//! country ("Panadol Night") is not here, and is named as not compared.

include!(concat!(env!("OUT_DIR"), "/combinations.rs"));

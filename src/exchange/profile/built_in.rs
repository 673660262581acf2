//! The profiles that come with the program, from `data/profiles`.

macro_rules! built_in {
    ($($name:literal),* $(,)?) => {
        const ALL: &[(&str, &str)] = &[
            $(($name, include_str!(concat!("../../../data/profiles/", $name, ".toml")))),*
        ];
    };
}

built_in![
    "parcels",
    "certificates",
    "zones",
    "roads",
    "corridors",
    "restrictions",
    "zoning-example",
    "fr-cadastre",
    "hcmc-shapefile-tcvn3",
    "dgn-map",
    "dxf-map",
];

/// The names of the built-in profiles.
pub fn built_in_names() -> impl Iterator<Item = &'static str> {
    ALL.iter().map(|(name, _)| *name)
}

/// The text of a built-in profile.
pub fn built_in_text(name: &str) -> Option<&'static str> {
    ALL.iter().find(|(n, _)| *n == name).map(|(_, text)| *text)
}

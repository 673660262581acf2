//! Options of the page for people: a base map beneath the city's own data.

use documented::DocumentedFields;

/// What a base map is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BaseMapKind {
    /// No base map.
    #[default]
    None,
    /// Pictures.
    Raster,
    /// A MapLibre style.
    Vector,
}

/// Options of the page for people.
#[derive(
    Debug, Clone, PartialEq, Default, serde::Serialize, serde::Deserialize, DocumentedFields,
)]
#[serde(deny_unknown_fields, default)]
pub struct PageOptions {
    /// A base map beneath the city's own data: `none`, `raster` (pictures of 256 pixels) or
    /// `vector` (a MapLibre style). Without one the page asks nobody but this server.
    pub base_map: BaseMapKind,
    /// Address of the base map: of its tiles, with `{z}`, `{x}` and `{y}`, or of its style.
    pub base_map_url: String,
    /// Whose the base map is, as it is shown on the map.
    pub base_map_attribution: String,
    /// Origins that the base map loads from besides that of its address, such as
    /// `https://tiles.example`.
    pub base_map_origins: Vec<String>,
}

/// Why the options of the page cannot be used.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum PageOptionsError {
    /// An address that is none.
    #[error(
        "`page.base_map_url` is `{0}`, expected an address that begins with `https://`, `http://` or `/`"
    )]
    Url(String),
    /// An address of pictures without places for their numbers.
    #[error("`page.base_map_url` is `{0}`, expected `{{z}}`, `{{x}}` and `{{y}}` in it")]
    Template(String),
    /// An origin that is none.
    #[error(
        "`page.base_map_origins` has `{0}`, expected an origin such as `https://tiles.example`"
    )]
    Origin(String),
}

impl PageOptions {
    /// The origins that the page may load from besides its own.
    ///
    /// # Errors
    /// [`PageOptionsError`] for an address or an origin that cannot be one.
    pub fn foreign_origins(&self) -> Result<Vec<String>, PageOptionsError> {
        if self.base_map == BaseMapKind::None {
            return Ok(Vec::new());
        }
        let url = &self.base_map_url;
        let numbered = ["{z}", "{x}", "{y}"].iter().all(|n| url.contains(n));
        if self.base_map == BaseMapKind::Raster && !numbered {
            return Err(PageOptionsError::Template(url.clone()));
        }
        let mut origins = Vec::new();
        if !url.starts_with('/') || url.starts_with("//") {
            let origin = origin_of(url).ok_or_else(|| PageOptionsError::Url(url.clone()))?;
            origins.push(origin.to_owned());
        }
        for origin in &self.base_map_origins {
            if origin_of(origin) != Some(origin) {
                return Err(PageOptionsError::Origin(origin.clone()));
            }
            origins.push(origin.clone());
        }
        Ok(origins)
    }
}

/// Scheme, host and port at the beginning of an address; they go into a header as they are.
fn origin_of(url: &str) -> Option<&str> {
    let scheme = ["https://", "http://"]
        .into_iter()
        .find(|s| url.starts_with(s))?;
    let after = url.get(scheme.len()..)?;
    let host = after.split(['/', '?', '#']).next()?;
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b':');
    (!host.is_empty() && host.bytes().all(plain)).then(|| &url[..scheme.len() + host.len()])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raster(url: &str) -> PageOptions {
        PageOptions {
            base_map: BaseMapKind::Raster,
            base_map_url: url.to_owned(),
            ..PageOptions::default()
        }
    }

    #[test]
    fn a_base_map_opens_its_own_origin_and_those_listed_with_it() {
        let mut options = raster("https://map.example:8443/a/{z}/{x}/{y}.png");
        options.base_map_origins = vec!["https://fonts.example".to_owned()];
        let origins = options.foreign_origins().expect("origins");
        assert_eq!(
            origins,
            ["https://map.example:8443", "https://fonts.example"]
        );
        let own = raster("/base/{z}/{x}/{y}.png").foreign_origins();
        assert_eq!(own, Ok(Vec::new()));
        assert_eq!(PageOptions::default().foreign_origins(), Ok(Vec::new()));
    }

    #[test]
    fn what_could_say_something_else_in_the_header_is_refused() {
        for url in [
            "map.example/{z}/{x}/{y}",
            "//map.example/{z}/{x}/{y}",
            "https:///{z}/{x}/{y}",
            "https://a b/{z}/{x}/{y}",
            "https://a;script-src/{z}/{x}/{y}",
        ] {
            let error = raster(url).foreign_origins();
            assert_eq!(error, Err(PageOptionsError::Url(url.to_owned())), "{url}");
        }
        let url = "https://map.example/tiles";
        let error = raster(url).foreign_origins();
        assert_eq!(error, Err(PageOptionsError::Template(url.to_owned())));
        let mut options = raster("/{z}/{x}/{y}");
        options.base_map_origins = vec!["https://a/path".to_owned()];
        let error = options.foreign_origins();
        assert_eq!(
            error,
            Err(PageOptionsError::Origin("https://a/path".to_owned()))
        );
    }
}

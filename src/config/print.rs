//! What is in force, and the example file, as TOML with the options' own words.

use super::{Config, Loaded};

/// Width at which comments are broken.
const WIDTH: usize = 96;

/// The example file: every option with its documentation and its default.
pub fn example() -> String {
    let mut text = String::from(
        "# Every option of diachinh with its default. Made by `diachinh config --example`.\n\
         # Copy to diachinh.toml and keep what you change. An environment variable goes before\n\
         # the file: DIACHINH_HTTP__LISTEN sets `listen` of `[http]`. A list is written there as it\n\
         # is here: DIACHINH_HTTP__ALLOWED_ORIGINS='[\"https://a.example\"]'. Unknown keys are refused.\n",
    );
    let docs = Config::documentation();
    for (section, table) in sections(&Config::default()) {
        text.push('\n');
        push_comment(&mut text, documented(&docs, "", &section));
        text.push_str(&format!("[{section}]\n"));
        let keys = docs
            .iter()
            .filter(|(in_section, ..)| *in_section == section);
        for (_, key, doc) in keys {
            text.push('\n');
            push_comment(&mut text, doc);
            match table.get(*key) {
                Some(value) => text.push_str(&format!("{key} = {value}\n")),
                None => text.push_str(&format!("# {key} = (not set)\n")),
            }
        }
    }
    text
}

/// What is in force, with the origin of every value; passwords in addresses are masked.
pub fn in_force(loaded: &Loaded) -> String {
    let mut text = match &loaded.file {
        Some(path) => format!("# file: {}\n", path.display()),
        None => "# no file\n".to_owned(),
    };
    for (section, table) in sections(&loaded.config) {
        text.push_str(&format!("\n[{section}]\n"));
        for (key, value) in &table {
            let origin = loaded.origin(&format!("{section}.{key}"));
            let shown = masked(&value.to_string());
            text.push_str(&format!("{key} = {shown} # {origin}\n"));
        }
    }
    text
}

/// The address with any password replaced by asterisks: `postgres://anna:***@host/db`.
pub fn masked(text: &str) -> String {
    let Some((scheme, rest)) = text.split_once("://") else {
        return text.to_owned();
    };
    let authority_end = rest.find('/').unwrap_or(rest.len());
    let (authority, tail) = rest.split_at(authority_end);
    let authority = match authority.rsplit_once('@') {
        Some((who, host)) => match who.split_once(':') {
            Some((user, _)) => format!("{user}:***@{host}"),
            None => format!("{who}@{host}"),
        },
        None => authority.to_owned(),
    };
    let tail = match tail.split_once("password=") {
        Some((before, after)) => {
            let rest = after.find(['&', '"']).map_or("", |end| &after[end..]);
            format!("{before}password=***{rest}")
        }
        None => tail.to_owned(),
    };
    format!("{scheme}://{authority}{tail}")
}

fn sections(config: &Config) -> Vec<(String, toml::Table)> {
    toml::Table::try_from(config)
        .expect("every option is a text, a number, a truth value or a list of these")
        .into_iter()
        .filter_map(|(name, value)| match value {
            toml::Value::Table(table) => Some((name, table)),
            _ => None,
        })
        .collect()
}

fn documented<'a>(docs: &[(&str, &str, &'a str)], section: &str, key: &str) -> &'a str {
    docs.iter()
        .find(|(s, k, _)| *s == section && *k == key)
        .map_or("", |(_, _, text)| text)
}

fn push_comment(text: &mut String, comment: &str) {
    let mut line = String::from("#");
    for word in comment.split_whitespace() {
        if line.chars().count() + 1 + word.chars().count() > WIDTH {
            text.push_str(&line);
            text.push('\n');
            line = String::from("#");
        }
        line.push(' ');
        line.push_str(word);
    }
    text.push_str(&line);
    text.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_file_is_the_defaults_and_names_every_option() {
        let text = example();
        let read: Config = toml::from_str(&text).expect("the example is a configuration");
        assert_eq!(read, Config::default());
        for (section, key, doc) in Config::documentation() {
            assert!(text.contains(key), "{section}.{key}");
            assert!(!doc.is_empty(), "{section}.{key} has no text");
        }
    }

    #[test]
    fn a_password_in_an_address_is_masked_and_the_rest_is_shown() {
        let shown = masked("\"postgres://anna:very:s3cret@db.example:5432/land\"");
        assert_eq!(shown, "\"postgres://anna:***@db.example:5432/land\"");
        assert_eq!(
            masked("postgres:///land?password=x&a=b"),
            "postgres:///land?password=***&a=b"
        );
        for plain in ["127.0.0.1:8080", "postgres://db/land", "var/diachinh.gpkg"] {
            assert_eq!(masked(plain), plain);
        }
    }
}

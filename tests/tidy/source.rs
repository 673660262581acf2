//! The files of the house, read once, with their tokens.

use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// One file, by its path from the root of the repository.
pub struct SourceFile {
    pub path: String,
    pub text: String,
}

impl SourceFile {
    /// The room this file belongs to: `src/<room>/…` or `src/<room>.rs`.
    pub fn room(&self) -> Option<&str> {
        let below = self.path.strip_prefix("src/")?;
        let room = below.split('/').next()?;
        Some(room.strip_suffix(".rs").unwrap_or(room))
    }

    /// The name without folder and extension; of a `mod.rs` the folder's name.
    pub fn stem(&self) -> &str {
        let path = self.path.strip_suffix("/mod.rs").unwrap_or(&self.path);
        let name = path.rsplit('/').next().unwrap_or(path);
        name.split('.').next().unwrap_or(name)
    }

    /// Whether the whole file is a test.
    pub fn is_test(&self) -> bool {
        !self.path.starts_with("src/")
            || self.path.ends_with("/tests.rs")
            || self.path.contains("/tests/")
    }

    /// All tokens of a Rust file.
    pub fn tokens(&self) -> Vec<TokenTree> {
        let stream: TokenStream = self.text.parse().expect("every file of ours is Rust");
        stream.into_iter().collect()
    }

    /// The tokens that a release contains: without what stands under `#[cfg(test)]`.
    pub fn shipped_tokens(&self) -> Vec<TokenTree> {
        if self.is_test() {
            Vec::new()
        } else {
            without_tests(self.tokens())
        }
    }
}

fn without_tests(tokens: Vec<TokenTree>) -> Vec<TokenTree> {
    let mut kept = Vec::with_capacity(tokens.len());
    let mut rest = tokens.into_iter();
    while let Some(token) = rest.next() {
        let marks_test = matches!(&token, TokenTree::Group(g)
            if g.delimiter() == Delimiter::Bracket
                && g.stream().to_string().replace(' ', "") == "cfg(test)");
        if marks_test {
            rest.find(|t| match t {
                TokenTree::Group(g) => g.delimiter() == Delimiter::Brace,
                TokenTree::Punct(p) => p.as_char() == ';',
                _ => false,
            });
        } else {
            kept.push(token);
        }
    }
    kept
}

/// Calls `visit` with every sequence of sibling tokens, outermost first.
pub fn walk(tokens: &[TokenTree], visit: &mut dyn FnMut(&[TokenTree])) {
    visit(tokens);
    for token in tokens {
        if let TokenTree::Group(group) = token {
            let inner: Vec<TokenTree> = group.stream().into_iter().collect();
            walk(&inner, visit);
        }
    }
}

/// The identifier, if the token is one.
pub fn ident(token: Option<&TokenTree>) -> Option<String> {
    match token {
        Some(TokenTree::Ident(ident)) => Some(ident.to_string()),
        _ => None,
    }
}

/// Whether the token is this punctuation.
pub fn is_punct(token: Option<&TokenTree>, wanted: char) -> bool {
    matches!(token, Some(TokenTree::Punct(p)) if p.as_char() == wanted)
}

/// Rust files under `src`, `tests` and `benches`.
pub fn rust_files() -> Vec<SourceFile> {
    let files = files_under(&["src", "tests", "benches"], &["rs"]);
    assert!(files.len() > 20, "the house has files");
    files
}

/// Every text file that is ours: code, scripts, documents, settings.
pub fn text_files() -> Vec<SourceFile> {
    let kinds = [
        "rs", "md", "toml", "sql", "sh", "ts", "tsx", "mjs", "css", "html", "json", "py", "txt",
        "", "yml",
    ];
    files_under(&["."], &kinds)
}

fn files_under(folders: &[&str], extensions: &[&str]) -> Vec<SourceFile> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    for folder in folders {
        collect(&root.join(folder), extensions, &mut found);
    }
    found.sort();
    found
        .into_iter()
        .filter_map(|path| {
            let text = std::fs::read_to_string(&path).ok()?;
            let below = path.strip_prefix(root).expect("found below the root");
            let path = below.to_string_lossy().into_owned();
            Some(SourceFile { path, text })
        })
        .collect()
}

fn collect(folder: &Path, extensions: &[&str], found: &mut Vec<PathBuf>) {
    // Built, installed or borrowed; borrowed files keep their owners' words.
    let foreign = [
        ".git",
        "target",
        "node_modules",
        "dist",
        "var",
        "tile-cache",
        "jts-cases",
        ".tools",
    ];
    for entry in std::fs::read_dir(folder).expect("a folder of the house") {
        let path = entry.expect("readable").path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let extension = path.extension().unwrap_or_default().to_string_lossy();
        if path.is_dir() {
            if !foreign.contains(&name.as_ref()) {
                collect(&path, extensions, found);
            }
        } else if extensions.contains(&extension.as_ref()) && name != ".git" {
            found.push(path);
        }
    }
}

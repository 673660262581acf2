//! The page as HTML: its places for facts, drawing, answer and settings filled in.

use serde::Serialize;

use super::first_answer::Asked;
use super::first_facts::FirstFacts;
use super::page_words::escaped;

/// What is filled into the page.
#[derive(Default)]
pub struct Parts {
    /// Settings of the map, as JSON.
    pub settings: String,
    /// The answer for the script, as JSON.
    pub answer: Option<String>,
    /// What the only parcel found is called.
    pub name: Option<String>,
    /// The picture, as SVG.
    pub drawing: String,
    /// The facts, as HTML.
    pub facts: String,
    /// Whether the register holds made-up data.
    pub synthetic: bool,
}

/// JSON that may stand in a script element: nothing in it ends the element.
pub fn json(value: &impl Serialize) -> String {
    let text = serde_json::to_string(value).expect("a view becomes JSON");
    text.replace('<', "\\u003c")
}

/// The page with everything filled in.
pub fn filled(template: &str, facts: FirstFacts, asked: &Asked, parts: &Parts) -> String {
    let say = |key| facts.words.html(key, &[]).unwrap_or_default();
    let tag = asked.language.tag();
    let title = match &parts.name {
        Some(name) => format!("{name} · {}", say("title")),
        None => format!("{}: {}", say("title"), say("subtitle")),
    };
    let data = |id: &str, json: &str| {
        format!("<script type=\"application/json\" id=\"{id}\">{json}</script>")
    };
    let mut head = format!(
        "<title>{title}</title>{}",
        data("settings", &parts.settings)
    );
    if let Some(answer) = &parts.answer {
        head.push_str(&data("answer", answer));
    }
    let map = format!(
        "<div id=\"first-map\" aria-hidden=\"true\">{}</div>",
        parts.drawing
    );
    let typed = asked
        .text("q")
        .map(|text| escaped(&text))
        .unwrap_or_default();
    let language = if asked.language == asked.usual {
        String::new()
    } else {
        format!("<input type=\"hidden\" name=\"lang\" value=\"{tag}\">")
    };
    let synthetic = if parts.synthetic {
        format!("<p class=\"synthetic\">{}</p>", say("synthetic"))
    } else {
        String::new()
    };
    let shell = format!(
        "<div class=\"shell\"><div class=\"side\"><header class=\"top\">\
         <a class=\"brand\" href=\"./\">\
         <img src=\"icon.svg\" alt=\"\" width=\"34\" height=\"34\">\
         <span class=\"name\"><strong>{title_alone}</strong> {subtitle}</span></a>\
         <form class=\"searching\" role=\"search\" action=\"./\">{language}\
         <input class=\"first-input\" type=\"search\" name=\"q\" value=\"{typed}\" \
         aria-label=\"{label}\" placeholder=\"{placeholder}\"></form></header>\
         <div class=\"sheet\" data-height=\"half\"><div class=\"grip\"></div>\
         <main id=\"result\">{result}{synthetic}</main></div></div></div>",
        title_alone = say("title"),
        subtitle = say("subtitle"),
        label = say("search.label"),
        placeholder = say("search.placeholder"),
        result = parts.facts,
    );
    template
        .replacen("<html lang=\"vi\">", &format!("<html lang=\"{tag}\">"), 1)
        .replacen("<!--first-head-->", &head, 1)
        .replacen("<!--first-map-->", &map, 1)
        .replacen("<!--first-view-->", &shell, 1)
}

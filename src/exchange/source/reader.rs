//! The child process: opens one file, gives up its rights, sends features until told to stop.

use std::io::Write;

use super::files::{self, CannotShow};
use super::format::Format;
use super::frame::{Answer, FileToOpen, Order, WireFeature, receive, send};
use super::limits::Limits;
use super::{confine, ogr};

/// Features are sent together up to about this many bytes.
const BATCH_BYTES: usize = 256 << 10;

/// An order from the parent is small.
const ORDER_BYTES: u32 = 1 << 20;

/// Runs the child on its standard input and output until the parent closes them.
///
/// This is what `diachinh read-source` does; people have no use for it.
///
/// # Errors
/// When the parent cannot be understood or is gone.
pub fn run() -> std::io::Result<()> {
    let (mut from, mut to) = (std::io::stdin().lock(), std::io::stdout().lock());
    let Some(Order::Open {
        files,
        format,
        limits,
    }) = receive(&mut from, ORDER_BYTES)?
    else {
        return Ok(());
    };
    match open(&files, format, &limits) {
        Ok((dataset, opened)) => {
            send(&mut to, &opened)?;
            while let Some(Order::Read { layer }) = receive(&mut from, ORDER_BYTES)? {
                read_layer(&dataset, layer, format, &limits, &mut to)?;
            }
            Ok(())
        }
        Err(answer) => send(&mut to, &answer),
    }
}

fn open(
    files: &[FileToOpen],
    format: Format,
    limits: &Limits,
) -> Result<(ogr::Dataset, Answer), Answer> {
    let unconfined = |e: &dyn std::fmt::Display| Answer::NotConfined(e.to_string());
    confine::limit_resources(limits).map_err(|e| unconfined(&e))?;
    ogr::prepare();
    files::show(files).map_err(|e| match e {
        CannotShow::Changed => Answer::Changed,
        CannotShow::Unreadable(e) => Answer::Failed(format!("it cannot be opened: {e}")),
    })?;
    let confinement = confine::confine().map_err(|e| unconfined(&e))?;
    let first = files.first().map_or("", |f| f.name.as_str());
    let name = format!("{}{first}", files::PREFIX);
    let dataset =
        ogr::Dataset::open(&name, format).ok_or_else(|| Answer::Failed(what_was_said(&name)))?;
    let layers = dataset.layers();
    if layers.is_empty() {
        let text = format!("it has no layer of features; {}", what_was_said(&name));
        return Err(Answer::Failed(text));
    }
    Ok((
        dataset,
        Answer::Opened {
            layers,
            confinement,
        },
    ))
}

/// The complaints as one sentence, without the name under which GDAL sees the file.
fn what_was_said(name: &str) -> String {
    let said = ogr::complaints();
    let mut all = said.failures;
    all.extend(said.warnings);
    let text = all
        .join("; ")
        .replace(name, "the file")
        .replace(files::PREFIX, "");
    if text.is_empty() {
        "the reading library does not recognise it".to_owned()
    } else {
        text
    }
}

fn read_layer(
    dataset: &ogr::Dataset,
    layer: u32,
    format: Format,
    limits: &Limits,
    to: &mut impl Write,
) -> std::io::Result<()> {
    let Some(layer) = dataset.layer(layer) else {
        return send(to, &Answer::Failed("it has no such layer".to_owned()));
    };
    let (mut count, mut batch, mut size) = (0_u64, Vec::new(), 0);
    while let Some(feature) = layer.next() {
        count += 1;
        let more = weight(&feature);
        if more > limits.frame_bytes as usize / 2 {
            let text = format!("feature `{}` takes `{more}` bytes", feature.number);
            return send(to, &Answer::Failed(text));
        }
        size += more;
        batch.push(feature);
        if count > limits.features {
            let text = format!("it has more than `{}` features", limits.features);
            return send(to, &Answer::Failed(text));
        }
        if size >= BATCH_BYTES {
            send(to, &Answer::Features(std::mem::take(&mut batch)))?;
            size = 0;
        }
    }
    send(to, &Answer::Features(batch))?;
    let said = ogr::complaints();
    for warning in said.warnings {
        send(to, &Answer::Said(warning))?;
    }
    // GDAL reads a FlatGeobuf that was cut short as one with fewer features.
    let stated = layer
        .stated_count()
        .filter(|_| format == Format::FlatGeobuf);
    let failure = match (said.failures.first(), stated) {
        (Some(failure), _) => format!("after `{count}` features: {failure}"),
        (None, Some(stated)) if count < stated => {
            format!("it says it has `{stated}` features and holds `{count}`")
        }
        _ => return send(to, &Answer::End { features: count }),
    };
    send(to, &Answer::Failed(failure))
}

/// About how many bytes a feature takes in a frame.
fn weight(feature: &WireFeature) -> usize {
    let texts: usize = feature
        .values
        .iter()
        .map(|v| match v {
            super::Value::Text(text) => text.0.len() + 4,
            _ => 9,
        })
        .sum();
    let points = feature
        .geometry
        .as_ref()
        .map_or(0, |g| g.coordinates().count());
    texts + 16 * points + 16
}

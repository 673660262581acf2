//! `diachinh party`: who holds a parcel, who a party is, and its erasure.

use std::io::{BufRead, IsTerminal, Write};
use std::os::unix::fs::MetadataExt;
use std::process::ExitCode;

use super::error::Error;
use super::serve::now;
use super::wording::answer;
use crate::app::open_existing_register;
use crate::app::party::{PartyFile, erase_party, find_parties, holders_of_parcel, show_party};
use crate::cadastre::{Day, Interval, ParcelId, PartyId, PartyKind, RrrType, RrrVersion};
use crate::config::{Loaded, Override};
use crate::exchange::Language;
use crate::store::{Asking, Reading, Store, UnitWithRights};

/// Parties of certificates: who holds a parcel, who they are, and their erasure.
///
/// The register keeps who a party is as ciphertext under a key of that party, and shows it to
/// nobody but here. Each look stands in the audit, with who looked and why; so does each erasure.
/// `diachinh audit show personal_readings` lists them.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  diachinh party holders 4711                        parties of parcel 4711, by number only
  diachinh party show 12 --reason 'case 2026/0815'
  diachinh party find --reason 'request 17' < number.txt
  diachinh party erase 12 --reason 'request 17' --yes")]
pub struct Party {
    #[command(subcommand)]
    order: Order,
    /// The register: a GeoPackage file, or postgres://… [default: store.url].
    #[arg(long, global = true, value_name = "FILE-OR-URL")]
    store: Option<String>,
}

#[derive(Debug, clap::Subcommand)]
enum Order {
    /// Lists the certificates and rights of a parcel; parties by number, nobody is read.
    Holders {
        /// The parcel's id, as look-ups give it.
        parcel: i64,
        /// What held on this day [default: today].
        #[arg(long, value_name = "YYYY-MM-DD", value_parser = |text: &str| Day::parse(text))]
        date: Option<Day>,
    },
    /// Shows name, identity number and rights of a party; the look stands in the audit.
    Show {
        /// The party's number.
        id: i64,
        #[command(flatten)]
        why: Why,
    },
    /// Finds the parties with an identity number, which is read from standard input.
    ///
    /// The number comes by standard input, since arguments stand in the shell's history and in
    /// the list of processes. Names are not read.
    Find {
        #[command(flatten)]
        why: Why,
    },
    /// Destroys the key of a party: nobody can read who it is any more, for ever.
    ///
    /// Its rights, versions and the audit stay. Copies of the keys elsewhere (backups,
    /// PostgreSQL's archive) are yours to erase.
    Erase {
        /// The party's number.
        id: i64,
        #[command(flatten)]
        why: Why,
        /// Does not ask.
        #[arg(long)]
        yes: bool,
    },
}

#[derive(Debug, clap::Args)]
struct Why {
    /// Why, such as the number of a case, without names: the audit keeps it for ever.
    #[arg(long, value_name = "TEXT")]
    reason: String,
}

impl Party {
    /// The options given on the command line.
    pub fn overrides(&self) -> Vec<Override> {
        Override::of("store.url", self.store.as_ref())
    }

    /// Carries out the order and prints the answer.
    ///
    /// # Errors
    /// [`Error`] when the register cannot be read, there is no such party, the reason is empty or
    /// holds what is asked for, or nobody confirms an erasure.
    pub fn run(&self, loaded: &Loaded, language: Language) -> Result<ExitCode, Error> {
        let store = open_existing_register(&loaded.config.store)?;
        for line in self.order.lines(&store, &account())? {
            answer(&line, language)?;
        }
        Ok(ExitCode::SUCCESS)
    }
}

impl Order {
    /// The answer, line by line.
    fn lines(&self, store: &Store, reader: &str) -> Result<Vec<String>, Error> {
        match self {
            Self::Holders { parcel, date } => {
                let parcel = ParcelId::new(*parcel).map_err(|e| Error::Usage(e.to_string()))?;
                let day = date.unwrap_or(now().day_in_vietnam());
                let held = holders_of_parcel(store, parcel, day)?;
                let nobody = || format!("parcel {parcel} has no certificate on {day}");
                Ok(or_else(held.iter().flat_map(told).collect(), nobody))
            }
            Self::Show { id, why } => {
                let file = show_party(store, PartyId(*id), why.asking(reader)?, now())?;
                Ok(shown(file))
            }
            Self::Find { why } => {
                let asking = why.asking(reader)?;
                let found = find_parties(store, &number_from_input()?, asking, now())?;
                let found = found.iter().map(|party| format!("party {}", party.0));
                let nobody = || "no party has this identity number".to_owned();
                Ok(or_else(found.collect(), nobody))
            }
            Self::Erase { id, why, yes } => {
                let asking = why.asking(reader)?;
                if !yes {
                    confirm(*id)?;
                }
                let alike = erase_party(store, PartyId(*id), asking, now())?;
                let done = format!("party {id} is erased");
                let alike = alike.iter().map(|other| {
                    let other = other.0;
                    format!("party {other} has the same identity number and is not erased")
                });
                Ok(std::iter::once(done).chain(alike).collect())
            }
        }
    }
}

fn or_else(lines: Vec<String>, nothing: impl Fn() -> String) -> Vec<String> {
    if lines.is_empty() {
        vec![nothing()]
    } else {
        lines
    }
}

/// Who a party is and what it holds.
fn shown(file: PartyFile) -> Vec<String> {
    let (id, kind) = (file.party.id.0, kind(file.party.kind));
    let mut lines = vec![format!("party {id}: {kind}")];
    match file.reading {
        Reading::Erased => lines.push("erased: nobody can read who it is".to_owned()),
        Reading::KeyMissing => lines.push(
            "no key: it is elsewhere or lost, or an erasure was interrupted and must be ordered \
             again"
                .to_owned(),
        ),
        Reading::Values(values) => {
            let known = |value: Option<String>| value.unwrap_or_else(|| "-".to_owned());
            lines.push(format!("name: {}", known(values.name)));
            let number = known(values.identity_number);
            lines.push(format!("identity number: {number}"));
        }
    }
    lines.extend(file.held.iter().flat_map(told));
    lines
}

impl Why {
    fn asking<'a>(&'a self, reader: &'a str) -> Result<Asking<'a>, Error> {
        if self.reason.trim().is_empty() {
            let expected = "`--reason` is empty, expected why, such as the number of a case";
            return Err(Error::Usage(expected.to_owned()));
        }
        Ok(Asking {
            reader,
            reason: self.reason.trim(),
        })
    }
}

/// Who runs this: the account that logged in, or else the one of the process, by number and name.
pub(super) fn account() -> String {
    let logged_in = std::fs::read_to_string("/proc/self/loginuid").ok();
    let logged_in = logged_in.and_then(|text| text.trim().parse().ok());
    let own = || std::fs::metadata("/proc/self").map(|process| process.uid());
    let uid = logged_in.filter(|uid| *uid != u32::MAX);
    let Some(uid) = uid.or_else(|| own().ok()) else {
        return "unknown account".to_owned();
    };
    let accounts = std::fs::read_to_string("/etc/passwd").unwrap_or_default();
    let named = accounts.lines().find_map(|line| {
        let mut parts = line.split(':');
        let name = parts.next()?;
        (parts.nth(1)?.parse() == Ok(uid)).then(|| name.to_owned())
    });
    format!("{} (uid {uid})", named.as_deref().unwrap_or("account"))
}

/// The first line of standard input.
fn number_from_input() -> Result<String, Error> {
    let input = std::io::stdin();
    if input.is_terminal() {
        // Without a prompt nobody knows that something is waited for; a lost prompt harms nothing.
        let _ = write!(std::io::stderr(), "identity number: ");
    }
    let mut line = String::new();
    let read = input.lock().read_line(&mut line);
    read.map_err(|source| Error::Io {
        what: "cannot read standard input".to_owned(),
        source,
    })?;
    let number = line.trim();
    if number.is_empty() {
        let expected = "standard input is empty, expected an identity number on its first line";
        return Err(Error::Usage(expected.to_owned()));
    }
    Ok(number.to_owned())
}

/// Asks somebody at a terminal; anything but `yes` keeps the party.
fn confirm(id: i64) -> Result<(), Error> {
    let input = std::io::stdin();
    if !input.is_terminal() {
        let expected = "nobody can be asked here, expected `--yes` for an erasure";
        return Err(Error::Usage(expected.to_owned()));
    }
    let _ = write!(std::io::stderr(), "erase party {id} for ever? Type yes: ");
    let mut line = String::new();
    let read = input.lock().read_line(&mut line);
    if read.is_ok() && line.trim() == "yes" {
        Ok(())
    } else {
        Err(Error::Usage(format!("party {id} is not erased")))
    }
}

/// A unit and its rights, a line each.
fn told(held: &UnitWithRights) -> Vec<String> {
    let unit = &held.unit.unit;
    let text = |text: &Option<Box<str>>| text.as_deref().unwrap_or("-").to_owned();
    let parcels: Vec<String> = unit.parcels.iter().map(ToString::to_string).collect();
    let mut lines = vec![format!(
        "unit {}: certificate {}, registry {}, parcels {}, {}",
        unit.id.0,
        text(&unit.certificate_serial),
        text(&unit.registry_number),
        parcels.join(", "),
        days(held.unit.lifespan.valid)
    )];
    lines.extend(held.rights.iter().map(right));
    lines
}

fn right(version: &RrrVersion) -> String {
    let share = version.rrr.share.map_or_else(String::new, |share| {
        format!(" {}/{}", share.numerator(), share.denominator())
    });
    let what = match version.rrr.what {
        RrrType::LandUse => "land use",
        RrrType::BuildingOwnership => "building ownership",
        RrrType::Lease => "lease",
        RrrType::Mortgage => "mortgage",
        RrrType::Easement => "easement",
        RrrType::Maintenance => "maintenance",
    };
    let party = version.rrr.party.0;
    let days = days(version.lifespan.valid);
    format!("  {what}{share} of party {party}, {days}")
}

fn days(valid: Interval<Day>) -> String {
    match valid.to {
        Some(to) => format!("from {} until before {to}", valid.from),
        None => format!("from {}", valid.from),
    }
}

const fn kind(kind: PartyKind) -> &'static str {
    match kind {
        PartyKind::NaturalPerson => "natural person",
        PartyKind::Organisation => "organisation",
        PartyKind::Household => "household",
        PartyKind::State => "the State",
    }
}

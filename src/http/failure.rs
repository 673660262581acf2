//! From a use-case that has no answer to the problem a client reads.

use super::problem::{Kind, Problem};
use crate::app::{Error, Invalid, Missing, Unavailable};

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        let problem = match &error {
            Error::NotFound(missing) => not_found(missing),
            Error::Invalid(Invalid::Crs { asked, known }) => {
                let arguments = vec![("value", asked.to_string())];
                Self::new(Kind::UnsupportedCrs, "unsupported_crs", arguments)
                    .at("crs")
                    .expecting("known_crs", vec![("known", known.clone())])
            }
            Error::Refused(reason) => refused(Kind::TransitionRefused, reason),
            Error::Conflict(reason) => refused(Kind::Conflict, reason),
            Error::Stale(reason) => refused(Kind::StaleVersion, reason),
            Error::Unavailable(Unavailable::Loading) => {
                Self::new(Kind::StoreUnavailable, "loading", Vec::new()).retry_after(2)
            }
            Error::Unavailable(Unavailable::StoreGone(_)) => {
                Self::new(Kind::StoreUnavailable, "store_gone", Vec::new()).retry_after(5)
            }
            Error::Internal { .. } => Self::new(Kind::Internal, "internal", Vec::new()),
        };
        problem.caused_by(error)
    }
}

fn not_found(missing: &Missing) -> Problem {
    match missing {
        Missing::Parcel(id) => {
            let arguments = vec![("id", id.to_string())];
            Problem::new(Kind::ItemNotFound, "parcel_unknown", arguments)
        }
        Missing::ParcelThen { id, date, from, to } => {
            let arguments = vec![("id", id.to_string()), ("date", date.to_string())];
            Problem::new(Kind::ItemNotFound, "parcel_not_then", arguments).held(*from, *to)
        }
        Missing::Item {
            collection,
            id,
            held,
        } => {
            let arguments = vec![
                ("collection", (*collection).to_owned()),
                ("id", id.to_string()),
            ];
            let problem = Problem::new(Kind::ItemNotFound, "item_unknown", arguments);
            match held {
                Some(days) => problem.held(days.from, days.to),
                None => problem,
            }
        }
        Missing::Changes(revision) => {
            let arguments = vec![("revision", revision.0.to_string())];
            Problem::new(Kind::ChangesGone, "changes_gone", arguments)
                .at("since")
                .expecting("load_anew", Vec::new())
        }
        Missing::Revision { asked, newest } => {
            let arguments = vec![
                ("revision", asked.0.to_string()),
                ("newest", newest.0.to_string()),
            ];
            Problem::new(Kind::RevisionUnknown, "revision_unknown", arguments)
                .at("since")
                .expecting("load_anew", Vec::new())
        }
        Missing::Snapshot(revision) => {
            let arguments = vec![("revision", revision.0.to_string())];
            Problem::new(Kind::SnapshotGone, "snapshot_gone", arguments)
                .at("cursor")
                .expecting("first_page", Vec::new())
        }
    }
}

fn refused(kind: Kind, reason: &str) -> Problem {
    Problem::new(kind, "refused", vec![("reason", reason.to_owned())])
}

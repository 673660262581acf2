//! Migrations, embedded in the program, with the same names for both databases.

use super::connection::{AnyConnection, on_both};
use super::error::Error;
use diesel::connection::SimpleConnection as _;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");

/// Applies every migration that is pending, each in its own transaction; their names.
pub(super) fn up(connection: &mut AnyConnection) -> Result<Vec<String>, Error> {
    let migrations = migrations_of(connection);
    let applied = on_both!(connection, c => c
        .run_pending_migrations(migrations)
        .map(|versions| versions.iter().map(ToString::to_string).collect())
        .map_err(|e| Error::Migration(e.to_string())))?;
    if let AnyConnection::Sqlite(c) = connection {
        // Programs that look at the first bytes of the file must see that it is a GeoPackage.
        c.batch_execute("PRAGMA wal_checkpoint(TRUNCATE)")?;
    }
    Ok(applied)
}

/// Takes every migration back, newest first; their names.
pub(super) fn down(connection: &mut AnyConnection) -> Result<Vec<String>, Error> {
    let migrations = migrations_of(connection);
    on_both!(connection, c => c
        .revert_all_migrations(migrations)
        .map(|versions| versions.iter().map(ToString::to_string).collect())
        .map_err(|e| Error::Migration(e.to_string())))
}

/// Whether the schema is the one this program was built for.
///
/// # Errors
/// [`Error::Schema`] when it is not.
pub(super) fn check(connection: &mut AnyConnection) -> Result<(), Error> {
    let migrations = migrations_of(connection);
    let failed = |e: Box<dyn std::error::Error + Send + Sync>| Error::Migration(e.to_string());
    let (applied, pending) = on_both!(connection, c => (
        c.applied_migrations().map_err(failed)?,
        c.has_pending_migration(migrations).map_err(failed)?,
    ));
    let expected = expected()?;
    let found = applied.iter().map(ToString::to_string).max();
    if pending || found.as_deref() != Some(expected.as_str()) {
        return Err(Error::Schema {
            found: found.unwrap_or_else(|| "none".to_owned()),
            expected,
        });
    }
    Ok(())
}

fn expected() -> Result<String, Error> {
    use diesel::migration::MigrationSource;
    let all = MigrationSource::<diesel::sqlite::Sqlite>::migrations(&SQLITE)
        .map_err(|e| Error::Migration(e.to_string()))?;
    let newest = all.iter().map(|m| m.name().version().to_string()).max();
    newest.ok_or_else(|| Error::Migration("the program has no migrations".to_owned()))
}

fn migrations_of(connection: &AnyConnection) -> EmbeddedMigrations {
    match connection {
        AnyConnection::Sqlite(_) => SQLITE,
        AnyConnection::Postgres(_) => POSTGRES,
    }
}

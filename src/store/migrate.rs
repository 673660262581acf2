//! Migrations, embedded in the program, with the same names for both databases.

use super::connection::{AnyConnection, on_both};
use super::error::Error;
use diesel::RunQueryDsl as _;
use diesel::connection::SimpleConnection as _;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");

/// What stands for the schema of a database that has none.
pub const NO_SCHEMA: &str = "none";

/// Applies every migration that is pending, each in its own transaction; their names.
pub(super) fn up(connection: &mut AnyConnection) -> Result<Vec<String>, Error> {
    let migrations = migrations_of(connection);
    let applied: Vec<String> = on_both!(connection, c => c
        .run_pending_migrations(migrations)
        .map(|versions| versions.iter().map(ToString::to_string).collect())
        .map_err(|e| Error::Migration(e.to_string())))?;
    if let AnyConnection::Sqlite(c) = connection
        && !applied.is_empty()
    {
        // Programs that look at the first bytes of the file must see that it is a GeoPackage. Only
        // then: a checkpoint waits for those who read, and a server that starts shall not.
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
    if !is_migrated(connection)? {
        return Err(Error::Schema {
            found: NO_SCHEMA.to_owned(),
            expected: expected()?,
        });
    }
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
            found: found.unwrap_or_else(|| NO_SCHEMA.to_owned()),
            expected,
        });
    }
    Ok(())
}

/// Whether the table of migrations is there: asking diesel for them would make it.
fn is_migrated(connection: &mut AnyConnection) -> Result<bool, Error> {
    #[derive(diesel::QueryableByName)]
    struct Tables {
        #[diesel(sql_type = diesel::sql_types::BigInt)]
        count: i64,
    }
    let query = match connection {
        AnyConnection::Sqlite(_) => {
            "SELECT count(*) AS count FROM sqlite_master \
             WHERE type = 'table' AND name = '__diesel_schema_migrations'"
        }
        AnyConnection::Postgres(_) => {
            "SELECT count(*) AS count FROM pg_catalog.pg_tables \
             WHERE schemaname = ANY (current_schemas(false)) \
             AND tablename = '__diesel_schema_migrations'"
        }
    };
    let tables: Tables = on_both!(connection, c => diesel::sql_query(query).get_result(c))?;
    Ok(tables.count > 0)
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

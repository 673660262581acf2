//! The register on disk: diesel, schema, migrations, transactions, one file per aggregate.

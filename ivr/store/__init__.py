"""The database: tables, engine, queries, migrations. SQLite by default, PostgreSQL by URL."""

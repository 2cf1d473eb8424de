"""The read model: SQLite tables that answer questions quickly, rebuilt from the log whenever in doubt. Edge."""

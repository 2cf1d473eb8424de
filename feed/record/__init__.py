"""The log: one canonical line an event, append-only, one writer, durable before it is acknowledged.

`log` is the port and its promise; `file` keeps it in a file; `gates` judges a line; `verify` audits a whole log.
Behind them: `tail` (where bytes become durable), `lines` (the chain over raw bytes), `recovery` (what a crash left),
`lock`, `side` (the small files beside the log) and `disk`.
An edge: it touches files. Only `gates` knows jsonschema, and only appending and strict verifying import it.
"""

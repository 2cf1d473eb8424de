"""Which reader this is. Counted up when the same text would be read otherwise."""

VERSION = "1"

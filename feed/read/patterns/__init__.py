"""The pattern language of packs and of the table of English, and how patterns are found in one pass."""

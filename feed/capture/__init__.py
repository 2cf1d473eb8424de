"""Keep an article's bytes under their digest, write-once, and give the article that they hold.

An edge. `capture` takes a fetched page, `articles` reads what was handed in as files, `given` keeps such a one.
What the bytes mean is never decided here: this stage finds text, publication and address, nothing else.
"""

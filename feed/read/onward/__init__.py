"""Numbers that go on about the text before: by pronoun, under a heading, in a list, a table or a next sentence."""

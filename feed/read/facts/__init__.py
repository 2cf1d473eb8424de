"""The other facts of an article: who holds which office, how far a scheme has come, who said what, what happened."""

"""What a sentence says by its grammar alone: nouns, changes, comparisons, asides, modals, the role of each number."""

"""Text to facts. Pure. No topic is named here: the beat's words stand in its pack, those of English in english.toml.

Each part knows only those above it (held by an import contract):

    english     the table of English as values; nearly, about, up to, January, who said
    text        characters to tokens, sentences, quotations; how much of an article is read
    patterns    the pattern language of packs, and finding all patterns of a sentence in one pass
    times       dates and stretches of time as the text tells them
    numbers     digits, words, fractions, ranges, money, hedges; what is reserved because it is no number of anything
    cast, offices, speakers, facts    who is on stage, who says what, which scheme came how far
    tables      pack and English compiled
    scene       a sentence set for reading: its numbers and times, and every word of the pack in it
    grammar     what the sentence says by its grammar: changes, comparisons, asides, the role of each number
    claim       what is decided about a number, and what is remembered of those before it
    narrowing   the values of dimensions that its own words tell
    metric      which metric's words claim it, at what cost
    onward      numbers that go on about the text before
    attach      metric, unit and dimensions together
    measured    level, change, share or ratio, once the metric is known
    assertion   fact, estimate, aim, plan, forecast, or not asserted at all
    dating      its period and baseline
    doubt       what is refused, left alone, or too likely wrong to be told
    reader      the stages in order, and an account of every number
"""

"""A feed of record: what a public figure was, what it is now, who says so, and where that is written.

At every tick (`app/pipeline.py`, the only place that knows this order), each stage hands its values to the next:

    poll       edge   ask every source, politely, what is new                      -> entries
    capture    edge   fetch the page, keep its bytes for ever under their digest   -> an article
    read       pure   find the figures and other facts in it, each with its quote  -> a reading
    record     edge   append them to the log, one immutable line each: the truth   -> events
    project    pure   work out which figure stands now in its series, and why      -> standing figures
    check      pure   try the arithmetic between figures, in intervals             -> checks
    alert      pure   tell news from the rest by rules, and who is owed a letter   -> alerts, letters
    publish    pure   write the same values as JSON Feed, Atom, page, mail, hook   -> bytes
    deliver    edge   note what is owed, send it, mark it as paid                  -> deliveries

    fetch      edge   the one careful way out to the web, for polling, capturing and delivering
    confine    edge   runs parsers of foreign bytes in a child process that can do no harm
    view       edge   answers questions from a SQLite file, made from the log and made again at any time
    model      pure   the words that all of them speak: figure, period, quantity, event; frozen values
    app        edge   commands, web, schedule, settings; joins the parts, holds no rule of the domain
    topics            data, never imported: what is counted, which words tell it, what the calendar says

Each part is pure (values in, values out, the clock an argument: replay says the same tomorrow) or an edge (touches the
world), never both. Layers, held by the tests: app, then poll | capture | fetch | record | view | deliver, then confine,
then read | project | check | alert | publish, then model; a part imports only from those below it.
"""

__version__ = "0.1.0"

"""What the program is called and how it ends."""

PROGRAM = "feed"
# An article makes some 30,000 small objects that all die with it: looking for rings among them takes a tenth of the
# time of reading when it is done every 700 objects, as Python does.
RINGS = (100_000, 20, 20)
EXITS = {
    0: "done",
    1: "it failed",
    2: "that is no command, or not a word it takes",
    3: "settings or a topic pack cannot be used",
    4: "some sources or deliveries failed, the rest was done",
    5: "the log, or a capture, is damaged",
    75: "the log could not be made durable: nothing of it counts, try again",
    130: "interrupted",
}

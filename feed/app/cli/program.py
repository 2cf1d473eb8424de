"""What the program is called and how it ends."""

PROGRAM = "feed"
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

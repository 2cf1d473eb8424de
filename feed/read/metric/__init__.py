"""Which metric's words of its own sentence claim a number, and in which unit."""

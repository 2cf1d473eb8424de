"""The period and the baseline of each number: told in its sentence, carried from before, or by the guide's rules."""

"""What is news, what is told of it in one sentence, and who is owed a letter. Values in, values out."""

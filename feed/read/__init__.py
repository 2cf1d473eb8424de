"""Text to facts: tokens, sentences, times, numbers, roles, attachment, assertion. No topic is named here. Pure."""

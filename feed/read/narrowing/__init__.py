"""What narrows a number to a part: the values of dimensions that its own words tell."""

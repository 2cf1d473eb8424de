"""Values to bytes: JSON Feed, pages, mail, webhooks. What a source wrote is text, escaped where it ends up."""

"""Values to bytes: JSON Feed, pages, mail, webhook bodies. What a source wrote is text, and is escaped where it ends up."""

"""The static edition: pages of texts, contents, indexes, chronology, search, what is kept to make them."""

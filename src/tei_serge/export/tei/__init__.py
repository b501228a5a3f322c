"""TEI for other tools: registers moved, merged over texts, texts made fit for each tool."""

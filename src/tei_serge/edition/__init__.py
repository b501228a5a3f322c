"""TEI as readers and exports need it: what a text says of itself, its parts, its names, dates and events.

`model` says what there is, `read` makes it out of any TEI P5; nothing here writes.
"""

"""Tables with keys and a data package that describes them (format csv)."""

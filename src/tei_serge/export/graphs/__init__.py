"""Texts in schema.org and events in CIDOC CRM, as statements of RDF."""

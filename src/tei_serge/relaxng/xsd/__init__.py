"""The datatypes of XML Schema 1.0: how each is written, what its values are, what parameters ask of them."""

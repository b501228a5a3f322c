"""The namespaces that TEI documents use, and the one attribute of XML that all modules ask for."""

TEI = "http://www.tei-c.org/ns/1.0"
EXAMPLES = "http://www.tei-c.org/ns/Examples"
XML = "http://www.w3.org/XML/1998/namespace"
XINCLUDE = "http://www.w3.org/2001/XInclude"
XML_ID = f"{{{XML}}}id"

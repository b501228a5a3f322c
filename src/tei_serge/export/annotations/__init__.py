"""W3C Web Annotations over the plain text."""

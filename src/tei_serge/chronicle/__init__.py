"""One register of dated events for many texts: read out of TEI, put in order of time, compared, written."""

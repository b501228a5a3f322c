"""Behind a fault: what is noted, what was expected, and how to go on so that one fault is one message."""

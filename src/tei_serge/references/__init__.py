"""References: phrases that mean persons, works and events without naming them, and whose words are quoted.

Everything here needs the names that were found before, and makes none.
"""

"""Exports of TEI into what other people and programs read; one module for each."""

"""Typing at a terminal: the line edited, completed, marked and remembered, and the bar below it."""

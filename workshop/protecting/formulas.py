"""What a spreadsheet could take for a formula: in a file of commas it is told apart by a mark in front."""

import re

# Spreadsheets of many languages also cut at semicolons, and some at tabs, whatever stands in quotation marks.
STARTS = re.compile(r"(?:\A|(?<=[\n\r;\t]))(?=[\s\"]*[=+\-@＝＋－＠\t\r\0])")
QUIET = re.compile(r"\w[^\n\r;\t]*")  # most texts: one look tells that there is nothing to find


def harmless(text: str) -> str:
    """The text with ' before everything that a spreadsheet could take for a formula. JSON has it as it was."""
    return text if QUIET.fullmatch(text) else STARTS.sub("'", text)

"""The office's end of a notice's way: drafts, audit, two seals, publication."""

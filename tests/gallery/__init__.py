"""The gallery: every screen on every panel, as pictures for eyes and as faults for tests.

A new screen joins by a line in `scenes.SCENES`; what is a fault stands in `faults`.
"""

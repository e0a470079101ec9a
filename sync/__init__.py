"""How notices travel, both ends: what a notice is, how it is sealed, moved, verified and stored."""

"""solver/blocks."""

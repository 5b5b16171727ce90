"""Row families, one a file; `FAMILIES` is the order in which they are added."""

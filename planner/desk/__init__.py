"""The desk: what a notebook user holds. Methods are one-line calls downward."""

"""Authoring: tools for people who write rules and catalogues."""

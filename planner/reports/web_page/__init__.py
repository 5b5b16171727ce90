"""Web page: a plan, or why there is none, as one file that a browser shows without a script or a request."""

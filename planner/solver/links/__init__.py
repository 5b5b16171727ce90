"""What lasts from one period into the next, one row family a file."""

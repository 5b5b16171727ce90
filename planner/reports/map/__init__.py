"""Map: the places of a plan, their users and their traffic, as drawings that need nothing but themselves."""

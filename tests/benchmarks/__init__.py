"""Speed of the course's helpers against other ways to do the same work."""

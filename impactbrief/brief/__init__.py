"""What is said: an assessment turned into an ordered document, whatever the format."""

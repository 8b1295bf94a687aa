"""What is asked: the question bank as frozen data, in a language."""

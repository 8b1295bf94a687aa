"""What was answered: the answer file's shape, reading and saving it."""

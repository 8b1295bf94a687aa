"""What was answered: the answer file's shape, reading it with the place of everything, saving it."""

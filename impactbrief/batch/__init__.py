"""Many answer files -> many documents: finding them, naming outputs, making them, writing them."""

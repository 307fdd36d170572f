"""Running the examples, recording them, and writing down what was proven."""

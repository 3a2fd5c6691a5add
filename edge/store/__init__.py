"""The model store: what each model is, where it comes from, and whether the bytes here are the right ones."""

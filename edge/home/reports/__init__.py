"""What is known of the home, and what a name or a sentence means in it, for `edge-voice home`."""

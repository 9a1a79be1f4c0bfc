"""What instructors run to grade submissions. No lesson imports it."""

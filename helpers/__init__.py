"""What learners import: reference code, pictures and friendly checks."""

"""Scripts that make or prepare data on disk; run them with `python -m data_scripts.NAME`."""

"""What learners import: reference code, pictures and friendly checks."""

import os

# TensorFlow greets with pages about its build on stderr. Set it to "0" to read them.
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
# OpenCV prints a line for every file it cannot read; the course raises an error that names it.
os.environ.setdefault("OPENCV_LOG_LEVEL", "ERROR")

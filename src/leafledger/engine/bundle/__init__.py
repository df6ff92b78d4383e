"""A bundle: one signed file that holds a release with everything its figures stand on, and computes them again."""

"""Pages of docs/ that are made by running the product."""

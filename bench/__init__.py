"""How fast the product is beside what no product can beat: `python -m bench`. See README.md."""

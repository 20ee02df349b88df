"""`python -m hefu.cli`."""

from hefu.cli import main

main()

"""`python -m hefu.cli`."""

from hefu.cli import main

if __name__ == "__main__":
    main()

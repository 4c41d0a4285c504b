"""`python -m digest` and the console script."""

from digest.cli import main

if __name__ == "__main__":
    main()

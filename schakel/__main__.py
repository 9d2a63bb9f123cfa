"""`python -m schakel` is the `schakel` command."""

from schakel.cli import main

if __name__ == "__main__":
    raise SystemExit(main())

"""`python -m tei_serge`."""

from tei_serge.cli import main

if __name__ == "__main__":
    main()

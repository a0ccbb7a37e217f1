"""python -m reportgen."""

from reportgen.cli.app import main

main()

"""What the Function Wizard tells of functions: run by the system's Python.

    /usr/bin/python3 wizard_in_office.py PIPE WORKBOOK FUNCTION...

The answer is by function, as JSON: its description, and its arguments with their help, in their order.
"""

import sys

from shared_in_office import answer, opened, service


def main(pipe, path, *names):
    with opened(pipe, path):
        described = service(pipe, "com.sun.star.sheet.FunctionDescriptions")
        wizard = {}
        for name in names:
            told = {found.Name: found.Value for found in described.getByName(name)}
            arguments = [[argument.Name, argument.Description] for argument in told["Arguments"]]
            wizard[name] = [told["Description"], arguments]
    answer(wizard)


if __name__ == "__main__":
    main(*sys.argv[1:])

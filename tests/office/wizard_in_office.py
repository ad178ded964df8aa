"""What the Function Wizard tells of functions: run by the system's Python.

    /usr/bin/python3 wizard_in_office.py PIPE WORKBOOK FUNCTION...

The answer is by function, as JSON: its description, and its arguments with their help, in their order.
"""

import json
import sys

import uno
from com.sun.star.beans import PropertyValue
from read_in_office import connect, service


def main(pipe, path, *names):
    hidden = PropertyValue("Hidden", 0, True, 0)
    document = connect(pipe).loadComponentFromURL(uno.systemPathToFileUrl(path), "_blank", 0, (hidden,))
    try:
        described = service(pipe, "com.sun.star.sheet.FunctionDescriptions")
        answer = {}
        for name in names:
            told = {found.Name: found.Value for found in described.getByName(name)}
            arguments = [[argument.Name, argument.Description] for argument in told["Arguments"]]
            answer[name] = [told["Description"], arguments]
    finally:
        document.close(True)
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])

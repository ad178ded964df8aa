"""What the scripts share that run beside LibreOffice, by the system's Python (the one with `uno`)."""

import json
import os
import sys
import time
from contextlib import contextmanager

import uno
from com.sun.star.beans import PropertyValue


def connect(pipe, seconds=60):
    """The desktop behind the pipe, once it answers."""
    return service(pipe, "com.sun.star.frame.Desktop", seconds)


def service(pipe, name, seconds=60):
    """A new instance of a service of the LibreOffice behind the pipe, once it answers."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    deadline = time.monotonic() + seconds
    while True:
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return context.ServiceManager.createInstanceWithContext(name, context)
        except Exception:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def load(pipe, path, **properties):
    """Open a workbook; `Hidden=True` in no window."""
    given = tuple(PropertyValue(name, 0, value, 0) for name, value in properties.items())
    document = connect(pipe).loadComponentFromURL(uno.systemPathToFileUrl(path), "_blank", 0, given)
    if document is None:
        sys.exit(f"LibreOffice cannot open {path}")
    return document


@contextmanager
def opened(pipe, path, **properties):
    """An open workbook, in no window unless `properties` say otherwise; closed at the end."""
    document = load(pipe, path, **{"Hidden": True, **properties})
    try:
        yield document
    finally:
        document.close(True)


def answer(told):
    """Print the answer as JSON and end."""
    json.dump(told, sys.stdout)
    sys.stdout.flush()
    os._exit(0)  # the bridge's threads now and then crash an interpreter that shuts down

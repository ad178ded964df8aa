"""Message boxes, and a box that asks for a line of text."""

from __future__ import annotations

from addin.hosts.calc import bridge
from addin.hosts.calc.bridge import Uno

_BUTTONS = {"ok": 1, "ok_cancel": 2, "yes_no": 3, "yes_no_cancel": 4}
_POSITION = 1 | 2
"""Of what `setPosSize` is given: where, not how large."""
_ANSWERS = {0: "cancel", 1: "ok", 2: "yes", 3: "no"}


def show(context: Uno, prompt: str, title: str, buttons: str = "ok", *, is_bad: bool = False) -> str:
    """Show a box; the button that was pressed: `ok`, `cancel`, `yes` or `no`."""
    toolkit = bridge.service(context, "com.sun.star.awt.Toolkit")
    kind = "ERRORBOX" if is_bad else "INFOBOX" if buttons == "ok" else "QUERYBOX"
    box = toolkit.createMessageBox(
        parent_window(context), bridge.enum("awt.MessageBoxType", kind), _BUTTONS[buttons], title, prompt
    )
    try:
        return _ANSWERS[box.execute()]
    finally:
        box.dispose()


def ask_for_text(context: Uno, prompt: str, title: str, proposed: str) -> str | None:
    """Ask for one line; None where the person cancels."""
    model = bridge.service(context, "com.sun.star.awt.UnoControlDialogModel")
    model.setPropertyValues(("Title", "Width", "Height"), (title, 220, 70))
    places = (
        ("FixedText", "Prompt", (8, 6, 204, 24), {"Label": prompt, "MultiLine": True}),
        ("Edit", "Answer", (8, 32, 204, 14), {"Text": proposed}),
        ("Button", "Ok", (104, 52, 50, 14), {"Label": "OK", "PushButtonType": 1, "DefaultButton": True}),
        ("Button", "No", (162, 52, 50, 14), {"Label": "Cancel", "PushButtonType": 2}),
    )
    for kind, name, (left, top, width, height), more in places:
        part = model.createInstance(f"com.sun.star.awt.UnoControl{kind}Model")
        shape = {"PositionX": left, "PositionY": top, "Width": width, "Height": height}
        for key, value in (shape | more).items():
            part.setPropertyValue(key, value)
        model.insertByName(name, part)
    dialog = bridge.service(context, "com.sun.star.awt.UnoControlDialog")
    dialog.setModel(model)
    parent = parent_window(context)
    dialog.createPeer(bridge.service(context, "com.sun.star.awt.Toolkit"), parent)
    if parent is not None:
        around, shape = parent.getPosSize(), dialog.getPosSize()
        left, top = (around.Width - shape.Width) // 2, (around.Height - shape.Height) // 2
        dialog.setPosSize(left, top, 0, 0, _POSITION)
    try:
        return str(dialog.getControl("Answer").getText()) if dialog.execute() else None
    finally:
        dialog.dispose()


def parent_window(context: Uno) -> Uno:
    frame = bridge.service(context, "com.sun.star.frame.Desktop").getCurrentFrame()
    return frame.getContainerWindow() if frame else None

"""What the help says of keys; a module of its own, since a pipe that asks for help has none of them."""

from chatbot.settings import Settings


def described(settings: Settings) -> tuple[tuple[str, str], ...]:
    """Keys and what they do, as they are set."""
    ask, newline = ("Alt-Enter", "Enter") if settings.multiline else ("Enter", "Alt-Enter")
    editor, undo = ("Escape v", "Escape u") if settings.keys == "vi" else ("Ctrl-X Ctrl-E", "Ctrl-_")
    return (
        (ask, "ask"),
        (newline, "begin a new line"),
        ("Tab, Down", "choose from the menu; Escape closes it"),
        ("Right, Ctrl-E", "take the greyed suggestion"),
        ("Up, Ctrl-R", "past lines that begin alike; search them"),
        (undo, "take back what was typed"),
        (editor, "edit the line in your editor"),
        ("Ctrl-C", "drop the line, or the answer under way"),
        ("Ctrl-L", "clear the screen"),
        ("F1", "this help"),
        ("Ctrl-D", "leave"),
    )

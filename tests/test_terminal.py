"""What is written on the terminal, wherever its words come from."""

import io
import json

from workwell_desktop.terminal import one_object, write


def test_what_a_terminal_would_obey_or_hide_is_written_out() -> None:
    """The name of a computer is said by that computer: it is not to clear a screen or to turn the words around it."""
    name = "Room\x1b[2J 4\x9b\x00\r\u202e\u2067, Zoë\n\tRiß"
    said, packed = io.StringIO(), io.StringIO()
    write(name, said)
    assert said.getvalue() == "Room\\u001b[2J 4\\u009b\\u0000\\u000d\\u202e\\u2067, Zoë\n\tRiß\n"
    write(one_object({"name": name}), packed)
    assert json.loads(packed.getvalue()) == {"name": name}
    assert not any(letter in packed.getvalue() for letter in "\x1b\x9b\u202e")

"""A stand-in for systemd-logind on a bus of the test's own: it hands out inhibitors, or refuses.

Started with the bus's address and the modes to refuse. Prints a line of JSON for each question,
and one when an inhibitor is given back, which the system sees when its descriptor is closed.
"""

import json
import os
import sys
import threading

from jeepney import DBusAddress, HeaderFields, MessageType, new_error, new_method_call
from jeepney import new_method_return as answer
from jeepney.io.blocking import open_dbus_connection

NAME = "org.freedesktop.login1"
BUS = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus")


def tell(**facts):
    print(json.dumps(facts), flush=True)  # noqa: T201


def watch(descriptor, mode):
    while os.read(descriptor, 64):
        pass
    os.close(descriptor)
    tell(released=mode)


def main(address, *refused):
    connection = open_dbus_connection(address, enable_fds=True)
    connection.send_and_get_reply(new_method_call(BUS, "RequestName", "su", (NAME, 0)))
    tell(ready=True)
    while True:
        asked = connection.receive()
        if asked.header.message_type != MessageType.method_call:
            continue
        if asked.header.fields.get(HeaderFields.member) != "Inhibit":
            connection.send(new_error(asked, "org.freedesktop.DBus.Error.UnknownMethod"))
            continue
        what, who, why, mode = asked.body
        tell(what=what, who=who, why=why, mode=mode)
        if mode in refused:
            connection.send(new_error(asked, "org.freedesktop.DBus.Error.AccessDenied"))
            continue
        ours, theirs = os.pipe()
        connection.send(answer(asked, "h", (theirs,)))
        os.close(theirs)
        threading.Thread(target=watch, args=(ours, mode), daemon=True).start()


if __name__ == "__main__":
    main(*sys.argv[1:])

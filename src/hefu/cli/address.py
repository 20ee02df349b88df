"""An address to answer on, tried before anything is done for it."""

from __future__ import annotations

import socket
import sys

import click

UNUSABLE = 2


def must_be_free(host: str, port: int) -> None:
    """Exit with 2, saying why and what to do, where nobody could answer on this address."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        for family, kind, protocol, _, address in found:
            with socket.socket(family, kind, protocol) as tried:
                tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                tried.bind(address)
    except (OSError, OverflowError) as error:
        click.echo(f"cannot answer on {host}:{port}: {error}; choose another with --port", err=True)
        sys.exit(UNUSABLE)

"""An address to answer on, tried before anything is done for it."""

from __future__ import annotations

import socket

from hefu.cli.trouble import stop


def must_be_free(host: str, port: int) -> None:
    """Exit with 2, saying why and what to do, where nobody could answer on this address."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        for family, kind, protocol, _, address in found:
            with socket.socket(family, kind, protocol) as tried:
                tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                tried.bind(address)
    except (OSError, OverflowError) as error:
        stop(
            f"无法使用 {host}:{port}：{error}；请用 --port 另选一个端口",
            f"cannot answer on {host}:{port}: {error}; choose another with --port",
        )

"""What is said where a command cannot do its work: in both languages, what is wrong and what to do; no traceback."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

UNUSABLE = 2


def stop(zh: str, en: str, code: int = UNUSABLE) -> NoReturn:
    """End the command, saying why."""
    click.echo(f"{zh}\n{en}", err=True)
    sys.exit(code)


@contextmanager
def told() -> Iterator[None]:
    """What is wrong with settings, databases or folders ends the command with a plain message."""
    try:
        yield
    except _databases() as error:
        message = str(error).strip().splitlines()[0]
        new = "no such table" in str(error) or "does not exist" in str(error)
        zh, en = ("；请先运行 `hefu migrate`", "; run `hefu migrate` first") if new else ("", "")
        stop(f"数据库无法使用：{message}{zh}", f"the database cannot be used: {message}{en}")
    except _settings() as error:
        stop(f"设置有误：{error}", f"a setting is wrong: {error}")
    except OSError as error:
        stop(f"无法写入或读取：{error}", f"cannot write or read: {error}")


def _databases() -> tuple[type[Exception], ...]:
    """Errors of both databases; only looked for when something has gone wrong, because the libraries are large."""
    from django.db import DatabaseError
    from sqlalchemy.exc import SQLAlchemyError

    return DatabaseError, SQLAlchemyError


def _settings() -> tuple[type[Exception], ...]:
    from django.core.exceptions import ImproperlyConfigured

    return ImproperlyConfigured, ValueError

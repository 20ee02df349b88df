"""What is said of a file that may not come in: what is wrong with it, and what to do next, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from hefu.papers.kinds import KINDS
from hefu.rules.model import Text

if TYPE_CHECKING:
    from collections.abc import Mapping


class BadUpload(NamedTuple):
    """Why a file may not come in. `code` is stable."""

    code: str
    message: Text
    remedy: Text


_ACCEPTED = Text(
    "可以接收：" + "、".join(dict.fromkeys(kind.title.zh for kind in KINDS.values())) + "。",
    "Accepted: " + ", ".join(dict.fromkeys(kind.title.en for kind in KINDS.values())) + ".",
)
_AGAIN = Text("请重新导出或重新扫描后再上传。", "Export or scan it again and hand in the new file.")
_PRINTED = Text(
    "请用“打印为 PDF”另存一份，再上传新的文件。",
    "Make a plain copy with “print to PDF” and hand that in.",
)
_APART = Text("请解压后把需要的文件逐个上传。", "Unpack it and hand in the files that are needed one by one.")
_REPACKED = Text("请用系统自带的 ZIP 压缩重新打包。", "Pack it again with the ZIP program of your system.")
_ONCE_MORE = Text("请重新上传这个文件。", "Hand the file in again.")

_WORDS: Mapping[str, tuple[Text, Text]] = {
    "empty": (
        Text("文件是空的，没有任何内容。", "The file is empty."),
        Text("请打开文件确认有内容，再重新选择。", "Open the file, see that something is in it, and choose it again."),
    ),
    "too-large": (
        Text(
            "文件有 {size} MB，超过了{kind}的上限 {limit} MB。",
            "The file has {size} MB; {limit} MB is the most for this kind: {kind}.",
        ),
        Text(
            "请降低扫描分辨率（300 dpi 足够），或拆成几个文件。",
            "Scan with fewer dots per inch (300 is enough), or split it into several files.",
        ),
    ),
    "name": (
        Text("文件名里没有可以使用的文字。", "Nothing that can be used is left of the file's name."),
        Text(
            "请给文件取一个普通的名字，例如“营业执照.pdf”。",
            "Give the file an ordinary name, such as “licence.pdf”.",
        ),
    ),
    "type": (
        Text(
            "不能接收这种文件（内容看起来是：{seen}）。",
            "This kind of file is not accepted (it seems to be: {seen}).",
        ),
        _ACCEPTED,
    ),
    "script": (
        Text(
            "不能接收 SVG 和网页文件：它们可以夹带会在查看者电脑上运行的脚本。",
            "SVG and web pages are not accepted: they can carry scripts that run on the reader's computer.",
        ),
        Text("请导出为 PNG 图片或 PDF。", "Export it as a PNG picture or as PDF."),
    ),
    "extension": (
        Text(
            "文件名以“.{extension}”结尾，内容却是{kind}。",
            "The name ends in “.{extension}”, but the content is: {kind}.",
        ),
        Text(
            "请确认选对了文件，并把扩展名改为 .{right}。",
            "See that it is the right file, and let its name end in .{right}.",
        ),
    ),
    "damaged": (
        Text(
            "文件已损坏或不完整：{kind}的内容读不出来。",
            "The file is damaged or cut off: its content ({kind}) cannot be read.",
        ),
        _AGAIN,
    ),
    "encoding": (
        Text("文本文件的编码不是 UTF-8 或 GB18030。", "The text is written neither in UTF-8 nor in GB18030."),
        Text("请另存为 UTF-8 编码的文本。", "Save it as UTF-8."),
    ),
    "two-in-one": (
        Text(
            "文件同时是两种格式（{kind}和 ZIP），或者开头之前夹有其他内容。",
            "The file is two things at once ({kind} and ZIP), or does not begin at its beginning.",
        ),
        _AGAIN,
    ),
    "encrypted": (
        Text("文件设有密码，收到的人打不开。", "The file is locked with a password; nobody here could open it."),
        Text("请去掉密码后再上传。", "Take the password away and hand it in again."),
    ),
    "macros": (
        Text("文件里有宏，打开时可能运行程序。", "The file holds macros, which may run when it is opened."),
        Text(
            "请另存为不含宏的 .docx 或 .xlsx，或导出为 PDF。",
            "Save it as .docx or .xlsx without macros, or export it as PDF.",
        ),
    ),
    "picture": (
        Text(
            "图片声明的尺寸为 {width} × {height} 像素，太大了。", "The picture says it has {width} × {height} pixels."
        ),
        Text("请缩小或重新扫描（300 dpi 足够）。", "Make it smaller, or scan it again (300 dpi is enough)."),
    ),
    "pdf-script": (
        Text("PDF 里有脚本（JavaScript 或 XFA）。", "The PDF holds scripts (JavaScript or XFA)."),
        _PRINTED,
    ),
    "pdf-launch": (Text("PDF 会启动其他程序。", "The PDF starts other programs."), _PRINTED),
    "pdf-files": (
        Text("PDF 里夹带了其他文件或多媒体。", "The PDF carries other files or media."),
        Text(
            "请把夹带的文件逐个上传，并用“打印为 PDF”另存正文。",
            "Hand in the files that it carries one by one, and a plain copy of it made with “print to PDF”.",
        ),
    ),
    "pdf-closed": (
        Text(
            "PDF 的一部分以少见的方式压缩，无法检查。", "Part of the PDF is packed in a way that cannot be looked into."
        ),
        _PRINTED,
    ),
    "bomb": (
        Text("压缩包只有 {size} MB，解开却有 {total} MB。", "{size} MB of archive would unpack to {total} MB."),
        _APART,
    ),
    "too-many": (
        Text("压缩包里的文件太多，最多 {most} 个。", "The archive holds too many files; {most} are the most."),
        Text("请只打包需要提交的文件。", "Pack only the files that are needed."),
    ),
    "method": (
        Text("压缩包用了少见的压缩方法。", "The archive is packed by a method that few programs know."),
        _REPACKED,
    ),
    "path": (
        Text("压缩包里“{name}”会解压到别的文件夹。", "“{name}” in the archive would be unpacked into another folder."),
        _REPACKED,
    ),
    "nested": (
        Text("压缩包里还有压缩包：“{name}”。", "There is an archive in the archive: “{name}”."),
        _APART,
    ),
    "program": (
        Text("压缩包里有程序：“{name}”。", "There is a program in the archive: “{name}”."),
        Text("请去掉程序文件，只提交文档。", "Take the program out; only documents are handed in here."),
    ),
    "quota": (
        Text(
            "还没有提交的文件加起来超过了 {limit} MB。",
            "The files that you have not used yet come to more than {limit} MB.",
        ),
        Text(
            "请先提交申请，或在“我的文件”里删除不需要的文件。",
            "Submit them first, or take away in “My files” what you do not need.",
        ),
    ),
    "hash": (
        Text(
            "收到的内容与所声明的 SHA-256 不一致，文件可能在传输中损坏。",
            "What has arrived does not have the SHA-256 that was announced; it may have been damaged on its way.",
        ),
        _ONCE_MORE,
    ),
}

REMARKS: Mapping[str, Text] = {
    "locked": Text(
        "PDF 设有权限限制，内部无法检查；只供下载，打开时请留意。",
        "The PDF is protected, so its inside could not be checked; it is for download only, open it with care.",
    ),
}
"""What stays with an upload that has come in: what could not be looked into."""


def bad(code: str, **values: object) -> BadUpload:
    """The refusal with this code; `values` fill its blanks."""
    message, remedy = _WORDS[code]
    return BadUpload(code, _filled(message, values), _filled(remedy, values))


def _filled(text: Text, values: Mapping[str, object]) -> Text:
    """A value that is a text speaks each language."""
    zh = {name: value.zh if isinstance(value, Text) else value for name, value in values.items()}
    en = {name: value.en if isinstance(value, Text) else value for name, value in values.items()}
    return Text(text.zh.format(**zh), text.en.format(**en))

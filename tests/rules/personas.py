"""The people of the tests; each stands for one role, and some for a trap."""

from hefu.rules.view import Actor

USCC = "91110000600037341L"
OTHER_USCC = "911100001000000059"

WANG = Actor("wang", frozenset({"client"}), "王", {"name": "示例科技有限公司", "uscc": USCC})
LI = Actor("li", frozenset({"application-reviewer"}), "李")
ZHAO = Actor("zhao", frozenset({"auditor"}), "赵")
QIAN = Actor("qian", frozenset({"decision-maker"}), "钱")
# Audits and decides: allowed to hold both roles, never to use both in one case.
SUN = Actor("sun", frozenset({"auditor", "decision-maker"}), "孙")
DONG = Actor("dong", frozenset({"director"}), "董")
NOBODY = Actor("nobody", frozenset(), "无")

EVERYBODY = {person.id: person for person in (WANG, LI, ZHAO, QIAN, SUN, DONG, NOBODY)}

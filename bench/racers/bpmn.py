"""SpiffWorkflow: a process of 25 user tasks; after each the whole workflow is saved, with a log row, in one commit.

The library keeps a workflow as one text, so a step writes it whole; `loaded each time` reads it back first, as a web
process must that has not done the step before.
"""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from bench.course import ACTOR, STEPS, guard, state
from bench.racers.floor import AT

if TYPE_CHECKING:
    from bench.course import Course, Track, Ways, Work

WAYS = ("SpiffWorkflow, kept in memory", "SpiffWorkflow, loaded each time")
TABLES = (
    "CREATE TABLE bpmn_case (id {key}, body TEXT NOT NULL)",
    (
        "CREATE TABLE bpmn_log (case_id BIGINT NOT NULL, number INTEGER NOT NULL, at TEXT NOT NULL,"
        " actor TEXT NOT NULL, source TEXT NOT NULL, target TEXT NOT NULL, PRIMARY KEY (case_id, number))"
    ),
)
OPEN = "INSERT INTO bpmn_case (body) VALUES (?) RETURNING id"
READ = "SELECT body FROM bpmn_case WHERE id = ?"
SAVE = "UPDATE bpmn_case SET body = ? WHERE id = ?"
LOG = "INSERT INTO bpmn_log (case_id, number, at, actor, source, target) VALUES (?, ?, ?, ?, ?, ?)"
NAMESPACE = "http://www.omg.org/spec/BPMN/20100524/MODEL"


class _Kept(NamedTuple):
    spec: Any
    serializer: Any


_KEPT: list[_Kept] = []


def _process() -> bytes:
    """25 user tasks in a row, in the notation of the norm."""
    nodes = ["start", *(f"task-{number}" for number in range(STEPS)), "end"]
    flows = [f'<sequenceFlow id="flow-{number}" sourceRef="{source}" targetRef="{target}"/>'
             for number, (source, target) in enumerate(pairwise(nodes))]  # fmt: skip
    tasks = "".join(
        f'<userTask id="task-{number}" name="{state(number)}"><incoming>flow-{number}</incoming>'
        f"<outgoing>flow-{number + 1}</outgoing></userTask>"
        for number in range(STEPS)
    )
    return (
        f'<definitions xmlns="{NAMESPACE}" id="bench" targetNamespace="bench"><process id="case" isExecutable="true">'
        f'<startEvent id="start"><outgoing>flow-0</outgoing></startEvent>{tasks}'
        f'<endEvent id="end"><incoming>flow-{STEPS}</incoming></endEvent>{"".join(flows)}</process></definitions>'
    ).encode()


def start(course: Course) -> None:
    """The process, read once."""
    del course
    parser = BpmnParser()
    parser.add_bpmn_str(_process())
    _KEPT.append(_Kept(parser.get_spec("case"), BpmnWorkflowSerializer()))


def create(track: Track) -> None:
    """Two tables."""
    held = track.connect()
    for table in TABLES:
        held.execute(table.format(key=track.key))
    held.commit()
    held.close()


def ready(track: Track) -> Ways:
    """Both ways."""
    held = track.connect()
    return {
        WAYS[0]: partial(_way, track, held, anew=False),
        WAYS[1]: partial(_way, track, held, anew=True),
    }


def _way(track: Track, held: Any, count: int, *, anew: bool) -> Work:  # noqa: ANN401 - a connection of one of two drivers
    ((spec, serializer),) = _KEPT
    cases = []
    for _ in range(count):
        workflow = BpmnWorkflow(spec)
        workflow.do_engine_steps()
        name = held.execute(track.marked(OPEN), (serializer.serialize_json(workflow),)).fetchone()[0]
        cases.append((name, workflow))
    held.commit()

    def work() -> int:
        for name, kept in cases:
            workflow = kept
            for number in range(STEPS):
                if track.lite:
                    held.execute("BEGIN IMMEDIATE")
                if anew:
                    workflow = serializer.deserialize_json(held.execute(track.marked(READ), (name,)).fetchone()[0])
                (task,) = workflow.get_tasks(state=TaskState.READY, manual=True)
                guard(task.task_spec.bpmn_name, number)
                task.run()
                workflow.do_engine_steps()
                held.execute(track.marked(SAVE), (serializer.serialize_json(workflow), name))
                held.execute(track.marked(LOG), (name, number, AT, ACTOR, state(number), state(number + 1)))
                held.commit()
        return len(cases) * STEPS

    return work

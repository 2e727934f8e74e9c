"""usage: python3 make.py

Writes `alignments.tsv` beside it: traces over six stages, the run of stages that each is held against, and what an optimal alignment of the two
costs by pm4py, where a move of one of them alone costs 1 and a move of both nothing. The figures alone are kept; no test runs this.

Needs pm4py (made with 2.7.23).
"""
import pathlib
import random

from pm4py.algo.conformance.alignments.petri_net import algorithm
from pm4py.objects.log.obj import Event, Trace
from pm4py.objects.petri_net.obj import Marking, PetriNet
from pm4py.objects.petri_net.utils import petri_utils

STAGES, TRACES = 6, 450
# What pm4py counts for a move of the log or of the model alone.
MOVE = 10_000


def net(run):
    """One stage after the other, and nothing else."""
    net = PetriNet("run")
    place = first = PetriNet.Place("p")
    net.places.add(place)
    for stage in run:
        step = PetriNet.Transition(f"t{stage}", str(stage))
        behind = PetriNet.Place(f"p{stage}")
        net.transitions.add(step)
        net.places.add(behind)
        petri_utils.add_arc_from_to(place, step, net)
        petri_utils.add_arc_from_to(step, behind, net)
        place = behind
    return net, Marking({first: 1}), Marking({place: 1})


def cost(visits, run):
    trace = Trace([Event({"concept:name": str(stage)}) for stage in visits])
    found = algorithm.apply(trace, *net(run), parameters={"ret_tuple_as_trans_desc": True})
    return found["cost"] // MOVE


def visits(chance):
    """Any stage but the one before, a dozen at most."""
    made = [chance.randrange(STAGES)]
    while len(made) < 12 and chance.random() < 0.8:
        ahead = made[-1] + 1
        stage = ahead if ahead < STAGES and chance.random() < 0.5 else chance.randrange(STAGES)
        if stage != made[-1]:
            made.append(stage)
    return made


chance = random.Random(7)
lines = ["trace\tfirst\tlast\tcost"]
for number in range(TRACES):
    trace = visits(chance)
    first = 0 if number % 3 == 0 else min(trace)
    lines.append(f"{' '.join(map(str, trace))}\t{first}\t{max(trace)}\t{cost(trace, range(first, max(trace) + 1))}")
(pathlib.Path(__file__).parent / "alignments.tsv").write_text("\n".join(lines) + "\n")

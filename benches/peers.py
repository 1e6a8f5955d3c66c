"""Answers the tasks of the placement benchmark with other solvers: python peers.py FOLDER SECONDS. Writes peers.json into the folder.

HiGHS bounds planner problems (hosts relaxed, and whole), CP-SAT assigns items to bins, and VPSolver makes an arc-flow graph that HiGHS solves.
Each runs in a process of its own, which is ended when its time is over.
"""

import json
import multiprocessing
import os
import sys
import time

FOLDER, SECONDS = sys.argv[1], float(sys.argv[2])


def read_vbp(path):
    numbers = [int(word) for word in open(path).read().split()]
    dimensions = numbers[0]
    capacity = numbers[1 : 1 + dimensions]
    at, items = 2 + dimensions, []
    for _ in range(numbers[1 + dimensions]):
        items.append((numbers[at : at + dimensions], numbers[at + dimensions]))
        at += dimensions + 1
    return capacity, items


def first_fit(capacity, items):
    bins = []
    for size, count in items:
        for _ in range(count):
            for free in bins:
                if all(a <= b for a, b in zip(size, free)):
                    break
            else:
                free = list(capacity)
                bins.append(free)
            for index, amount in enumerate(size):
                free[index] -= amount
    return len(bins)


def solve_first_fit(path):
    return {"cost": first_fit(*read_vbp(path))}


def solve_first_fit_decreasing(path):
    capacity, items = read_vbp(path)
    items.sort(key=lambda item: -sum((a / b) ** 2 for a, b in zip(item[0], capacity)))
    return {"cost": first_fit(capacity, items)}


def solve_cp_sat(path):
    from ortools.sat.python import cp_model

    capacity, items = read_vbp(path)
    bins = first_fit(capacity, items)
    if bins * len(items) > 400_000:
        return {"note": "too large"}
    model = cp_model.CpModel()
    used = [model.new_bool_var("") for _ in range(bins)]
    put = [[model.new_int_var(0, count, "") for _ in range(bins)] for _, count in items]
    for row, (_, count) in zip(put, items):
        model.add(sum(row) == count)
    for index in range(bins):
        for dimension, room in enumerate(capacity):
            load = sum(item[0][dimension] * row[index] for item, row in zip(items, put) if item[0][dimension])
            model.add(load <= room * used[index])
        if index:
            model.add_implication(used[index], used[index - 1])
    model.minimize(sum(used))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = SECONDS
    status = solver.solve(model)
    found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    return {"cost": solver.objective_value if found else None, "bound": solver.best_objective_bound}


def solve_vpsolver(path):
    import highspy
    from pyvpsolver import AFG, MPS, VBP

    graph = AFG(VBP.from_file(path))
    model = MPS(graph)
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("time_limit", SECONDS)
    highs.readModel(model.filename)
    highs.run()
    info = highs.getInfo()
    found = info.primal_solution_status == 2
    return {"cost": info.objective_function_value if found else None, "bound": info.mip_dual_bound}


def solve_highs(path, whole):
    import highspy
    import numpy

    problem = json.load(open(path))
    places, machines = problem["footprints"], problem["machines"]
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("time_limit", SECONDS)
    # For each place its hosts and whether it is open; then for each machine where it is, or as an instance.
    cost, upper, rows = [], [], []
    for place in places:
        cost += [place["host_cost"], place["fixed_cost"]]
        upper += [place["max_hosts"], 1]
    count = len(places)
    room = [[[] for _ in range(5)] for _ in places]
    for machine in machines:
        options = []
        for index in range(count):
            if machine["allowed"] >> index & 1:
                column = len(cost)
                cost.append(machine["extra_cost"][index])
                upper.append(1)
                options.append((column, 1))
                for resource, amount in enumerate(machine["demand"]):
                    room[index][resource].append((column, amount))
        options.append((len(cost), 1))
        cost.append(machine["instance_cost"])
        upper.append(1)
        rows.append((1, 1, options))
    for index, place in enumerate(places):
        hosts, opened = 2 * index, 2 * index + 1
        for resource, capacity in enumerate(place["capacity"]):
            spare = place["spare_hosts"] * capacity
            rows.append((-1e30, 0, room[index][resource] + [(hosts, -capacity), (opened, spare)]))
        rows.append((-1e30, 0, [(hosts, 1), (opened, -place["max_hosts"])]))
        rows.append((0, 1e30, [(hosts, 1), (opened, -place["min_hosts"])]))
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(cost), len(rows)
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = numpy.array(cost), numpy.zeros(len(cost)), numpy.array(upper, dtype=float)
    lp.row_lower_ = numpy.array([row[0] for row in rows], dtype=float)
    lp.row_upper_ = numpy.array([row[1] for row in rows], dtype=float)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = numpy.cumsum([0] + [len(row[2]) for row in rows])
    lp.a_matrix_.index_ = numpy.array([entry[0] for row in rows for entry in row[2]])
    lp.a_matrix_.value_ = numpy.array([entry[1] for row in rows for entry in row[2]], dtype=float)
    if whole:
        kinds = [highspy.HighsVarType.kInteger] * (2 * count)
        lp.integrality_ = kinds + [highspy.HighsVarType.kContinuous] * (len(cost) - 2 * count)
    highs.passModel(lp)
    highs.run()
    info = highs.getInfo()
    if whole:
        return {"bound": info.mip_dual_bound}
    done = highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return {"bound": info.objective_function_value if done else None}


def solve_highs_relaxed(path):
    return solve_highs(path, False)


def solve_highs_whole(path):
    return solve_highs(path, True)


PACKING = [
    ("first fit", solve_first_fit),
    ("first fit decreasing", solve_first_fit_decreasing),
    ("CP-SAT", solve_cp_sat),
    ("VPSolver + HiGHS", solve_vpsolver),
]
PLANNING = [("HiGHS, relaxed", solve_highs_relaxed), ("HiGHS, whole hosts", solve_highs_whole)]


def work(function, path, pipe):
    # In a session of its own, so that what it starts can be ended with it.
    os.setsid()
    try:
        pipe.send(function(path))
    except Exception as error:
        pipe.send({"note": repr(error)})


def run(function, path):
    here, there = multiprocessing.Pipe()
    process = multiprocessing.Process(target=work, args=(function, path, there))
    process.start()
    result = here.recv() if here.poll(SECONDS * 1.2 + 10) else {"note": "not done in time"}
    if process.is_alive():
        os.killpg(process.pid, 9)
    process.join()
    return result


def main():
    runs = []
    classics = 0
    for task in json.load(open(os.path.join(FOLDER, "tasks.json"))):
        if task["set"] in ("monaci", "scale"):
            continue
        if task["set"] not in ("planner10k", "clouds"):
            # One after the other they would take a day: every hundredth is enough to see.
            classics += 1
            if classics % 100 != 1:
                continue
        path = os.path.join(FOLDER, task["file"])
        for by, function in PLANNING if path.endswith(".json") else PACKING:
            start = time.time()
            result = run(function, path)
            seconds = time.time() - start
            print(f"{task['name']}: {by}: {result} in {seconds:.1f} s", flush=True)
            runs.append(
                {
                    "by": by,
                    "name": task["name"],
                    "limit": int(SECONDS * 1000),
                    "cost": result.get("cost"),
                    "bound": result.get("bound"),
                    "time": seconds * 1000,
                    "hosts": None,
                    "first": None,
                    "accepted": None,
                    "memory": None,
                }
            )
    with open(os.path.join(FOLDER, "peers.json"), "w") as file:
        json.dump(runs, file, indent=2)


if __name__ == "__main__":
    main()

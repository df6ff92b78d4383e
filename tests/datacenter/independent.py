"""The same problem written down a second time, for another modelling library: its optimum must be ours."""

import linopy
import numpy as np
import pandas as pd

from leafledger.datacenter.site import Problem


def optimum(of: Problem) -> float:
    """Money, less the worth of what is left in the battery where no end is given."""
    hours, steps = of.clock.hours, pd.RangeIndex(of.clock.steps, name="step")
    model = linopy.Model()
    battery = of.battery
    charge, discharge = (
        model.add_variables(0, battery.power, coords=[steps], name=name) for name in ("charge", "discharge")
    )
    energy = model.add_variables(battery.reserve, battery.energy, coords=[steps], name="energy")
    grid = model.add_variables(0, of.feeder, coords=[steps], name="grid")
    spilled = model.add_variables(0, pd.Series(of.pv, steps), coords=[steps], name="spilled")
    need = grid - charge + discharge - spilled
    money = (1000 * hours * pd.Series(of.price, steps) * grid).sum() + (1000 * hours * battery.wear * discharge).sum()
    for n, work in enumerate(of.flexible):
        inside = pd.Series([work.power if work.first <= s < work.last else 0.0 for s in steps], steps)
        moved = model.add_variables(0, inside, coords=[steps], name=f"moved{n}")
        model.add_constraints(hours * moved.sum() == work.energy, name=f"done{n}")
        need = need - moved
    model.add_constraints(need == pd.Series(of.load - of.pv, steps), name="balance")
    first = energy.loc[0] - battery.charge * hours * charge.loc[0] + hours / battery.discharge * discharge.loc[0]
    model.add_constraints(first == of.start, name="first")
    later = (
        energy
        - energy.shift(step=1).fillna(0)
        - battery.charge * hours * charge
        + hours / battery.discharge * discharge
    )
    model.add_constraints(later.sel(step=steps[1:]) == 0, name="stored")
    for month in np.unique(of.clock.months):
        here = steps[of.clock.months == month]
        peak = model.add_variables(of.floor.get(int(month), 0.0), name=f"peak{month}")
        model.add_constraints(grid.sel(step=here) - peak <= 0, name=f"under{month}")
        money = money + 1000 * of.demand.get(int(month), 0.0) * peak
    for n, event in enumerate(of.events):
        promised = model.add_variables(event.least, event.most, name=f"promised{n}")
        here = steps[event.first : event.last]
        model.add_constraints(grid.sel(step=here) + promised <= event.baseline, name=f"called{n}")
        money = money - 1000 * hours * len(here) * event.payment * promised
    last = energy.loc[of.clock.steps - 1]
    if of.end is None:
        money = money - 1000 * of.worth * last
    else:
        model.add_constraints(last == of.end, name="end")
    model.add_objective(money)
    model.solve(solver_name="highs", output_flag=False, progress=False)
    return float(model.objective.value)

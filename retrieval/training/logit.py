"""Fit a conditional logit (McFadden 1974) by maximum likelihood."""

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

Matrix = NDArray[np.float64]
PENALTY = 1e-4


def maximise(
    design: Matrix,
    wanted: Matrix,
    initial: Matrix,
    *,
    penalty: float = PENALTY,
    least: Matrix | None = None,
) -> Matrix:
    """Return the parameters that maximise the likelihood that a wanted class is chosen.

    ``design`` has shape (questions, classes, parameters); ``wanted`` (questions, classes) is 1
    where a class is right, and any one of several is as good. ``penalty`` times a hundredth of the
    squared parameters is taken off. No parameter falls below its ``least``.
    """

    def objective(parameters: Matrix) -> tuple[float, Matrix]:
        logits = design @ parameters
        logits -= logits.max(axis=1, keepdims=True)
        shares = np.exp(logits)
        shares /= shares.sum(axis=1, keepdims=True)
        right = shares * wanted
        likelihood = right.sum(axis=1, keepdims=True) + 1e-300
        slope = np.einsum("qc,qcp->p", shares - right / likelihood, design) / len(design)
        value = -float(np.log(likelihood).mean()) + penalty * float(parameters @ parameters) / 100
        return value, slope + 2 * penalty * parameters / 100

    bounds = None if least is None else [(float(value), None) for value in least]
    options = {"maxiter": 500}
    found = minimize(
        objective, initial, jac=True, method="L-BFGS-B", bounds=bounds, options=options
    )
    result: Matrix = found.x
    return result

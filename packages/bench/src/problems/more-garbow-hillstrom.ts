import { dot, FluxionError, type Tensor } from "@fluxion/core";
import { curveFits } from "./curve-fits.ts";
import { equations } from "./equations.ts";
import { fewVariables } from "./few-variables.ts";
import { manyVariables } from "./many-variables.ts";
import type { LeastSquaresFamily, LeastSquaresProblem, ProblemSize } from "./problem.ts";

/**
 * The 35 test problems on which unconstrained minimisation is tried since 1981, in the order of the paper: badly scaled,
 * nearly singular, far from their minima, written with core's operators.
 *
 * Source: J. J. Moré, B. S. Garbow and K. E. Hillstrom, Testing unconstrained optimization software, ACM Trans. Math.
 * Softw. 7 (1981), 17–41.
 *
 * @example
 * import { moreGarbowHillstrom } from "@fluxion/bench";
 * moreGarbowHillstrom.length; // => 35
 * const { residuals, start, minima } = moreGarbowHillstrom[7]!.problem();
 * residuals(start).shape; // => [15]
 * minima[0]; // => 0.00821487
 */
export const moreGarbowHillstrom: readonly LeastSquaresFamily[] = [
  ...fewVariables,
  ...curveFits,
  ...manyVariables,
  ...equations,
].toSorted((a, b) => a.number - b.number);

/**
 * One of the problems by its name, at a size of your choice where it has several. Throws `ARGUMENT` for a name or a size
 * that does not exist.
 *
 * @example
 * import { sumOfSquares, testProblem } from "@fluxion/bench";
 * import { gradient } from "@fluxion/reverse-tape";
 * const rosenbrock = testProblem("Extended Rosenbrock", { n: 4 });
 * rosenbrock.start.toArray(); // => [-1.2,1,-1.2,1]
 * gradient(sumOfSquares(rosenbrock))(rosenbrock.minimizer!).toArray(); // => [0,0,0,0]
 */
export function testProblem(name: string, size: ProblemSize = {}): LeastSquaresProblem {
  const found = moreGarbowHillstrom.find((each) => each.name === name);
  if (found !== undefined) return found.problem(size);
  const names = moreGarbowHillstrom.map((each) => each.name).join(", ");
  throw new FluxionError("ARGUMENT", `testProblem: there is no problem "${name}". They are: ${names}.`);
}

/**
 * What a problem minimises: the sum of the squares of its residuals, without a factor 1/2.
 *
 * @example
 * import { sumOfSquares, testProblem } from "@fluxion/bench";
 * const wood = testProblem("Wood");
 * sumOfSquares(wood)(wood.start).item().toFixed(6); // => 19192.000000
 */
export function sumOfSquares({ residuals }: LeastSquaresProblem): (x: Tensor) => Tensor {
  return (x) => {
    const r = residuals(x);
    return dot(r, r);
  };
}

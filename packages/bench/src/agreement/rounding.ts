import {
  type AnyOperator, type CustomRule, fromData, type Interpreter, type OperatorName, primal, scalar, type Tensor, traced, withLevel,
} from "@fluxion/core"; // prettier-ignore
import { randomIntegers } from "./random.ts";
import { lifted, type Subject } from "./subject.ts";

/** Operators that move, choose or count numbers: they round nothing, and comparisons in rules rely on that. */
const ROUNDS_NOTHING: ReadonlySet<OperatorName> = new Set<OperatorName>([
  "neg", "abs", "sign", "relu", "floor", "ceil", "round", "stopGradient", "maximum", "minimum", "max", "min", "argmax",
  "equal", "notEqual", "less", "lessEqual", "greater", "greaterEqual", "where", "diagonal", "diagonalMatrix",
  "reshape", "permute", "broadcastTo", "slice", "concatenate", "stack", "pad", "take", "flip", "tril", "triu",
]); // prettier-ignore

const ULP = 2 ** -52;

/**
 * Evaluates operators with random errors of an ulp in every operand and every result, as Monte Carlo arithmetic does.
 * An error in the operands is what a backward stable algorithm (solve, inverse) commits, one in the result what a
 * correctly rounded function commits. Values keep their primal, so that control flow may read it.
 */
class RandomRounding implements Interpreter {
  readonly name = "random rounding";
  readonly level: number;
  readonly #next: () => number;
  open = true;

  constructor(level: number, next: () => number) {
    this.level = level;
    this.#next = next;
  }

  apply(operator: AnyOperator, inputs: readonly Tensor[], attributes: object): Tensor {
    const operands = inputs.map((x) => (x.level === this.level ? x.primal! : x));
    if (ROUNDS_NOTHING.has(operator.name)) return this.lift(operator.evaluate(operands, attributes));
    return this.lift(
      this.#disturb(
        operator.evaluate(
          operands.map((x) => this.#disturb(x)),
          attributes,
        ),
      ),
    );
  }

  applyCustom(rule: CustomRule, inputs: readonly Tensor[]): Tensor {
    return rule.f(inputs);
  }

  lift(x: Tensor): Tensor {
    return traced(this, x.shape, x, null);
  }

  /** Every entry one ulp up or down; exact zeros stay. */
  #disturb(x: Tensor): Tensor {
    if (x.store === null) return scalar(x.value * this.#factor());
    return fromData(
      x.store.map((entry) => entry * this.#factor()),
      x.shape,
    );
  }

  #factor(): number {
    return (this.#next() & 1) === 0 ? 1 + ULP : 1 - ULP;
  }
}

/**
 * How far rounding errors move each result of a computation: the greatest deviation of `samples` runs with random
 * rounding from the undisturbed results. Source: D. S. Parker, "Monte Carlo arithmetic" (1997).
 */
export function roundingSpread(
  compute: (subject: Subject) => readonly Tensor[],
  subject: Subject,
  undisturbed: readonly Tensor[],
  samples: number,
): readonly Float64Array[] {
  const next = randomIntegers(samples);
  const spread = undisturbed.map((leaf) => new Float64Array(leaf.size));
  for (let sample = 0; sample < samples; sample++) {
    const disturbed = withLevel(
      (level) => new RandomRounding(level, next),
      (rounding) => compute(lifted(subject, (x) => rounding.lift(x))).map(primal),
    );
    spread.forEach((widths, k) => {
      const [from, to] = [undisturbed[k]!.data, disturbed[k]!.data];
      for (let i = 0; i < widths.length; i++) {
        const deviation = Math.abs(to[i]! - from[i]!);
        // NaN - NaN and ∞ - ∞ are no deviations; a number that turns NaN is an infinite one.
        if (deviation > widths[i]!) widths[i] = deviation;
        else if (Number.isNaN(deviation) && Number.isFinite(from[i]!)) widths[i] = Infinity;
      }
    });
  }
  return spread;
}

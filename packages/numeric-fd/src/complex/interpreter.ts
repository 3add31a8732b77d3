import {
  type AnyOperator,
  type CustomRule,
  FluxionError,
  type Interpreter,
  type Shape,
  type Tensor,
  traced,
} from "@fluxion/core";
import { asTensor, type ComplexArray, fromReal } from "./array.ts";
import { type ComplexEvaluation, refused, type Rounding } from "./evaluations/evaluation.ts";
import { evaluations } from "./evaluations/evaluations.ts";
import { Dice, type Lane } from "./lanes.ts";

/** A correctly rounded result is off by one unit at most; this is what functions within a few units are given. */
const RESULT_UNITS = 2;

/** By how many units operands are taken to be off, for what is rounded inside. */
const operandUnits: Readonly<Record<Rounding, number>> = {
  exact: 0,
  result: 0,
  terms: 2,
  base: 2,
  steps: 4,
};

/**
 * Runs f on complex numbers: a value's primal is its real part, its `extra` one complex array for each lane.
 *
 * Only values are computed here; whatever is read off their imaginary parts comes from f.
 */
export class ComplexNumbers implements Interpreter {
  readonly name = "numeric-fd (complexStep)";
  readonly level: number;
  readonly lanes: readonly Lane[];
  open = true;
  readonly #dice = new Dice();

  constructor(level: number, lanes: readonly Lane[]) {
    this.level = level;
    this.lanes = lanes;
  }

  /** x + i·step·direction, with the step of every lane. */
  step(x: Tensor, direction: Float64Array, step: number): Tensor {
    const lanes = this.lanes.map(({ pace }) => ({
      shape: x.shape,
      re: x.data,
      im: direction.map((speed) => speed * step * pace),
    }));
    return this.#value(lanes);
  }

  /** The numbers of a value in every lane; a constant is the same in all. */
  numbers(x: Tensor): readonly ComplexArray[] {
    if (x.level === this.level) return x.extra as readonly ComplexArray[];
    if (x.level !== 0) throw strange(x.shape);
    const real = fromReal(x);
    return this.lanes.map(() => real);
  }

  apply(operator: AnyOperator, inputs: readonly Tensor[], attributes: object): Tensor {
    const evaluation = evaluations[operator.name] as ComplexEvaluation | { readonly reason: string };
    if ("reason" in evaluation) throw refused(operator.name, evaluation.reason);
    const operands = inputs.map((x) => this.numbers(x));
    return this.#value(
      this.lanes.map(({ isPerturbed }, lane) => {
        const own = operands.map((numbers) => numbers[lane]!);
        if (!isPerturbed || evaluation.rounding === "exact")
          return evaluation.evaluate(own, { operator, attributes });
        const units = operandUnits[evaluation.rounding];
        const known = evaluation.rounding === "base" ? 1 : own.length;
        const unsure = own.map((x, i) => (units === 0 || i >= known ? x : this.#dice.perturb(x, units)));
        return this.#dice.perturb(evaluation.evaluate(unsure, { operator, attributes }), RESULT_UNITS);
      }),
    );
  }

  /** The rules that a function has of its own are not values. */
  applyCustom(rule: CustomRule, inputs: readonly Tensor[]): Tensor {
    return rule.f(inputs);
  }

  #value(lanes: readonly ComplexArray[]): Tensor {
    const [{ re, shape }] = lanes as readonly [ComplexArray];
    return traced(this, shape, asTensor(re, shape), lanes);
  }
}

function strange(shape: Shape): FluxionError {
  return new FluxionError(
    "NOT_CONCRETE",
    `numericFd, method "complexStep": f uses a value of shape [${shape.join(",")}] that another strategy is tracing, and a complex ` +
      'step needs numbers. Use { method: "central" }, which is made of operators.',
  );
}

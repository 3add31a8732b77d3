import {
  type FlatFunction,
  FluxionError,
  type Tangents,
  type Tensor,
  abs,
  add,
  div,
  log2,
  max,
  maximum,
  mul,
  neg,
  pow,
  primal,
  reshape,
  round,
  scalar,
  stack,
  stopGradient,
  sub,
  sum,
  zeros,
} from "@fluxion/core";
import { balancedStep } from "../line/fixed.ts";
import type { Settings } from "../options.ts";
import { stencil } from "../stencil/stencil.ts";
import type { Stencil } from "../stencil/stencil.ts";
import { checkShapes, concrete } from "./point.ts";

/**
 * Finite differences of one step written with the operators of core, for values that another strategy traces: the
 * differences are then functions like any other, and have derivatives. Steps come from the numbers under the traced
 * values; where there are none (a graph, vmap) from the traced values themselves, held constant.
 */
export class TracedDifferences {
  readonly values: readonly Tensor[];
  readonly #f: FlatFunction;
  readonly #inputs: readonly Tensor[];
  readonly #settings: Settings;
  readonly #typical: readonly Tensor[];

  constructor(
    f: FlatFunction,
    inputs: readonly Tensor[],
    values: readonly Tensor[],
    settings: Settings,
    typical: readonly Tensor[],
  ) {
    if (settings.method === "complexStep") {
      throw new FluxionError(
        "NOT_CONCRETE",
        "numericFd's complexStep gives f complex numbers, and f gives values that another strategy is tracing. " +
          'Use { method: "central" }, which is made of operators.',
      );
    }
    if (settings.method === "adaptive") {
      throw new FluxionError(
        "NOT_CONCRETE",
        "numericFd's adaptive method looks at the numbers of f to choose its steps, and f gives values that another strategy " +
          'is tracing. Use { method: "central" }, which is made of operators.',
      );
    }
    this.#f = f;
    this.#inputs = inputs;
    this.values = values;
    this.#settings = settings;
    this.#typical = typical;
  }

  /** ∂y/∂x of every output by every input, `[output][input]`. */
  jacobian(): Tensor[][] {
    const formula = this.#formula(1);
    const columns = this.#inputs.map((_, i) => {
      const steps = this.#steps(formula, i);
      return this.#units(i).map((unit) =>
        this.#differences(formula, only(unit, i, this.#inputs.length), pick(steps, unit)),
      );
    });
    return this.values.map((value, k) =>
      this.#inputs.map((input, i) =>
        stackColumns(
          columns[i]!.map((column) => column[k]!),
          value,
          input,
        ),
      ),
    );
  }

  /** J·dx. */
  directional(direction: Tangents): Tensor[] {
    if (direction.every((tangent) => tangent === null)) return this.values.map(({ shape }) => zeros(shape));
    const formula = this.#formula(1);
    return this.#differences(formula, direction, this.#stepAlong(formula, direction));
  }

  /** ∂²z/∂x² of the only output, `[input][input]`: 4 uᵀHv is the second difference of f(x + u + v) − f(x + u − v). */
  hessian(): Tensor[][] {
    const directions = this.#inputs.map((_, i) =>
      this.#units(i).map((unit) => only(unit, i, this.#inputs.length)),
    );
    return directions.map((rows, i) =>
      directions.map((columns, j) => {
        const row = rows.map((u) =>
          stackColumns(
            columns.map((v) => this.#mixed(u, v)),
            this.values[0]!,
            this.#inputs[j]!,
          ),
        );
        const [outer, inner] = [this.#inputs[i]!.shape, this.#inputs[j]!.shape];
        return row.length === 0 ? zeros([...outer, ...inner]) : reshape(stack(row), [...outer, ...inner]);
      }),
    );
  }

  /** H·v of the only output. */
  hessianVector(vector: Tangents): Tensor[] {
    if (vector.every((tangent) => tangent === null)) return this.#inputs.map(({ shape }) => zeros(shape));
    return this.#inputs.map((input, i) =>
      stackColumns(
        this.#units(i).map((unit) => this.#mixed(only(unit, i, this.#inputs.length), vector)),
        this.values[0]!,
        input,
      ),
    );
  }

  #mixed(u: Tangents, v: Tangents): Tensor {
    const formula = this.#formula(2);
    const [along, across] = [this.#scaled(formula, u), this.#scaled(formula, v)];
    const plus = combine(along.direction, across.direction);
    const minus = combine(along.direction, negated(across.direction));
    const [forwards] = this.#differences(formula, plus, ONE);
    const [backwards] = this.#differences(formula, minus, ONE);
    return div(sub(forwards!, backwards!), mul(4, mul(along.step, across.step)));
  }

  /** A direction of the length of one step. */
  #scaled(formula: Stencil, direction: Tangents): { direction: Tangents; step: Tensor } {
    const step = this.#stepAlong(formula, direction);
    return { direction: direction.map((tangent) => tangent && mul(step, tangent)), step };
  }

  #formula(order: number): Stencil {
    const { method, accuracyOrder } = this.#settings;
    return stencil(
      method === "adaptive" || method === "complexStep" ? "central" : method,
      order,
      accuracyOrder,
    );
  }

  /** Σ weight · f(x + offset · step · direction) / step^order. */
  #differences({ offsets, weights, derivativeOrder }: Stencil, direction: Tangents, step: Tensor): Tensor[] {
    const points = offsets.map((offset) => {
      if (offset === 0) return this.values;
      const values = this.#f(this.#moved(mul(offset, step), direction));
      checkShapes(values, this.values);
      return values;
    });
    const divisor = derivativeOrder === 1 ? step : mul(step, step);
    return this.values.map((_, k) => {
      const terms = points.map((values, i) => mul(weights[i]!, values[k]!));
      return div(
        terms.reduce((total, term) => add(total, term)),
        divisor,
      );
    });
  }

  #moved(distance: Tensor, direction: Tangents): Tensor[] {
    return this.#inputs.map((input, i) => (direction[i] ? add(input, mul(distance, direction[i])) : input));
  }

  /** The step of every entry of an input: a power of two, so that x + h and x − h are exact. */
  #steps(formula: Stencil, input: number): Tensor {
    return powerOfTwo(mul(balancedStep(formula, 1), this.#sizes(input)));
  }

  /** max(|x|, typical), as a constant. */
  #sizes(input: number): Tensor {
    return maximum(abs(constant(this.#inputs[input]!)), this.#typical[input]!);
  }

  /** The step along a direction whose fastest entry moves by the step of a balanced difference. */
  #stepAlong(formula: Stencil, direction: Tangents): Tensor {
    let pace: Tensor = TINY;
    direction.forEach((tangent, i) => {
      if (tangent) pace = maximum(pace, max(div(abs(constant(tangent)), this.#sizes(i))));
    });
    return powerOfTwo(div(balancedStep(formula, 1), pace));
  }

  #units(input: number): Tensor[] {
    const like = this.#inputs[input]!;
    return Array.from({ length: like.size }, (_, entry) => {
      const store = new Float64Array(like.size);
      store[entry] = 1;
      return concrete(store, like);
    });
  }
}

const ONE = scalar(1);
/** Keeps a direction of zeros from an infinite step. */
const TINY = scalar(1e-300);

/** The numbers under a traced value, or, where there are none, the value itself without its derivative. */
function constant(x: Tensor): Tensor {
  try {
    return primal(x);
  } catch (error) {
    if (error instanceof FluxionError && error.code === "NOT_CONCRETE") return stopGradient(x);
    throw error;
  }
}

function powerOfTwo(x: Tensor): Tensor {
  return pow(2, round(log2(x)));
}

/** The entry of steps that a unit tensor points to. */
function pick(steps: Tensor, unit: Tensor): Tensor {
  return sum(mul(steps, unit));
}

function only(unit: Tensor, input: number, count: number): Tangents {
  return Array.from({ length: count }, (_, i) => (i === input ? unit : null));
}

function combine(u: Tangents, v: Tangents): Tangents {
  return u.map((left, i) => {
    const right = v[i] ?? null;
    return left === null || right === null ? (left ?? right) : add(left, right);
  });
}

function negated(u: Tangents): Tangents {
  return u.map((tangent) => tangent && neg(tangent));
}

function stackColumns(columns: readonly Tensor[], value: Tensor, input: Tensor): Tensor {
  const shape = [...value.shape, ...input.shape];
  return columns.length === 0 ? zeros(shape) : reshape(stack(columns, { axis: value.rank }), shape);
}

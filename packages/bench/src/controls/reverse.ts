import {
  add, type AnyOperator, type CustomRule, defineStrategy, type FlatVjp, type Interpreter, invoke, type OperatorName, reshape, sameShape, type Shape,
  type Strategy, sum, type Tensor, traced, withLevel,
} from "@fluxion/core"; // prettier-ignore
import { rules } from "@fluxion/reverse-tape";

type RuleTable = { readonly [N in OperatorName]: unknown };
type OperandPullback = (g: Tensor, residuals: object) => Tensor;
type VariadicPullback = (g: Tensor, residuals: object, position: number) => Tensor;

interface Entry {
  readonly operator: OperatorName | null;
  readonly parents: readonly number[];
  readonly residuals: {
    readonly inputs: readonly Tensor[];
    readonly output: Tensor;
    readonly shapes: readonly Shape[];
    readonly attributes: object;
  };
}

/** What a tape does beside its rules, so that it can be done wrong. */
export interface Mechanism {
  /** The sum of what a value has received so far and what comes in. */
  readonly accumulate: (sofar: Tensor, cotangent: Tensor) => Tensor;
  /** The cotangent of an operand that was broadcast, from one of the result's shape. */
  readonly sumTo: (cotangent: Tensor, shape: Shape) => Tensor;
  /** The output that a rule is given, from the true one and the last one of the same operator. */
  readonly residual: (output: Tensor, previous: Tensor | undefined) => Tensor;
}

const RIGHT: Mechanism = {
  accumulate: (sofar, cotangent) => add(sofar, cotangent),
  sumTo: (cotangent, shape) =>
    reshape(sum(cotangent, { axes: stretchedAxes(cotangent.shape, shape) }), shape),
  residual: (output) => output,
};

/** The axes of a result along which an operand of a shape was stretched. */
export function stretchedAxes(result: Shape, operand: Shape): readonly number[] {
  const added = result.length - operand.length;
  return result.flatMap((length, axis) =>
    axis < added || (operand[axis - added] === 1 && length !== 1) ? [axis] : [],
  );
}

class Tape implements Interpreter {
  readonly name = "control";
  readonly level: number;
  readonly entries: Entry[] = [];
  readonly #mechanism: Mechanism;
  readonly #previous = new Map<OperatorName, Tensor>();
  open = true;

  constructor(level: number, mechanism: Mechanism) {
    this.level = level;
    this.#mechanism = mechanism;
  }

  apply(operator: AnyOperator, operands: readonly Tensor[], attributes: object): Tensor {
    const inputs = operands.map((x) => this.primal(x));
    const output = invoke(operator, inputs, attributes);
    const residual = this.#mechanism.residual(output, this.#previous.get(operator.name));
    this.#previous.set(operator.name, output);
    const parents = operands.map((x) => this.position(x));
    return this.push(output, {
      operator: operator.name,
      parents,
      residuals: { inputs, output: residual, shapes: inputs.map((x) => x.shape), attributes },
    });
  }

  applyCustom(rule: CustomRule, inputs: readonly Tensor[]): Tensor {
    return rule.f(inputs);
  }

  input(x: Tensor): Tensor {
    return this.push(x, {
      operator: null,
      parents: [],
      residuals: { inputs: [], output: x, shapes: [], attributes: {} },
    });
  }

  push(primal: Tensor, entry: Entry): Tensor {
    return traced(this, primal.shape, primal, this.entries.push(entry) - 1);
  }

  primal(x: Tensor): Tensor {
    return x.level === this.level ? x.primal! : x;
  }

  position(x: Tensor): number {
    return x.level === this.level ? (x.extra as number) : -1;
  }
}

/** A reverse-mode strategy with some rules changed, or something in its tape. */
export function reverseWith(
  name: string,
  changes: Partial<RuleTable>,
  faults: Partial<Mechanism> = {},
): Strategy {
  const table: RuleTable = { ...rules, ...changes };
  const mechanism = { ...RIGHT, ...faults };
  return defineStrategy({
    name,
    mode: "reverse",
    exact: true,
    vjp: (f, inputs): FlatVjp =>
      withLevel(
        (level) => new Tape(level, mechanism),
        (tape) => {
          const outputs = f(inputs.map((x) => tape.input(x)));
          return {
            values: outputs.map((y) => tape.primal(y)),
            pullback: (seeds) => sweep(tape.entries, table, mechanism, outputs.map((y) => tape.position(y)), seeds).slice(0, inputs.length), // prettier-ignore
          };
        },
      ),
  });
}

function sweep(
  entries: readonly Entry[],
  table: RuleTable,
  mechanism: Mechanism,
  outputs: readonly number[],
  seeds: readonly (Tensor | null)[],
): (Tensor | null)[] {
  const cotangents: (Tensor | null)[] = entries.map(() => null);
  const give = (position: number, cotangent: Tensor | null): void => {
    if (position < 0 || cotangent === null) return;
    const sofar = cotangents[position]!;
    cotangents[position] = sofar === null ? cotangent : mechanism.accumulate(sofar, cotangent);
  };
  outputs.forEach((position, i) => give(position, seeds[i]!));
  for (let position = entries.length - 1; position >= 0; position--) {
    const { operator, parents, residuals } = entries[position]!;
    const g = cotangents[position]!;
    if (g === null || operator === null) continue;
    const { pullback } = table[operator] as {
      readonly pullback: readonly (OperandPullback | null)[] | VariadicPullback;
    };
    parents.forEach((parent, i) => {
      if (parent < 0) return;
      const part =
        typeof pullback === "function"
          ? pullback(g, residuals, i)
          : pullback[i]
            ? pullback[i](g, residuals)
            : null;
      const shape = residuals.shapes[i]!;
      give(parent, part === null || sameShape(part.shape, shape) ? part : mechanism.sumTo(part, shape));
    });
  }
  return cotangents;
}

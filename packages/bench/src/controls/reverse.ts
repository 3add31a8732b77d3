import {
  add, type AnyOperator, applyCustomRule, type CustomRule, defineStrategy, type FlatVjp, type Interpreter, invoke, type OperatorName, reshape, sameShape, type Shape,
  type Strategy, sum, type Tensor, traced, withLevel,
} from "@fluxion/core"; // prettier-ignore
import { rules } from "@fluxion/reverse-tape";

type RuleTable = { readonly [N in OperatorName]: unknown };
type OperandPullback = (g: Tensor, residuals: object) => Tensor;
type VariadicPullback = (g: Tensor, residuals: object, position: number) => Tensor;

/** What one operator hands back: the cotangent of an operand from that of its result, null for a zero. */
interface Entry {
  readonly parents: readonly number[];
  readonly shapes: readonly Shape[];
  readonly pullback: (g: Tensor, operand: number) => Tensor | null;
}

/** What a tape does beside its rules, so that it can be done wrong. */
export interface Mechanism {
  /** The sum of what a value has received so far and what comes in. */
  readonly accumulate: (sofar: Tensor, cotangent: Tensor) => Tensor;
  /** The cotangent of an operand that was broadcast, from one of the result's shape. */
  readonly sumTo: (cotangent: Tensor, shape: Shape) => Tensor;
  /** The output that a rule is given, from the true one and the last one of the same operator. */
  readonly residual: (output: Tensor, previous: Tensor | undefined) => Tensor;
  /** Whether a function's own rules are used, or the function itself is differentiated. */
  readonly usesCustomRules: boolean;
}

const RIGHT: Mechanism = {
  accumulate: (sofar, cotangent) => add(sofar, cotangent),
  sumTo: (cotangent, shape) =>
    reshape(sum(cotangent, { axes: stretchedAxes(cotangent.shape, shape) }), shape),
  residual: (output) => output,
  usesCustomRules: true,
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
  readonly #table: RuleTable;
  readonly #mechanism: Mechanism;
  readonly #previous = new Map<OperatorName, Tensor>();
  open = true;

  constructor(level: number, table: RuleTable, mechanism: Mechanism) {
    this.level = level;
    this.#table = table;
    this.#mechanism = mechanism;
  }

  apply(operator: AnyOperator, operands: readonly Tensor[], attributes: object): Tensor {
    const inputs = operands.map((x) => this.primal(x));
    const output = invoke(operator, inputs, attributes);
    const residual = this.#mechanism.residual(output, this.#previous.get(operator.name));
    this.#previous.set(operator.name, output);
    const residuals = { inputs, output: residual, shapes: inputs.map((x) => x.shape), attributes };
    const { pullback } = this.#table[operator.name] as {
      readonly pullback: readonly (OperandPullback | null)[] | VariadicPullback;
    };
    return this.#push(output, operands, (g, i) =>
      typeof pullback === "function" ? pullback(g, residuals, i) : (pullback[i]?.(g, residuals) ?? null),
    );
  }

  applyCustom(rule: CustomRule, operands: readonly Tensor[]): Tensor {
    if (!this.#mechanism.usesCustomRules) return rule.f(operands);
    const inputs = operands.map((x) => this.primal(x));
    const output = applyCustomRule(rule, inputs);
    return this.#push(output, operands, (g, i) => rule.vjp!(g, inputs, output)[i]!);
  }

  input(x: Tensor): Tensor {
    return this.#push(x, [], () => null);
  }

  #push(primal: Tensor, operands: readonly Tensor[], pullback: Entry["pullback"]): Tensor {
    const parents = operands.map((x) => this.position(x));
    const position = this.entries.push({ parents, shapes: operands.map((x) => x.shape), pullback }) - 1;
    return traced(this, primal.shape, primal, position);
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
        (level) => new Tape(level, table, mechanism),
        (tape) => {
          const outputs = f(inputs.map((x) => tape.input(x)));
          return {
            values: outputs.map((y) => tape.primal(y)),
            pullback: (seeds) => sweep(tape.entries, mechanism, outputs.map((y) => tape.position(y)), seeds).slice(0, inputs.length), // prettier-ignore
          };
        },
      ),
  });
}

function sweep(
  entries: readonly Entry[],
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
    const { parents, shapes, pullback } = entries[position]!;
    const g = cotangents[position]!;
    if (g === null) continue;
    parents.forEach((parent, i) => {
      if (parent < 0) return;
      const part = pullback(g, i);
      const shape = shapes[i]!;
      give(parent, part === null || sameShape(part.shape, shape) ? part : mechanism.sumTo(part, shape));
    });
  }
  return cotangents;
}

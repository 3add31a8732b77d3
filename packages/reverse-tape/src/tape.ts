import {
  type AnyOperator,
  applyCustomRule,
  capturedByRule,
  type CustomRule,
  FluxionError,
  indexById,
  type Interpreter,
  invoke,
  NO_ATTRIBUTES,
  operatorNames,
  type Shape,
  type Tensor,
  traced,
} from "@fluxion/core";
import { CONSTANT, Entry } from "./entry.ts";
import { customPullback, pullbackOf, type Pullback } from "./pullback.ts";
import { type Keeps, rules } from "./rules/index.ts";

interface IndexedRule {
  readonly keepsInputs: boolean;
  readonly keepsOutput: boolean;
  readonly pullback: Pullback;
}

const rulesById: readonly IndexedRule[] = indexById<{ readonly keeps: Keeps; readonly pullback: unknown }>(
  rules,
  operatorNames,
).map(({ keeps, pullback }) => ({
  keepsInputs: keeps === "inputs" || keeps === "both",
  keepsOutput: keeps === "output" || keeps === "both",
  pullback: pullbackOf(pullback),
}));

/** Records operators while f runs; a value's `extra` is the position of its entry. */
export class Tape implements Interpreter {
  readonly name = "reverse-tape";
  readonly level: number;
  open = true;
  readonly entries: Entry[] = [];

  constructor(level: number) {
    this.level = level;
  }

  input(primal: Tensor): Tensor {
    return this.#push(primal, new Entry([], null, null, null, null, NO_ATTRIBUTES));
  }

  primal(x: Tensor): Tensor {
    return x.level === this.level ? x.primal! : x;
  }

  position(x: Tensor): number {
    return x.level === this.level ? (x.extra as number) : CONSTANT;
  }

  apply(operator: AnyOperator, inputs: readonly Tensor[], attributes: object): Tensor {
    const count = inputs.length;
    const primals = new Array<Tensor>(count);
    const parents = new Array<number>(count);
    for (let i = 0; i < count; i++) {
      const x = inputs[i]!;
      const isTraced = x.level === this.level;
      primals[i] = isTraced ? x.primal! : x;
      parents[i] = isTraced ? (x.extra as number) : CONSTANT;
    }
    const output = invoke(operator, primals, attributes);
    const { keepsInputs, keepsOutput, pullback } = rulesById[operator.id]!;
    const kept = keepsInputs ? primals : null;
    const shapes = keepsInputs ? null : shapesOf(primals);
    return this.#push(
      output,
      new Entry(parents, pullback, kept, keepsOutput ? output : null, shapes, attributes),
    );
  }

  applyCustom(rule: CustomRule, inputs: readonly Tensor[]): Tensor {
    if (rule.vjp === null) {
      if (rule.otherwise === "differentiate") return rule.f(inputs);
      throw new FluxionError(
        "UNSUPPORTED",
        `reverse-tape: the function "${rule.name}" given to customRule has no vjp rule. Give one, or use a forward-mode strategy.`,
      );
    }
    const primals = inputs.map((x) => this.primal(x));
    const output = applyCustomRule(rule, primals);
    if (output.level >= this.level) throw capturedByRule(this.name, rule.name);
    const parents = inputs.map((x) => this.position(x));
    return this.#push(
      output,
      new Entry(parents, customPullback(rule.name, rule.vjp), primals, output, null, NO_ATTRIBUTES),
    );
  }

  #push(primal: Tensor, entry: Entry): Tensor {
    return traced(this, primal.shape, primal, this.entries.push(entry) - 1);
  }
}

function shapesOf(tensors: readonly Tensor[]): readonly Shape[] {
  const shapes = new Array<Shape>(tensors.length);
  for (let i = 0; i < tensors.length; i++) shapes[i] = tensors[i]!.shape;
  return shapes;
}

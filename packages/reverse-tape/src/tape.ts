import {
  type AnyOperator,
  applyCustomRule,
  capturedByRule,
  type CustomRule,
  FluxionError,
  indexById,
  type Interpreter,
  invoke,
  operatorNames,
  type Shape,
  type Tensor,
  traced,
} from "@fluxion/core";
import { customPullback, pullbackOf, type Pullback } from "./pullback.ts";
import { type Keeps, rules } from "./rules/index.ts";

/** One operator that ran: whose cotangents its own feeds, and what its rule needs for that. */
export interface Entry {
  /** For every operand its entry's position, or CONSTANT. */
  readonly parents: readonly number[];
  readonly pullback: Pullback | null;
  readonly residuals: Residuals | null;
}

/** What an entry keeps; primal values only where the rule reads them. */
export interface Residuals {
  readonly inputs: readonly Tensor[] | null;
  readonly output: Tensor | null;
  readonly shapes: readonly Shape[];
  readonly attributes: object;
}

/** The parent of an operand that doesn't depend on the inputs. */
export const CONSTANT = -1;

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
    return this.#push(primal, { parents: [], pullback: null, residuals: null });
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
    const shapes = new Array<Shape>(count);
    for (let i = 0; i < count; i++) {
      const x = inputs[i]!;
      primals[i] = this.primal(x);
      parents[i] = this.position(x);
      shapes[i] = x.shape;
    }
    const output = invoke(operator, primals, attributes);
    const rule = rulesById[operator.id]!;
    return this.#push(output, {
      parents,
      pullback: rule.pullback,
      residuals: {
        inputs: rule.keepsInputs ? primals : null,
        output: rule.keepsOutput ? output : null,
        shapes,
        attributes,
      },
    });
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
    return this.#push(output, {
      parents: inputs.map((x) => this.position(x)),
      pullback: customPullback(rule.name, rule.vjp),
      residuals: { inputs: primals, output, shapes: inputs.map((x) => x.shape), attributes: {} },
    });
  }

  #push(primal: Tensor, entry: Entry): Tensor {
    return traced(this, primal.shape, primal, this.entries.push(entry) - 1);
  }
}

import {
  add, type AnyOperator, applyCustomRule, broadcastTo, type CustomRule, defineStrategy, type FlatJvp, indexById, type Interpreter, invoke, type OperatorName, operatorNames, type Strategy,
  type Tensor, traced, withLevel, zeros,
} from "@fluxion/core"; // prettier-ignore
import { rules } from "@fluxion/forward-dual";

type RuleTable = { readonly [N in OperatorName]: unknown };
type OperandRule = (t: Tensor, point: object) => Tensor;
type VariadicRule = (tangents: readonly (Tensor | null)[], point: object) => Tensor;

/** Duals as forward-dual has them, with rules of one's own. */
export class Duals implements Interpreter {
  readonly name = "control";
  readonly level: number;
  readonly #rules: readonly (readonly (OperandRule | null)[] | VariadicRule)[];
  open = true;

  constructor(level: number, table: RuleTable) {
    this.level = level;
    this.#rules = indexById<unknown>(table, operatorNames) as readonly (
      readonly (OperandRule | null)[] | VariadicRule
    )[];
  }

  dual(primal: Tensor, tangent: Tensor | null): Tensor {
    return tangent === null ? primal : traced(this, primal.shape, primal, tangent);
  }

  primal(x: Tensor): Tensor {
    return x.level === this.level ? x.primal! : x;
  }

  tangent(x: Tensor): Tensor | null {
    return x.level === this.level ? (x.extra as Tensor) : null;
  }

  apply(operator: AnyOperator, operands: readonly Tensor[], attributes: object): Tensor {
    const inputs = operands.map((x) => this.primal(x));
    const tangents = operands.map((x) => this.tangent(x));
    const output = invoke(operator, inputs, attributes);
    const rule = this.#rules[operator.id]!;
    const point = { inputs, output, attributes };
    if (typeof rule === "function") return this.dual(output, rule(tangents, point));
    const parts = rule.flatMap((operandRule, i) =>
      operandRule && tangents[i] ? [operandRule(tangents[i], point)] : [],
    );
    return this.dual(
      output,
      parts.length === 0
        ? null
        : broadcastTo(
            parts.reduce((a, b) => add(a, b)),
            output.shape,
          ),
    );
  }

  applyCustom(rule: CustomRule, inputs: readonly Tensor[]): Tensor {
    const primals = inputs.map((x) => this.primal(x));
    const tangents = inputs.map((x) => this.tangent(x) ?? zeros(x.shape));
    return this.dual(applyCustomRule(rule, primals), rule.jvp!(primals, tangents));
  }
}

/** A forward-mode strategy with some rules changed. */
export function forwardWith(name: string, changes: Partial<RuleTable>): Strategy {
  const table = { ...rules, ...changes };
  return defineStrategy({
    name,
    mode: "forward",
    exact: true,
    jvp: (f, inputs, tangents): FlatJvp =>
      withLevel(
        (level) => new Duals(level, table),
        (duals) => {
          const outputs = f(inputs.map((x, i) => duals.dual(x, tangents[i]!)));
          return {
            values: outputs.map((y) => duals.primal(y)),
            tangents: outputs.map((y) => duals.tangent(y)),
          };
        },
      ),
  });
}

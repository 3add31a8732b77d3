import {
  add,
  type AnyOperator,
  applyCustomRule,
  broadcastTo,
  capturedByRule,
  checkTangent,
  type CustomRule,
  FluxionError,
  indexById,
  type Interpreter,
  invoke,
  operatorNames,
  sameShape,
  type Tensor,
  traced,
  zeros,
} from "@fluxion/core";
import { rules } from "./rules/index.ts";

type OperandRule = (t: Tensor, point: Point) => Tensor;
type VariadicRule = (tangents: readonly (Tensor | null)[], point: Point) => Tensor;
interface Point {
  readonly inputs: readonly Tensor[];
  readonly output: Tensor;
  readonly attributes: object;
}

// The table's rules are typed one by one; here they are called with whatever operator arrives.
const rulesById = indexById<unknown>(rules, operatorNames) as readonly (
  (OperandRule | null)[] | VariadicRule
)[];

/** Duals: a value is a primal with a tangent, kept as `extra`. What carries no tangent is no dual but its primal. */
export class Duals implements Interpreter {
  readonly name = "forward-dual";
  readonly level: number;
  open = true;

  constructor(level: number) {
    this.level = level;
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

  apply(operator: AnyOperator, inputs: readonly Tensor[], attributes: object): Tensor {
    const primals = new Array<Tensor>(inputs.length);
    for (let i = 0; i < inputs.length; i++) primals[i] = this.primal(inputs[i]!);
    const output = invoke(operator, primals, attributes);
    const rule = rulesById[operator.id]!;
    const point = { inputs: primals, output, attributes };
    if (typeof rule === "function")
      return this.dual(
        output,
        rule(
          inputs.map((x) => this.tangent(x)),
          point,
        ),
      );
    let total: Tensor | null = null;
    for (let i = 0; i < inputs.length; i++) {
      const x = inputs[i]!;
      const operandRule = rule[i]!;
      if (x.level !== this.level || operandRule === null) continue;
      const part = operandRule(x.extra as Tensor, point);
      total = total === null ? part : add(total, part);
    }
    // An operand that broadcasts has a tangent of its own shape.
    if (total !== null && !sameShape(total.shape, output.shape)) total = broadcastTo(total, output.shape);
    return this.dual(output, total);
  }

  applyCustom(rule: CustomRule, inputs: readonly Tensor[]): Tensor {
    if (rule.jvp === null) {
      if (rule.otherwise === "differentiate") return rule.f(inputs);
      throw new FluxionError(
        "UNSUPPORTED",
        `forward-dual: the function "${rule.name}" given to customRule has no jvp rule. Give one, or use a reverse-mode strategy.`,
      );
    }
    const primals = inputs.map((x) => this.primal(x));
    const output = applyCustomRule(rule, primals);
    if (output.level >= this.level) throw capturedByRule(this.name, rule.name);
    const tangent = rule.jvp(
      primals,
      inputs.map((x) => this.tangent(x) ?? zeros(x.shape)),
    );
    if (tangent.level >= this.level) throw capturedByRule(this.name, rule.name);
    checkTangent(rule.name, tangent, output.shape);
    return this.dual(output, tangent);
  }
}

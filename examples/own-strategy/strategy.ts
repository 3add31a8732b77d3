import {
  add, type AnyOperator, type Attributes, broadcastTo, cos, type CustomRule, defineStrategy, type FlatFunction, type FlatJvp, FluxionError,
  type Interpreter, invoke, matmul, neg, type OperatorName, reciprocal, reshape, sameShape, sin, type Strategy, strongMul, sum,
  type Tangents, type Tensor, traced, withLevel,
} from "@fluxion/core"; // prettier-ignore

/** A tangent of one operand to its part of the output's tangent; null where the derivative is zero everywhere. */
type Rule = (t: Tensor, inputs: readonly Tensor[], output: Tensor, attributes: never) => Tensor;

/** The whole mathematics of the strategy: one line for each operator that it knows, one rule for each operand. */
const rules: { readonly [N in OperatorName]?: readonly (Rule | null)[] } = {
  add: [(t) => t, (t) => t],
  sub: [(t) => t, (t) => neg(t)],
  mul: [(t, [, b]) => strongMul(t, b!), (t, [a]) => strongMul(t, a!)],
  strongMul: [(t, [, b]) => strongMul(t, b!), (t, [a]) => strongMul(t, a!)],
  neg: [(t) => neg(t)],
  sin: [(t, [x]) => strongMul(t, cos(x!))],
  cos: [(t, [x]) => strongMul(t, neg(sin(x!)))],
  exp: [(t, _, output) => strongMul(t, output)],
  log: [(t, [x]) => strongMul(t, reciprocal(x!))],
  square: [(t, [x]) => strongMul(t, add(x!, x!))],
  sum: [
    (t, _, __, attributes: { readonly axes: readonly number[]; readonly keepDims: boolean }) =>
      sum(t, attributes),
  ],
  reshape: [(t, _, output) => reshape(t, output.shape)],
  broadcastTo: [(t, _, output) => broadcastTo(t, output.shape)],
  matmul: [
    (t, [, b], _, { transposeA, transposeB }: Attributes<"matmul">) =>
      matmul(t, b!, { transposeA, transposeB }),
    (t, [a], _, { transposeA, transposeB }: Attributes<"matmul">) =>
      matmul(a!, t, { transposeA, transposeB }),
  ],
  greater: [null, null],
};

/** What an operator means while f runs: the output, and its tangent by the rules. */
class Tangent implements Interpreter {
  readonly name = "own-strategy";
  readonly level: number;
  open = true;

  constructor(level: number) {
    this.level = level;
  }

  value(primal: Tensor, tangent: Tensor | null): Tensor {
    return tangent === null ? primal : traced(this, primal.shape, primal, tangent);
  }

  primal(x: Tensor): Tensor {
    return x.level === this.level ? x.primal! : x;
  }

  tangent(x: Tensor): Tensor | null {
    return x.level === this.level ? (x.extra as Tensor) : null;
  }

  apply(operator: AnyOperator, inputs: readonly Tensor[], attributes: object): Tensor {
    const rule = rules[operator.name];
    // A missing rule is refused: a silent zero would be a wrong derivative.
    if (!rule)
      throw new FluxionError(
        "UNSUPPORTED",
        `own-strategy has no rule for ${operator.name}. Add one to its table.`,
      );
    const primals = inputs.map((x) => this.primal(x));
    const output = invoke(operator, primals, attributes);
    const parts = inputs.map((x, i) => {
      const tangent = this.tangent(x);
      const part = tangent && rule[i] && rule[i](tangent, primals, output, attributes as never);
      return part && !sameShape(part.shape, output.shape) ? broadcastTo(part, output.shape) : part;
    });
    return this.value(
      output,
      parts.reduce<Tensor | null>(
        (total, part) => (total && part ? add(total, part) : (total ?? part ?? null)),
        null,
      ),
    );
  }

  applyCustom(rule: CustomRule): Tensor {
    throw new FluxionError("UNSUPPORTED", `own-strategy can't use the rules of "${rule.name}".`);
  }
}

function jvp(f: FlatFunction, inputs: readonly Tensor[], tangents: Tangents): FlatJvp {
  return withLevel(
    (level) => new Tangent(level),
    (interpreter) => {
      const outputs = f(inputs.map((input, i) => interpreter.value(input, tangents[i]!)));
      return {
        values: outputs.map((y) => interpreter.primal(y)),
        tangents: outputs.map((y) => interpreter.tangent(y)),
      };
    },
  );
}

/** A strategy in a hundred lines. From its jvp core derives gradient, jacobian, hessian, vjp, hvp and the rest. */
export const ownStrategy: Strategy = defineStrategy({
  name: "own-strategy",
  mode: "forward",
  exact: true,
  jvp,
});

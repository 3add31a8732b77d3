import {
  abs, add, defineStrategy, div, type FlatFunction, type FlatGradient, type FlatHessian, type FlatJvp, type FlatVjp, mul, outer, primal, reshape, sameShape, sizeOf,
  sub, take, type StrategyDefinition, type Tangents, type Tensor, transpose, tril, zeros,
} from "@fluxion/core"; // prettier-ignore
import { forwardDual } from "@fluxion/forward-dual";
import { reverseTape } from "@fluxion/reverse-tape";
import type { Control } from "./control.ts";
import { confusedJvp } from "./confusion.ts";

function filled(directions: Tangents, like: readonly Tensor[]): readonly Tensor[] {
  return like.map((x, i) => directions[i] ?? zeros(x.shape));
}

function rightJvp(f: FlatFunction, inputs: readonly Tensor[], tangents: Tangents): FlatJvp {
  const { value, tangent } = forwardDual.jvp(f)(inputs)(filled(tangents, inputs));
  return { values: value, tangents: tangent };
}

function rightVjp(f: FlatFunction, inputs: readonly Tensor[]): FlatVjp {
  const { value, pullback } = reverseTape.vjp(f)(inputs);
  return { values: value, pullback: (cotangents) => pullback(filled(cotangents, value)) };
}

function rightGradient(f: FlatFunction, inputs: readonly Tensor[]): FlatGradient {
  const { value, gradient } = reverseTape.valueAndGradient((xs: readonly Tensor[]) => f(xs)[0]!)(inputs);
  return { value, gradient };
}

function rightHessian(f: FlatFunction, inputs: readonly Tensor[]): FlatHessian {
  return reverseTape.valueGradientAndHessian((xs: readonly Tensor[]) => f(xs)[0]!)(inputs);
}

/** A strategy that is right but for what is given; everything that isn't given follows from its jvp or vjp. */
function control(fault: string, wrong: Partial<StrategyDefinition>): Control {
  const right = wrong.jvp || wrong.vjp ? {} : { vjp: rightVjp };
  return {
    operator: null,
    fault,
    strategy: defineStrategy({ name: fault, mode: "reverse", exact: true, ...right, ...wrong }),
  };
}

/** Strategies that start from right results, or from none, and put them together wrongly. */
export const productControls: readonly Control[] = [
  control("every derivative is 0", {
    jvp: (f, inputs) => {
      const values = f(inputs);
      return { values, tangents: values.map((y) => zeros(y.shape)) };
    },
  }),
  control("a directional derivative along |ẋ|", { jvp: (f, inputs, tangents) => rightJvp(f, inputs, tangents.map((t) => t && abs(t))) }), // prettier-ignore
  control("a forward difference sold as exact", {
    jvp: (f, inputs, tangents) => {
      const step = 1e-7;
      const values = f(inputs);
      const beside = f(inputs.map((x, i) => (tangents[i] ? add(x, mul(step, tangents[i])) : x)));
      return { values, tangents: values.map((y, k) => div(sub(beside[k]!, y), step)) };
    },
  }),
  control("cotangents that are an ulp of single precision too large", {
    vjp: (f, inputs) => {
      const { values, pullback } = rightVjp(f, inputs);
      return { values, pullback: (cotangents) => pullback(cotangents).map((c) => c && mul(1 + 2 ** -23, c)) };
    },
  }),
  control("a pullback that works once", {
    vjp: (f, inputs) => {
      const { values, pullback } = rightVjp(f, inputs);
      let used = false;
      return {
        values,
        pullback: (cotangents) => {
          if (used) return inputs.map(() => null);
          used = true;
          return pullback(cotangents);
        },
      };
    },
  }),
  control("inputs read as numbers", { vjp: (f, inputs) => rightVjp(f, inputs.map(primal)) }),
  control("the value at another point", {
    vjp: (f, inputs) => ({ ...rightVjp(f, inputs), values: f(inputs.map((x) => add(x, 1e-3))) }),
  }),
  control("the Jacobian transposed", {
    jacobian: (f, inputs) => {
      const { value, jacobian } = reverseTape.valueAndJacobian(f)(inputs);
      return {
        values: value,
        jacobian: jacobian.map((row, k) =>
          row.map((block, i) => transposedData(block, value[k]!, inputs[i]!)),
        ),
      };
    },
  }),
  control("the gradient of another argument", {
    gradient: (f, inputs) => {
      const { value, gradient } = rightGradient(f, inputs);
      return {
        value,
        gradient: inputs.map(
          (x, i) =>
            gradient[inputs.findIndex((y, j) => j !== i && sameShape(x.shape, y.shape))] ?? gradient[i]!,
        ),
      };
    },
  }),
  control("the gradient of f² / 2", {
    gradient: (f, inputs) => {
      const { value, gradient } = rightGradient(f, inputs);
      return { value, gradient: gradient.map((g) => g && mul(value, g)) };
    },
  }),
  control("H·v taken for the gradient", { hvp: (f, inputs) => rightGradient(f, inputs).gradient }),
  control("H·v by the diagonal of H", {
    hvp: (f, inputs, vector) =>
      rightHessian(f, inputs).hessian.map((row, i) => {
        const n = inputs[i]!.size;
        const diagonalEntries = Array.from({ length: n }, (_, k) => k * (n + 1));
        return mul(reshape(entriesOf(row[i]!, diagonalEntries), inputs[i]!.shape), vector[i] ?? 0);
      }),
  }),
  control("the lower triangle of the Hessian", {
    hessian: (f, inputs) => {
      const { value, gradient, hessian } = rightHessian(f, inputs);
      const lower = (block: Tensor, i: number): Tensor =>
        reshape(tril(reshape(block, [inputs[i]!.size, inputs[i]!.size])), block.shape);
      return {
        value,
        gradient,
        hessian: hessian.map((row, i) =>
          row.map((block, j) => (i === j ? lower(block, i) : i > j ? block : zeros(block.shape))),
        ),
      };
    },
  }),
  control("the Hessian of Gauss and Newton", {
    hessian: (f, inputs) => {
      const { value, gradient } = rightGradient(f, inputs);
      const g = filled(gradient, inputs);
      const flat = (x: Tensor): Tensor => reshape(x, [x.size]);
      return {
        value,
        gradient,
        hessian: g.map((a) => g.map((b) => reshape(outer(flat(a), flat(b)), [...a.shape, ...b.shape]))),
      };
    },
  }),
  control("one ε for derivatives within derivatives", { jvp: confusedJvp }),
];

/** The entries of the transposed matrix in the shape of the matrix. */
function transposedData(block: Tensor, y: Tensor, x: Tensor): Tensor {
  return reshape(transpose(reshape(block, [sizeOf(y.shape), sizeOf(x.shape)])), block.shape);
}

function entriesOf(x: Tensor, indices: readonly number[]): Tensor {
  return take(reshape(x, [x.size]), indices, { axis: 0 });
}

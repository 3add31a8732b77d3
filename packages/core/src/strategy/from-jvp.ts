import { add, mul } from "../operators/elementwise/binary.ts";
import { sum } from "../operators/reduction/sum.ts";
import { reshape } from "../operators/shape/reshape.ts";
import { zeros } from "../tensor/create.ts";
import { sizeOf } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { columnsToJacobian, mapBasis, rowsOf } from "./basis.ts";
import type { FlatFunction, FlatVjp, Products } from "./definition.ts";

type Jvp<E extends object> = Products<E>["jvp"];

/** The Jacobian, ⌈n/k⌉ passes over blocks of k directions. */
export function jacobianFromJvp<E extends object>(jvp: Jvp<E>): Products<E>["jacobian"] {
  return (f, inputs, options) => {
    const shapes = inputs.map((input) => input.shape);
    let values: readonly Tensor[] | null = null;
    const columns = mapBasis(shapes, (units) => {
      const result = jvp(f, inputs, units, options);
      values = result.values;
      return result.tangents.map((tangent, k) => tangent ?? zeros(result.values[k]!.shape));
    });
    const outputs: readonly Tensor[] = values ?? f(inputs);
    return {
      values: outputs,
      jacobian: outputs.map((output, k) =>
        shapes.map((shape, i) =>
          sizeOf(shape) === 0
            ? zeros([...output.shape, ...shape])
            : columnsToJacobian(rowsOf(columns[k]!, shapes, i), output.shape, shape),
        ),
      ),
    };
  };
}

/** The gradient of a scalar function is its Jacobian's only row. */
export function gradientFromJacobian<E extends object>(
  jacobian: Products<E>["jacobian"],
): Products<E>["gradient"] {
  return (f, inputs, options) => {
    const result = jacobian(f, inputs, options);
    return { value: result.values[0]!, gradient: result.jacobian[0]! };
  };
}

/** The pullback from directional derivatives: entry i is ⟨dy, J·eᵢ⟩, so it costs as much as the Jacobian. */
export function vjpFromJvp<E extends object>(jvp: Jvp<E>): Products<E>["vjp"] {
  return (f, inputs, options): FlatVjp => ({
    values: f(inputs),
    pullback: (cotangents) => {
      const shapes = inputs.map((input) => input.shape);
      const [products] = mapBasis(shapes, (units) => [
        innerProduct(cotangents, jvp(f, inputs, units, options).tangents),
      ]);
      return shapes.map((shape, i) =>
        sizeOf(shape) === 0 ? null : reshape(rowsOf(products!, shapes, i), shape),
      );
    },
  });
}

function innerProduct(cotangents: readonly (Tensor | null)[], tangents: readonly (Tensor | null)[]): Tensor {
  let total: Tensor = zeros([]);
  cotangents.forEach((cotangent, k) => {
    const tangent = tangents[k];
    if (cotangent && tangent) total = add(total, sum(mul(cotangent, tangent)));
  });
  return total;
}

/** H·v as the gradient of x ↦ J(x)·v. */
export function hvpFromJvp<E extends object>(
  jvp: Jvp<E>,
  gradient: Products<E>["gradient"],
): Products<E>["hvp"] {
  return (f, inputs, vector, options) => {
    const slope: FlatFunction = (xs) => {
      const [tangent] = jvp(f, xs, vector, options).tangents;
      return [tangent ?? zeros([])];
    };
    return gradient(slope, inputs, options).gradient;
  };
}

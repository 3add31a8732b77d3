import { describe, expect, test } from "vitest";
import {
  defineStrategy,
  mul,
  sum,
  tensor,
  zeros,
  type EntryEstimate,
  type Strategy,
  type Tensor,
} from "@fluxion/core";

interface Guess extends EntryEstimate {
  readonly colour: string;
}

let reads = 0;

/** Guesses 0 for everything, and numbers its entries. */
function guessing(hasDetails: boolean): Strategy<object, Guess> {
  return defineStrategy<object, Guess>({
    name: "guess",
    mode: "numeric",
    exact: false,
    jvp: (f, inputs) => {
      const values = f(inputs);
      return { values, tangents: values.map(({ shape }) => zeros(shape)) };
    },
    estimate: ({ operator, f, inputs, directions }) => {
      const outputs = f(inputs);
      const rows = operator === "jacobian" ? outputs : operator === "hessian" ? inputs : null;
      const results =
        operator === "jvp"
          ? outputs.map(({ shape }) => [zeros(shape)])
          : rows === null
            ? [inputs.map(({ shape }) => zeros(shape))]
            : rows.map((row) => inputs.map((input) => zeros([...row.shape, ...input.shape])));
      const details = (): Guess[][][] => {
        reads++;
        let next = 0;
        return results.map((row) =>
          row.map(({ size }) =>
            Array.from({ length: size }, () => ({ value: next++, error: 1, status: "guess", colour: "red" })),
          ),
        );
      };
      expect(directions).toHaveLength(
        operator === "jvp" || operator === "hvp" ? inputs.length : operator === "vjp" ? outputs.length : 0,
      );
      return {
        results,
        errors: results,
        status: "guess",
        evaluations: 1,
        batches: 7,
        ...(hasDetails ? { details } : {}),
      };
    },
  });
}

const values = (details: unknown): unknown =>
  typeof (details as Guess).value === "number"
    ? (details as Guess).value
    : Array.isArray(details)
      ? details.map(values)
      : Object.fromEntries(Object.entries(details as object).map(([key, part]) => [key, values(part)]));

describe("details of an estimate", () => {
  const ask = guessing(true).estimate!;
  const A = tensor([[1, 2, 3], [4, 5, 6]]); // prettier-ignore

  test("mirror every operator, as nested arrays", () => {
    const f = (t: Tensor): Tensor => sum(mul(t, t));
    expect(values(ask("derivative", f)(2).details)).toBe(0);
    expect(values(ask("gradient", f)(A).details)).toEqual([[0, 1, 2], [3, 4, 5]]); // prettier-ignore
    expect(values(ask("hvp", f)(tensor([1, 2]), tensor([1, 2])).details)).toEqual([0, 1]);
    expect(values(ask("hessian", f)(tensor([1, 2])).details)).toEqual([[0, 1], [2, 3]]); // prettier-ignore
    expect(values(ask("vjp", f)(tensor([1, 2]), 1).details)).toEqual([0, 1]);
    const g = (p: { a: Tensor; b: readonly Tensor[] }): { y: Tensor } => ({ y: mul(p.a, p.b[0]!) });
    const tree = { a: tensor([1, 2]), b: [tensor(3)] };
    expect(values(ask("jacobian", g)(tree).details)).toEqual({ y: { a: [[0, 1], [2, 3]], b: [[4, 5]] } }); // prettier-ignore
    expect(values(ask("jvp", g)(tree, tree).details)).toEqual({ y: [0, 1] });
  });

  test("of empty tensors are empty", () => {
    expect(values(ask("gradient", (t: Tensor) => sum(t))(tensor([])).details)).toEqual([]);
    expect(values(ask("gradient", (t: Tensor) => sum(t))(zeros([2, 0])).details)).toEqual([[], []]);
  });

  test("are made when they are read, once, and keep the strategy's own figures", () => {
    reads = 0;
    const estimate = ask("gradient", (t: Tensor) => sum(t))(A);
    expect(reads).toBe(0);
    const { details } = estimate;
    expect(estimate.details).toBe(details);
    expect(reads).toBe(1);
    expect((details as readonly (readonly Guess[])[])[1]![2]!.colour).toBe("red");
    expect(estimate.batches).toBe(7);
  });

  test("are left out by a strategy that has none", () => {
    const estimate = guessing(false).estimate!("gradient", (t: Tensor) => sum(t))(A);
    expect("details" in estimate).toBe(false);
  });
});

import { fromData, type Tensor } from "@fluxion/core";
import { describe, expect, it } from "vitest";
import { derive, type Expression, parse } from "../src/index.ts";
import { expectClose, finiteDifference, randomNumbers, randomValue } from "./support/numeric.ts";

const shapes = {
  A: ["n", "n"],
  B: ["n", "n"],
  S: ["n", "n"],
  X: ["m", "n"],
  x: ["n"],
  b: ["n"],
  t: [],
} as const;
const lengths = { m: 2, n: 3 };

type Structure = "symmetric" | "spd" | "diagonal";

/** The entries that vary by themselves: those on the diagonal, and those above it where the matrix is symmetric. */
const moves = (structure: Structure, k: number, l: number): boolean => k === l || structure !== "diagonal";

/** f along the entries kl and lk together, or along nothing. */
function shift(S: Tensor, structure: Structure, by: Readonly<Float64Array>): Tensor {
  const n = S.shape[0]!;
  const data = Float64Array.from(S.data);
  for (let k = 0; k < n; k++)
    for (let l = 0; l < n; l++) {
      if (!moves(structure, k, l)) continue;
      data[k * n + l]! += by[k * n + l]!;
      if (k !== l) data[l * n + k]! += by[k * n + l]!;
    }
  return fromData(data, S.shape);
}

function check(text: string, structure: Structure, order: number = 1): Expression {
  const options = { wrt: "S", shapes, assume: { S: structure }, structured: true } as const;
  const derived = derive(text, { ...options, order });
  const lower = order === 1 ? parse(text, options) : derive(text, { ...options, order: order - 1 });
  const random = randomNumbers(text.length + 3);
  const values = Object.fromEntries(
    Object.entries(shapes).map(([name, dims]) => {
      const kind = name === "S" ? (structure === "diagonal" ? "positive" : "spd") : "positive";
      return [name, randomValue(dims, lengths, random, kind)];
    }),
  );
  const S = structure === "diagonal" ? diagonalOf(values["S"]!) : values["S"]!;
  const wanted = finiteDifference(
    (by) => lower.evaluate({ ...values, S: shift(S, structure, by.data) }),
    fromData(new Float64Array(9), [3, 3]),
  );
  const found = derived.evaluate({ ...values, S });
  expect(found.shape).toEqual(wanted.shape);
  expectClose(found.data, wanted.data, 2e-7, `${text}: ${derived}`);
  return derived;
}

const diagonalOf = (S: Tensor): Tensor => fromData(S.data.map((entry, p) => (p % 4 === 0 ? entry : 0)), S.shape); // prettier-ignore

describe("structured: true, within symmetric matrices", () => {
  it.each([
    ["tr(A*S)", "symmetric", "A + A' - diag(diag(A))"],
    ["tr(S)", "symmetric", "eye(n)"],
    ["det(S)", "spd", "det(S)*(2*inv(S) - diag(diag(inv(S))))"],
    ["logdet(S)", "spd", "2*inv(S) - diag(diag(inv(S)))"],
    ["x'*S*x", "symmetric", undefined],
    ["x'*S*b", "symmetric", undefined],
    ["x'*inv(S)*x", "spd", undefined],
    ["tr(S^2)", "symmetric", undefined],
    ["tr(S*A*S*B)", "symmetric", undefined],
    ["norm2(X*S)^2", "symmetric", undefined],
    ["-logdet(S)/2 - x'*inv(S)*x/2", "spd", undefined],
    ["lambdamax(S)", "symmetric", "2*lambdavec(S)*lambdavec(S)' - diag(lambdavec(S).^2)"],
    ["S*x", "symmetric", undefined],
    ["S", "symmetric", undefined],
    ["S*A*S", "symmetric", undefined],
  ] as const)("%s, %s", (text, structure, printed) => {
    const derived = check(text, structure);
    if (printed !== undefined) expect(derived.toString()).toBe(printed);
  });
  it.each([["logdet(S)", "spd"], ["x'*inv(S)*x", "spd"], ["tr(S*A*S*B)", "symmetric"], ["tr(S^3)", "diagonal"]] as const)("%s twice, %s", (text, structure) => {
    check(text, structure, 2);
  }); // prettier-ignore
});

describe("structured: true, within diagonal matrices", () => {
  it.each([
    ["tr(A*S)", "diag(diag(A))"],
    ["x'*S*b", "diag(x.*b)"],
    ["logdet(S)", undefined],
    ["tr(A*S*B*S)", undefined],
    ["S*x", undefined],
  ] as const)("%s", (text, printed) => {
    const derived = check(text, "diagonal");
    if (printed !== undefined) expect(derived.toString()).toBe(printed);
  });
});

describe("structured: true", () => {
  const derived = (text: string, assume: string, more: Record<string, unknown> = {}): Expression =>
    derive(text, { wrt: "S", shapes, assume: { S: assume } as never, structured: true, ...more });

  it("changes nothing unless asked for, and nothing for the other variables", () => {
    const options = { wrt: "S", shapes, assume: { S: "symmetric" } } as const;
    expect(derive("tr(A*S)", options).toString()).toBe("A");
    expect(derive("tr(A*S)", { ...options, structured: false }).toString()).toBe("A");
    expect(derived("x'*S*b", "symmetric", { wrt: ["x", "S"] }).shape).toEqual(["n", "n", "n"]);
  });
  it("is the last step of the derivation", () => {
    expect(derived("tr(A*S)", "symmetric").steps.at(-1)).toEqual({
      rule: "derivative within symmetric matrices",
      before: "A",
      after: "A + A' - diag(diag(A))",
      latex:
        "\\mathbf{A} \\;\\to\\; \\mathbf{A} + \\mathbf{A}^{\\top} - \\operatorname{diag}\\left(\\operatorname{diag}\\left(\\mathbf{A}\\right)\\right)",
    });
  });
  it("needs a structure that is linear", () => {
    expect(() => derived("tr(A*S)", "orthogonal")).toThrow(/the orthogonal matrices are curved/);
    expect(() => derived("tr(A*S)", "positive")).toThrow(/nothing says that S is one\. Declare it/);
    expect(() => derived("tr(A*S)", "symmetric", { wrt: "A" })).toThrow(/nothing says that A is one/);
    expect(() => derived("tr(A*S)", "symmetric", { structured: "yes" })).toThrow(
      /structured is true or false/,
    );
  });
});

import { dexpm, expm, expmDerivative, fromData, tensor, type Tensor } from "@fluxion/core";
import { describe, expect, it } from "vitest";
import { derive, parse, simplify } from "../../src/index.ts";
import { checkCase, type Case, expectClose, randomNumbers, randomValue } from "../support/numeric.ts";

const shapes = {
  A: ["n", "n"], B: ["n", "n"], S: ["n", "n"], X: ["m", "n"], x: ["n"], z: ["n"], t: [], s: [],
} as const; // prettier-ignore

const used = (text: string, wrt: string): Case["shapes"] =>
  Object.fromEntries(
    Object.entries(shapes).filter(
      ([name]) => name === wrt || new RegExp(`(?<!\\w)${name}(?!\\w)`).test(text),
    ),
  );

describe("laws of expm", () => {
  it.each([
    ["expm(A)*expm(-A)", "eye(n)"],
    ["expm(t*A)*expm(s*A)", "expm((s + t)*A)"],
    ["expm(A)^3", "expm(3*A)"],
    ["expm(A')", "expm(A)'"],
    ["inv(expm(A))", "expm(-A)"],
    ["det(expm(A))", "exp(tr(A))"],
    ["logdet(expm(A))", "tr(A)"],
    ["expm(zeros(n, n))", "eye(n)"],
    ["expm(t*eye(n))", "exp(t)*eye(n)"],
    ["expm(diag(x))", "diag(exp(x))"],
    ["expm(A)*A - A*expm(A)", "zeros(n, n)"],
    ["tr(B*inv(A)*expm(t*A)) - tr(B*expm(t*A)*inv(A))", "0"],
    ["expm(A)*expm(A')", "expm(A)*expm(A)'"],
    ["expm(A)*expm(B)", "expm(A)*expm(B)"],
    ["expm(A)*B*expm(-A)", "expm(A)*B*expm(-A)"],
    ["dexpm(A, A)", "A*expm(A)"],
    ["dexpm(A, eye(n))", "expm(A)"],
    ["dexpm(t*A, A*A) - A*expm(t*A)*A", "zeros(n, n)"],
    ["tr(dexpm(A, B)) - tr(B*expm(A))", "0"],
    ["dexpm(A, B)", "dexpm(A, B)"],
  ])("%s", (text, printed) => {
    const simple = simplify(text, { shapes });
    expect(simple.toString()).toBe(printed);
    const random = randomNumbers(text.length);
    const lengths = { m: 2, n: 3 };
    const values = Object.fromEntries(
      Object.entries(used(text, "")!).map(([name, dims]) => [name, randomValue(dims, lengths, random, name === "A" ? "regular" : "unit")]),
    ); // prettier-ignore
    const [before, after] = [parse(text, { shapes }), simple].map((e) =>
      e.evaluate({ ...values, ...lengths }),
    );
    expectClose(after!.data, before!.data, 1e-11, text);
  });

  it("of a symmetric matrix is symmetric", () => {
    const options = { shapes, assume: { S: "symmetric" } } as const;
    expect(simplify("expm(S)' - expm(S)", options).toString()).toBe("zeros(n, n)");
    expect(simplify("expm(S)*expm(-S')", options).toString()).toBe("eye(n)");
  });
});

type Row = readonly [text: string, wrt: string, prints?: string | undefined, more?: Partial<Case>];

const rows: readonly Row[] = [
  ["tr(expm(A))", "A", "expm(A)'"],
  ["tr(expm(2*A))", "A", "2*expm(2*A)'"],
  ["tr(expm(A)*A)", "A"],
  ["tr(expm(X'*X))", "X", "2*X*expm(X'*X)"],
  ["log(tr(expm(A)))", "A", "expm(A)'/tr(expm(A))"],
  ["tr(expm(t*A))", "t", "tr(A*expm(t*A))"],
  ["tr(B*expm(t*A))", "t", "tr(B*A*expm(t*A))"],
  ["expm(t*A)", "t", "A*expm(t*A)"],
  ["expm(t*A)*x", "t", "A*expm(t*A)*x"],
  ["expm(t^2*A)*x", "t", "2*t*A*expm(t^2*A)*x"],
  ["z'*expm(t*A)*x", "x", "z'*expm(t*A)"],
  ["norm2(expm(t*A)*x)^2", "t"],
  ["expm(A + t*B)", "t", "dexpm(A + t*B, B)"],
  ["tr(expm(t*A + B))", "t", "tr(expm(t*A + B)*A)"],
  ["tr(B*expm(A))", "A", "dexpm(A, B)'"],
  ["tr(B*expm(t*A))", "A", "t*dexpm(t*A, B)'"],
  ["x'*expm(A)*z", "A", "dexpm(A, z*x')'"],
  ["norm2(expm(A)*x - z)^2", "A"],
  ["tr(B*expm(inv(A)))", "A", undefined, { kinds: { A: "regular" } }],
  ["expm(A)", "A", "[i,j,k,l] dexpm(A)[i,j,k,l]"],
  ["expm(A)*x", "A"],
  ["expm(A*B)*x", "A"],
  ["expm(diag(x))", "x"],
  ["tr(B*expm(diag(x)))", "x"],
  ["sum(expm(A))", "A"],
  ["logdet(expm(A))", "A", "eye(n)"],
];

describe("derivatives of expm", () => {
  for (const [text, wrt, prints, more] of rows)
    it(`${text} by ${wrt}`, () => {
      checkCase({ text, wrt, shapes: used(text, wrt)!, ...(prints !== undefined && { prints }), ...more });
    });

  it.each([
    ["tr(B*expm(t*A))", "t", "tr(B*A^2*expm(t*A))"],
    ["tr(expm(A))", "A", undefined],
    ["expm(t*A)*x", "t", undefined],
  ] as const)("%s by %s twice", (text, wrt, prints) => {
    checkCase({ text, wrt, shapes: used(text, wrt)!, order: 2, ...(prints !== undefined && { prints }) });
  });

  it("to the third order along t, closed", () => {
    expect(derive("tr(B*expm(t*A))", { wrt: "t", order: 3, shapes }).toString()).toBe("tr(B*A^3*expm(t*A))");
  });

  it.each([
    ["tr(B*expm(A))", 2],
    ["x'*expm(A)*z", 2],
    ["tr(expm(A))", 3],
    ["norm2(expm(A)*x)^2", 2],
  ])("%s by A, order %i, with the derivative of expm of second order", (text, order) => {
    const small = { A: [2, 2], B: [2, 2], x: [2], z: [2] } as const;
    const own = Object.fromEntries(
      Object.entries(small).filter(([name]) => name === "A" || text.includes(name)),
    );
    checkCase({ text, wrt: "A", shapes: own, order });
  });
  it("and along a scalar", () => {
    checkCase({ text: "x'*expm(A + t*B)*z", wrt: "t", shapes: used("x'*expm(A + t*B)*z", "t")!, order: 2 });
  });
});

describe("core's expm and dexpm", () => {
  const random = randomNumbers(5);
  const matrix = (scale: number): Tensor => {
    const { data } = randomValue(["n", "n"], { n: 4 }, random);
    return fromData(data.map((entry) => entry * scale), [4, 4]); // prettier-ignore
  };
  it("a large norm needs many squarings", () => {
    const rotation = expm(tensor([[0, -100], [100, 0]])); // prettier-ignore
    expectClose(rotation.data, Float64Array.of(Math.cos(100), -Math.sin(100), Math.sin(100), Math.cos(100)), 1e-12, "rotation"); // prettier-ignore
  });
  it("the tensor contracted with a direction is the derivative along it", () => {
    const [a, e] = [matrix(1), matrix(1)];
    const all = expmDerivative(a);
    const along = dexpm(a, e);
    const sum = Float64Array.from({ length: 16 }, (_, ij) => e.data.reduce((total, entry, kl) => total + all.data[ij * 16 + kl]! * entry, 0)); // prettier-ignore
    expectClose(along.data, sum, 1e-13, "dexpm");
  });
});

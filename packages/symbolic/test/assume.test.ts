import { add, eye, fromData, inverse, matmul, sub, type Tensor, transpose } from "@fluxion/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { derive, parse, simplify } from "../src/index.ts";
import { expectClose, finiteDifference, randomNumbers, randomValue } from "./support/numeric.ts";

const runs = Number(process.env["FLUXION_RUNS"] ?? 100);

const shapes = {
  S: ["n", "n"], P: ["n", "n"], D: ["n", "n"], E: ["n", "n"], Q: ["n", "n"], A: ["n", "n"], R: ["n", "n"],
  x: ["n"], p: ["n"], s: [], t: [],
} as const; // prettier-ignore
const assume = {
  S: "symmetric", P: "spd", D: "diagonal", E: "diagonal", Q: "orthogonal", R: ["orthogonal", "symmetric"], p: "positive", s: "positive",
} as const; // prettier-ignore
const lengths = { n: 3 };

/** (I − K)·(I + K)⁻¹ for a skew K is orthogonal. */
function orthogonal(random: () => number): Tensor {
  const a = randomValue(["n", "n"], lengths, random);
  const k = sub(a, transpose(a));
  return matmul(sub(eye(3), k), inverse(add(eye(3), k)));
}

function valuesFor(seed: number): Readonly<Record<string, Tensor>> {
  const random = randomNumbers(seed);
  const diagonal = (): Tensor => {
    const { data } = randomValue(["n", "n"], lengths, random, "positive");
    return fromData(data.map((entry, k) => (k % 4 === 0 ? entry : 0)), [3, 3]); // prettier-ignore
  };
  const turn = orthogonal(random);
  const reflection = matmul(matmul(turn, fromData(Float64Array.of(1, 0, 0, 0, -1, 0, 0, 0, 1), [3, 3])), turn, { transposeB: true }); // prettier-ignore
  return {
    S: randomValue(["n", "n"], lengths, random, "symmetric"),
    P: randomValue(["n", "n"], lengths, random, "spd"),
    D: diagonal(),
    E: diagonal(),
    Q: orthogonal(random),
    R: reflection,
    A: randomValue(["n", "n"], lengths, random, "regular"),
    x: randomValue(["n"], lengths, random),
    p: randomValue(["n"], lengths, random, "positive"),
    s: randomValue([], lengths, random, "positive"),
    t: randomValue([], lengths, random),
  };
}

/** Formulas of matrices with assumptions. */
const formulas = fc.letrec<{ matrix: string; scalar: string; vector: string }>((tie) => {
  const limits = { maxDepth: 3, withCrossShrink: true, depthIdentifier: "assumed" };
  const pair = (
    a: fc.Arbitrary<string>,
    b: fc.Arbitrary<string>,
    join: (a: string, b: string) => string,
  ): fc.Arbitrary<string> => fc.tuple(a, b).map(([p, q]) => join(p, q));
  return {
    matrix: fc.oneof(
      limits,
      fc.constantFrom("S", "P", "D", "E", "Q", "R", "A", "Q'", "D", "E"),
      pair(tie("matrix"), tie("matrix"), (a, b) => `(${a}*${b})`),
      pair(tie("matrix"), tie("matrix"), (a, b) => `(${a} - ${b})`),
      pair(tie("matrix"), tie("matrix"), (a, b) => `(${a}.*${b})`),
      tie("matrix").map((a) => `${a}'`),
      fc.constantFrom("inv(P)", "inv(D)", "inv(Q)", "inv(R)", "inv(P*A)", "inv(D*E)", "expm(D)", "expm(s*S)", "expm(-S)", "diag(p)"),
      pair(fc.constantFrom("s", "t", "2"), tie("matrix"), (a, b) => `(${a}*${b})`),
    ),
    vector: fc.oneof(
      limits,
      fc.constantFrom("x", "p", "log(p)", "abs(p)", "sqrt(p.^2)", "sign(p)"),
      pair(tie("matrix"), tie("vector"), (a, b) => `(${a}*${b})`),
      pair(tie("vector"), tie("vector"), (a, b) => `(${a}.*${b})`),
      tie("matrix").map((a) => `diag(${a})`),
    ),
    scalar: fc.oneof(
      limits,
      tie("matrix").map((a) => `tr(${a})`),
      fc.constantFrom("det(Q)", "det(Q)^2", "logdet(Q)", "abs(det(R))", "det(P)", "log(det(P))", "logdet(P*Q)", "det(D*E)", "lambdamax(P)", "abs(lambdamax(P))", "sigmamax(Q)", "sqrt(s^2)", "log(s^2)", "lambdamax(S)"),
      pair(tie("scalar"), tie("scalar"), (a, b) => `(${a}*${b})`),
      pair(tie("scalar"), tie("scalar"), (a, b) => `(${a} - ${b})`),
      pair(tie("vector"), tie("vector"), (a, b) => `(${a}'*${b})`),
    ),
  };
}); // prettier-ignore

const anyFormula = fc.oneof(formulas.matrix, formulas.vector, formulas.scalar);

describe("what is assumed", () => {
  it("changes no value of a matrix that is as assumed", () => {
    fc.assert(
      fc.property(anyFormula, fc.integer({ min: 0, max: 1000 }), (text, seed) => {
        const values = valuesFor(seed);
        const wanted = parse(text, { shapes, assume }).evaluate({ ...values, ...lengths });
        const simple = simplify(text, { shapes, assume });
        const found = simple.evaluate({ ...values, ...lengths });
        expect(found.shape).toEqual(wanted.shape);
        expectClose(found.data, wanted.data, 1e-9, `${text} became ${simple}`);
      }),
      { numRuns: runs },
    );
  });

  it("leaves derivatives right", () => {
    fc.assert(
      fc.property(fc.oneof(formulas.vector, formulas.scalar), fc.constantFrom("x", "p", "s"), (text, wrt) => {
        const values: Readonly<Record<string, Tensor | number>> = { ...valuesFor(text.length), ...lengths };
        const formula = parse(text, { shapes, assume });
        const wanted = finiteDifference((moved) => formula.evaluate({ ...values, [wrt]: moved }), values[wrt] as Tensor);
        const derived = derive(text, { wrt, shapes, assume });
        const found = derived.evaluate(values);
        expect(found.shape).toEqual(wanted.shape);
        expectClose(found.data, wanted.data, 1e-6, `${text} by ${wrt}: ${derived}`);
      }), // prettier-ignore
      { numRuns: Math.ceil(runs / 2) },
    );
  });

  it.each([
    ["Q'*Q", "eye(n)"],
    ["Q*Q'", "eye(n)"],
    ["inv(Q)", "Q'"],
    ["inv(Q*A)", "inv(A)*Q'"],
    ["det(Q)^2", "1"],
    ["det(Q)^3", "det(Q)"],
    ["1/det(Q)", "det(Q)"],
    ["abs(det(Q))", "1"],
    ["logdet(Q)", "0"],
    ["logdet(Q*A*Q')", "logdet(A)"],
    ["det(Q'*A*Q)", "det(A)"],
    ["sigmamax(Q)", "1"],
    ["R*R", "eye(n)"],
    ["inv(R)", "R"],
    ["D'", "D"],
    ["D*E - E*D", "zeros(n, n)"],
    ["D*E*D - D*D*E", "zeros(n, n)"],
    ["x'*D*E*x - x'*E*D*x", "0"],
    ["inv(D)*E - E*inv(D)", "zeros(n, n)"],
    ["inv(D)*E*D", "E"],
    ["expm(D)*E*expm(-D)", "E"],
    ["expm(A)*A*expm(-A)", "A"],
    ["expm(A)*S*expm(-A)", "expm(A)*S*expm(-A)"],
    ["D*S - S*D", "D*S - S*D"],
    ["S' - S", "zeros(n, n)"],
    ["inv(S)' - inv(S)", "zeros(n, n)"],
    ["abs(det(P))", "det(P)"],
    ["abs(det(inv(P)))", "1/det(P)"],
    ["log(det(P))", "log(det(P))"],
    ["abs(p)", "p"],
    ["sqrt(s^2)", "s"],
  ])("%s", (text, printed) => {
    const simple = simplify(text, { shapes, assume });
    expect(simple.toString()).toBe(printed);
    const values = { ...valuesFor(7), ...lengths };
    expectClose(
      simple.evaluate(values).data,
      parse(text, { shapes, assume }).evaluate(values).data,
      1e-11,
      text,
    );
  });

  it("a derivative by an orthogonal matrix is right along the matrices that keep it orthogonal", () => {
    const values = valuesFor(3);
    for (const text of ["tr(A*Q)", "tr(Q'*A*Q*S)", "x'*Q*p", "tr(A*Q'*Q)", "norm2(Q - A)^2"]) {
      const formula = parse(text, { shapes, assume });
      const skew = sub(values["A"]!, transpose(values["A"]!));
      const turned = (h: Tensor): Tensor => matmul(values["Q"]!, cayley(h.item(), skew));
      const wanted = finiteDifference((h) => formula.evaluate({ ...values, ...lengths, Q: turned(h) }), fromData(Float64Array.of(0), [])); // prettier-ignore
      const G = derive(text, { wrt: "Q", shapes, assume }).evaluate({ ...values, ...lengths });
      const direction = matmul(values["Q"]!, skew);
      const found = G.data.reduce((total, entry, k) => total + entry * direction.data[k]!, 0);
      expectClose(Float64Array.of(found), wanted.data, 1e-6, text);
    }
  });
});

/** An orthogonal matrix that leaves I in the direction of the skew matrix K. */
function cayley(h: number, skew: Tensor): Tensor {
  const half = fromData(skew.data.map((entry) => (h / 2) * entry), skew.shape); // prettier-ignore
  return matmul(inverse(sub(eye(3), half)), add(eye(3), half));
}

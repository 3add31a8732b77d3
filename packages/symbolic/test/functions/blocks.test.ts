import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { derive, parse } from "../../src/index.ts";
import { checkCase, expectClose, finiteDifference, randomNumbers, randomValue } from "../support/numeric.ts";

const runs = Number(process.env["FLUXION_RUNS"] ?? 25);

const shapes = {
  A: ["m", "n"], C: ["m", "n"], B: ["p", "k"], E: ["p", "k"], R: ["m*p", "n*k"], Z: ["n*k", "m*p"],
  S: ["n", "n"], T: ["m", "m"], U: ["k", "k"], P: ["m*n", "m*n"], W: ["k*m*n", "k*m*n"],
  u: ["p"], v: ["k"], x: ["m*p"], y: ["n*k"], b: ["n"], G: ["k", "n*p"],
} as const; // prettier-ignore

const lengths = { m: 2, n: 3, p: 3, k: 2 };

const shapesIn = (text: string): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(
    Object.entries(shapes).filter(([name]) => new RegExp(`(?<!\\w)${name}(?!\\w)`).test(text)),
  );

describe("scalar functions of Kronecker products have their derivatives in matrix notation", () => {
  it.each([
    ["tr(kron(S, T)*P)", "T", "(kron(vec(eye(n))', eye(m))*kron(eye(n), P)*kron(vec(S), eye(m)))'"],
    ["norm2(kron(A, B) - R)^2", "A", "2*kron(eye(m), vec(eye(p))')*kron(kron(A, B) - R, eye(p))*kron(eye(n), vec(B))"],
    ["norm2(kron(A, B) - R)^2", "B", "2*kron(vec(A)', eye(p))*kron(eye(n), kron(A, B) - R)*kron(vec(eye(n)), eye(k))"],
    ["sum(R.*kron(A, u*v'))", "A", "kron(eye(m), u)'*R*kron(eye(n), v)"],
    ["sum(R.*kron(A, ones(p, k)))", "A", "kron(eye(m), ones(p))'*R*kron(eye(n), ones(k))"],
    ["x'*kron(A, B)*y", "A", "unvec(x, p, m)'*B*unvec(y, k, n)"],
    ["tr(kron(b, B)*G)", "b", "(kron(eye(n), vec(eye(p))')*vec(B*G))'"],
    ["tr(kron(b, B)*G)", "B", "(G*kron(b, eye(p)))'"],
    ["norm2(kron(S, T)*P)^2", "S", "2*S*kron(eye(n), vec(T'*T)')*kron(P*P', eye(m))*kron(eye(n), vec(eye(m)))"],
    ["tr(kron(S, kron(T, U))*W)", "T", undefined],
    ["tr(inv(kron(S, T))*P)", "S", undefined],
    ["logdet(kron(S, eye(m)) + kron(eye(n), T))", "T", undefined],
  ] as const)("%s by %s", (text, wrt, prints) => {
    const derived = derive(text, { wrt, shapes });
    expect(derived.notation).toBe("matrix");
    const kinds = { S: "regular", T: "regular" } as const;
    checkCase({ text, wrt, shapes: shapesIn(text), kinds, ...(prints !== undefined && { prints }) });
  }); // prettier-ignore

  const left = fc.constantFrom("A", "A.*C", "sin(A)", "T*A", "A*S + C");
  const right = fc.constantFrom("B", "exp(B)", "B.*E", "u*v'", "B.*(u*v')", "ones(p, k)");
  const product = fc.tuple(left, right).map(([a, b]) => `kron(${a}, ${b})`);
  const around = fc.constantFrom(
    "norm2(K - R)^2", "sum(K.*R)", "tr(K'*R)", "sum(sin(K))", "x'*K*y", "logsumexp(K*y)", "sum((K - R).^3)",
    "norm2(K*y - x)^2", "tr(K*Z)", "tr(K*Z*K*Z)", "tr(K*Z)^2", "sum(K*Z*R)", "log(1 + norm2(K*Z)^2)",
  ); // prettier-ignore

  it("right, and the same when it is read back and evaluated as it is written", () => {
    fc.assert(
      fc.property(around, product, fc.constantFrom("A", "B", "u", "S"), (f, K, wrt) => {
        const text = f.replaceAll("K", K);
        if (!(wrt in shapesIn(text))) return;
        const derived = derive(text, { wrt, shapes });
        expect(derived.notation, `${text} by ${wrt} is ${derived}`).toBe("matrix");
        const random = randomNumbers(text.length);
        const values = Object.fromEntries(
          Object.entries(shapesIn(text)).map(([name, dims]) => [name, randomValue(dims, lengths, random, "unit")]),
        );
        const formula = parse(text, { shapes });
        const wanted = finiteDifference(
          (moved) => formula.evaluate({ ...lengths, ...values, [wrt]: moved }),
          values[wrt]!,
        );
        const found = derived.evaluate({ ...lengths, ...values });
        const size = Math.max(1, ...wanted.data.map(Math.abs));
        expectClose(found.data, wanted.data, 1e-5 * size, text);
        const again = parse(derived.toString(), { shapes }).evaluate({ ...lengths, ...values });
        expectClose(again.data, found.data, 1e-10 * size, `${derived}`);
      }),
      { numRuns: runs },
    );
  }); // prettier-ignore

  it("is evaluated in its index form, whose arrays are no larger than the operands", () => {
    const source = derive("tr(kron(S, T)*P)", { wrt: "S", shapes }).toTypeScript();
    expect(source).not.toContain("kron(");
    expect(source).toContain("einsum(");
  });
});

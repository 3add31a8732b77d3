import { describe, expect, it } from "vitest";
import { derive, type DeriveOptions } from "../src/index.ts";

const shapes = { a: ["n"], b: ["n"], c: ["m"], w: ["n"], x: ["n"], y: ["m"], A: ["n", "n"], B: ["n", "n"], C: ["n", "n"], D: ["m", "m"], X: ["n", "n"], Y: ["m", "n"] }; // prettier-ignore

/** A formula, by what it is differentiated, and how many products are multiplied out and formulas read back for it. */
type Row = readonly [text: string, options: DeriveOptions, products: number, formulas: number];

const rows: readonly Row[] = [
  ["x'*A*x/(x'*x)", { wrt: "x", order: 2, assume: { A: "symmetric" } }, 245, 114],
  ["tr(inv(A + X'*C*X)*(X'*B*X))", { wrt: "X", assume: { B: "symmetric", C: "symmetric" } }, 74, 36],
  ["tr(inv(X'*C*X)*A)", { wrt: "X", assume: { C: "symmetric" } }, 57, 27],
  ["(Y*b + c)'*D*(Y*b + c)", { wrt: "Y" }, 77, 34],
  ["sum(log(1 + exp(-y.*(Y*w))))", { wrt: "w", order: 2 }, 41, 21],
  ["tr(B'*X'*C*X*X'*C*X*B)", { wrt: "X" }, 21, 9],
  ["a'*(X^3)'*X^3*b", { wrt: "X" }, 24, 11],
  ["logsumexp(Y*w) - c'*(Y*w)", { wrt: "w", order: 2 }, 59, 31],
  ["-logdet(X)/2 - (x - a)'*inv(X)*(x - a)/2", { wrt: "X", assume: { X: "spd" } }, 48, 17],
];

describe("how much is made for a derivative does not grow", () => {
  // Work is counted, not timed, so that this does not depend on the machine; 2 % more are allowed.
  it.each(rows)("%s", (text, options, products, formulas) => {
    const { store, reader } = derive(text, { ...options, shapes }).parts;
    const trees = Object.values(reader.trees).reduce((count, made) => count + made.size, 0);
    expect(store.products.size).toBeLessThanOrEqual(Math.ceil(1.02 * products));
    expect(trees).toBeLessThanOrEqual(Math.ceil(1.02 * formulas));
  });
});

import { describe, expect, it } from "vitest";
import { derive } from "../../src/index.ts";
import { checkSteps, type Derivation } from "../support/step-truth.ts";
import type { Kind, Shapes } from "../support/numeric.ts";

const shapes: Shapes = {
  x: ["n"], w: ["n"], a: ["n"], b: ["n"], y: ["m"], c: ["m"], A: ["n", "n"], P: ["n", "n"], B: ["n", "m"], C: ["n", "m"],
  X: ["m", "n"], T: ["m", "m"], K: ["m*n", "m*n"], D: ["m", "n"], U: ["m", "k"], V: ["n", "k"],
}; // prettier-ignore

const regular = { P: "regular" } as const;
const positive = { x: "positive", y: "positive" } as const;

type Row = readonly [
  text: string,
  wrt: string | readonly string[],
  kinds?: Readonly<Record<string, Kind>>,
  order?: number,
];

const arrays: readonly Row[] = [
  ["norm2(X*w - y)^2", "w"],
  ["tr(C*X*A)", "X"],
  ["logdet(P)", "P", regular],
  ["det(P)", "P", regular],
  ["inv(P)", "P", regular],
  ["a'*inv(P)*b", "P", regular],
  ["norm2(D - U*V')^2", "U"],
  ["norm2(D - U*V')^2", ["U", "V"]],
  ["norm2(X*w - y)^2", ["w", "X"]],
  ["softmax(x)", "x"],
  ["logsumexp(x)", "x"],
  ["logsumexp(X*w)", "w"],
  ["logsumexp(x)", "x", {}, 2],
  ["sum(log(1 + exp(-y.*(X*w))))", "w"],
  ["sum(tanh(X*w))", "w"],
  ["tanh(X*w + y)", "w"],
  ["x'*A*x", "x"],
  ["x'*A*x", "x", {}, 2],
  ["x'*A*x/(x'*x)", "x", positive],
  ["norm2(x)", "x"],
  ["x/norm2(x)", "x"],
  ["tr(P'*P)", "P"],
  ["X*w - y", "w"],
  ["A*x*x'", "x"],
  ["(a'*x)*exp(a'*x)", "a"],
  ["exp(-norm2(x - a)^2/2)", "x"],
  ["sum(x.*log(x))", "x", positive],
  ["norm2(X'*X - P)^2", "X"],
  ["tr(inv(P)*A)", "P", regular],
  ["y'*X*inv(P)*X'*y", "P", regular],
  ["sum(sigmoid(X*w).^2)", "w"],
  ["2*x + a", "x"],
  ["x*w'", "w"],
  ["prod(A*x)", "x"],
  ["tr(kron(A, T)*K)", "A"],
  ["norm2(kron(A, T) - K)^2", "T"],
];

const scalars: readonly Row[] = [
  ["(x*y - 1)^2", "x"],
  ["4*x^3 + x^2 + 3", "x"],
  ["x^x", "x", positive],
  ["sin(x^2)*exp(x)", "x"],
  ["log(x)/x", "x", positive],
  ["sqrt(1 + x^2)", "x"],
  ["x*sin(x^2 + 1)", "x"],
  ["2^(x^2)", "x"],
  ["exp(sin(cos(x)))", "x"],
  ["sqrt(x + sqrt(x + sqrt(x)))", "x", positive],
  ["tanh(x)/(1 + exp(-x))", "x"],
  ["max(x, y)^2", "x"],
  ["atan2(x, y)*abs(x)", "x", positive],
  ["x^4*exp(x)", "x", {}, 2],
  ["sin(x)*y^2", ["x", "y"]],
  ["log(x)", "x", positive, 3],
  ["y^2", "x"],
];

const derivations: readonly Derivation[] = [
  ...arrays.map(([text, wrt, kinds = {}, order = 1]) => ({
    text,
    wrt,
    kinds,
    order,
    shapes: used(text, wrt),
  })),
  ...scalars.map(([text, wrt, kinds = {}, order = 1]) => ({ text, wrt, kinds, order })),
];

function used(text: string, wrt: string | readonly string[]): Shapes {
  return Object.fromEntries(
    Object.entries(shapes).filter(
      ([name]) => [wrt].flat().includes(name) || new RegExp(`(?<!\\w)${name}(?!\\w)`).test(text),
    ),
  );
}

describe.each(["components", "differentials", undefined] as const)("style %s", (style) => {
  it.each(derivations.map((each) => [each.text, each.wrt, each] as const))(
    "%s by %s: every line is true, names its rule, and says something new",
    (_text, _wrt, derivation) => {
      const lines = checkSteps({ ...derivation, ...(style && { style }) });
      for (const { step } of lines) {
        expect(step.rule).toMatch(/^[a-z]/);
        expect(step.before).not.toBe(step.after);
      }
      const equations = lines.map(({ step }) => `${step.before} = ${step.after}`);
      expect(new Set(equations).size).toBe(equations.length);
      // All but the chain rule's own derivation is checked in numbers.
      const words = lines.filter(({ checked }) => !checked).map(({ step }) => step.rule);
      expect(words.filter((rule) => rule !== "total differential")).toEqual([]);
    },
  );
});

describe("recording", () => {
  it.each(derivations.map((each) => [each.text, each.wrt, each] as const))(
    "%s by %s: reading the steps changes nothing, and they are the same again",
    (_text, _wrt, { text, wrt, shapes: declared = {}, order = 1 }) => {
      const options = { wrt, shapes: declared, ...(order > 1 && { order }) };
      const print = (): string => {
        const derived = derive(text, options);
        return [derived.toString(), derived.toLatex(), derived.toTypeScript(), ...derived.conditions].join(
          "\n",
        );
      };
      const before = print();
      const derived = derive(text, options);
      const twice = [JSON.stringify(derived.steps), JSON.stringify(derive(text, options).steps)];
      expect(twice[0]).toBe(twice[1]);
      expect(
        [derived.toString(), derived.toLatex(), derived.toTypeScript(), ...derived.conditions].join("\n"),
      ).toBe(before);
      const again = derive(derived, { wrt: [wrt].flat()[0]! });
      expect(again.toString()).toBe(derive(derive(text, options), { wrt: [wrt].flat()[0]! }).toString());
    },
  );
});

import * as core from "@fluxion/core";
import { FluxionError, operatorNames } from "@fluxion/core";
import { describe, expect, it } from "vitest";
import { derive, parse } from "../../src/index.ts";
import { elementwiseRules, operandNames, type ElementwiseName } from "../../src/rules/elementwise.ts";
import {
  checkCase,
  type Case,
  expectClose,
  type Kind,
  randomNumbers,
  randomValue,
} from "../support/numeric.ts";

const lengths = { m: 3, n: 2 };

/** Operands of every kind; a name and its shape. */
const operands = {
  scalar: ["x", []],
  column: ["x", ["n"]],
  row: ["x'", ["n"]],
  square: ["x", ["n", "n"]],
  wide: ["x", ["m", "n"]],
} as const; // prettier-ignore
type OperandKind = keyof typeof operands;

const every: readonly OperandKind[] = ["scalar", "column", "row", "square", "wide"];
const vectors: readonly OperandKind[] = ["column", "row"];
const matrices: readonly OperandKind[] = ["square", "wide"];
const square: readonly OperandKind[] = ["square"];

/** Functions of one array, the kinds of operand that they take, and what their derivative needs of a value. */
const arrayFunctions: Readonly<Record<string, readonly [kinds: readonly OperandKind[], value?: Kind]>> = {
  sum: [every], mean: [every], prod: [every], norm1: [every], norm2: [every], max: [every], min: [every], vec: [every],
  softmax: [vectors], logsumexp: [vectors], diag: [[...vectors, ...square]],
  tr: [square], det: [square, "regular"], logdet: [square, "regular"], inv: [square, "regular"], expm: [square],
  lambdamax: [[]], lambdavec: [[]],
  sigmamax: [matrices], sigmaleft: [matrices], sigmaright: [matrices],
}; // prettier-ignore

/** The text with a function applied; symmetric matrices and others. */
const application = (name: string, kind: OperandKind): string => `${name}(${operands[kind][0]})`;

const errorOf = (run: () => unknown): FluxionError => {
  try {
    run();
  } catch (error) {
    if (error instanceof FluxionError) return error;
    throw error;
  }
  throw new Error("nothing thrown");
};

const uses = Object.entries(arrayFunctions).flatMap(([name, [kinds, value]]) =>
  every.map((kind) => ({ name, kind, value, isTaken: kinds.includes(kind), text: application(name, kind) })),
);

describe("functions of arrays", () => {
  it.each(uses.filter(({ isTaken }) => isTaken))("$name of a $kind", ({ text, kind, value }) => {
    const shapes = { x: operands[kind][1] };
    checkCase({ text, wrt: "x", shapes, ...(value !== undefined && { kinds: { x: value } }) });
  });
  it.each(uses.filter(({ isTaken }) => !isTaken))("$name of a $kind is refused, and the message says what it needs", ({ name, text, kind }) => {
    const error = errorOf(() => derive(text, { wrt: "x", shapes: { x: operands[kind][1] } }));
    expect(["SHAPE_MISMATCH", "UNSUPPORTED"]).toContain(error.code);
    expect(error.message).toMatch(new RegExp(`^${name} needs a .*, (not a|since others)`));
    expect(error.message).toContain("\n  ");
  }); // prettier-ignore
  it.each(["lambdamax", "lambdavec"])("%s of a symmetric matrix", (name) => {
    checkCase({ text: `${name}(x + x')`, wrt: "x", shapes: { x: ["n", "n"] } });
  });
});

describe("functions of two arrays", () => {
  const pairs = every.flatMap((first) => every.map((second) => [first, second] as const));
  const text = (name: string, first: OperandKind, second: OperandKind): string =>
    `${name}(${operands[first][0]}, ${operands[second][0].replace("x", "y")})`;
  it.each(pairs)("kron of a %s and a %s", (first, second) => {
    const shapes = { x: operands[first][1], y: operands[second][1] };
    checkCase({ text: text("kron", first, second), wrt: "x", shapes });
  });
  it.each(pairs)(
    "dot, outer, max, hypot and dexpm of a %s and a %s give a result or a reason",
    (first, second) => {
      const shapes = { x: operands[first][1], y: operands[second][1] };
      for (const name of ["dot", "outer", "max", "min", "hypot", "dexpm"]) {
        const source = text(name, first, second);
        try {
          parse(source, { shapes });
        } catch (error) {
          expect(error).toBeInstanceOf(FluxionError);
          expect((error as FluxionError).code).toBe("SHAPE_MISMATCH");
          expect((error as FluxionError).message).toMatch(new RegExp(`^${name} (needs|acts elementwise)`));
          continue;
        }
        const isExponential = name === "dexpm";
        // Entries of y are 1 or -1, which no entry of x is near.
        checkCase({ text: source, wrt: isExponential ? "y" : "x", shapes, kinds: { y: "sign" } });
      }
    },
  );
});

describe("lengths of axes", () => {
  it.each(["eye(x)", "ones(x)", "ones(n, x)", "zeros(x)", "eye(1.5)", "ones(-1)", "eye(pi)", "eye(n/2)"])(
    "%s is refused",
    (text) => {
      const error = errorOf(() => parse(text, { shapes: { y: ["n"] } }));
      expect(error.code).toBe("ARGUMENT");
      expect(error.message).toMatch(
        /needs the length of an axis: a whole number, a name that a shape uses, or a product/,
      );
    },
  );
  it.each([
    ["eye(n)*x", "eye(n)"],
    ["eye(2*n)*ones(2*n)*sum(x)", undefined],
    ["ones(m, n)*x", "ones(m, n)"],
    ["zeros(m, n)*x", "zeros(m, n)"],
  ])("%s", (text, prints) => {
    const shapes: Case["shapes"] = { x: ["n"], z: ["m"] };
    checkCase({ text, wrt: "x", shapes, ...(prints !== undefined && { prints }) });
  });
});

describe("every elementwise operator of core is a function", () => {
  const arrays = new Set([
    "sum", "max", "min", "logsumexp", "norm", "cumsum", "softmax", "argmax", "matmul", "matvec", "dot", "outer", "trace",
    "diagonal", "diagonalMatrix", "det", "logdet", "inverse", "solve", "triangularSolve", "cholesky", "einsum", "reshape",
    "permute", "broadcastTo", "slice", "concatenate", "stack", "pad", "take", "scatterAdd", "flip", "tril", "triu",
  ]); // prettier-ignore
  const names = operatorNames.filter((name) => !arrays.has(name)) as readonly ElementwiseName[];

  it("in the rules, and nothing else is", () => {
    expect([...names].sort()).toEqual(Object.keys(elementwiseRules).sort());
  });

  for (const name of names) {
    const letters = operandNames(name).map((letter) => (letter === "n" ? "2" : letter === "c" ? "greater(x, 1)" : letter)); // prettier-ignore
    const text = `${name}(${letters.join(", ")})`;
    it.each(every)(`${text} of a %s`, (kind) => {
      const [, dims] = operands[kind];
      const transposed = kind === "row" ? "'" : "";
      const shapes = { x: dims, y: dims };
      const random = randomNumbers(name.length);
      const inside = name === "acosh" ? 1.5 : 0;
      const value = (): core.Tensor => {
        const { data } = randomValue(dims, lengths, random, "positive");
        const entries = data.map((entry) =>
          ["asin", "acos", "atanh"].includes(name) ? entry / 3 : entry + inside,
        );
        return core.fromData(entries, dims.map((dimension) => lengths[dimension])); // prettier-ignore
      };
      const values = { x: value(), y: value() };
      const source = text.replaceAll(/(?<!\w)[xy](?!\w)/g, (letter) => `${letter}${transposed}`);
      const own = Object.fromEntries(Object.entries(values).filter(([letter]) => new RegExp(`(?<!\\w)${letter}(?!\\w)`).test(source))); // prettier-ignore
      const parsed = parse(source, { shapes });
      const found = derive(source, { wrt: "x", shapes, order: 0 }).evaluate(own);
      expect(found.shape).toEqual(values.x.shape);
      expectClose(found.data, parsed.evaluate(own).data, 1e-13, source);
      const operation = (
        core as unknown as Readonly<Record<string, (...x: readonly unknown[]) => core.Tensor>>
      )[name]!;
      const inputs = letters.map((letter) => (letter === "2" ? 2 : letter.startsWith("greater") ? core.greater(values.x, 1) : values[letter as "x"])); // prettier-ignore
      expectClose(found.data, operation(...inputs).data, 1e-13, source);
    });
    it(`${name} counts its operands`, () => {
      const error = errorOf(() => parse(`${name}(${[...letters, "x"].join(", ")})`, { shapes: {} }));
      expect([error.code, error.message.split(",")[0]]).toEqual([
        "ARGUMENT",
        `${name} takes ${letters.length} operand${letters.length === 1 ? "" : "s"}`,
      ]);
    });
  }
});

import { FluxionError } from "@fluxion/core";
import fc from "fast-check";
import { derive, expand, Expression, parse, simplify, substitute } from "../../src/index.ts";
import { arrayFormula, arrayShapes, scalarFormula } from "./arbitrary.ts";

const names = [
  "x", "y", "w", "u", "A", "B", "X", "s", "n", "m", "pi", "e", "__proto__", "constructor", "toString", "hasOwnProperty", "valueOf", "d", "T_1",
]; // prettier-ignore
const functions = [
  "sin", "exp", "log", "sqrt", "abs", "sum", "prod", "tr", "det", "logdet", "inv", "norm1", "norm2", "diag", "softmax", "logsumexp", "max", "min", "eye",
  "ones", "zeros", "mean", "dot", "outer", "where", "greater", "equal", "polygamma", "lgamma", "floor", "relu", "pow", "hypot", "atan2", "cbrt",
  "acosh", "vec", "kron", "expm", "lambdamax", "sigmamax", "nosuch", "stopGradient", "strongMul",
]; // prettier-ignore
const numbers = [
  "0", "1", "2", "3", "7", "0.1", "1e-3", "1e400", "1e-400", "1e999999999", "99999999999999999999999", "00", "5.", ".5", "1/3", "64", "1000",
  "0x10", "1_000", "1e", "2.5.1", "4096", "1e1999", "9007199254740993",
]; // prettier-ignore
const marks = ["+", "-", "*", "/", "^", ".*", "./", ".^", "'", "(", ")", ",", " ", "**", "\\", ".", "=", ";", "|", "''", "^-", "-(", "\n", "\t"]; // prettier-ignore
const odd = ["\u0000", "\u0007", "\u001b[31m", "\u2028", "ᵀ", "²", "·", "−", "😀", "\ud800", "é", "ﬁ", "∂", "λ", "\u202e", "\u200b", '"', "`", "${x}", "<b>", "//", "/*"]; // prettier-ignore

const token = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...names) },
  { weight: 3, arbitrary: fc.constantFrom(...functions).map((name) => `${name}(`) },
  { weight: 3, arbitrary: fc.constantFrom(...numbers) },
  { weight: 9, arbitrary: fc.constantFrom(...marks) },
  { weight: 1, arbitrary: fc.constantFrom(...odd) },
);

const letter = fc.constantFrom("i", "j", "k", "l");
const entry = fc.oneof(
  fc.tuple(fc.constantFrom("A", "B", "delta", "inv(A)", "(A*B)", "exp(A)", "X"), letter, letter).map(([name, i, j]) => `${name}[${i},${j}]`), // prettier-ignore
  fc.tuple(fc.constantFrom("x", "w", "softmax(x)", "(A*x)"), letter).map(([name, i]) => `${name}[${i}]`),
  fc.constantFrom("s", "2", "1/3", "0", "n", "delta[i,(j,k)]", "dexpm(A)[i,j,k,l]", "tr(A)", "x'*w"),
);

/** Formulas in index notation, most of which use an index that nothing declares, or declare one twice. */
const indexed = fc
  .tuple(
    fc.constantFrom("[i] ", "[i,j] ", "[j:n,i] ", "[i:n,j:m,k] ", "[i:n*n] ", "[] ", "[i,i] "),
    fc.letrec<{ readonly body: string }>((tie) => ({
      body: fc.oneof(
        { maxDepth: 4, withCrossShrink: true },
        entry,
        fc
          .tuple(tie("body"), fc.constantFrom("*", " + ", " - ", "/"), tie("body"))
          .map((parts) => parts.join("")),
        fc.tuple(fc.constantFrom("sum[k](", "sum[k:n](", "sum[j,l](", "exp(", "sqrt(", "-(", "("), tie("body")).map(([before, body]) => `${before}${body})`), // prettier-ignore
        fc
          .tuple(tie("body"), fc.constantFrom("^2", "^(-1/2)", "^s"))
          .map(([body, power]) => `(${body})${power}`),
      ),
    })).body,
  )
  .map((parts) => parts.join(""));

const tokens = fc.array(token, { maxLength: 24 }).map((parts) => parts.join(""));

/** A formula with a piece taken out, doubled, moved or replaced. */
const mutated = fc
  .tuple(
    fc.oneof(
      { weight: 2, arbitrary: arrayFormula },
      { weight: 2, arbitrary: scalarFormula },
      { weight: 1, arbitrary: indexed },
    ),
    fc.array(fc.tuple(fc.nat(), fc.nat(12), token), { minLength: 1, maxLength: 3 }),
    fc.nat(3),
  ) // prettier-ignore
  .map(([text, edits, way]) =>
    edits.reduce((current, [place, length, piece]) => {
      const start = place % (current.length + 1);
      const [before, cut, after] = [current.slice(0, start), current.slice(start, start + length), current.slice(start + length)]; // prettier-ignore
      return [before + after, before + cut + cut + after, before + piece + cut + after, after + piece + before][way]!; // prettier-ignore
    }, text),
  );

/** The same piece around or after itself, many times. */
const repeated = fc
  .tuple(
    fc.constantFrom<readonly [string, string, string]>(
      ["(", "x", ")"], ["sin(", "x", ")"], ["-", "x", ""], ["", "A", "'"], ["x^", "x", ""], ["", "x", "+x"], ["", "x", "*x"], ["", "A", "*A"],
      ["inv(", "A", "+B)"], ["inv(A+inv(", "B", "))"], ["det(", "A", "*B)*A"], ["sqrt(x+", "x", ")"], ["", "x", "^2"], ["exp(", "x", ")*x"],
      ["(", "x", "+1)^2"], ["(", "x", "+y)*x"], ["x/(1+", "x", ")"], ["max(", "x", ",y)"], ["logdet(A+", "B", "*det(A)*A)*eye(n)"], ["", "x'*A*w", "*(x'*w)"],
      ["softmax(A*", "w", ")"], ["[", "x", "]"], ["x(", "", ")"], ["where(greater(x,0),", "x", ",y)"], ["(", "x", ")^x"], ["", "1", "/3"], ["", "A", ".*A"],
      ["diag(diag(", "A", "))"], ["", "A", "+A'"], ["", "2", "^2"], ["-(", "x", "-y)"], ["A*", "w", ""], ["abs(", "x", ")*sign(x)"], ["sum(w)*", "w", "'*w"],
    ),
    fc.oneof({ weight: 6, arbitrary: fc.integer({ min: 1, max: 40 }) }, { weight: 1, arbitrary: fc.constantFrom(100, 400, 799, 801, 5000, 50_000) }),
  )
  .map(([[before, middle, after], count]) => before.repeat(count) + middle + after.repeat(count)); // prettier-ignore

/** Texts that are formulas, nearly formulas, and nothing of the kind. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: tokens },
  { weight: 8, arbitrary: mutated },
  { weight: 3, arbitrary: repeated },
  { weight: 2, arbitrary: indexed },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 30 }) },
  { weight: 1, arbitrary: fc.tuple(tokens, repeated).map(([a, b]) => `${a}${b}`) },
);

const cyclic: Record<string, unknown> = {};
cyclic["x"] = cyclic;

const oddValue: fc.Arbitrary<unknown> = fc.constantFrom<unknown>(
  undefined, null, "", "x", "A", "n", "__proto__", 0, 1, 2, 3, -1, 1.5, NaN, Infinity, 1e12, 1n, true, Symbol("odd"), () => "x", [], ["x"], ["x", "x"], ["n"],
  ["n", "n"], [2], [3, 3], [1e9], [2 ** 53], ["m", "n", "k"], [[]], [null], [1n], [Symbol("odd")], new Array(2), {}, Object.create(null), cyclic, new Map([["x", ["n"]]]),
  new Set(["x"]), new Date(0), /x/, Float64Array.of(2), new Proxy({}, {}), "symmetric", "spd", "positive", ["positive", "orthogonal"], "natural", "components",
); // prettier-ignore

const dictionary = (values: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 8, arbitrary: fc.dictionary(fc.oneof(fc.constantFrom(...names), fc.string({ maxLength: 3 })), values, { maxKeys: 4 }) }, oddValue); // prettier-ignore

const shapes: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 6, arbitrary: fc.constant(arrayShapes) },
  fc.constant({}),
  dictionary(fc.oneof(oddValue, fc.array(fc.constantFrom<unknown>("n", "m", 1, 2, 3), { maxLength: 2 }))),
);

const mostly = (usual: fc.Arbitrary<unknown>, weight: number = 12): fc.Arbitrary<unknown> =>
  fc.oneof({ weight, arbitrary: usual }, oddValue);

const options: fc.Arbitrary<unknown> = mostly(
  fc.record(
    {
      wrt: mostly(fc.constantFrom<unknown>("x", "A", "w", "X", "s", ["x", "w"], "__proto__", "constructor")),
      shapes,
      order: mostly(fc.constantFrom<unknown>(1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 3, 0), 20),
      layout: mostly(fc.constantFrom<unknown>("natural", "numerator", "denominator", undefined)),
      style: mostly(fc.constantFrom<unknown>("components", "differentials", undefined)),
      assume: fc.oneof({ weight: 6, arbitrary: fc.constant({}) }, fc.constant({ A: "symmetric" }), fc.constant({ A: ["spd", "positive"], x: "positive" }), dictionary(oddValue)), // prettier-ignore
    },
    { requiredKeys: ["wrt"] },
  ),
  40,
);

type Call = (...args: readonly unknown[]) => unknown;

const calls: Readonly<Record<string, Call>> = { parse, derive, simplify, expand, substitute } as unknown as Readonly<Record<string, Call>>; // prettier-ignore

/** A call of one of the package's functions with what nobody should pass. */
export interface HostileCall {
  readonly name: string;
  readonly args: readonly unknown[];
  readonly values: unknown;
}

const text = fc.oneof({ weight: 30, arbitrary: hostileText }, oddValue);
const values = fc.oneof(fc.constant({ x: 2, y: 3, s: 0.5 }), fc.constant({ x: [1, 2], A: 1 }), dictionary(oddValue)); // prettier-ignore

export const hostileCall: fc.Arbitrary<HostileCall> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ name: fc.constant("derive"), args: fc.tuple(text, options), values }) },
  {
    weight: 4,
    arbitrary: fc.record({
      name: fc.constantFrom("parse", "simplify", "expand"),
      args: fc.tuple(text, mostly(fc.record({ shapes }))),
      values,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      name: fc.constant("substitute"),
      args: fc.tuple(text, dictionary(fc.oneof(text, oddValue)), mostly(fc.record({ shapes }))),
      values,
    }),
  },
);

/** What the call comes to; everything that can be asked of its result is run too. Throws what is no FluxionError. */
export function runHostile({ name, args, values: given }: HostileCall): string {
  const asked: (() => unknown)[] = [];
  let code = "result";
  const attempt = (run: () => unknown): unknown => {
    try {
      return run();
    } catch (error) {
      if (!(error instanceof FluxionError)) throw error;
      code = error.code;
      return undefined;
    }
  };
  const result = attempt(() => calls[name]!(...args));
  if (result instanceof Expression) {
    asked.push(
      () => result.toString(),
      () => result.toLatex(),
      () => result.toTypeScript(),
      () => result.conditions,
      () => result.operationCount,
      () => result.steps,
      () => JSON.stringify(result),
      () => result.toKronecker()?.toString(),
      () => result.toDifferential()?.toLatex(),
      () => result.evaluate(given as never),
    );
  }
  const outcome = code;
  for (const ask of asked) attempt(ask);
  return outcome;
}

/** The call as text, for messages. */
export function describeHostile({ name, args, values: given }: HostileCall): string {
  return `${name}(${fc.stringify(args)}) evaluated with ${fc.stringify(given)}`.slice(0, 2000);
}

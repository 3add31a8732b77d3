import { derive, parse, type DeriveOptions, type Expression } from "../../src/index.ts";
import type { Shapes } from "./numeric.ts";

/** A formula and what it is differentiated by: for tests of everything that is printed. */
export interface PrintedCase {
  readonly text: string;
  readonly options: DeriveOptions;
}

const shapes: Shapes = {
  x: ["n"], z: ["n"], w: ["n"], a: ["n"], b: ["n"], c: ["m"], y: ["m"], u: ["m"], A: ["n", "n"], B: ["n", "n"], S: ["n", "n"],
  X: ["m", "n"], Y: ["n", "n"], C: ["m", "n"], D: ["k", "m"], E: ["n", "p"], F: ["n", "k"], U: ["m", "k"], V: ["n", "k"],
}; // prettier-ignore

const used = (text: string, wrt: readonly string[]): Shapes =>
  Object.fromEntries(
    Object.entries(shapes).filter(
      ([name]) => wrt.includes(name) || new RegExp(`(?<!\\w)${name}(?!\\w)`).test(text),
    ),
  );

type Row = readonly [text: string, wrt: string | readonly string[], more?: Partial<DeriveOptions>];

const scalars = { shapes: {} } as const;

const rows: readonly Row[] = [
  // The notes.
  ["(x'*w - y)^2", "w", { shapes: { x: ["n"], w: ["n"] } }],
  ["norm2(X*w - y)^2", "w"],
  ["a'*a", "a"],
  ["X*w - y", "w"],
  ["4*x^3 + x^2 + 3", "x", scalars],
  // Scalars.
  ["x^x^x", "x", scalars],
  ["sin(x^2)*exp(x)", "x", scalars],
  ["sqrt(x + sqrt(x + sqrt(x)))", "x", scalars],
  ["1/sqrt(2*pi)*exp(-x^2/2)", "x", { ...scalars, order: 3 }],
  ["sin(x)^2*cos(x)^(-3)*tan(x)^y", "x", scalars],
  ["log(x)/x + 1e-3*x + 0.1*x^2", "x", scalars],
  ["x*y^2/z", "z", { ...scalars, order: 2 }],
  ["x^5*exp(x*y)", ["x", "y", "x"], scalars],
  ["max(x, 0) + min(x, y) + abs(x)", "x", scalars],
  ["where(greater(x, 0), sqrt(x), -x^2)", "x", scalars],
  ["where(less(x, y), where(equal(x, 1), x, 2*x), x^3)", "x", scalars],
  ["-(-x)^3 - -2*(-x/3)", "x", scalars],
  // Vectors and matrices.
  ["x'*A*x", "x"],
  ["x'*A*x", "x", { order: 2 }],
  ["x'*A*x/(x'*x)", "x"],
  ["norm2(x)", "x"],
  ["x/norm2(x)", "x"],
  ["norm1(x)^3", "x"],
  ["prod(x)", "x", { order: 2 }],
  ["tr(kron(A, B)*P)", "A", { shapes: { A: ["n", "n"], B: ["m", "m"], P: ["n*m", "n*m"] } }],
  ["prod(A*x)^(1/2)", "A"],
  ["softmax(x)", "x"],
  ["logsumexp(X*w)", "w", { order: 2 }],
  ["sum(log(1 + exp(-y.*(X*w))))", "w"],
  ["sum(tanh(X*w).^2 ./ (1 + exp(u)))", "w"],
  ["2 .* x.^3", "x"],
  ["diag(x)*A", "x"],
  ["tr(A*X'*X)", "X"],
  ["tr(A*B*A'*S)", "A"],
  ["det(A)", "A"],
  ["logdet(A*B)", "A"],
  ["a'*inv(A)*b", "A"],
  ["inv(A)", "A"],
  ["inv(A')*x", "A"],
  ["a'*inv(S)*b", "S", { assume: { S: "spd" } }],
  ["logdet(S) + a'*inv(S)*a", "S", { assume: { S: "symmetric" } }],
  ["norm2(C - U*V')^2", "U"],
  ["norm2(C - U*V')^2", ["U", "V"]],
  ["norm2(X*w - y)^2", ["w", "X"]],
  ["sum(A.*B)^2/n", "A"],
  ["A^3", "A"],
  ["tr(A^4)", "A"],
  ["x*w'", "x"],
  ["A*x*x'*B", "x"],
  ["max(x) - min(X*w)", "w"],
  ["eye(n)*sum(x) + ones(n, n)", "x"],
  // Names.
  ["alpha*beta_1^2/Gamma", "beta_1", scalars],
  ["theta'*Sigma*theta", "theta", { shapes: { theta: ["d"], Sigma: ["d", "d"] } }],
  ["lambda/2*norm2(w_max)^2", "w_max", { shapes: { w_max: ["n_x"] } }],
  ["rate*x_1^2*x_12*x_ab", "x_1", scalars],
  ["learning_rate*a_b_c^2", "a_b_c", scalars],
  ["_*x__1*_y", "_", scalars],
  ["norm2(weights*input - target_0)^2", "weights", { shapes: { weights: ["out", "in"], input: ["in"], target_0: ["out"] } }], // prettier-ignore
  ["z*f*g*h*q'*A*q", "q", { shapes: { q: ["n"], A: ["n", "n"] } }],
  ["i'*j + k*l", "i", { shapes: { i: ["n"], j: ["n"] } }],
  ["script^frac + left*sqrt(right)", "script", scalars],
  ["norm2(x3*w2 - y1)^2", "x3", { shapes: { x3: [3, 4], w2: [4], y1: [3] } }],
  ["omega'*phi*psi", "phi", { shapes: { omega: ["mu"], phi: ["mu", "nu"], psi: ["nu"] } }],
];

/** What a function may be given: the first list that it takes is used. */
const operands: readonly (readonly [list: string, wrt: string])[] = [
  ["s", "s"], ["s, t", "s"], ["s, t", "t"], ["2, s", "s"], ["greater(s, t), s^2, t", "s"], ["x", "x"], ["A*x", "x"], ["A", "A"], ["X", "X"],
  ["A + A'", "A"], ["vec(A), n, n", "A"], ["x, w", "x"], ["A, B", "A"], ["n", "b"], ["m, n", "C"],
]; // prettier-ignore

/** Every function of the grammar, as the error about an unknown one lists them, on a scalar and on an array where it takes both. */
function functionCases(): readonly PrintedCase[] {
  return grammarFunctions().flatMap((name) => {
    const taken = operands.flatMap(([list, wrt]): readonly PrintedCase[] => {
      const text = `${name}(${list})`;
      const options = { wrt, shapes: used(text, [wrt]) };
      return succeeds(() => derive(text, options)) ? [{ text, options }] : [];
    });
    return [...new Set([taken[0]!, taken.at(-1)!])].filter((each) => each !== undefined);
  });
}

export function grammarFunctions(): readonly string[] {
  const message = messageOf(() => parse("nosuchfunction(x)"));
  return /Known functions: ([\w ]+)\./.exec(message)![1]!.split(" ");
}

function succeeds(make: () => Expression): boolean {
  return messageOf(make) === "";
}

function messageOf(make: () => Expression): string {
  try {
    make();
    return "";
  } catch (error) {
    return (error as Error).message;
  }
}

/** Representative formulas of every kind, odd names among them, and every function of the grammar one by one. */
export function allCases(): readonly PrintedCase[] {
  const representative = rows.map(([text, wrt, more]): PrintedCase => {
    const names = typeof wrt === "string" ? [wrt] : wrt;
    return { text, options: { wrt, shapes: used(text, names), ...more } };
  });
  return [...representative, ...functionCases()];
}

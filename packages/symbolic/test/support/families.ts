import fc from "fast-check";

/** Things that obey identities among each other, by family; each simplification rule has formulas that it applies to. */
export const families: Readonly<Record<string, readonly string[]>> = {
  trigonometric: ["sin(x)", "cos(x)", "tan(x)", "sin(2*x)", "cos(2*x)", "sin(x + y)", "cos(x - y)", "sin(y)", "cos(y)", "x"],
  hyperbolic: ["sinh(x)", "cosh(x)", "tanh(x)", "exp(x)", "exp(-x)", "sinh(2*x)", "y"],
  logistic: ["sigmoid(x)", "sigmoid(-x)", "exp(x)", "(1 + exp(x))", "(1 + exp(-x))", "softplus(x)", "x"],
  powers: ["x^y", "x^(y + 1)", "x^(2*y - 1)", "(1/x)^y", "sqrt(x)^y", "(x^y)^x", "(x^2)^y", "exp(x)^y", "exp(x + 2*y)", "x", "log(x)"],
  pieces: ["abs(x)", "sign(x)", "relu(x)", "max(x, 0)", "min(x, 0)", "max(x, y)", "min(x, y)", "greater(x, 0)", "x", "y",
    "where(greater(x, 0), abs(x), x)", "where(less(x, y), max(x, y), y)", "where(lessEqual(x, 0), relu(x), sign(x))",
    "where(greaterEqual(x, 0), x, 0)", "where(less(x, 0), 3*x^2, 0)", "where(greater(2*x, x - y), x, 1)", "where(less(1 - x, y), 1, x)"],
  roots: ["sqrt(x)", "sqrt(1 - x)", "sqrt(1 + x)", "sqrt(x^2)", "cbrt(x)", "(x^2 - 1)", "(x + 1)", "(1 - x)", "sqrt(6*x)", "sqrt(2)", "sqrt(1 - y^2/(1 + x)^2)", "x"],
  compositions: ["sin(asin(x))", "cos(asin(x))", "tan(atan(x))", "sin(atan(y))", "tan(acos(x))", "cosh(asinh(x))", "sinh(acosh(x + 2))", "tanh(log(x))",
    "sinh(log(x))", "tanh(atanh(x))", "sigmoid(log(x))", "softplus(log(x))", "exp(log1p(x))", "expm1(log(x))", "cos(acos(x))", "x"],
  polynomials: ["x", "(x - 1)", "(x + 1)", "(2*x - 1)", "(x^2 + 1)", "(x - y)", "(x + y)", "y", "2", "(x^2 + 2*x + 1)"],
}; // prettier-ignore

/** Sums, products and quotients of things of one family. */
export const familyFormula: fc.Arbitrary<string> = fc
  .constantFrom(...Object.keys(families))
  .chain((family) => {
    const factor = fc
      .tuple(fc.constantFrom(...families[family]!), fc.constantFrom("", "", "", "^2", "^3", "^-1", "^-2"))
      .map(([base, power]) => (power === "" ? base : `(${base})${power}`));
    const term = fc
      .tuple(
        fc.constantFrom("1", "2", "-1", "1/2", "-2", "3"),
        fc.array(factor, { minLength: 1, maxLength: 3 }),
      )
      .map(([coefficient, factors]) => [coefficient, ...factors].join("*"));
    const sum = fc.array(term, { minLength: 1, maxLength: 4 }).map((terms) => `(${terms.join(" + ")})`);
    return fc.oneof(
      { weight: 4, arbitrary: sum },
      { weight: 1, arbitrary: fc.tuple(sum, sum).map(([a, b]) => `${a}/${b}`) },
      { weight: 1, arbitrary: fc.tuple(sum, sum).map(([a, b]) => `${a}*${b}`) },
      { weight: 1, arbitrary: sum.map((a) => `sqrt(1 + ${a}^2)`) },
    );
  });

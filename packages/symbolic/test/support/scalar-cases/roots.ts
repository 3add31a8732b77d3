import { casesFrom, positive, unit, aboveOne, type ScalarCase } from "./scalar-case.ts";

/** Square and cube roots, nested ones too, and fractional powers. */
export const rootCases: readonly ScalarCase[] = [
  ...casesFrom("Stewart, Calculus, §3.1 and §3.4: roots", [
    ["sqrt(x)", "x", "1/(2*sqrt(x))", 1, positive],
    ["sqrt(x)", "x", "-1/(4*x^(3/2))", 2, positive],
    ["sqrt(x)", "x", "3/(8*x^(5/2))", 3, positive],
    ["1/sqrt(x)", "x", "-1/(2*x^(3/2))", 1, positive],
    ["x^(3/2)", "x", "3*sqrt(x)/2", 1, positive],
    ["x*sqrt(x)", "x", "3*sqrt(x)/2", 1, positive],
    ["x*sqrt(x + 1)", "x", "(3*x + 2)/(2*sqrt(x + 1))", 1, positive],
    ["x/sqrt(1 - x)", "x", "(2 - x)/(2*(1 - x)^(3/2))", 1, unit],
    ["sqrt(1 + x^2)", "x", "x/sqrt(x^2 + 1)"],
    ["sqrt(1 + x^2)", "x", "1/(x^2 + 1)^(3/2)", 2],
    ["sqrt(1 + x^2)", "x", "-3*x/(x^2 + 1)^(5/2)", 3],
    ["x/sqrt(1 + x^2)", "x", "1/(x^2 + 1)^(3/2)"],
    ["sqrt(1 - x^2)", "x", "-x/sqrt(1 - x^2)", 1, unit],
    ["sqrt(1 - x^2)", "x", "-1/(1 - x^2)^(3/2)", 2, unit],
    ["sqrt(8)*x", "x", "2*sqrt(2)"],
    ["cbrt(x)", "x", "1/(3*cbrt(x)^2)", 1, positive],
    ["cbrt(1 + x^3)", "x", "x^2/cbrt(x^3 + 1)^2", 1, positive],
    ["(sqrt(x) + 1/sqrt(x))^2", "x", "1 - 1/x^2", 1, positive],
    ["sqrt(x)*(x - 1)", "x", "(3*x - 1)/(2*sqrt(x))", 1, positive],
  ]),
  ...casesFrom("Spivak, Calculus, ch. 10 Differentiation: nested radicals", [
    ["sqrt(x + sqrt(x))", "x", "(1 + 1/(2*sqrt(x)))/(2*sqrt(x + sqrt(x)))", 1, positive],
    [
      "sqrt(x + sqrt(x + sqrt(x)))",
      "x",
      "(1 + (1 + 1/(2*sqrt(x)))/(2*sqrt(x + sqrt(x))))/(2*sqrt(x + sqrt(x + sqrt(x))))",
      1,
      positive,
    ],
    ["sqrt(1 + sqrt(1 + x))", "x", "1/(4*sqrt(x + 1)*sqrt(1 + sqrt(x + 1)))", 1, positive],
    ["sqrt((1 + x)/(1 - x))", "x", "1/((1 - x)^2*sqrt((x + 1)/(1 - x)))", 1, unit],
  ]),
  ...casesFrom("compute-engine 0.27: the derivative of sqrt(x^2) is NaN at -3", [
    ["sqrt(x^2)", "x", "sign(x)", 1, positive],
    ["sqrt(x^2 + 2*x + 1)", "x", "(x + 1)/sqrt(x^2 + 2*x + 1)", 1, positive],
  ]),
  ...casesFrom("math.js: derivative of (x^2)^0.5 is not 1", [["(x^2)^0.5", "x", "sign(x)"]]),
  ...casesFrom("math.js issue 2055", [["sqrt(6*x)", "x", "3/sqrt(6*x)", 1, positive]]),
  ...casesFrom("nerdamer issue 590 and the square root in x*sqrt(y)", [
    ["(x^0.5 + x)^3", "x", "3*(1/(2*sqrt(x)) + 1)*(sqrt(x) + x)^2", 1, positive],
    ["x*sqrt(y)", "x", "sqrt(y)", 1, positive],
  ]),
  ...casesFrom("Abramowitz & Stegun 3.3: circle and hyperbola", [
    ["sqrt(4*a^2 - x^2)", "x", "-x/sqrt(4*a^2 - x^2)", 1, [0.8, 1.5]],
    ["sqrt(x^2 - 1)", "x", "x/sqrt(x^2 - 1)", 1, aboveOne],
    ["x*sqrt(1 - x^2)", "x", "(1 - 2*x^2)/sqrt(1 - x^2)", 1, unit],
    ["1/sqrt(1 - x^2)", "x", "x/(1 - x^2)^(3/2)", 1, unit],
  ]),
];

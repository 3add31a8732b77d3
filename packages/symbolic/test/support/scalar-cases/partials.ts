import { casesFrom, positive, type ScalarCase } from "./scalar-case.ts";

/** Functions of two and three variables. */
export const partialCases: readonly ScalarCase[] = [
  ...casesFrom("Apostol, Calculus II, §8.7 and §8.23: partial and mixed derivatives", [
    ["sin(x*y)", ["x", "y"], "cos(x*y) - x*y*sin(x*y)"],
    ["exp(x*y)", ["x", "y"], "(x*y + 1)*exp(x*y)"],
    ["x^2*y^3*z^4", ["x", "y", "z"], "24*x*y^2*z^3"],
    ["x*y/(x + y)", "x", "y^2/(x + y)^2", 1, positive],
    ["x*y/(x + y)", ["x", "y"], "2*x*y/(x + y)^3", 1, positive],
    ["(x - y)/(x + y)", "x", "2*y/(x + y)^2", 1, positive],
    ["x*exp(y)*cos(z)", ["x", "z"], "-exp(y)*sin(z)"],
    ["log(x + y^2)", ["x", "y"], "-2*y/(x + y^2)^2", 1, positive],
    ["exp(x/y)", ["x", "y"], "-(x + y)*exp(x/y)/y^3", 1, positive],
    ["x*sin(y) + y*sin(x)", ["x", "y"], "cos(y) + cos(x)"],
    ["exp(x*y*z)", ["x", "y", "z"], "(1 + 3*x*y*z + (x*y*z)^2)*exp(x*y*z)"],
  ]),
  ...casesFrom("Stewart, Calculus, §14.3: Laplace, heat and wave equations", [
    ["log(x^2 + y^2)", "x", "2*x/(x^2 + y^2)", 1, positive],
    ["log(x^2 + y^2)", "x", "2*(y^2 - x^2)/(x^2 + y^2)^2", 2, positive],
    ["log(x^2 + y^2)", ["x", "y"], "-4*x*y/(x^2 + y^2)^2", 1, positive],
    ["atan(y/x)", "x", "-y/(x^2 + y^2)", 1, positive],
    ["atan(y/x)", "x", "2*x*y/(x^2 + y^2)^2", 2, positive],
    ["1/sqrt(x^2 + y^2 + z^2)", "x", "-x/(x^2 + y^2 + z^2)^(3/2)", 1, positive],
    ["1/sqrt(x^2 + y^2 + z^2)", "x", "(2*x^2 - y^2 - z^2)/(x^2 + y^2 + z^2)^(5/2)", 2, positive],
    ["1/sqrt(x^2 + y^2 + z^2)", ["x", "y"], "3*x*y/(x^2 + y^2 + z^2)^(5/2)", 1, positive],
    ["sin(x - c*t)", "t", "-c^2*sin(x - c*t)", 2],
    ["exp(-k*t)*sin(x)", ["x", "t"], "-k*exp(-k*t)*cos(x)"],
    ["exp(-x^2/(4*t))/sqrt(t)", "t", "(x^2 - 2*t)*exp(-x^2/(4*t))/(4*t^(5/2))", 1, positive],
  ]),
  ...casesFrom("DLMF §1.9 and NumPy's atan2 and hypot: polar coordinates", [
    ["hypot(x, y)", "x", "x/hypot(x, y)", 1, positive],
    ["sqrt(x^2 + y^2)", "x", "x/sqrt(x^2 + y^2)", 1, positive],
    ["sqrt(x^2 + y^2)", ["x", "y"], "-x*y/(x^2 + y^2)^(3/2)", 1, positive],
    ["atan2(y, x)", "x", "-y/(x^2 + y^2)", 1, positive],
    ["atan2(x, y)", "x", "y/(x^2 + y^2)", 1, positive],
    ["atan2(y, x)", ["x", "y"], "(y^2 - x^2)/(x^2 + y^2)^2", 1, positive],
  ]),
  ...casesFrom("Casella & Berger, Statistical Inference, §7.2: log-likelihoods", [
    ["-log(s) - (x - m)^2/(2*s^2)", "m", "(x - m)/s^2", 1, positive],
    ["-log(s) - (x - m)^2/(2*s^2)", "s", "((x - m)^2 - s^2)/s^3", 1, positive],
    ["k*log(l) - l", "l", "k/l - 1", 1, positive],
    ["(a - 1)*log(x) - x/b - lgamma(a) - a*log(b)", "a", "log(x) - log(b) - digamma(a)", 1, positive],
  ]),
  ...casesFrom("van der Waals and Black–Scholes: textbook sensitivities", [
    ["R*T/(3*V - b) - a/V^2", "V", "2*a/V^3 - 3*R*T/(3*V - b)^2", 1, [1.2, 1.8]],
    ["(log(S/K) + (r + s^2/2)*T)/(s*sqrt(T))", "S", "1/(S*s*sqrt(T))", 1, positive],
  ]),
];

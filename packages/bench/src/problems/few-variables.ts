import { abs, atan, div, greater, math, stack, tensor, type Tensor, where } from "@fluxion/core";
import { entries, family, type LeastSquaresFamily, only, residualsFrom, sequence } from "./problem.ts";

const rosenbrock = family(1, "Rosenbrock", only(2, 2), () => ({
  residuals: (x) => {
    const [x1, x2] = entries(x) as [Tensor, Tensor];
    return stack([math`10*(${x2} - ${x1}^2)`, math`1 - ${x1}`]);
  },
  start: [-1.2, 1],
  minima: [0],
  minimizer: [1, 1],
}));

const freudensteinRoth = family(2, "Freudenstein and Roth", only(2, 2), () => ({
  residuals: (x) => {
    const [x1, x2] = entries(x) as [Tensor, Tensor];
    return stack([
      math`-13 + ${x1} + ((5 - ${x2})*${x2} - 2)*${x2}`,
      math`-29 + ${x1} + ((${x2} + 1)*${x2} - 14)*${x2}`,
    ]);
  },
  start: [0.5, -2],
  minima: [0, 48.9842],
  minimizer: [5, 4],
}));

const powellBadlyScaled = family(3, "Powell badly scaled", only(2, 2), () => ({
  residuals: (x) => {
    const [x1, x2] = entries(x) as [Tensor, Tensor];
    return stack([math`1e4*${x1}*${x2} - 1`, math`exp(-${x1}) + exp(-${x2}) - 1.0001`]);
  },
  start: [0, 1],
  minima: [0],
}));

const brownBadlyScaled = family(4, "Brown badly scaled", only(2, 3), () => ({
  residuals: (x) => {
    const [x1, x2] = entries(x) as [Tensor, Tensor];
    return stack([math`${x1} - 1e6`, math`${x2} - 2e-6`, math`${x1}*${x2} - 2`]);
  },
  start: [1, 1],
  minima: [0],
  minimizer: [1e6, 2e-6],
}));

const beale = family(5, "Beale", only(2, 3), () => ({
  residuals: (x) => {
    const [x1, x2] = entries(x) as [Tensor, Tensor];
    return stack([
      math`1.5 - ${x1}*(1 - ${x2})`,
      math`2.25 - ${x1}*(1 - ${x2}^2)`,
      math`2.625 - ${x1}*(1 - ${x2}^3)`,
    ]);
  },
  start: [1, 1],
  minima: [0],
  minimizer: [3, 0.5],
}));

const jennrichSampson = family(6, "Jennrich and Sampson", residualsFrom(2, 10, 2), (_, m) => {
  const i = tensor(sequence(m, (k) => k));
  return {
    residuals: (x) => {
      const [x1, x2] = entries(x) as [Tensor, Tensor];
      return math`2 + 2*${i} - (exp(${i}*${x1}) + exp(${i}*${x2}))`;
    },
    start: [0.3, 0.4],
    minima: m === 10 ? [124.362] : [],
  };
});

/** The angle of (x1, x2) in turns, between -1/4 and 3/4, has a jump at x1 = 0. */
function turns(x1: Tensor, x2: Tensor): Tensor {
  const angle = atan(div(x2, x1));
  return math`${where(greater(x1, 0), angle, math`${angle} + pi`)} / (2*pi)`;
}

const helicalValley = family(7, "Helical valley", only(3, 3), () => ({
  residuals: (x) => {
    const [x1, x2, x3] = entries(x) as [Tensor, Tensor, Tensor];
    return stack([math`10*(${x3} - 10*${turns(x1, x2)})`, math`10*(sqrt(${x1}^2 + ${x2}^2) - 1)`, x3]);
  },
  start: [-1, 0, 0],
  minima: [0],
  minimizer: [1, 0, 0],
}));

/** The paper prints "yᵢmi x2", a minus sign that was typed as two letters; only the difference gives its minimum. */
const gulf = family(11, "Gulf research and development", residualsFrom(3, 10, 3, 100), (_, m) => {
  const t = tensor(sequence(m, (i) => i / 100));
  const y = tensor(sequence(m, (i) => 25 + (-50 * Math.log(i / 100)) ** (2 / 3)));
  return {
    residuals: (x) => {
      const [x1, x2, x3] = entries(x) as [Tensor, Tensor, Tensor];
      return math`exp(-pow(${abs(math`${y} - ${x2}`)}, ${x3}) / ${x1}) - ${t}`;
    },
    start: [5, 2.5, 0.15],
    minima: [0],
    minimizer: [50, 25, 1.5],
  };
});

const box = family(12, "Box three-dimensional", residualsFrom(3, 10, 3), (_, m) => {
  const t = tensor(sequence(m, (i) => i / 10));
  return {
    residuals: (x) => {
      const [x1, x2, x3] = entries(x) as [Tensor, Tensor, Tensor];
      return math`exp(-${t}*${x1}) - exp(-${t}*${x2}) - ${x3}*(exp(-${t}) - exp(-10*${t}))`;
    },
    start: [0, 10, 20],
    minima: [0],
    minimizer: [1, 10, 1],
  };
});

const powellSingular = family(13, "Powell singular", only(4, 4), () => ({
  residuals: (x) => {
    const [x1, x2, x3, x4] = entries(x) as [Tensor, Tensor, Tensor, Tensor];
    return stack([
      math`${x1} + 10*${x2}`,
      math`sqrt(5)*(${x3} - ${x4})`,
      math`(${x2} - 2*${x3})^2`,
      math`sqrt(10)*(${x1} - ${x4})^2`,
    ]);
  },
  start: [3, -1, 0, 1],
  minima: [0],
  minimizer: [0, 0, 0, 0],
}));

const wood = family(14, "Wood", only(4, 6), () => ({
  residuals: (x) => {
    const [x1, x2, x3, x4] = entries(x) as [Tensor, Tensor, Tensor, Tensor];
    return stack([
      math`10*(${x2} - ${x1}^2)`,
      math`1 - ${x1}`,
      math`sqrt(90)*(${x4} - ${x3}^2)`,
      math`1 - ${x3}`,
      math`sqrt(10)*(${x2} + ${x4} - 2)`,
      math`(${x2} - ${x4}) / sqrt(10)`,
    ]);
  },
  start: [-3, -1, -3, -1],
  minima: [0],
  minimizer: [1, 1, 1, 1],
}));

/** Problems 1 to 7 and 11 to 14: formulas in two to four variables. */
export const fewVariables: readonly LeastSquaresFamily[] = [
  rosenbrock,
  freudensteinRoth,
  powellBadlyScaled,
  brownBadlyScaled,
  beale,
  jennrichSampson,
  helicalValley,
  gulf,
  box,
  powellSingular,
  wood,
];

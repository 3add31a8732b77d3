import { math, tensor, type Tensor } from "@fluxion/core";
import { entries, family, type LeastSquaresFamily, only, residualsFrom, sequence } from "./problem.ts";

const bard = family(8, "Bard", only(3, 15), (_, m) => {
  const y = tensor([0.14, 0.18, 0.22, 0.25, 0.29, 0.32, 0.35, 0.39, 0.37, 0.58, 0.73, 0.96, 1.34, 2.1, 4.39]);
  const u = tensor(sequence(m, (i) => i));
  const v = tensor(sequence(m, (i) => 16 - i));
  const w = tensor(sequence(m, (i) => Math.min(i, 16 - i)));
  return {
    residuals: (x) => {
      const [x1, x2, x3] = entries(x) as [Tensor, Tensor, Tensor];
      return math`${y} - (${x1} + ${u} ./ (${v}*${x2} + ${w}*${x3}))`;
    },
    start: [1, 1, 1],
    minima: [8.21487e-3, 17.4286],
  };
});

const gaussian = family(9, "Gaussian", only(3, 15), (_, m) => {
  const half = [0.0009, 0.0044, 0.0175, 0.054, 0.1295, 0.242, 0.3521];
  const y = tensor([...half, 0.3989, ...half.toReversed()]);
  const t = tensor(sequence(m, (i) => (8 - i) / 2));
  return {
    residuals: (x) => {
      const [x1, x2, x3] = entries(x) as [Tensor, Tensor, Tensor];
      return math`${x1}*exp(-${x2}*(${t} - ${x3}).^2/2) - ${y}`;
    },
    start: [0.4, 1, 0],
    minima: [1.12793e-8],
  };
});

const meyer = family(10, "Meyer", only(3, 16), (_, m) => {
  const y = tensor([
    34780, 28610, 23650, 19630, 16370, 13720, 11540, 9744, 8261, 7030, 6005, 5147, 4427, 3820, 3307, 2872,
  ]);
  const t = tensor(sequence(m, (i) => 45 + 5 * i));
  return {
    residuals: (x) => {
      const [x1, x2, x3] = entries(x) as [Tensor, Tensor, Tensor];
      return math`${x1}*exp(${x2} ./ (${t} + ${x3})) - ${y}`;
    },
    start: [0.02, 4000, 250],
    minima: [87.9458],
  };
});

const kowalikOsborne = family(15, "Kowalik and Osborne", only(4, 11), () => {
  const y = tensor([0.1957, 0.1947, 0.1735, 0.16, 0.0844, 0.0627, 0.0456, 0.0342, 0.0323, 0.0235, 0.0246]);
  const u = tensor([4, 2, 1, 0.5, 0.25, 0.167, 0.125, 0.1, 0.0833, 0.0714, 0.0625]);
  return {
    residuals: (x) => {
      const [x1, x2, x3, x4] = entries(x) as [Tensor, Tensor, Tensor, Tensor];
      return math`${y} - ${x1}*(${u}.^2 + ${u}*${x2}) ./ (${u}.^2 + ${u}*${x3} + ${x4})`;
    },
    start: [0.25, 0.39, 0.415, 0.39],
    minima: [3.07505e-4, 1.02734e-3],
  };
});

const brownDennis = family(16, "Brown and Dennis", residualsFrom(4, 20, 4), (_, m) => {
  const t = tensor(sequence(m, (i) => i / 5));
  return {
    residuals: (x) => {
      const [x1, x2, x3, x4] = entries(x) as [Tensor, Tensor, Tensor, Tensor];
      return math`(${x1} + ${t}*${x2} - exp(${t})).^2 + (${x3} + ${x4}*sin(${t}) - cos(${t})).^2`;
    },
    start: [25, 5, -5, -1],
    minima: m === 20 ? [85822.2] : [],
  };
});

const osborne1 = family(17, "Osborne 1", only(5, 33), (_, m) => {
  const y = tensor([
    0.844, 0.908, 0.932, 0.936, 0.925, 0.908, 0.881, 0.85, 0.818, 0.784, 0.751, 0.718, 0.685, 0.658, 0.628, 0.603,
    0.58, 0.558, 0.538, 0.522, 0.506, 0.49, 0.478, 0.467, 0.457, 0.448, 0.438, 0.431, 0.424, 0.42, 0.414, 0.411,
    0.406,
  ]); // prettier-ignore
  const t = tensor(sequence(m, (i) => 10 * (i - 1)));
  return {
    residuals: (x) => {
      const [x1, x2, x3, x4, x5] = entries(x) as [Tensor, Tensor, Tensor, Tensor, Tensor];
      return math`${y} - (${x1} + ${x2}*exp(-${t}*${x4}) + ${x3}*exp(-${t}*${x5}))`;
    },
    start: [0.5, 1.5, -1, 0.01, 0.02],
    minima: [5.46489e-5],
  };
});

const biggs = family(18, "Biggs EXP6", residualsFrom(6, 13, 6), (_, m) => {
  const t = tensor(sequence(m, (i) => i / 10));
  return {
    residuals: (x) => {
      const [x1, x2, x3, x4, x5, x6] = entries(x) as [Tensor, Tensor, Tensor, Tensor, Tensor, Tensor];
      const y = math`exp(-${t}) - 5*exp(-10*${t}) + 3*exp(-4*${t})`;
      return math`${x3}*exp(-${t}*${x1}) - ${x4}*exp(-${t}*${x2}) + ${x6}*exp(-${t}*${x5}) - ${y}`;
    },
    start: [1, 2, 1, 1, 1, 1],
    minima: m === 13 ? [0, 5.65565e-3] : [0],
    minimizer: [1, 10, 1, 5, 4, 3],
  };
});

const osborne2 = family(19, "Osborne 2", only(11, 65), (_, m) => {
  const y = tensor([
    1.366, 1.191, 1.112, 1.013, 0.991, 0.885, 0.831, 0.847, 0.786, 0.725, 0.746, 0.679, 0.608, 0.655, 0.616, 0.606,
    0.602, 0.626, 0.651, 0.724, 0.649, 0.649, 0.694, 0.644, 0.624, 0.661, 0.612, 0.558, 0.533, 0.495, 0.5, 0.423,
    0.395, 0.375, 0.372, 0.391, 0.396, 0.405, 0.428, 0.429, 0.523, 0.562, 0.607, 0.653, 0.672, 0.708, 0.633, 0.668,
    0.645, 0.632, 0.591, 0.559, 0.597, 0.625, 0.739, 0.71, 0.729, 0.72, 0.636, 0.581, 0.428, 0.292, 0.162, 0.098,
    0.054,
  ]); // prettier-ignore
  const t = tensor(sequence(m, (i) => (i - 1) / 10));
  return {
    residuals: (x) => {
      const [x1, x2, x3, x4, x5, x6, x7, x8, x9, x10, x11] = entries(x) as [
        Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor,
      ]; // prettier-ignore
      const decay = math`${x1}*exp(-${t}*${x5})`;
      const peak = (height: Tensor, place: Tensor, width: Tensor): Tensor =>
        math`${height}*exp(-((${t} - ${place}).^2)*${width})`;
      return math`${y} - (${decay} + ${peak(x2, x9, x6)} + ${peak(x3, x10, x7)} + ${peak(x4, x11, x8)})`;
    },
    start: [1.3, 0.65, 0.65, 0.7, 0.6, 3, 5, 7, 2, 4.5, 5.5],
    minima: [4.01377e-2],
  };
});

/** Problems 8 to 10 and 15 to 19: models fitted to data. */
export const curveFits: readonly LeastSquaresFamily[] = [
  bard,
  gaussian,
  meyer,
  kowalikOsborne,
  brownDennis,
  osborne1,
  biggs,
  osborne2,
];

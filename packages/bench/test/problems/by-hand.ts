/** The residuals once more as loops over numbers, counted from 1 as in the paper: they share nothing with the problems. */
export type ByHand = (x: readonly number[], m: number) => number[];

const { exp, sin, cos, sqrt, abs, log, atan, PI, min, max } = Math;

function each(m: number, f: (i: number) => number): number[] {
  const out: number[] = [];
  for (let i = 1; i <= m; i++) out.push(f(i));
  return out;
}

function total(from: number, to: number, f: (j: number) => number): number {
  let sum = 0;
  for (let j = from; j <= to; j++) sum += f(j);
  return sum;
}

function mgh10(i: number): number {
  const data = "34780 28610 23650 19630 16370 13720 11540 9744 8261 7030 6005 5147 4427 3820 3307 2872";
  return Number(data.split(" ")[i - 1]);
}

function mgh17(i: number): number {
  const data =
    "844 908 932 936 925 908 881 850 818 784 751 718 685 658 628 603 580 558 538 522 506 490 478 467 457 448 438 431 424 420 414 411 406";
  return Number(data.split(" ")[i - 1]) / 1000;
}

function mgh19(i: number): number {
  const data =
    "1366 1191 1112 1013 991 885 831 847 786 725 746 679 608 655 616 606 602 626 651 724 649 649 694 644 624 661 612 558 533 495 500 423 395 375 372 391 396 405 428 429 523 562 607 653 672 708 633 668 645 632 591 559 597 625 739 710 729 720 636 581 428 292 162 98 54";
  return Number(data.split(" ")[i - 1]) / 1000;
}

function chebyshev(i: number, y: number): number {
  return abs(y) <= 1
    ? cos(i * Math.acos(y))
    : Math.cosh(i * Math.acosh(abs(y))) * (y < 0 && i % 2 === 1 ? -1 : 1);
}

/** By the number of the problem; x is shifted so that x[1] is the first variable. */
const shifted: Readonly<Record<number, (x: (i: number) => number, n: number, m: number) => number[]>> = {
  1: (x) => [10 * (x(2) - x(1) ** 2), 1 - x(1)],
  2: (x) => [-13 + x(1) + ((5 - x(2)) * x(2) - 2) * x(2), -29 + x(1) + ((x(2) + 1) * x(2) - 14) * x(2)],
  3: (x) => [10000 * x(1) * x(2) - 1, exp(-x(1)) + exp(-x(2)) - 1.0001],
  4: (x) => [x(1) - 10 ** 6, x(2) - 2 * 10 ** -6, x(1) * x(2) - 2],
  5: (x) => each(3, (i) => [1.5, 2.25, 2.625][i - 1]! - x(1) * (1 - x(2) ** i)),
  6: (x, _, m) => each(m, (i) => 2 + 2 * i - (exp(i * x(1)) + exp(i * x(2)))),
  7: (x) => {
    const theta = x(1) > 0 ? atan(x(2) / x(1)) / (2 * PI) : atan(x(2) / x(1)) / (2 * PI) + 0.5;
    return [10 * (x(3) - 10 * theta), 10 * (sqrt(x(1) ** 2 + x(2) ** 2) - 1), x(3)];
  },
  8: (x) => {
    const y = [14, 18, 22, 25, 29, 32, 35, 39, 37, 58, 73, 96, 134, 210, 439];
    return each(15, (i) => y[i - 1]! / 100 - (x(1) + i / ((16 - i) * x(2) + min(i, 16 - i) * x(3))));
  },
  9: (x) => {
    const y = [9, 44, 175, 540, 1295, 2420, 3521, 3989, 3521, 2420, 1295, 540, 175, 44, 9];
    return each(15, (i) => x(1) * exp((-x(2) * ((8 - i) / 2 - x(3)) ** 2) / 2) - y[i - 1]! / 10000);
  },
  10: (x) => each(16, (i) => x(1) * exp(x(2) / (45 + 5 * i + x(3))) - mgh10(i)),
  11: (x, _, m) =>
    each(m, (i) => {
      const t = i / 100;
      const y = 25 + Math.cbrt((50 * log(1 / t)) ** 2);
      return exp(-(abs(y - x(2)) ** x(3) / x(1))) - t;
    }),
  12: (x, _, m) =>
    each(m, (i) => {
      const t = 0.1 * i;
      return exp(-t * x(1)) - exp(-t * x(2)) - x(3) * (exp(-t) - exp(-10 * t));
    }),
  13: (x) => [
    x(1) + 10 * x(2),
    5 ** 0.5 * (x(3) - x(4)),
    (x(2) - 2 * x(3)) ** 2,
    10 ** 0.5 * (x(1) - x(4)) ** 2,
  ],
  14: (x) => [
    10 * (x(2) - x(1) ** 2),
    1 - x(1),
    90 ** 0.5 * (x(4) - x(3) ** 2),
    1 - x(3),
    10 ** 0.5 * (x(2) + x(4) - 2),
    10 ** -0.5 * (x(2) - x(4)),
  ],
  15: (x) => {
    const y = [1957, 1947, 1735, 1600, 844, 627, 456, 342, 323, 235, 246];
    const u = [4, 2, 1, 0.5, 0.25, 0.167, 0.125, 0.1, 0.0833, 0.0714, 0.0625];
    return each(11, (i) => {
      const ui = u[i - 1]!;
      return y[i - 1]! / 10000 - (x(1) * (ui ** 2 + ui * x(2))) / (ui ** 2 + ui * x(3) + x(4));
    });
  },
  16: (x, _, m) =>
    each(m, (i) => (x(1) + (i / 5) * x(2) - exp(i / 5)) ** 2 + (x(3) + x(4) * sin(i / 5) - cos(i / 5)) ** 2),
  17: (x) =>
    each(33, (i) => mgh17(i) - (x(1) + x(2) * exp(-10 * (i - 1) * x(4)) + x(3) * exp(-10 * (i - 1) * x(5)))),
  18: (x, _, m) =>
    each(m, (i) => {
      const t = 0.1 * i;
      const y = exp(-t) - 5 * exp(-10 * t) + 3 * exp(-4 * t);
      return x(3) * exp(-t * x(1)) - x(4) * exp(-t * x(2)) + x(6) * exp(-t * x(5)) - y;
    }),
  19: (x) =>
    each(65, (i) => {
      const t = (i - 1) / 10;
      const peaks = total(2, 4, (k) => x(k) * exp(-((t - x(k + 7)) ** 2) * x(k + 4)));
      return mgh19(i) - (x(1) * exp(-t * x(5)) + peaks);
    }),
  20: (x, n) =>
    each(31, (i) => {
      if (i === 30) return x(1);
      if (i === 31) return x(2) - x(1) ** 2 - 1;
      const t = i / 29;
      return (
        total(2, n, (j) => (j - 1) * x(j) * t ** (j - 2)) - total(1, n, (j) => x(j) * t ** (j - 1)) ** 2 - 1
      );
    }),
  21: (x, n) => each(n, (i) => (i % 2 === 1 ? 10 * (x(i + 1) - x(i) ** 2) : 1 - x(i - 1))),
  22: (x, n) =>
    each(n, (i) => {
      const k = i - ((i - 1) % 4);
      if (i === k) return x(k) + 10 * x(k + 1);
      if (i === k + 1) return sqrt(5) * (x(k + 2) - x(k + 3));
      return i === k + 2 ? (x(k + 1) - 2 * x(k + 2)) ** 2 : sqrt(10) * (x(k) - x(k + 3)) ** 2;
    }),
  23: (x, n) =>
    each(n + 1, (i) => (i <= n ? 1e-5 ** 0.5 * (x(i) - 1) : total(1, n, (j) => x(j) ** 2) - 1 / 4)),
  24: (x, n) =>
    each(2 * n, (i) => {
      const a = 1e-5 ** 0.5;
      if (i === 1) return x(1) - 0.2;
      if (i <= n) return a * (exp(x(i) / 10) + exp(x(i - 1) / 10) - (exp(i / 10) + exp((i - 1) / 10)));
      if (i < 2 * n) return a * (exp(x(i - n + 1) / 10) - exp(-1 / 10));
      return total(1, n, (j) => (n - j + 1) * x(j) ** 2) - 1;
    }),
  25: (x, n) => each(n + 2, (i) => (i <= n ? x(i) - 1 : total(1, n, (j) => j * (x(j) - 1)) ** (i - n))),
  26: (x, n) => each(n, (i) => n - total(1, n, (j) => cos(x(j))) + i * (1 - cos(x(i))) - sin(x(i))),
  27: (x, n) =>
    each(n, (i) => {
      let product = 1;
      for (let j = 1; j <= n; j++) product *= x(j);
      return i < n ? x(i) + total(1, n, x) - (n + 1) : product - 1;
    }),
  28: (x, n) => {
    const h = 1 / (n + 1);
    const inside = (i: number): number => (i === 0 || i === n + 1 ? 0 : x(i));
    return each(n, (i) => 2 * x(i) - inside(i - 1) - inside(i + 1) + (h ** 2 * (x(i) + i * h + 1) ** 3) / 2);
  },
  29: (x, n) => {
    const h = 1 / (n + 1);
    return each(n, (i) => {
      const low = total(1, i, (j) => j * h * (x(j) + j * h + 1) ** 3);
      const high = total(i + 1, n, (j) => (1 - j * h) * (x(j) + j * h + 1) ** 3);
      return x(i) + (h * ((1 - i * h) * low + i * h * high)) / 2;
    });
  },
  30: (x, n) => {
    const inside = (i: number): number => (i === 0 || i === n + 1 ? 0 : x(i));
    return each(n, (i) => (3 - 2 * x(i)) * x(i) - inside(i - 1) - 2 * inside(i + 1) + 1);
  },
  31: (x, n) =>
    each(n, (i) => {
      const band = total(max(1, i - 5), min(n, i + 1), (j) => (j === i ? 0 : x(j) * (1 + x(j))));
      return x(i) * (2 + 5 * x(i) ** 2) + 1 - band;
    }),
  32: (x, n, m) => each(m, (i) => (i <= n ? x(i) : 0) - (2 / m) * total(1, n, x) - 1),
  33: (x, n, m) => each(m, (i) => i * total(1, n, (j) => j * x(j)) - 1),
  34: (x, n, m) => each(m, (i) => (i === 1 || i === m ? -1 : (i - 1) * total(2, n - 1, (j) => j * x(j)) - 1)),
  35: (x, n, m) =>
    each(m, (i) => total(1, n, (j) => chebyshev(i, 2 * x(j) - 1)) / n + (i % 2 === 0 ? 1 / (i ** 2 - 1) : 0)),
};

export function byHand(number: number): ByHand {
  return (x, m) => shifted[number]!((i) => x[i - 1]!, x.length, m);
}

// Our matrix product against the better of the two hand-written triple loops (dot-product order and row-update order),
// for all four cases of transposition; the ratio of the times in one run, CPU time, best of interleaved rounds.
//     pnpm --filter @fluxion/core build && pnpm --filter @fluxion/core bench:matmul [largest size]
import { matmul } from "../dist/kernels/matmul.js";

const CASES = ["NN", "NT", "TN", "TT"];
const largest = Number(process.argv[2] ?? 2000);
const sizes = [
  1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 13, 15, 16, 17, 24, 32, 33, 48, 64, 100, 128, 200, 256, 384, 512,
];
const oblong = [
  [1, 64, 64], [64, 64, 1], [1, 1000, 1], [64, 1, 64], [2, 100, 2], [3, 3, 1000], [1000, 3, 3], [4, 500, 4],
  [2000, 8, 8], [8, 2000, 8], [64, 784, 128], [500, 100, 1], [500, 100, 2],
]; // prettier-ignore
const shapes = [...sizes.map((n) => [n, n, n]), ...oblong].filter((shape) => Math.max(...shape) <= largest);

/** A separate function for every case, so that none is slowed down by another's types. */
function tripleLoop(order, transposeA, transposeB) {
  const a = transposeA ? "a[l * m + i]" : "a[i * k + l]";
  const b = transposeB ? "b[j * k + l]" : "b[l * n + j]";
  const body =
    order === "dot"
      ? `for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) {
           let s = 0; for (let l = 0; l < k; l++) s += ${a} * ${b}; c[i * n + j] = s; }`
      : `for (let i = 0; i < m; i++) { for (let j = 0; j < n; j++) c[i * n + j] = 0;
           for (let l = 0; l < k; l++) { const x = ${a}; for (let j = 0; j < n; j++) c[i * n + j] += x * ${b}; } }`;
  // oxlint-disable-next-line typescript/no-implied-eval -- one function for each case, from constants of this file
  return new Function("c", "a", "b", "m", "k", "n", body);
}

function ours(transposeA, transposeB) {
  return (c, a, b, m, k, n) =>
    matmul(
      c,
      0,
      a,
      0,
      transposeA ? 1 : k,
      transposeA ? m : 1,
      b,
      0,
      transposeB ? 1 : n,
      transposeB ? k : 1,
      m,
      k,
      n,
    );
}

const random = (n) => Float64Array.from({ length: n }, () => Math.random() - 0.5);
const cpu = (start) => {
  const used = process.cpuUsage(start);
  return used.user + used.system;
};

/** Best CPU time of one call in microseconds for each candidate, rounds interleaved. */
function measure(candidates, m, k, n) {
  const [a, b, c] = [random(m * k), random(k * n), new Float64Array(m * n)];
  const calls = Math.max(1, Math.ceil(4e6 / (m * n * k + 50)));
  const best = candidates.map(() => Infinity);
  for (let round = 0; round < (m * n * k > 3e7 ? 3 : 9); round++)
    candidates.forEach((f, index) => {
      const start = process.cpuUsage();
      for (let call = 0; call < calls; call++) f(c, a, b, m, k, n);
      best[index] = Math.min(best[index], cpu(start) / calls);
    });
  return best;
}

function check(candidates, m, k, n) {
  const [a, b] = [random(m * k), random(k * n)];
  const results = candidates.map((f) => {
    const c = new Float64Array(m * n).fill(NaN);
    f(c, a, b, m, k, n);
    return c;
  });
  for (const c of results)
    c.forEach((x, i) => {
      if (!(Math.abs(x - results[0][i]) <= 1e-14 * k))
        throw new Error(`wrong product at ${m}x${k}x${n}: ${x} for ${results[0][i]}`);
    });
}

console.log(
  `${"m x k x n".padStart(14)}  ${CASES.map((name) => `${name} ours/loop    ours us`).join("   ")}   GFlop/s (NN)`,
);
for (const [m, k, n] of shapes) {
  const cells = [];
  let rate = 0;
  for (const name of CASES) {
    const transposed = [name[0] === "T", name[1] === "T"];
    const candidates = [
      tripleLoop("dot", ...transposed),
      tripleLoop("row", ...transposed),
      ours(...transposed),
    ];
    check(candidates, m, k, n);
    const [dot, row, mine] = measure(candidates, m, k, n);
    cells.push(
      `${(mine / Math.min(dot, row)).toFixed(2).padStart(12)}${mine.toFixed(mine < 10 ? 3 : 0).padStart(11)}`,
    );
    if (name === "NN") rate = (2 * m * k * n) / mine / 1e3;
  }
  console.log(`${`${m}x${k}x${n}`.padStart(14)}  ${cells.join("   ")}   ${rate.toFixed(2)}`);
}

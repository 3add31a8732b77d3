import { fromData, type Tensor } from "@fluxion/core";
import { valueAndJacobian } from "@fluxion/forward-dual";
import type { LeastSquaresProblem } from "@fluxion/bench";

/** The sum of squares that Levenberg's and Marquardt's method reaches from a point, and where. */
export function minimise(
  { residuals, n }: LeastSquaresProblem,
  start: Tensor,
): { readonly least: number; readonly x: number[] } {
  const at = (x: readonly number[]): { r: readonly number[]; J: readonly number[]; f: number } => {
    const { value, jacobian } = valueAndJacobian(residuals)(fromData(Float64Array.from(x), [n]));
    const r = [...value.data];
    return { r, J: [...jacobian.data], f: r.reduce((sum, ri) => sum + ri * ri, 0) };
  };
  let x = [...start.data];
  let here = at(x);
  const scale = x.map(() => 0);
  let damping = 1e-3;
  for (let step = 0; step < 2000 && damping < 1e20; step++) {
    x.forEach((_, j) => {
      const norm = Math.hypot(...here.r.map((_r, i) => here.J[i * n + j]!));
      scale[j] = Math.max(scale[j]!, norm) || 1;
    });
    const move = leastSquares(here.J, here.r, n, scale.map((s) => Math.sqrt(damping) * s)); // prettier-ignore
    const next = x.map((xj, j) => xj - move[j]!);
    const there = at(next);
    if (there.f < here.f) {
      const gain = (here.f - there.f) / here.f;
      [x, here] = [next, there];
      damping = Math.max(damping / 5, 1e-18);
      if (here.f < 1e-24 || (gain < 1e-15 && damping < 1e-6)) break;
    } else damping *= 3;
  }
  return { least: here.f, x };
}

/** The d with the least |J d − r|² + |D d|², by Householder reflections, which do not square the condition of J. */
function leastSquares(J: readonly number[], r: readonly number[], n: number, D: readonly number[]): number[] {
  const rows = [
    ...r.map((ri, i) => [...J.slice(i * n, (i + 1) * n), ri]),
    ...D.map((dj, j) => [...D.map((_, k) => (k === j ? dj : 0)), 0]),
  ];
  for (let j = 0; j < n; j++) {
    const norm = Math.hypot(...rows.slice(j).map((row) => row[j]!));
    if (norm === 0) continue;
    const alpha = rows[j]![j]! > 0 ? -norm : norm;
    const v = rows.map((row, i) => (i < j ? 0 : i === j ? row[j]! - alpha : row[j]!));
    const vv = v.reduce((sum, vi) => sum + vi * vi, 0);
    for (let k = j; k <= n; k++) {
      const factor = (2 * rows.reduce((sum, row, i) => sum + v[i]! * row[k]!, 0)) / vv;
      rows.forEach((row, i) => (row[k]! -= factor * v[i]!));
    }
  }
  const d = new Array<number>(n).fill(0);
  for (let j = n - 1; j >= 0; j--) {
    const known = d.reduce((sum, dk, k) => (k > j ? sum + rows[j]![k]! * dk : sum), 0);
    d[j] = rows[j]![j] === 0 ? 0 : (rows[j]![n]! - known) / rows[j]![j]!;
  }
  return d;
}

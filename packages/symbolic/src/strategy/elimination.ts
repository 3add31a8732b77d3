import { add, mul, permute, solve, strongMatmul, type Tensor, triangularSolve, tril, triu } from "@fluxion/core"; // prettier-ignore
import type { Point } from "./rules.ts";
import { compose, type LinearMap, negate, selfAdjoint, stretch } from "./linear-map.ts";

/** X = A⁻¹B, so dX = A⁻¹(dB − dA·X). */
export function solveMaps({ inputs: [a, b], output: x }: Point<"solve">): readonly LinearMap[] {
  const left: LinearMap = { apply: (t) => solve(a, t), transpose: (g) => solve(turned(a), g) };
  return solutionMaps(a, b, x, left);
}

/**
 * X = T⁻¹B for a triangle T of A, or its transpose, so dX = T⁻¹(dB − dT·X). The entries of A outside that triangle, and
 * the ones on a unit diagonal, do not move T.
 */
export function triangularSolveMaps({
  inputs: [a, b],
  output: x,
  attributes,
}: Point<"triangularSolve">): readonly LinearMap[] {
  const { lower, transpose: flipped, unitDiagonal } = attributes;
  const inverse: LinearMap = {
    apply: (t) => triangularSolve(a, t, attributes),
    transpose: (g) => triangularSolve(a, g, { ...attributes, transpose: !flipped }),
  };
  const offset = unitDiagonal ? 1 : 0;
  const triangle = selfAdjoint((t) => (lower ? tril(t, -offset) : triu(t, offset)));
  return solutionMaps(a, b, x, inverse, flipped ? compose(triangle, selfAdjoint(turned)) : triangle);
}

/**
 * The maps of X = M⁻¹B, where M is a linear function of A: `inverse` is M⁻¹, `read` takes dA to dM. Leading axes
 * broadcast: each operand is stretched first, so that transposed it is summed over what was stretched.
 */
function solutionMaps(
  a: Tensor,
  b: Tensor,
  x: Tensor,
  inverse: LinearMap,
  read?: LinearMap,
): readonly LinearMap[] {
  const leading = x.shape.slice(0, -2);
  const stretched = ({ shape }: Tensor): LinearMap => stretch(shape, [...leading, ...shape.slice(-2)]);
  const timesX: LinearMap = {
    apply: (t) => strongMatmul(t, x),
    transpose: (g) => strongMatmul(g, x, { transposeB: true }),
  };
  const moved = read === undefined ? stretched(a) : compose(stretched(a), read);
  return [compose(moved, compose(timesX, compose(inverse, negate))), compose(stretched(b), inverse)];
}

/**
 * L·Lᵀ = A. Between L⁻¹ and L⁻ᵀ, dL·Lᵀ + L·dLᵀ = dA reads P + Pᵀ = L⁻¹·dA·L⁻ᵀ with P = L⁻¹·dL, which is lower
 * triangular: P is the lower triangle of the right side with half the diagonal, and dL = L·P. A counts as (A + Aᵀ)/2.
 * Murray, Differentiation of the Cholesky decomposition, arXiv:1602.07527, 2016, section 3.1.
 */
export function choleskyMap({ output: l }: Point<"cholesky">): LinearMap {
  const lower = { lower: true };
  const upper = { lower: true, transpose: true };
  // L⁻¹·tᵀ·L⁻ᵀ, which for a symmetric t is L⁻¹·t·L⁻ᵀ.
  const between: LinearMap = {
    apply: (t) => triangularSolve(l, turned(triangularSolve(l, t, lower)), lower),
    transpose: (g) => triangularSolve(l, turned(triangularSolve(l, g, upper)), upper),
  };
  const timesL: LinearMap = {
    apply: (p) => strongMatmul(l, p),
    transpose: (g) => strongMatmul(l, g, { transposeA: true }),
  };
  return [symmetrized, between, lowerHalf, timesL].reduce(compose);
}

const symmetrized = selfAdjoint((t) => mul(0.5, add(t, turned(t))));
const lowerHalf = selfAdjoint((t) => mul(0.5, add(tril(t), tril(t, -1))));

/** The last two axes exchanged. */
function turned(t: Tensor): Tensor {
  const axes = t.shape.map((_, axis) => axis);
  return permute(t, [...axes.slice(0, -2), axes.at(-1)!, axes.at(-2)!]);
}

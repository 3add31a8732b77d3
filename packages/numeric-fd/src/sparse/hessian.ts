import { FluxionError } from "@fluxion/core";
import type { Start } from "../point/begin.ts";
import { hessian, jacobian } from "../point/estimates.ts";
import type { SecondOrder } from "../point/estimates.ts";
import { Numbers } from "../point/numbers.ts";
import { groupsOf } from "./compressed.ts";
import type { Take } from "./compressed.ts";
import { detect, detectPairs } from "./detect.ts";
import { checksFor, followAndVerify, patternContradicted } from "./jacobian.ts";
import { pacesOf } from "./paces.ts";
import { givenPattern, symmetric } from "./pattern.ts";
import type { Sparsity } from "./pattern.ts";
import { starColouring } from "./star.ts";
import { verifyCurvature } from "./verify-curvature.ts";

/**
 * A Hessian with a sparsity pattern from values of f alone. A second difference is one number, so every place of the
 * pattern needs a sweep of its own, and colours could save none: the pattern saves the sweeps of all other places. One
 * more, along a direction that moves everything, tells whether it holds.
 */
export function sparseHessian(start: Start, sparsity: Sparsity): SecondOrder {
  const { inputs } = start.point;
  const detected = sparsity === "detect" ? detectPairs(start) : null;
  const pattern = symmetric(
    detected?.pattern ?? givenPattern(sparsity as Exclude<Sparsity, "detect">, inputs, inputs),
  );
  const wanted = pattern.columnsOf.map((columns) => new Set(columns));
  const result = hessian(start, (i, j) => wanted[i]!.has(j));
  const verdict = verifyCurvature(start, result.hessian);
  if (verdict === null) {
    if (detected !== null) bound(result.hessian, wanted, detected.bounds);
    return result;
  }
  if (detected !== null) return hessian(start);
  throw patternContradicted(verdict);
}

/** What a pair that showed no curvature may have at most, as far as values of f can tell. */
function bound({ errors }: Numbers, wanted: readonly ReadonlySet<number>[], bounds: Float64Array): void {
  bounds.forEach((error, at) => {
    if (!wanted[Math.floor(at / wanted.length)]!.has(at % wanted.length)) errors[at] = error;
  });
}

/**
 * The Hessian as the Jacobian of a gradient, which is symmetric. With a pattern, star-coloured: two evaluations of the
 * gradient for every colour and level, and each entry read where it stands alone.
 */
export function hessianOfGradient(
  gradient: Start,
  sparsity: Sparsity | undefined,
  complaint = "the option gradient is not the gradient of any function",
): Numbers {
  const { inputs } = gradient.point;
  const size = gradient.point.centre.length;
  const full = (): Numbers => mirrored(jacobian(gradient), size, complaint);
  if (sparsity === undefined) return full();
  const pattern = symmetric(
    sparsity === "detect" ? detect(gradient) : givenPattern(sparsity, inputs, inputs),
  );
  const paces = pacesOf(gradient);
  const groups = groupsOf(pattern, starColouring(pattern), paces);
  if (groups.length + checksFor(paces) >= size) return full();
  const result = new Numbers(size * size);
  const isRead = new Uint8Array(size * size);
  let torn: FluxionError | null = null;
  const put: Take = (row, column, estimate, speed) => {
    const factor = 1 / speed;
    for (const at of [row * size + column, column * size + row]) {
      const known = isRead[at] === 1 ? result.entry(at) : null;
      if (known !== null)
        torn ??= asymmetry(
          row,
          column,
          known,
          estimate.value * factor,
          estimate.error * Math.abs(factor),
          complaint,
        );
      if (known === null || estimate.error * Math.abs(factor) < known.error) result.put(at, estimate, factor);
      isRead[at] = 1;
    }
  };
  const problem = followAndVerify(gradient, groups, pattern, paces, result, put);
  if (problem === null && torn === null) return result;
  if (sparsity === "detect") return full();
  // A pattern that leaves a place out tears the halves apart, too.
  throw problem === null ? torn! : patternContradicted(problem);
}

/** Both halves of a matrix that must be symmetric: of each pair the entry with the smaller error. */
function mirrored(matrix: Numbers, size: number, complaint: string): Numbers {
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < row; column++) {
      const [at, across] = [row * size + column, column * size + row];
      const [entry, other] = [matrix.entry(at), matrix.entry(across)];
      const torn = asymmetry(row, column, entry, other.value, other.error, complaint);
      if (torn !== null) throw torn;
      if (entry.error < other.error) matrix.set(across, entry);
      else matrix.set(at, other);
    }
  }
  return matrix;
}

/** The error for two estimates of one entry of a Hessian that rule each other out; null when they don't. */
function asymmetry(
  row: number,
  column: number,
  known: { readonly value: number; readonly error: number },
  value: number,
  error: number,
  complaint: string,
): FluxionError | null {
  const doubt = known.error + error + 1e-9 * (Math.abs(value) + Math.abs(known.value));
  if (!(Math.abs(known.value - value) > doubt)) return null;
  return new FluxionError(
    "ARGUMENT",
    `numericFd: ${complaint}: its derivatives at [${row}, ${column}] and ` +
      `[${column}, ${row}] are ${value} and ${known.value}. Give the gradient of f, in the order of its arguments.`,
  );
}

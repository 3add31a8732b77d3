import { described } from "../options.ts";
import { FluxionError, type Tensor, formatShape, isTensor, sameShape } from "@fluxion/core";

/**
 * Which entries of a Jacobian or Hessian may differ from zero: a list of [row, column] pairs, a tensor that is 0 where the
 * derivative is, or "detect". Rows number the entries of f's result, columns those of the differentiated arguments,
 * through all leaves in order. The tensor has the shape of the derivative (one leaf each) or [rows, columns].
 */
export type Sparsity = "detect" | readonly (readonly [row: number, column: number])[] | Tensor;

/** The places that may differ from zero, sorted, by rows and by columns. */
export interface Pattern {
  readonly columnsOf: readonly (readonly number[])[];
  readonly rowsOf: readonly (readonly number[])[];
}

/** The pattern of places given in any order, each once or more often. */
export function patternOf(
  rows: number,
  columns: number,
  places: Iterable<readonly [row: number, column: number]>,
): Pattern {
  const sets = Array.from({ length: rows }, () => new Set<number>());
  for (const [row, column] of places) sets[row]!.add(column);
  const rowsOf: number[][] = Array.from({ length: columns }, () => []);
  const columnsOf = sets.map((set) => Array.from(set).sort((a, b) => a - b));
  columnsOf.forEach((list, row) => list.forEach((column) => rowsOf[column]!.push(row)));
  return { columnsOf, rowsOf };
}

/** Every place in a row or column of its own number added, and every place mirrored at the diagonal. */
export function symmetric({ columnsOf }: Pattern): Pattern {
  const size = columnsOf.length;
  const places = columnsOf.flatMap((list, row) => list.map((column) => [row, column] as const));
  const mirrored = places.map(([row, column]) => [column, row] as const);
  const diagonal = Array.from({ length: size }, (_, i) => [i, i] as const);
  return patternOf(size, size, [...places, ...mirrored, ...diagonal]);
}

/** The pattern that a user gives for a derivative of outputs by inputs. Throws `ARGUMENT`, `SHAPE_MISMATCH`. */
export function givenPattern(
  sparsity: Exclude<Sparsity, "detect">,
  outputs: readonly Tensor[],
  inputs: readonly Tensor[],
): Pattern {
  const [rows, columns] = [outputs, inputs].map((tensors) =>
    tensors.reduce((sum, { size }) => sum + size, 0),
  );
  if (isTensor(sparsity))
    return patternOf(rows!, columns!, placesOf(sparsity, outputs, inputs, rows!, columns!));
  if (!Array.isArray(sparsity)) throw wrong(`found ${typeof sparsity}`);
  for (const place of Array.from(sparsity as readonly unknown[])) {
    if (!Array.isArray(place) || place.length !== 2) throw wrong("found a list of something else");
    const [row, column] = place as readonly unknown[];
    if (!isIndex(row, rows!) || !isIndex(column, columns!))
      throw wrong(
        `found the pair [${described(row)}, ${described(column)}] for a derivative of ${rows} rows and ${columns} columns`,
      );
  }
  return patternOf(rows!, columns!, sparsity);
}

function placesOf(
  given: Tensor,
  outputs: readonly Tensor[],
  inputs: readonly Tensor[],
  rows: number,
  columns: number,
): (readonly [number, number])[] {
  const single = outputs.length === 1 && inputs.length === 1;
  const full = single ? [...outputs[0]!.shape, ...inputs[0]!.shape] : [rows, columns];
  if (!sameShape(given.shape, full) && !sameShape(given.shape, [rows, columns]))
    throw new FluxionError(
      "SHAPE_MISMATCH",
      `numericFd: the option sparsity has the shape ${formatShape(given.shape)}, the derivative has ${formatShape(full)}. ` +
        `Give it that shape, or [${rows}, ${columns}].`,
    );
  const places: (readonly [number, number])[] = [];
  given.data.forEach((value, at) => {
    if (value !== 0) places.push([Math.floor(at / columns), at % columns]);
  });
  return places;
}

function isIndex(index: unknown, length: number): boolean {
  return Number.isInteger(index) && (index as number) >= 0 && (index as number) < length;
}

function wrong(found: string): FluxionError {
  return new FluxionError(
    "ARGUMENT",
    'numericFd: sparsity is "detect", a list of [row, column] pairs, or a tensor that is 0 where the derivative is; ' +
      `${found}. Rows and columns count the entries of results and arguments from 0.`,
  );
}

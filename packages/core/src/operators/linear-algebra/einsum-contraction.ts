import { matmul } from "../../kernels/index.ts";
import { allocate } from "../../tensor/allocate.ts";
import { stridesOf } from "../../tensor/shape.ts";
import { offsetsOf } from "./leading.ts";

/** A tensor with a letter for every axis; its axes need not be in the order of its storage. */
export interface Labelled {
  readonly letters: string;
  readonly store: Float64Array;
  readonly strides: readonly number[];
}

type Lengths = ReadonlyMap<string, number>;

export function labelled(letters: string, store: Float64Array, lengths: Lengths): Labelled {
  return { letters, store, strides: stridesOf(Array.from(letters, (letter) => lengths.get(letter)!)) };
}

/**
 * The sum of products over all letters that are not in `output`, in row-major order of `output`. Two operands at a
 * time are contracted by matrix products, first the pair after which the least is left to store.
 */
export function contract(operands: readonly Labelled[], output: string, lengths: Lengths): Float64Array {
  let rest = operands;
  while (rest.length > 1) {
    const [i, j] = cheapestPair(rest, output, lengths);
    const others = rest.filter((_, position) => position !== i && position !== j);
    rest = [...others, contractPair(rest[i]!, rest[j]!, keptBy(others, output), lengths)];
  }
  return arrange(rest[0]!, output, lengths).store;
}

/** The letters that are still needed. */
function keptBy(others: readonly Labelled[], output: string): string {
  return output + others.map((x) => x.letters).join("");
}

function volume(letters: string, lengths: Lengths): number {
  return Array.from(letters).reduce((product, letter) => product * lengths.get(letter)!, 1);
}

const only = (letters: string, wanted: (letter: string) => boolean): string =>
  Array.from(letters).filter(wanted).join("");

function cheapestPair(
  operands: readonly Labelled[],
  output: string,
  lengths: Lengths,
): readonly [number, number] {
  let best: readonly [number, number] = [0, 1];
  let least = Infinity;
  let fewest = Infinity;
  for (let i = 0; i < operands.length; i++)
    for (let j = i + 1; j < operands.length; j++) {
      const kept = keptBy(
        operands.filter((_, position) => position !== i && position !== j),
        output,
      );
      const [x, y] = [operands[i]!.letters, operands[j]!.letters];
      const all = x + only(y, (letter) => !x.includes(letter));
      const growth =
        volume(
          only(all, (letter) => kept.includes(letter)),
          lengths,
        ) -
        volume(x, lengths) -
        volume(y, lengths);
      const multiplications = volume(all, lengths);
      if (growth < least || (growth === least && multiplications < fewest)) {
        best = [i, j];
        least = growth;
        fewest = multiplications;
      }
    }
  return best;
}

/**
 * Two operands at once: letters of both that are still needed are looped over, the other letters of both are the inner
 * index of a matrix product, those of one only are its rows and columns. Operands are copied only where several letters
 * don't merge into one index with one stride.
 */
function contractPair(a: Labelled, b: Labelled, kept: string, lengths: Lengths): Labelled {
  const [x, y] = comesFirst(a, b, kept) ? [a, b] : [b, a];
  const batch = only(x.letters, (letter) => y.letters.includes(letter) && kept.includes(letter));
  const rows = only(x.letters, (letter) => !y.letters.includes(letter));
  const columns = only(y.letters, (letter) => !x.letters.includes(letter));
  const isInner = (letter: string): boolean =>
    x.letters.includes(letter) && y.letters.includes(letter) && !batch.includes(letter);
  const orders = [only(x.letters, isInner), only(y.letters, isInner)];
  const inner =
    orders.find(
      (order) => mergedStride(x, order, lengths) !== null && mergedStride(y, order, lengths) !== null,
    ) ?? orders[0]!;

  const left = mergeable(x, [rows, inner], batch, lengths);
  const right = mergeable(y, [inner, columns], batch, lengths);
  const [m, k, n] = [volume(rows, lengths), volume(inner, lengths), volume(columns, lengths)];
  const leftOffsets = axesOffsets(left, batch, lengths);
  const rightOffsets = axesOffsets(right, batch, lengths);
  const [rowStride, leftInner] = [mergedStride(left, rows, lengths)!, mergedStride(left, inner, lengths)!];
  const [rightInner, columnStride] = [
    mergedStride(right, inner, lengths)!,
    mergedStride(right, columns, lengths)!,
  ];
  const out = allocate(leftOffsets.length * m * n);
  for (let i = 0; i < leftOffsets.length; i++)
    matmul(
      out, i * m * n, left.store, leftOffsets[i]!, rowStride, leftInner,
      right.store, rightOffsets[i]!, rightInner, columnStride, m, k, n,
    ); // prettier-ignore
  return labelled(batch + rows + columns, out, lengths);
}

/** Whether a's own letters come before b's own in the result, so that the product is in the order wanted. */
function comesFirst(a: Labelled, b: Labelled, kept: string): boolean {
  const ofA = only(kept, (letter) => a.letters.includes(letter) && !b.letters.includes(letter));
  const ofB = only(kept, (letter) => b.letters.includes(letter) && !a.letters.includes(letter));
  return ofA === "" || ofB === "" || kept.indexOf(ofA[0]!) < kept.indexOf(ofB[0]!);
}

const strideOf = (x: Labelled, letter: string): number => x.strides[x.letters.indexOf(letter)]!;

/** The stride of one index that runs over these letters in this order, or null when there is none. */
function mergedStride(x: Labelled, letters: string, lengths: Lengths): number | null {
  let stride: number | null = null;
  let span = 0;
  for (const letter of Array.from(letters).toReversed()) {
    const length = lengths.get(letter)!;
    if (length === 1) continue;
    const own = strideOf(x, letter);
    if (stride !== null && own !== span) return null;
    stride ??= own;
    span = own * length;
  }
  return stride ?? 0;
}

/** x, copied if one of the groups of letters is not one index of it. */
function mergeable(x: Labelled, groups: readonly string[], batch: string, lengths: Lengths): Labelled {
  return groups.every((letters) => mergedStride(x, letters, lengths) !== null)
    ? x
    : arrange(x, batch + groups.join(""), lengths);
}

function axesOffsets(x: Labelled, letters: string, lengths: Lengths): readonly number[] {
  const axes = Array.from(letters);
  return offsetsOf(
    axes.map((letter) => lengths.get(letter)!),
    axes.map((letter) => strideOf(x, letter)),
  );
}

/** The same entries with the axes in another order, row-major; x itself if it is so already. */
function arrange(x: Labelled, letters: string, lengths: Lengths): Labelled {
  const arranged = labelled(letters, x.store, lengths);
  if (
    arranged.strides.every(
      (stride, axis) => lengths.get(letters[axis]!) === 1 || stride === strideOf(x, letters[axis]!),
    )
  )
    return arranged;
  const last = letters.at(-1)!;
  const length = lengths.get(last)!;
  const stride = strideOf(x, last);
  const out = allocate(x.store.length);
  let to = 0;
  for (const offset of axesOffsets(x, letters.slice(0, -1), lengths))
    for (let i = 0, from = offset; i < length; i++, from += stride) out[to++] = x.store[from]!;
  return { ...arranged, store: out };
}

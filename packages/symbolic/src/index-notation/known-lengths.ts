import type { Dimensions } from "../ir/node.ts";
import type { Lengths } from "./lengths.ts";

/** What is known of the lengths of the indices from what was printed. */
export interface KnownLengths {
  readonly lengths: Lengths;
  readonly indices: ReadonlyMap<string, number>;
}

/** A printer that may know lengths. */
interface Printing {
  readonly known?: KnownLengths;
}

/** Indices of lengths that are not known yet. */
export const introduce = ({ lengths, indices }: KnownLengths, letters: readonly string[]): KnownLengths => ({
  lengths,
  indices: new Map([...indices, ...letters.map((letter) => [letter, lengths.fresh()] as const)]),
});

/** The indices as they are introduced: `i`, or `i:n` where nothing printed tells the length. */
export function withLengths(
  known: KnownLengths | undefined,
  letters: readonly string[],
  dims: Dimensions,
): readonly string[] {
  return letters.map((letter, k) => {
    const index = known?.indices.get(letter);
    if (known === undefined || index === undefined || known.lengths.of(index) !== undefined) return letter;
    known.lengths.learn(index, dims[k]!);
    return `${letter}:${dims[k]!}`;
  });
}

/** Remembers the lengths that a reader sees from an array with these indices. */
export function noteArray({ known }: Printing, dims: Dimensions, indices: readonly string[]): void {
  indices.forEach((letter, axis) => known?.lengths.learn(known.indices.get(letter)!, dims[axis]!));
}

export function noteDelta({ known }: Printing, indices: readonly string[]): void {
  if (known === undefined) return;
  const [a, b] = indices.map((letter) => known.indices.get(letter)!) as [number, number];
  known.lengths.join(a, b);
}

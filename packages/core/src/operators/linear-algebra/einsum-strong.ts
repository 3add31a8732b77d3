import type { Labelled } from "./einsum-contraction.ts";
import { offsetsOf } from "./leading.ts";

/**
 * One entry of the result by itself, at an index in row-major order: the sum over all letters that `output` lacks of the
 * products of all operands, in which an exact zero annihilates ±∞ and NaN.
 */
export function strongEntry(
  operands: readonly Labelled[],
  output: string,
  lengths: ReadonlyMap<string, number>,
): (index: number) => number {
  const inner = [...lengths.keys()].filter((letter) => !output.includes(letter));
  /** Where the entries of an operand lie as these letters run. */
  const offsets = ({ letters, strides }: Labelled, over: readonly string[]): readonly number[] =>
    offsetsOf(
      over.map((letter) => lengths.get(letter)!),
      over.map((letter) => strides[letters.indexOf(letter)] ?? 0),
    );
  const starts = operands.map((x) => offsets(x, Array.from(output)));
  const steps = operands.map((x) => offsets(x, inner));
  return (index) => {
    let total = 0;
    for (let term = 0; term < steps[0]!.length; term++) {
      const factors = operands.map((x, i) => x.store[starts[i]![index]! + steps[i]![term]!]!);
      if (!factors.includes(0)) total += factors.reduce((product, factor) => product * factor);
    }
    return total;
  };
}

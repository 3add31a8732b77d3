import { invoke } from "../../dispatch/invoke.ts";
import { FluxionError } from "../../errors.ts";
import { recomputeNaN } from "../../kernels/index.ts";
import { asTensor, type Numeric } from "../../tensor/numeric.ts";
import { allAxes, checkShape, type Shape } from "../../tensor/shape.ts";
import { concrete, type Tensor } from "../../tensor/tensor.ts";
import { defineOperator, type Operator } from "../operator.ts";
import { sum } from "../reduction/sum.ts";
import { permute } from "../shape/permute.ts";
import { reshape } from "../shape/reshape.ts";
import { diagonal } from "./diagonal.ts";
import { contract, labelled } from "./einsum-contraction.ts";
import { strongEntry } from "./einsum-strong.ts";
import {
  freshLetters,
  lengthsOf,
  occurrences,
  parseSubscripts,
  readSubscripts,
  type Subscripts,
  writeSubscripts,
} from "./einsum-subscripts.ts";

export const einsumOperator: Operator<"einsum"> = /* @__PURE__ */ defineOperator("einsum", {
  shape: (shapes, { subscripts }) => resultOf(subscripts, shapes).shape,
  evaluate: (inputs, { subscripts, strong }) => {
    const { operands, output, lengths, shape } = resultOf(
      subscripts,
      inputs.map((x) => x.shape),
    );
    const terms = inputs.map((x, i) => labelled(operands[i]!, x.store ?? Float64Array.of(x.value), lengths));
    const out = contract(terms, output, lengths);
    if (strong) recomputeNaN(out, () => strongEntry(terms, output, lengths));
    return concrete(out, shape);
  },
  batch: ({ batched }, inputs, { subscripts, strong }) => {
    const { operands, output } = readSubscripts(subscripts);
    const letter = freshLetters(subscripts, 1);
    const withBatch = {
      operands: operands.map((term, i) => (batched[i]! ? letter + term : term)),
      output: letter + output,
    };
    return invoke(einsumOperator, inputs, { subscripts: writeSubscripts(withBatch), strong });
  },
});

function resultOf(
  text: string,
  shapes: readonly Shape[],
): Subscripts & { readonly lengths: ReadonlyMap<string, number>; readonly shape: Shape } {
  const subscripts = readSubscripts(text);
  const { operands, output } = subscripts;
  const primitive =
    operands.length === shapes.length &&
    operands.every(
      (term, i) =>
        term.length === shapes[i]!.length &&
        Array.from(term).every((letter) => occurrences(term, letter) === 1 && occurrences(text, letter) > 1),
    ) &&
    Array.from(output).every((letter) => occurrences(output, letter) === 1 && occurrences(text, letter) > 1);
  if (!primitive)
    throw new FluxionError(
      "UNSUPPORTED",
      `the operator einsum{${text}} takes one letter for each axis, none twice in an operand, each in another operand or in the result. ` +
        "The function einsum() makes such subscripts from any others.",
    );
  const lengths = lengthsOf(subscripts, shapes);
  const shape = Array.from(output, (letter) => lengths.get(letter)!);
  checkShape("einsum", shape);
  return { ...subscripts, lengths, shape };
}

/**
 * The sum of products of operands over every letter that the result doesn't have: "ij,jk->ik" is the matrix product,
 * "ii->" the trace, "i,j->ij" the outer product, "bij->bji" a transpose. Without "->" the result has the letters that
 * occur once, in alphabetical order. "..." stands for axes that broadcast. Products of more than two operands are
 * contracted two at a time in a good order.
 * Throws `PARSE` for malformed subscripts, `SHAPE_MISMATCH` when ranks or lengths don't fit.
 *
 * @example
 * import { einsum, tensor } from "@fluxion/core";
 * const A = tensor([[1, 2], [3, 4]]);
 * einsum("ij,jk->ik", A, A).toArray(); // => [[7,10],[15,22]]
 * einsum("ii->", A).item(); // => 5
 * einsum("...i->...", A).toArray(); // => [3,7]
 */
export function einsum(subscripts: string, ...inputs: readonly Numeric[]): Tensor {
  return contraction(subscripts, inputs, false);
}

/**
 * The sum of products in which an exact zero annihilates ±∞ and NaN, as in `strongMul`: for derivative rules, which
 * multiply by slopes that may be infinite. Subscripts, shapes and errors are those of `einsum`; as fast, unless entries
 * come out NaN.
 *
 * @example
 * import { einsum, strongEinsum, tensor } from "@fluxion/core";
 * const slopes = tensor([Infinity, 2]);
 * einsum("i,i->", tensor([0, 1]), slopes).item(); // => NaN
 * strongEinsum("i,i->", tensor([0, 1]), slopes).item(); // => 2
 */
export function strongEinsum(subscripts: string, ...inputs: readonly Numeric[]): Tensor {
  return contraction(subscripts, inputs, true);
}

function contraction(subscripts: string, inputs: readonly Numeric[], strong: boolean): Tensor {
  if (typeof subscripts !== "string")
    throw new FluxionError(
      "ARGUMENT",
      'einsum takes the subscripts first, then the operands: einsum("ij,jk->ik", a, b).',
    );
  const tensors = inputs.map(asTensor);
  const { operands, output, ellipsis } = parseSubscripts(
    subscripts,
    tensors.map((x) => x.shape),
  );
  const lengths = stretchedLengths(ellipsis, tensors, operands);
  const stretched = tensors.map((x, i) => withoutStretchedAxes(x, operands[i]!, ellipsis, lengths));
  lengthsOf(
    { operands: stretched.map(([letters]) => letters), output },
    stretched.map(([, x]) => x.shape),
  );
  const simple = stretched
    .map(([letters, x]) => withoutRepeats(letters, x))
    .map(([letters, x], i, all) =>
      summedAlone(letters, x, output + all.map(([other], j) => (i === j ? "" : other)).join("")),
    );
  if (simple.length === 1) return reordered(...simple[0]!, output);
  return invoke(
    einsumOperator,
    simple.map(([, x]) => x),
    {
      subscripts: writeSubscripts({ operands: simple.map(([letters]) => letters), output }),
      strong,
    },
  );
}

type Term = readonly [letters: string, x: Tensor];

/** The length of every letter of the ellipsis after broadcasting. */
function stretchedLengths(
  ellipsis: string,
  tensors: readonly Tensor[],
  operands: readonly string[],
): readonly number[] {
  return Array.from(ellipsis, (letter) => {
    const lengths = tensors.map((x, i) => x.shape[operands[i]!.indexOf(letter)] ?? 1);
    return lengths.find((length) => length !== 1) ?? 1;
  });
}

/** Drops axes of length 1 that broadcast against longer ones. */
function withoutStretchedAxes(
  x: Tensor,
  letters: string,
  ellipsis: string,
  lengths: readonly number[],
): Term {
  const stays = (letter: string, axis: number): boolean =>
    x.shape[axis] !== 1 || (lengths[ellipsis.indexOf(letter)] ?? 1) === 1;
  return [
    Array.from(letters).filter(stays).join(""),
    reshape(
      x,
      x.shape.filter((_, axis) => stays(letters[axis]!, axis)),
    ),
  ];
}

/** Takes the diagonal over axes of the same letter. */
function withoutRepeats(letters: string, x: Tensor): Term {
  const first = Array.from(letters).findIndex((letter) => occurrences(letters, letter) > 1);
  if (first < 0) return [letters, x];
  const second = letters.indexOf(letters[first]!, first + 1);
  const others = allAxes(x.rank).filter((axis) => axis !== first && axis !== second);
  const remaining = others.map((axis) => letters[axis]!).join("") + letters[first]!;
  return withoutRepeats(remaining, diagonal(permute(x, [...others, first, second])));
}

/** Sums over the letters that occur nowhere else. */
function summedAlone(letters: string, x: Tensor, elsewhere: string): Term {
  const axes = allAxes(x.rank).filter((axis) => !elsewhere.includes(letters[axis]!));
  if (axes.length === 0) return [letters, x];
  return [
    Array.from(letters)
      .filter((letter) => elsewhere.includes(letter))
      .join(""),
    sum(x, { axes }),
  ];
}

function reordered(letters: string, x: Tensor, output: string): Tensor {
  return letters === output
    ? x
    : permute(
        x,
        Array.from(output, (letter) => letters.indexOf(letter)),
      );
}

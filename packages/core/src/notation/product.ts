import type { BinaryNode, NotationNode } from "./ast.ts";
import type { Context, Oriented } from "./algebra.ts";
import { applyBinary } from "./binary.ts";

/** One operand of a product, with the operator in front of it. */
interface Link<T> {
  readonly value: Oriented<T>;
  readonly operator: BinaryNode | undefined;
}

/** a*b*c as the operators that join it, first to last; only `*` itself, not what stands in parentheses on the right. */
export function productSpine(tree: BinaryNode): readonly BinaryNode[] {
  const spine: BinaryNode[] = [];
  let current: NotationNode = tree;
  while (current.kind === "binary" && current.operator === "*") {
    spine.unshift(current);
    current = current.left;
  }
  return spine;
}

/**
 * The product of several operands, in the order that costs least: from the right if the last is a column, so that
 * A*B*x multiplies no two matrices, and with scalars last. The result differs by rounding only.
 */
export function applyProduct<T>(
  context: Context<T>,
  spine: readonly BinaryNode[],
  values: readonly Oriented<T>[],
): Oriented<T> {
  const links = values.map((value, k): Link<T> => ({ value, operator: spine[k - 1] }));
  const arrays = links.filter(({ value }) => value.kind !== "scalar");
  if (arrays.length < 2) return foldLeft(context, links);
  const scalars = links.filter(({ value }) => value.kind === "scalar");
  const inner = arrays.slice(0, -1).every(({ value }) => value.kind === "matrix");
  const product =
    inner && arrays.at(-1)!.value.kind === "column" ? foldRight(context, arrays) : foldLeft(context, arrays);
  return scalars.reduce<Oriented<T>>(
    (result, { value }) => applyBinary(context, spine[0]!, value, result),
    product,
  );
}

const foldLeft = <T>(context: Context<T>, [first, ...rest]: readonly Link<T>[]): Oriented<T> =>
  rest.reduce((left, { value, operator }) => applyBinary(context, operator!, left, value), first!.value);

function foldRight<T>(context: Context<T>, links: readonly Link<T>[]): Oriented<T> {
  let result = links.at(-1)!;
  for (let k = links.length - 2; k >= 0; k--) {
    const { value, operator } = links[k]!;
    result = { value: applyBinary(context, result.operator!, value, result.value), operator };
  }
  return result.value;
}

import type { BinaryNode, NotationNode } from "./ast.ts";
import { type Context, describe, fail, oriented, type Oriented, plain } from "./algebra.ts";

/** Highest power of a matrix that is multiplied out. */
const POWER_LIMIT = 1024;

const ELEMENTWISE = { "+": "add", "-": "sub", ".*": "mul", "./": "div", ".^": "pow" } as const;

/** left operator right, with the shapes of linear algebra: a vector is a column, and only a scalar spreads. */
export function applyBinary<T>(
  context: Context<T>,
  tree: BinaryNode,
  left: Oriented<T>,
  right: Oriented<T>,
): Oriented<T> {
  switch (tree.operator) {
    case "*":
      return product(context, tree, left, right);
    case "/":
      if (right.kind === "scalar") return elementwise(context, tree, "div", left, right);
      return mismatch(
        context,
        tree,
        left,
        right,
        `Only a scalar divides. Write ${right.kind === "matrix" ? "A*inv(B), or " : ""}./ for the elementwise quotient.`,
      );
    case "^":
      return power(context, tree, left, right);
    default:
      return elementwise(context, tree, ELEMENTWISE[tree.operator], left, right);
  }
}

function mismatch<T>(
  context: Context<T>,
  tree: BinaryNode,
  left: Oriented<T>,
  right: Oriented<T>,
  advice: string,
): never {
  const found = `"${tree.operator}" between ${describe(context, left)} and ${describe(context, right)}.`;
  return fail(context, "SHAPE_MISMATCH", `${found} ${advice}`, tree.operatorSpan);
}

/** Operands of one shape, or a scalar with anything. Vectors must both be columns or both rows. */
function elementwise<T>(
  context: Context<T>,
  tree: BinaryNode,
  name: string,
  left: Oriented<T>,
  right: Oriented<T>,
): Oriented<T> {
  const result = combine(context, name, [left, right]);
  return result ?? mismatch(context, tree, left, right, adviceFor(left, right));
}

function adviceFor<T>(left: Oriented<T>, right: Oriented<T>): string {
  const kinds = [left.kind, right.kind];
  if (kinds.includes("column") && kinds.includes("row")) return "Transpose one of them with '.";
  if (kinds.includes("matrix") && kinds.includes("column"))
    return "To repeat a column v in every column write v*ones(n)'.";
  if (kinds.includes("matrix") && kinds.includes("row"))
    return "To repeat a row v in every row write ones(m)*v.";
  return "The shapes must be equal; only a scalar spreads over an array.";
}

/** An elementwise operator; undefined if the shapes differ. Two transposed matrices need not be turned. */
export function combine<T>(
  context: Context<T>,
  name: string,
  operands: readonly Oriented<T>[],
): Oriented<T> | undefined {
  const { algebra } = context;
  const arrays = operands.filter((operand) => operand.kind !== "scalar");
  const [first] = arrays;
  if (first === undefined) return oriented("scalar", algebra.apply(name, operands.map(({ value }) => value))); // prettier-ignore
  const asStored = arrays.every((operand) => operand.transposed === first.transposed);
  const values = operands.map((operand) => (asStored ? operand.value : plain(context, operand)));
  const shapes = new Set(values.filter((_, k) => operands[k]!.kind !== "scalar").map(algebra.shapeOf));
  if (shapes.size !== 1 || arrays.some((operand) => operand.kind !== first.kind)) return undefined;
  return oriented(first.kind, algebra.apply(name, values), asStored && first.transposed);
}

function product<T>(
  context: Context<T>,
  tree: BinaryNode,
  left: Oriented<T>,
  right: Oriented<T>,
): Oriented<T> {
  const { apply } = context.algebra;
  if (left.kind === "scalar" || right.kind === "scalar")
    return elementwise(context, tree, "mul", left, right);
  const guarded = (make: () => Oriented<T>): Oriented<T> => {
    if (!innerLengthsFit(context, left, right))
      return mismatch(context, tree, left, right, "The inner lengths differ.");
    return make();
  };
  switch (`${left.kind} ${right.kind}`) {
    case "row column":
      return guarded(() => oriented("scalar", apply("dot", [left.value, right.value])));
    case "column row":
      return oriented("matrix", apply("outer", [left.value, right.value]));
    case "matrix column":
      return guarded(() => oriented("column", apply("matvec", [left.value, right.value], when("transpose", left.transposed)))); // prettier-ignore
    case "row matrix":
      return guarded(() => oriented("row", apply("matvec", [right.value, left.value], when("transpose", !right.transposed)))); // prettier-ignore
    case "matrix matrix": {
      const switches = { ...when("transposeA", left.transposed), ...when("transposeB", right.transposed) };
      return guarded(() => oriented("matrix", apply("matmul", [left.value, right.value], switches)));
    }
    case "column column":
      return mismatch(
        context,
        tree,
        left,
        right,
        "Write x'*y for the scalar product, x*y' for the outer product, x.*y for the elementwise product.",
      );
    case "row row":
      return mismatch(
        context,
        tree,
        left,
        right,
        "Write x*y' for the scalar product, x.*y for the elementwise product.",
      );
    default:
      return mismatch(
        context,
        tree,
        left,
        right,
        "There is no such matrix product; transpose an operand with ', or write .* for the elementwise product.",
      );
  }
}

const when = (name: string, on: boolean): Readonly<Record<string, boolean>> => (on ? { [name]: true } : {});

/** Whether the last length of the left meets the first of the right. */
function innerLengthsFit<T>({ algebra }: Context<T>, left: Oriented<T>, right: Oriented<T>): boolean {
  const lengths = ({ value, transposed }: Oriented<T>): readonly string[] => {
    const parts = algebra.shapeOf(value).slice(1, -1).split(",").map((part) => part.trim()); // prettier-ignore
    return transposed ? parts.reverse() : parts;
  };
  return lengths(left).at(-1) === lengths(right)[0];
}

function power<T>(context: Context<T>, tree: BinaryNode, left: Oriented<T>, right: Oriented<T>): Oriented<T> {
  const { algebra } = context;
  if (right.kind !== "scalar" || (left.kind !== "scalar" && left.kind !== "matrix")) {
    return mismatch(
      context,
      tree,
      left,
      right,
      "A power is of a scalar or of a square matrix; write .^ for the elementwise power.",
    );
  }
  const exponent = wholeExponent(context, tree.right, right);
  if (left.kind === "scalar") {
    if (exponent === 2) return oriented("scalar", algebra.apply("square", [left.value]));
    return oriented("scalar", algebra.apply("pow", [left.value, right.value]));
  }
  if (exponent === undefined || Math.abs(exponent) > POWER_LIMIT) {
    return fail(
      context,
      "UNSUPPORTED",
      `A power of a matrix needs a whole exponent from -${POWER_LIMIT} to ${POWER_LIMIT}.`,
      tree.right.span,
    );
  }
  if (exponent === 0) return oriented("matrix", algebra.identityLike(left.value));
  const base = exponent < 0 ? algebra.apply("inverse", [left.value]) : left.value;
  return oriented("matrix", repeated(context, base, Math.abs(exponent)), left.transposed);
}

/** A^k by squaring. */
function repeated<T>({ algebra }: Context<T>, base: T, exponent: number): T {
  let result: T | undefined;
  let square = base;
  for (let rest = exponent; ;) {
    if (rest % 2 === 1) result = result === undefined ? square : algebra.apply("matmul", [result, square]);
    rest = Math.floor(rest / 2);
    if (rest === 0) return result!;
    square = algebra.apply("matmul", [square, square]);
  }
}

function wholeExponent<T>(
  { algebra }: Context<T>,
  tree: NotationNode,
  value: Oriented<T>,
): number | undefined {
  if (tree.kind === "negate") {
    const size = tree.operand.kind === "number" ? Number(tree.operand.text) : undefined;
    return size !== undefined && Number.isInteger(size) ? -size : algebra.wholeNumber(value.value);
  }
  if (tree.kind === "number") return Number.isInteger(Number(tree.text)) ? Number(tree.text) : undefined;
  return tree.kind === "placeholder" ? algebra.wholeNumber(value.value) : undefined;
}

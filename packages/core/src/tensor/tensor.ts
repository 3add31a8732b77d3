import type { Interpreter } from "../dispatch/interpreter.ts";
import { escaped } from "../dispatch/level.ts";
import { FluxionError } from "../errors.ts";
import { formatTensor } from "./format.ts";
import { SCALAR_SHAPE, type Shape, sizeOf } from "./shape.ts";

/** Found on the tensors of every copy of core, with the version of their layout as its value. */
const TENSOR_BRAND: unique symbol = Symbol.for("fluxion.tensor") as never;

/** Goes up when copies of core can no longer read each other's tensors. */
const TENSOR_VERSION = 1;

/** Nested arrays of numbers, as `tensor` takes and `toArray` gives them. */
export type NestedArray = number | readonly NestedArray[];

/**
 * A shape and float64 values in row-major order, of any rank; rank 0 is a scalar.
 *
 * Concrete tensors, duals, tape entries and graph nodes are all of this one class, constructed with the same fields in
 * the same order, so that every call site of an operator stays monomorphic.
 *
 * Reading numbers (`item`, `data`, `toArray`, comparisons, arithmetic with JavaScript's operators) throws
 * `NOT_CONCRETE` while a strategy traces the value; control flow reads `primal(x)`.
 *
 * @example
 * import { tensor } from "@fluxion/core";
 * const A = tensor([[1, 2, 3], [4, 5, 6]]);
 * A.shape; // => [2,3]
 * A.toArray(); // => [[1,2,3],[4,5,6]]
 */
export class Tensor {
  /** The lengths of the axes, outermost first; read-only, as the storage belongs to it. */
  readonly shape: Shape;
  /** @internal The number of a concrete scalar, NaN for every other tensor; read `item()` instead. */
  readonly value: number;
  /** @internal The entries of a concrete tensor of rank > 0, contiguous; read `data` instead. */
  readonly store: Float64Array | null;
  /** 0 for a concrete tensor, else the level of its interpreter. */
  readonly level: number;
  /** Who interprets operators on this value; null for a concrete tensor. */
  readonly interpreter: Interpreter | null;
  /** The value one level down that this one stands for, where there is one. */
  readonly primal: Tensor | null;
  /** What the interpreter keeps with the value (a tangent, a tape index, a graph node). */
  extra: unknown;

  constructor(
    shape: Shape,
    value: number,
    store: Float64Array | null,
    level: number,
    interpreter: Interpreter | null,
    primal: Tensor | null,
    extra: unknown,
  ) {
    this.shape = shape;
    this.value = value;
    this.store = store;
    this.level = level;
    this.interpreter = interpreter;
    this.primal = primal;
    this.extra = extra;
  }

  get rank(): number {
    return this.shape.length;
  }

  get size(): number {
    return sizeOf(this.shape);
  }

  /** The entries in row-major order; don't write into them. Throws `NOT_CONCRETE`. */
  get data(): Readonly<Float64Array> {
    if (this.level !== 0) throw notConcrete(this, "data");
    return this.store ?? Float64Array.of(this.value);
  }

  /** The number of a tensor with one entry. Throws `NOT_SCALAR`, `NOT_CONCRETE`. */
  item(): number {
    if (this.level !== 0) throw notConcrete(this, "item()");
    if (this.store === null) return this.value;
    if (this.store.length !== 1)
      throw new FluxionError(
        "NOT_SCALAR",
        `item() reads a tensor with one entry; this one has the shape [${this.shape.join(",")}]. Use toArray() or data, or reduce it first.`,
      );
    return this.store[0]!;
  }

  /** Nested arrays of numbers of this shape; a number for a scalar. Throws `NOT_CONCRETE`. */
  toArray(): NestedArray {
    if (this.level !== 0) throw notConcrete(this, "toArray()");
    if (this.store === null) return this.value;
    const store = this.store;
    const shape = this.shape;
    let position = 0;
    const nest = (axis: number): NestedArray =>
      axis === shape.length ? store[position++]! : Array.from({ length: shape[axis]! }, () => nest(axis + 1));
    return nest(0);
  }

  /** Printed like NumPy, long axes abbreviated; a traced value says what it is and shows no numbers. */
  toString(): string {
    return this.level === 0
      ? formatTensor(this.shape, this.data)
      : `Tensor(shape [${this.shape.join(",")}], traced by ${this.interpreter?.name ?? "nobody"})`;
  }

  /** What `JSON.stringify` writes: the nested arrays. */
  toJSON(): NestedArray {
    return this.toArray();
  }

  /** A concrete scalar converts to its number; a traced value refuses, so that `x * x` can't silently be constant. */
  [Symbol.toPrimitive](hint: string): number | string {
    if (this.level !== 0)
      throw notConcrete(
        this,
        hint === "string" ? "conversion to text" : "arithmetic or comparison with JavaScript's operators",
      );
    return hint === "string" ? this.toString() : this.item();
  }
}

Object.defineProperty(Tensor.prototype, TENSOR_BRAND, { value: TENSOR_VERSION });
// What Node's console.log shows.
Object.defineProperty(Tensor.prototype, Symbol.for("nodejs.util.inspect.custom"), {
  value(this: Tensor): string {
    return this.toString();
  },
});

function notConcrete(x: Tensor, asked: string): FluxionError {
  if (x.interpreter !== null && !x.interpreter.open) return escaped(x.interpreter);
  const who = x.interpreter?.name ?? "a strategy";
  return new FluxionError(
    "NOT_CONCRETE",
    `${asked} reads numbers out of a value of shape [${x.shape.join(",")}] that ${who} is tracing; a number read here would be ` +
      "a constant, with derivative 0. Use the operators of @fluxion/core (mul(x, x), where(greater(x, 0), …)); " +
      (x.primal === null
        ? "f runs once for all values, so choose with where(condition, a, b) instead of control flow."
        : "for control flow read primal(x)."),
  );
}

/** True for tensors of this and of every compatible copy of core. */
export function isTensor(x: unknown): x is Tensor {
  return x instanceof Tensor || versionOf(x) === TENSOR_VERSION;
}

/** Throws `VERSION` for a tensor of an incompatible copy of core. */
export function checkVersion(x: unknown): void {
  const version = versionOf(x);
  if (version !== undefined && version !== TENSOR_VERSION)
    throw new FluxionError(
      "VERSION",
      `found a tensor of another version of @fluxion/core (tensor layout ${String(version)}, this copy has ${TENSOR_VERSION}). ` +
        "Two incompatible copies are installed: see `npm ls @fluxion/core`, let all packages ask for the same version, and run `npm dedupe`.",
    );
}

function versionOf(x: unknown): unknown {
  return typeof x === "object" && x !== null ? (x as { [TENSOR_BRAND]?: unknown })[TENSOR_BRAND] : undefined;
}

/** A concrete scalar. */
export function scalar(value: number): Tensor {
  return new Tensor(SCALAR_SHAPE, value, null, 0, null, null, null);
}

/** A concrete tensor over storage that nobody else writes to; rank 0 takes its number from the first entry. */
export function concrete(store: Float64Array, shape: Shape): Tensor {
  return shape.length === 0
    ? new Tensor(SCALAR_SHAPE, store[0]!, null, 0, null, null, null)
    : new Tensor(shape, NaN, store, 0, null, null, null);
}

/** The same numbers in storage of their own, shared with no argument, capture or slab; a traced value stays what it is. */
export function detached(x: Tensor): Tensor {
  return x.level === 0 && x.store !== null ? concrete(x.store.slice(), x.shape) : x;
}

/** A value of an interpreter; `primal` is the value one level down, or null where none exists. Its `value` is NaN, so that no rule or program can take it for a number. */
export function traced(
  interpreter: Interpreter,
  shape: Shape,
  primal: Tensor | null,
  extra: unknown,
): Tensor {
  return new Tensor(shape, NaN, null, interpreter.level, interpreter, primal, extra);
}

import { stillOpen } from "../dispatch/level.ts";
import { FluxionError } from "../errors.ts";
import { asTensor, isNumeric, type Numeric } from "../tensor/numeric.ts";
import { formatShape, sameShape } from "../tensor/shape.ts";
import { concrete, isTensor, type Tensor } from "../tensor/tensor.ts";
import {
  flatten,
  flattenAs,
  formatStructure,
  isPlainObject,
  type Tree,
  type TreeStructure,
  unflatten,
} from "../tree/tree.ts";
import type { FlatFunction, Tangents } from "./definition.ts";
import type { Options } from "./types.ts";

/**
 * One call of a differentiation operator: the user's f and arguments as a flat function of flat inputs, and the way
 * back from flat results to what mirrors the arguments.
 */
export class Call {
  readonly asked: string;
  readonly inputs: readonly Tensor[];
  readonly f: FlatFunction;
  readonly #leaves: readonly Numeric[];
  readonly #inputStructure: TreeStructure;
  readonly #plain: () => unknown;
  #outputStructure: TreeStructure | null = null;
  #aux: unknown;

  constructor(asked: string, f: unknown, options: Options, args: readonly unknown[], scalar: boolean) {
    const call = f as (...args: readonly unknown[]) => unknown;
    const { selected, insert } = selectArguments(asked, options, args);
    const leaves: Numeric[] = [];
    const structure = flatten(asked, selected, leaves);
    this.asked = asked;
    this.#leaves = leaves;
    this.#inputStructure = structure;
    this.inputs = leaves.map(asTensor);
    this.#plain = () => call(...insert(unflatten(structure, this.inputs)));
    this.f = (inputs) => {
      const returned = call(...insert(unflatten(structure, inputs)));
      const results: Numeric[] = [];
      this.#outputStructure = flatten(
        `the result of f in ${asked}`,
        options.aux === true ? this.#takeAux(returned) : returned,
        results,
      );
      if (scalar) checkScalar(asked, this.#outputStructure, results);
      return results.map((result) => stillOpen(asTensor(result)));
    };
  }

  /** Flat tangents as the caller gave them for the inputs. Throws `TREE`, `SHAPE_MISMATCH`. */
  tangentsOfInputs(tree: unknown): Tangents {
    return directions(`the tangent given to ${this.asked}`, this.#inputStructure, tree, this.inputs);
  }

  /** Flat cotangents as the caller gave them for the outputs. Throws `TREE`, `SHAPE_MISMATCH`. */
  cotangentsOfOutputs(tree: unknown, values: readonly Tensor[]): Tangents {
    return directions(
      `the cotangent given to the pullback of ${this.asked}`,
      this.#outputStructure!,
      tree,
      values,
    );
  }

  /** Results that belong to the inputs, mirrored: a number for a number. */
  likeInputs(results: Tangents): Tree<number | Tensor> {
    const leaves = this.inputs.map((input, i) => {
      const result = leave(results[i] ?? zerosLike(input));
      return typeof this.#leaves[i] === "number" && result.level === 0 ? result.value : result;
    });
    return unflatten(this.#inputStructure, leaves);
  }

  /** Results that belong to the outputs: every leaf a tensor. */
  likeOutputs(results: Tangents, values: readonly Tensor[]): Tree<Tensor> {
    return unflatten(
      this.#outputStructure!,
      results.map((result, i) => leave(result ?? zerosLike(values[i]!))),
    );
  }

  /** Blocks `[output][input]`: y's structure outside, x's inside. */
  jacobian(blocks: readonly (readonly Tensor[])[]): Tree<Tensor> {
    return unflatten<Tree<Tensor>>(
      this.#outputStructure!,
      blocks.map((row) => unflatten(this.#inputStructure, row.map(leave))),
    );
  }

  /** Blocks `[input][input]`. */
  hessian(blocks: readonly (readonly Tensor[])[]): Tree<Tensor> {
    return unflatten<Tree<Tensor>>(
      this.#inputStructure,
      blocks.map((row) => unflatten(this.#inputStructure, row.map(leave))),
    );
  }

  /** What f returned beside its result, with the values under those that its level traced. */
  aux(): unknown {
    const lowered = lowerAll(this.#aux);
    // A level without primals (a traced graph) leaves nothing to read, so f is asked once more.
    return lowered.complete ? lowered.value : lowerAll(this.#takeAuxOnly(this.#plain())).value;
  }

  #takeAux(returned: unknown): unknown {
    if (!Array.isArray(returned) || returned.length !== 2)
      throw new FluxionError(
        "ARGUMENT",
        `${this.asked} with { aux: true } needs f to return [result, anything]; it returned ${Array.isArray(returned) ? `an array of length ${returned.length}` : typeof returned}.`,
      );
    this.#aux = returned[1];
    return returned[0];
  }

  #takeAuxOnly(returned: unknown): unknown {
    this.#takeAux(returned);
    return this.#aux;
  }
}

/** Throws `ARGUMENT` unless f is a function and options, where given, are an object of options. */
export function checkBinding(asked: string, f: unknown, options: unknown): void {
  if (typeof f !== "function")
    throw new FluxionError(
      "ARGUMENT",
      `${asked} takes the function to differentiate, found ${typeof f}. Write ${asked}(f)(x).`,
    );
  if (options !== undefined && !isPlainObject(options))
    throw new FluxionError(
      "ARGUMENT",
      `${asked}: the second argument is an object of options such as { argument: 1 }, found ${isNumeric(options) ? "a value" : options === null ? "null" : typeof options}. ` +
        `The arguments of f go into a second call: ${asked}(f)(x).`,
    );
}

function selectArguments(
  asked: string,
  options: Options,
  args: readonly unknown[],
): { selected: unknown; insert: (selected: unknown) => unknown[] } {
  const check = (position: number): number => {
    if (!Number.isInteger(position) || position < 0 || position >= args.length)
      throw new FluxionError(
        "ARGUMENT",
        `${asked}: argument ${position} is to be differentiated, but f was given ${args.length} arguments (counted from 0).`,
      );
    return position;
  };
  if (options.arguments !== undefined && options.argument !== undefined)
    throw new FluxionError(
      "ARGUMENT",
      `${asked}: the options name both argument and arguments. Use one of them.`,
    );
  if (options.arguments !== undefined) {
    const positions = options.arguments.map(check);
    if (new Set(positions).size !== positions.length)
      throw new FluxionError(
        "ARGUMENT",
        `${asked}: arguments [${positions.join(", ")}] names one twice. Name each once.`,
      );
    return {
      selected: positions.map((position) => args[position]),
      insert: (selected) =>
        args.map((argument, i) =>
          positions.includes(i) ? (selected as readonly unknown[])[positions.indexOf(i)] : argument,
        ),
    };
  }
  const position = check(options.argument ?? 0);
  return {
    selected: args[position],
    insert: (selected) => args.map((argument, i) => (i === position ? selected : argument)),
  };
}

function checkScalar(asked: string, structure: TreeStructure, results: readonly Numeric[]): void {
  if (structure.kind !== "leaf")
    throw new FluxionError(
      "NOT_SCALAR",
      `${asked} needs f to return one scalar, found the tree ${formatStructure(structure)}. Use jacobian(), or return one of its leaves.`,
    );
  const { shape } = asTensor(results[0]!);
  if (shape.length > 0)
    throw new FluxionError(
      "NOT_SCALAR",
      `${asked} needs f to return a scalar (shape []), found shape ${formatShape(shape)}. Use jacobian(), or sum() the result.`,
    );
}

function directions(
  what: string,
  structure: TreeStructure,
  tree: unknown,
  like: readonly Tensor[],
): Tangents {
  const leaves = flattenAs(what, structure, tree).map(asTensor);
  for (let i = 0; i < leaves.length; i++)
    if (!sameShape(leaves[i]!.shape, like[i]!.shape))
      throw new FluxionError(
        "SHAPE_MISMATCH",
        `${what} has the shape ${formatShape(leaves[i]!.shape)}${leaves.length > 1 ? ` at leaf ${i}` : ""}, what it belongs to has ${formatShape(like[i]!.shape)}. Give them the same shape.`,
      );
  return leaves;
}

function zerosLike(x: Tensor): Tensor {
  return concrete(new Float64Array(x.size), x.shape);
}

/** A result with storage of its own, shared with no argument, capture or slab. */
function leave(x: Tensor): Tensor {
  return x.level === 0 && x.store !== null ? concrete(x.store.slice(), x.shape) : x;
}

/** The value under the levels that have been closed, or null where one of them has none. */
export function lower(x: Tensor): Tensor | null {
  let under: Tensor | null = x;
  while (under !== null && under.interpreter !== null && !under.interpreter.open) under = under.primal;
  return under;
}

/** Every tensor in nested arrays and plain objects lowered; other values stay, and so does what contains itself. */
function lowerAll(
  value: unknown,
  around: readonly unknown[] = [],
): { readonly value: unknown; readonly complete: boolean } {
  if (isTensor(value)) {
    const lowered = lower(value);
    return { value: lowered === null ? null : leave(lowered), complete: lowered !== null };
  }
  if (around.includes(value)) return { value, complete: true };
  if (Array.isArray(value)) {
    const parts = value.map((part) => lowerAll(part, [...around, value]));
    return { value: parts.map((part) => part.value), complete: parts.every((part) => part.complete) };
  }
  if (isPlainObject(value)) {
    const parts = Object.entries(value).map(
      ([key, part]) => [key, lowerAll(part, [...around, value])] as const,
    );
    return {
      value: Object.fromEntries(parts.map(([key, part]) => [key, part.value])),
      complete: parts.every(([, part]) => part.complete),
    };
  }
  return { value, complete: true };
}

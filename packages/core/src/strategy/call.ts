import { stillOpen } from "../dispatch/level.ts";
import { FluxionError } from "../errors.ts";
import { found, given } from "../tensor/found.ts";
import { readOptions, readSwitch } from "../tensor/options.ts";
import { asTensor, isNumeric, type Numeric } from "../tensor/numeric.ts";
import { checkShape, formatShape, sameShape } from "../tensor/shape.ts";
import { concrete, detached, isTensor, type Tensor } from "../tensor/tensor.ts";
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

  /** f, which refuses results whose Jacobian there is no room for before anything else is computed. */
  jacobianFunction(): FlatFunction {
    return (inputs) => {
      const outputs = this.f(inputs);
      checkBlocks(this.asked, outputs, inputs);
      return outputs;
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
      const result = detached(results[i] ?? zerosLike(input));
      return typeof this.#leaves[i] === "number" && result.level === 0 ? result.value : result;
    });
    return unflatten(this.#inputStructure, leaves);
  }

  /** Results that belong to the outputs: every leaf a tensor. */
  likeOutputs(results: Tangents, values: readonly Tensor[]): Tree<Tensor> {
    return unflatten(
      this.#outputStructure!,
      results.map((result, i) => detached(result ?? zerosLike(values[i]!))),
    );
  }

  /** Blocks `[output][input]`: y's structure outside, x's inside. */
  jacobian(blocks: readonly (readonly Tensor[])[]): Tree<Tensor> {
    return unflatten<Tree<Tensor>>(
      this.#outputStructure!,
      blocks.map((row) => unflatten(this.#inputStructure, row.map(detached))),
    );
  }

  /** Blocks `[input][input]`. */
  hessian(blocks: readonly (readonly Tensor[])[]): Tree<Tensor> {
    return unflatten<Tree<Tensor>>(
      this.#inputStructure,
      blocks.map((row) => unflatten(this.#inputStructure, row.map(detached))),
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

/**
 * Throws `ARGUMENT` unless f is a function and options, where given, are an object of options that exist: core's, and
 * those that the strategy takes beside them.
 */
export function checkBinding(
  asked: string,
  f: unknown,
  options: unknown,
  extra: readonly string[] = [],
): void {
  if (typeof f !== "function")
    throw new FluxionError(
      "ARGUMENT",
      `${asked} takes the function to differentiate, found ${found(f)}. Write ${asked}(f)(x).`,
    );
  if (options === undefined) return;
  if (!isPlainObject(options))
    throw new FluxionError(
      "ARGUMENT",
      `${asked}: the second argument is an object of options such as { argument: 1 }, found ${isNumeric(options) ? "a value" : found(options)}. ` +
        `The arguments of f go into a second call: ${asked}(f)(x).`,
    );
  readOptions(asked, options, "argument", "arguments", "aux", ...extra);
  readSwitch(asked, "aux", options["aux"] as boolean | undefined);
  if (options["arguments"] !== undefined && !Array.isArray(options["arguments"]))
    throw new FluxionError(
      "ARGUMENT",
      `${asked}: arguments is an array of positions such as [0, 1], found ${found(options["arguments"])}. For one position write { argument: 0 }.`,
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
        `${asked}: argument ${given(position)} is to be differentiated, but f was given ${args.length} arguments (counted from 0).`,
      );
    return position;
  };
  if (options.arguments !== undefined && options.argument !== undefined)
    throw new FluxionError(
      "ARGUMENT",
      `${asked}: the options name both argument and arguments. Use one of them.`,
    );
  if (options.arguments !== undefined) {
    // Array.from, so that the holes of a sparse array are seen and refused.
    const positions = Array.from(options.arguments, check);
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
  const position = check(options.argument === undefined ? 0 : options.argument);
  return {
    selected: args[position],
    insert: (selected) => args.map((argument, i) => (i === position ? selected : argument)),
  };
}

/** Throws `LIMIT` when no storage could hold the derivatives of the outputs by the inputs, all blocks together. */
export function checkBlocks(asked: string, outputs: readonly Tensor[], inputs: readonly Tensor[]): void {
  for (const { shape: y } of outputs) for (const { shape: x } of inputs) checkShape(asked, [...y, ...x]);
  const rows = outputs.reduce((total, { size }) => total + size, 0);
  const columns = inputs.reduce((total, { size }) => total + size, 0);
  checkShape(`${asked} of ${rows} results by ${columns} numbers`, [rows, columns]);
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

/** The value under the levels that have been closed, or null where one of them has none. */
export function lower(x: Tensor): Tensor | null {
  let under: Tensor | null = x;
  while (under !== null && under.interpreter !== null && !under.interpreter.open) under = under.primal;
  return under;
}

/** What is nested deeper in aux stays as it is. */
const DEEPEST_AUX = 200;

interface Lowered {
  readonly value: unknown;
  readonly complete: boolean;
}

/** Every tensor in nested arrays and plain objects lowered; other values stay, and so does what contains itself. */
function lowerAll(value: unknown, known: Map<unknown, Lowered> = new Map(), depth: number = 0): Lowered {
  if (isTensor(value)) {
    const lowered = lower(value);
    return { value: lowered === null ? null : detached(lowered), complete: lowered !== null };
  }
  const same = { value, complete: true };
  if (depth > DEEPEST_AUX || (!Array.isArray(value) && !isPlainObject(value))) return same;
  const before = known.get(value);
  if (before !== undefined) return before;
  known.set(value, same);
  const entries = Array.isArray(value) ? Array.from(value.entries()) : Object.entries(value);
  const parts = entries.map(([key, part]) => [key, lowerAll(part, known, depth + 1)] as const);
  const lowered = {
    value: Array.isArray(value)
      ? parts.map(([, part]) => part.value)
      : Object.fromEntries(parts.map(([key, part]) => [key, part.value])),
    complete: parts.every(([, part]) => part.complete),
  };
  known.set(value, lowered);
  return lowered;
}

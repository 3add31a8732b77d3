import { stillOpen } from "../dispatch/level.ts";
import { FluxionError } from "../errors.ts";
import { asTensor, type Numeric } from "../tensor/numeric.ts";
import { concrete, detached, type Tensor } from "../tensor/tensor.ts";
import { flatten, flattenAs, type Tree, type TreeStructure, unflatten } from "../tree/tree.ts";
import { selectArguments } from "./binding.ts";
import { checkBlocks, checkScalar, directions } from "./checks.ts";
import type { FlatFunction, Tangents } from "./definition.ts";
import { lowerAll } from "./lower.ts";
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
      const [result, aux] = options.aux === true ? this.#pair(returned) : [returned, undefined];
      this.#aux = aux;
      const results = this.#leavesOf(result);
      if (scalar) checkScalar(asked, this.#outputStructure!, results);
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

  /** A tree like the differentiated arguments, with other leaves. */
  inputTree<Leaf>(leaves: readonly Leaf[]): Tree<Leaf> {
    return unflatten(this.#inputStructure, leaves);
  }

  /** A tree like the result of f, with other leaves. */
  outputTree<Leaf>(leaves: readonly Leaf[]): Tree<Leaf> {
    return unflatten(this.#outputStructure!, leaves);
  }

  /** What f returned beside its result, with the values under those that its level traced. */
  aux(): unknown {
    const lowered = lowerAll(this.#aux);
    // A level without primals (a traced graph) leaves nothing to read, so f is asked once more.
    return lowered.complete ? lowered.value : lowerAll(this.#pair(this.#plain())[1]).value;
  }

  /**
   * The leaves of a result of f, in the order of the first one: f may be called often, and a tree with other keys, or the
   * same in another order, is not to be mistaken for it. Throws `TREE`.
   */
  #leavesOf(result: unknown): Numeric[] {
    const what = `the result of f in ${this.asked}`;
    if (this.#outputStructure !== null) return flattenAs(what, this.#outputStructure, result);
    const leaves: Numeric[] = [];
    this.#outputStructure = flatten(what, result, leaves);
    return leaves;
  }

  /** The result and what was returned beside it. Throws `ARGUMENT`. */
  #pair(returned: unknown): readonly [result: unknown, aux: unknown] {
    if (!Array.isArray(returned) || returned.length !== 2)
      throw new FluxionError(
        "ARGUMENT",
        `${this.asked} with { aux: true } needs f to return [result, anything]; it returned ${Array.isArray(returned) ? `an array of length ${returned.length}` : typeof returned}.`,
      );
    return [returned[0], returned[1]];
  }
}

function zerosLike(x: Tensor): Tensor {
  return concrete(new Float64Array(x.size), x.shape);
}

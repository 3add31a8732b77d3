import {
  type Attributes, type ConstantNode, type CustomNode, evaluateFlat, FluxionError, fromData, full, type GraphNode, type Numeric, type OperatorName, operatorOf,
  type Shape, sizeOf, type Tensor, traceFlat,
} from "@fluxion/core"; // prettier-ignore
import type { Choice } from "./choice.ts";
import { refusal } from "./refusal.ts";
import { Refused } from "./refused.ts";
import { type GraphWithInputs, subgraph } from "./subgraph.ts";

/** Input leaves of a program, and their entries in all: finite differences pay for each. */
const MOST_INPUTS = 3;
const MOST_INPUT_ENTRIES = 12;

/** A program under construction, with the value of every node: nothing is added that isn't defined and smooth there. */
export class Builder {
  readonly choice: Choice;
  readonly nodes: GraphNode[] = [];
  readonly values: Tensor[] = [];
  /** How many operators have been added. */
  operators = 0;
  #inputs = 0;
  #inputEntries = 0;
  #used = new Set<number>();
  /** Whether a node depends on an input. */
  readonly #varies: boolean[] = [];

  /** Operators keep away from their kinks; otherwise numbers are small and whole, so that kinks are met. */
  readonly smooth: boolean;

  constructor(choice: Choice, smooth: boolean) {
    this.choice = choice;
    this.smooth = smooth;
  }

  /** Adds an operator. Throws `Refused` where its operands are outside its domain or near a kink. */
  add<N extends OperatorName>(name: N, inputs: readonly number[], attributes: Attributes<N>): number {
    if (!inputs.some((i) => this.#varies[i]!)) throw new Refused("all operands are constant");
    const operands = inputs.map((i) => this.values[i]!);
    const value = evaluated(name, operands, attributes);
    const reason = refusal(name, operands, attributes, value, this.smooth);
    if (reason !== null) throw new Refused(reason);
    for (const i of inputs) this.#used.add(i);
    this.operators++;
    return this.#push({ operator: name, inputs, attributes, shape: value.shape } as GraphNode, value);
  }

  /** Adds the operators that a function of core is made of. */
  inline(f: (...operands: Tensor[]) => Numeric, inputs: readonly number[]): number {
    const graph = traceFlat(
      (operands) => [f(...operands)],
      inputs.map((i) => this.shapeOf(i)),
    );
    const positions: number[] = [];
    for (const node of graph.nodes) {
      const operands = node.inputs.map((i: number) => positions[i]!);
      if (node.operator === "input") positions.push(inputs[node.attributes.index]!);
      else if (node.operator === "constant") positions.push(this.constant(node.attributes.value));
      else if (node.operator === "custom") positions.push(this.#addCustom(node, operands));
      else positions.push(this.add(node.operator, operands, node.attributes));
    }
    return positions[graph.outputs[0]!]!;
  }

  /** Adds a function with rules of its own: its values hide its derivative, so that it has no kinks to stay away from. */
  #addCustom(node: CustomNode, inputs: readonly number[]): number {
    for (const i of inputs) this.#used.add(i);
    this.operators++;
    const [value] = evaluateFlat(
      node.attributes.primal,
      inputs.map((i) => this.values[i]!),
    );
    return this.#push({ ...node, inputs }, value!);
  }

  constant(value: Tensor): number {
    const node: ConstantNode = {
      operator: "constant",
      inputs: [],
      attributes: { value },
      shape: value.shape,
    };
    return this.#push(node, value);
  }

  number(value: number): number {
    return this.constant(full([], value));
  }

  /** Numbers of a shape: a new input of the program while there is room, else a constant. */
  leaf(shape: Shape, low: number = -2, high: number = 2): number {
    const value = this.random(shape, low, high);
    if (this.#inputs >= MOST_INPUTS || this.#inputEntries + value.size > MOST_INPUT_ENTRIES)
      return this.constant(value);
    this.#inputEntries += value.size;
    return this.#push({ operator: "input", inputs: [], attributes: { index: this.#inputs++ }, shape }, value);
  }

  random(shape: Shape, low: number, high: number): Tensor {
    return fromData(
      Float64Array.from({ length: sizeOf(shape) }, () =>
        this.smooth ? this.choice.number(low, high) : this.choice.integer(-2, 2),
      ),
      shape,
    );
  }

  /** Mostly 2s and 3s; an axis of length 0 now and then. */
  randomShape(rank: number): Shape {
    const weights = [1, 3, 12, 12, 3];
    return Array.from({ length: rank }, () =>
      this.choice.weighted([0, 1, 2, 3, 4], (length) => weights[length]!),
    );
  }

  /** A node that satisfies the condition: one that nobody uses yet where there is one, often enough another. */
  find(condition: (shape: Shape) => boolean): number | null {
    const candidates = this.nodes
      .map((_, i) => i)
      .filter((i) => this.#varies[i]! && condition(this.shapeOf(i)));
    if (candidates.length === 0) return null;
    const fresh = candidates.filter((i) => !this.#used.has(i));
    return this.choice.one(fresh.length > 0 && this.choice.chance(70) ? fresh : candidates);
  }

  /** Any node, or now and then a new leaf. */
  any(): number {
    return (
      (this.choice.chance(85) ? this.find(() => true) : null) ??
      this.leaf(this.randomShape(this.choice.weighted([0, 1, 2, 3], (rank) => [2, 4, 4, 1][rank]!)))
    );
  }

  /** A node of at least this rank. */
  ofRank(least: number): number {
    return (
      this.find((shape) => shape.length >= least) ??
      this.leaf(this.randomShape(this.choice.chance(85) ? least : least + 1))
    );
  }

  /** A node of this shape: there already, reshaped, new, or stretched out of a scalar. */
  ofShape(shape: Shape): number {
    const same = (other: Shape): boolean => other.join() === shape.join();
    const found = this.choice.chance(75) ? this.find(same) : null;
    if (found !== null) return found;
    const reshapable = this.choice.chance(40)
      ? this.find((other) => sizeOf(other) === sizeOf(shape) && !same(other))
      : null;
    if (reshapable !== null) return this.add("reshape", [reshapable], { shape });
    const small = this.choice.chance(25) ? this.find((other) => other.length === 0) : null;
    if (small !== null) return this.add("mul", [small, this.constant(this.random(shape, 0.5, 1.5))], {});
    return this.leaf(shape);
  }

  /** A node that broadcasts with this one: of its shape, or with axes missing or of length 1. */
  partner(node: number): number {
    const shape = this.shapeOf(node);
    if (this.choice.chance(60)) return this.ofShape(shape);
    const stretched = shape
      .slice(this.choice.integer(0, shape.length))
      .map((length) => (this.choice.chance(30) ? 1 : length));
    return this.ofShape(stretched);
  }

  /** A node whose entries all lie in this interval: this one, or this one squashed into it. */
  within(node: number, low: number, high: number): number {
    if (this.values[node]!.data.every((entry) => low <= entry && entry <= high)) return node;
    const squashed = this.add("sigmoid", [node], {});
    return this.add("add", [this.add("mul", [squashed, this.number(high - low)], {}), this.number(low)], {});
  }

  shapeOf(node: number): Shape {
    return this.nodes[node]!.shape;
  }

  /** Nodes that no other node uses. */
  sinks(): readonly number[] {
    return this.nodes.map((_, i) => i).filter((i) => !this.#used.has(i));
  }

  /** Runs an attempt; what it added is taken back when it is refused. */
  attempt(build: () => number): number {
    const [length, operators, inputs, inputEntries, used] = [
      this.nodes.length,
      this.operators,
      this.#inputs,
      this.#inputEntries,
      new Set(this.#used),
    ];
    try {
      return build();
    } catch (error) {
      this.nodes.length = length;
      this.values.length = length;
      this.#varies.length = length;
      this.operators = operators;
      this.#inputs = inputs;
      this.#inputEntries = inputEntries;
      this.#used = used;
      throw error;
    }
  }

  /** The graph of one node, without what it doesn't use, and the values of its inputs. */
  finish(output: number): GraphWithInputs {
    return subgraph(this.nodes, this.values, output);
  }

  #push(node: GraphNode, value: Tensor): number {
    this.values.push(value);
    this.#varies.push(node.operator === "input" || node.inputs.some((i) => this.#varies[i]!));
    return this.nodes.push(node) - 1;
  }
}

/** The value of an operator. Throws `Refused` where it has none, as a singular matrix has no inverse. */
function evaluated(name: OperatorName, operands: readonly Tensor[], attributes: object): Tensor {
  try {
    return operatorOf(name).evaluate(operands, attributes);
  } catch (error) {
    if (error instanceof FluxionError && error.code === "DOMAIN") throw new Refused("outside its domain");
    throw error;
  }
}

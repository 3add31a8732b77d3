import { FluxionError } from "@fluxion/core";
import { chooseBranches, choiceOf, intoBranches } from "./rules/choice.ts";
import type { Dimensions, Elementwise, Factor, Head, Product, TensorNode, Variable } from "./ir/node.ts";
import { dimensionOfNode } from "./ir/dimension.ts";
import { partsOf, reachable } from "./ir/node.ts";
import { axes, einsum, isZeroNode, number, type LooseFactor } from "./ir/product.ts";
import * as Q from "./ir/rational.ts";
import { delta, require, type Store } from "./ir/store.ts";
import { sum } from "./ir/sum.ts";
import { gather } from "./ir/varying.ts";
import { headRules } from "./rules/head.ts";
import { kinks, operandNames } from "./rules/elementwise.ts";
import { instantiate, partial } from "./rules/instantiate.ts";

/** One rule that was applied: `after` is the derivative of `before`. */
export interface Application {
  readonly rule: string;
  readonly before: TensorNode;
  readonly after: TensorNode;
}

/** What a rule needs: the derivative of a part, of shape [...part, ...wrt]. */
export interface Differentiation {
  readonly store: Store;
  readonly wrt: Variable;
  readonly derivativeOf: (part: TensorNode) => TensorNode;
}

/**
 * ∂node/∂wrt, of shape [...node, ...wrt].
 *
 * Nodes are visited parts first, each once, so shared subexpressions cost nothing and depth does not matter. What is
 * recorded is told after the fact, so recording cannot change the result.
 */
export function differentiate(
  store: Store,
  node: TensorNode,
  wrt: Variable,
  record: (application: Application) => void = () => undefined,
): TensorNode {
  const derivatives = new Map<number, TensorNode>();
  const depends = new Set<number>();
  const context: Differentiation = { store, wrt, derivativeOf: (part) => derivatives.get(part.id)! };
  for (const part of reachable(node)) {
    const dims = [...part.dims, ...wrt.dims];
    if (part === wrt || partsOf(part).some((inner) => depends.has(inner.id))) {
      depends.add(part.id);
      const after = derivative(context, part, dims);
      derivatives.set(part.id, after);
      record({ rule: ruleName(part, depends), before: part, after });
    } else {
      derivatives.set(part.id, number(store, Q.zero, dims));
    }
  }
  return derivatives.get(node.id)!;
}

/** What the rule for a node is called. */
function ruleName(node: TensorNode, depends: ReadonlySet<number>): string {
  switch (node.kind) {
    case "sum":
      return "sum rule";
    case "elementwise":
      return `derivative of ${node.name}`;
    case "head":
      return `differential of ${node.name}`;
    case "product": {
      const moving = node.factors.filter((factor) => depends.has(factor.node.id));
      if (moving.length > 1) return "product rule";
      return Q.isOne(moving[0]!.power) ? "linearity" : "power rule";
    }
    default:
      return "the variable itself";
  }
}

/** One step of differentiation, for a node that depends on wrt. */
function derivative(context: Differentiation, node: TensorNode, dims: Dimensions): TensorNode {
  const { store, derivativeOf } = context;
  switch (node.kind) {
    case "variable":
      return unit(context, dims);
    case "sum":
      return sum(store, node.terms.map((term) => ({ ...term, node: derivativeOf(term.node) })), dims); // prettier-ignore
    case "product":
      return productRule(context, node, dims);
    case "elementwise":
      return elementwiseRule(context, node, dims);
    case "head":
      return headRule(context, node, dims);
    case "constant":
    case "delta":
    case "merge":
      throw new FluxionError("UNSUPPORTED", `A constant cannot depend on ${context.wrt.name}.`);
  }
}

/** ∂X_ij/∂X_kl = δ_ik δ_jl */
function unit({ store, wrt }: Differentiation, dims: Dimensions): TensorNode {
  const rank = wrt.dims.length;
  const factors = wrt.dims.map((dimension, k) => ({ node: delta(store, dimension), indices: [k, rank + k] }));
  return einsum(store, Q.one, factors, axes(dims.length), dims);
}

/** ∂(c·Π f^p) = Σ c·p·f^(p−1)·∂f·Π others, one term for each factor that depends on wrt. */
function productRule(
  { store, wrt, derivativeOf }: Differentiation,
  node: Product,
  dims: Dimensions,
): TensorNode {
  const shift = node.dims.length + node.bound.length;
  const added = wrt.dims.map((_, k) => shift + k);
  const out = [...axes(node.dims.length), ...added];
  const terms = node.factors.flatMap((factor: Factor) => {
    const inner = derivativeOf(factor.node);
    if (isZeroNode(inner)) return [];
    const others = node.factors.filter((other) => other !== factor);
    // √u exists at 0, where its derivative does not.
    if (Q.compare(factor.power, Q.zero) > 0 && Q.compare(factor.power, Q.one) < 0)
      require(store, factor.node, ">", 0);
    const coefficient = Q.multiply(node.coefficient, factor.power);
    const term = intoBranches(store, inner, (branch) => {
      const factors: LooseFactor[] = [
        ...others,
        { ...factor, power: Q.subtract(factor.power, Q.one) },
        { node: branch, indices: [...factor.indices, ...added] },
      ];
      return einsum(store, coefficient, factors, out, dims);
    });
    return [{ coefficient: Q.one, node: term }];
  });
  return sum(store, terms, dims);
}

/** ∂f(u, v) = f_u(u, v) ∂u + f_v(u, v) ∂v, elementwise: the partials share the indices of f. */
function elementwiseRule(
  { store, wrt, derivativeOf }: Differentiation,
  node: Elementwise,
  dims: Dimensions,
): TensorNode {
  const rank = node.dims.length;
  const added = wrt.dims.map((_, k) => rank + k);
  const moving = node.operands.map(derivativeOf);
  noteKinks(store, node, moving);
  if (node.name === "polygamma" && !isZeroNode(moving[0]!)) {
    throw new FluxionError(
      "UNSUPPORTED",
      `The order of polygamma is a whole number; there is no derivative by it, and it depends on ${wrt.name}.`,
    );
  }
  const choice = choiceOf(store, node);
  if (choice !== undefined) return chooseBranches(store, choice, node, moving, dims);
  const terms = node.operands.flatMap((_, position) => {
    const inner = moving[position]!;
    if (isZeroNode(inner)) return [];
    const outer = partial(store, node.name, position, node.operands);
    return [{ coefficient: Q.one, node: chain(store, rank, added, outer, inner, dims) }];
  });
  return sum(store, terms, dims);
}

/** outer ⊙ ∂u, where outer has the indices of u; a choice between scalars stays outside. */
function chain(
  store: Store,
  rank: number,
  added: readonly number[],
  outer: TensorNode,
  inner: TensorNode,
  dims: Dimensions,
): TensorNode {
  return intoBranches(store, inner, (branch) => {
    const factors = [
      { node: outer, indices: axes(rank) },
      { node: branch, indices: [...axes(rank), ...added] },
    ];
    return einsum(store, Q.one, factors, axes(dims.length), dims);
  });
}

/** Lists where the rule does not hold, or would hold where the function does not exist. */
function noteKinks(store: Store, node: Elementwise, moving: readonly TensorNode[]): void {
  for (const { condition, operand } of kinks[node.name] ?? []) {
    if ((operand === undefined ? moving : [moving[operand]!]).every(isZeroNode)) continue;
    if (node.name === "pow" && operand === 0 && isLength(store, node.operands[1]!)) continue;
    const [left, relation, right] = condition.split(/ (~=|>=|>|<) /);
    const side = (text: string): TensorNode =>
      instantiate(store, text, operandNames(node.name), node.operands);
    require(store, side(left!), relation as "~=", /^-?\d+$/.test(right!) ? Number(right) : side(right!));
  }
}

/** Whether an exponent is the length of an axis, which is 1 or more: such a power has a derivative everywhere. */
const isLength = (store: Store, exponent: TensorNode): boolean =>
  dimensionOfNode(gather(store, exponent)) !== undefined;

function headRule(context: Differentiation, node: Head, dims: Dimensions): TensorNode {
  const { store, wrt, derivativeOf } = context;
  const inner = derivativeOf(node.operand);
  const rule = headRules[node.name];
  const shift = 16;
  const added = wrt.dims.map((_, k) => shift + k);
  const terms = rule(store, node).map(({ coefficient, factors, out, inner: place }) => ({
    coefficient: Q.one,
    node: einsum(
      store,
      coefficient,
      [...factors, { node: inner, indices: [...place, ...added] }],
      [...out, ...added],
      dims,
    ),
  }));
  return sum(store, terms, dims);
}

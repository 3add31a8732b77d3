import type { NotationNode } from "@fluxion/core";
import { binary, fraction, integer, negateTree } from "../display/tree.ts";
import type { Factor, Sum, TensorNode } from "../ir/node.ts";
import * as Q from "../ir/rational.ts";
import { signature, size } from "../ir/sum.ts";
import { scalarPower } from "./power.ts";
import type { Form } from "./reader.ts";

/** How the user wrote a node, and how it stands there. */
export interface Origin {
  readonly node: TensorNode;
  readonly tree: NotationNode;
  readonly form: Form;
}

/** The user's own words by the id of their node. */
export type Origins = ReadonlyMap<number, Origin>;

/** The user's words for products that a call stands for, such as det(A*B) or mean(x), and for multiples of sums. */
export interface Words {
  readonly calls: readonly (Origin & {
    readonly factors: readonly Factor[];
    readonly coefficient: Q.Rational;
  })[];
  /** By the signature of the sum without its content. */
  readonly sums: ReadonlyMap<string, Origin & { readonly size: Q.Rational }>;
}

const found = new WeakMap<Origins, Words & { readonly size: number }>();

export function wordsOf(origins: Origins): Words {
  const known = found.get(origins);
  if (known?.size === origins.size) return known;
  const words = { ...collect(origins), size: origins.size };
  found.set(origins, words);
  return words;
}

function collect(origins: Origins): Words {
  const calls = [...origins.values()].flatMap((origin) =>
    origin.node.kind === "product" && origin.tree.kind === "call" && origin.node.bound.length === 0
      ? [{ ...origin, factors: origin.node.factors, coefficient: origin.node.coefficient }]
      : [],
  );
  const sums = [...origins.values()].flatMap(({ node, tree, form }) => {
    if (node.kind !== "sum") return [];
    const content = size(node);
    return [[signature(node, content), { node, tree, form, size: content }]] as const;
  });
  return { calls, sums: new Map(sums) };
}

/** A multiple of a sum that the user wrote: the words, and what multiplies them. */
export function multipleOfWords(
  { sums }: Words,
  node: Sum,
): { readonly origin: Origin; readonly coefficient: Q.Rational } | undefined {
  if (sums.size === 0) return undefined;
  const content = size(node);
  const same = sums.get(signature(node, content));
  if (same !== undefined) return { origin: same, coefficient: Q.divide(content, same.size) };
  const opposite = sums.get(signature(node, Q.negate(content)));
  return opposite && { origin: opposite, coefficient: Q.negate(Q.divide(content, opposite.size)) };
}

/** coefficient · tree */
export function scaledTree(coefficient: Q.Rational, tree: NotationNode): NotationNode {
  const { numerator, denominator } = Q.absolute(coefficient);
  const over = numerator === 1n ? tree : binary("*", integer(numerator), tree);
  const positive = denominator === 1n ? over : binary("/", over, integer(denominator));
  if (!Q.isNegative(coefficient)) return positive;
  return numerator === 1n ? negateTree(positive) : binary("*", fraction(Q.rational(-numerator)), tree);
}

/** Scalar factors with the user's words for some of them, and the coefficient that is left. */
export function inWords(
  { calls }: Words,
  coefficient: Q.Rational,
  factors: readonly Factor[],
): {
  readonly coefficient: Q.Rational;
  readonly factors: readonly Factor[];
  readonly over: NotationNode[];
  readonly under: NotationNode[];
} {
  let [left, rest] = [coefficient, factors];
  const [over, under]: [NotationNode[], NotationNode[]] = [[], []];
  for (const call of calls) {
    const power = commonPower(call.factors, rest);
    if (power === undefined) continue;
    const divisor = Q.isOne(call.coefficient)
      ? Q.one
      : Q.isInteger(power)
        ? Q.power(call.coefficient, power.numerator)
        : undefined;
    if (divisor === undefined) continue;
    left = Q.divide(left, divisor);
    rest = rest.filter((factor) => !call.factors.some((own) => own.node === factor.node));
    (Q.isNegative(power) ? under : over).push(scalarPower(call.tree, Q.absolute(power)));
  }
  return { coefficient: left, factors: rest, over, under };
}

/** p, if the factors contain every one of these to its own power times p. */
function commonPower(wanted: readonly Factor[], factors: readonly Factor[]): Q.Rational | undefined {
  let power: Q.Rational | undefined;
  for (const own of wanted) {
    const found = factors.find((factor) => factor.node === own.node);
    if (found === undefined) return undefined;
    const ratio = Q.divide(found.power, own.power);
    if (power !== undefined && !Q.equals(power, ratio)) return undefined;
    power = ratio;
  }
  return power;
}

import { elementwise } from "../ir/elementwise.ts";
import type { Sum, TensorNode, Term } from "../ir/node.ts";
import { einsum, scale, type LooseFactor } from "../ir/product.ts";
import * as Q from "../ir/rational.ts";
import type { Store } from "../ir/store.ts";
import { sum } from "../ir/sum.ts";
import type { ElementwiseName } from "../rules/elementwise.ts";
import { factorsOf, isCall, LONGEST, operandsOf, type Rewriting } from "./atoms.ts";
import { exponentialPairs } from "./pairs.ts";

/** Sums with the terms of an identity replaced by what they add up to, or with squares expressed by one another. */
export function sumIdentities(store: Store, node: Sum): readonly Rewriting[] {
  if (node.dims.length > 0 || node.terms.length > LONGEST) return [];
  return [
    ...squareNames.flatMap((name) =>
      operandsOf(node.terms, new Set([name])).map(
        (operand) => () => otherSquares(store, node, name, operand),
      ),
    ),
    ...operandsOf(node.terms, SIGMOID).map((operand) => () => complementary(store, node, operand)),
    () => exponentialPairs(store, node),
    () => tangentsOut(store, node),
  ];
}

const SIGMOID: ReadonlySet<ElementwiseName> = new Set(["sigmoid"]);

/** name² = constant + sign·partner² */
const squares: { readonly [N in ElementwiseName]?: { readonly partner: ElementwiseName; readonly constant: 1 | -1; readonly sign: 1 | -1 } } = {
  sin: { partner: "cos", constant: 1, sign: -1 },
  cos: { partner: "sin", constant: 1, sign: -1 },
  sinh: { partner: "cosh", constant: -1, sign: 1 },
  cosh: { partner: "sinh", constant: 1, sign: 1 },
}; // prettier-ignore
const squareNames = Object.keys(squares) as ElementwiseName[];

/** Every square of name(operand) written with its partner; odd powers keep one factor. */
function otherSquares(
  store: Store,
  node: Sum,
  name: ElementwiseName,
  operand: TensorNode,
): TensorNode | undefined {
  const { partner, constant, sign } = squares[name]!;
  const other = elementwise(store, partner, [operand]);
  let changed = false;
  const terms = node.terms.flatMap((term): readonly Term[] => {
    const square = factorsOf(term.node).find(
      (factor) =>
        isCall(factor, name) && factor.node.operands[0] === operand && Q.compare(factor.power, Q.two) >= 0,
    );
    if (square === undefined) return [term];
    changed = true;
    const half = Number(square.power.numerator / 2n);
    const rest: readonly LooseFactor[] = factorsOf(term.node).map((factor) =>
      factor === square ? { ...square, power: Q.rational(square.power.numerator % 2n) } : factor,
    );
    return binomials(half, constant, sign).map(({ coefficient, power }) => ({
      coefficient: Q.multiply(term.coefficient, coefficient),
      node: einsum(store, Q.one, [...rest, { node: other, indices: [], power: Q.rational(2 * power) }], [], []), // prettier-ignore
    }));
  });
  return changed ? sum(store, terms, []) : undefined;
}

/** (constant + sign·t)^n by powers of t. */
function binomials(
  n: number,
  constant: 1 | -1,
  sign: 1 | -1,
): readonly { readonly coefficient: Q.Rational; readonly power: number }[] {
  let binomial = 1;
  return Array.from({ length: n + 1 }, (_, k) => {
    if (k > 0) binomial = (binomial * (n - k + 1)) / k;
    const flips = (constant < 0 ? n - k : 0) + (sign < 0 ? k : 0);
    return { coefficient: Q.rational(flips % 2 === 0 ? binomial : -binomial), power: k };
  });
}

/** sigmoid(−u) = 1 − sigmoid(u) in every term. */
function complementary(store: Store, node: Sum, operand: TensorNode): TensorNode | undefined {
  const opposite = scale(store, Q.minusOne, operand);
  const replaced = elementwise(store, "sigmoid", [operand]);
  const kept = elementwise(store, "sigmoid", [opposite]);
  let changed = false;
  const terms = node.terms.flatMap((term): readonly Term[] => {
    const found = factorsOf(term.node).find((factor) => factor.node === replaced);
    if (found === undefined || !Q.isInteger(found.power) || Q.isNegative(found.power)) return [term];
    changed = true;
    const rest = factorsOf(term.node).filter((factor) => factor !== found);
    return binomials(Number(found.power.numerator), 1, -1).map(({ coefficient, power }) => ({
      coefficient: Q.multiply(term.coefficient, coefficient),
      node: einsum(store, Q.one, [...rest, { node: kept, indices: [], power: Q.rational(power) }], [], []),
    }));
  });
  return changed ? sum(store, terms, []) : undefined;
}

/** Every tan as sin/cos, over a common denominator later on: sin/cos² + tan² + 1 = (sin + 1)/cos². */
function tangentsOut(store: Store, node: Sum): TensorNode | undefined {
  let changed = false;
  const terms = node.terms.map((term): Term => {
    const factors = factorsOf(term.node).flatMap((factor): readonly LooseFactor[] => {
      if (!isCall(factor, "tan") && !isCall(factor, "tanh")) return [factor];
      changed = true;
      const [sine, cosine] =
        factor.node.name === "tan" ? (["sin", "cos"] as const) : (["sinh", "cosh"] as const);
      return [
        { node: elementwise(store, sine, factor.node.operands), indices: [], power: factor.power },
        {
          node: elementwise(store, cosine, factor.node.operands),
          indices: [],
          power: Q.negate(factor.power),
        },
      ];
    });
    return { ...term, node: einsum(store, Q.one, factors, [], []) };
  });
  return changed ? sum(store, terms, []) : undefined;
}

import { elementwise } from "../ir/elementwise.ts";
import type { Factor, Sum, TensorNode, Term } from "../ir/node.ts";
import { einsum, scale } from "../ir/product.ts";
import * as Q from "../ir/rational.ts";
import type { Store } from "../ir/store.ts";
import { minus, plus, sum } from "../ir/sum.ts";
import type { ElementwiseName } from "../rules/elementwise.ts";
import { factorsOf, isCall, LONGEST, type Call, type Rewriting } from "./atoms.ts";

/** Sums of squares and of products as functions of a double angle, of a sum or of a difference. */
export const multipleAngles = (store: Store, node: TensorNode): readonly Rewriting[] =>
  node.kind !== "sum" || node.dims.length > 0 || node.terms.length > LONGEST
    ? []
    : [() => pairwise(store, node, doubleAngle), () => pairwise(store, node, angleSum)];

/** Sums of exponentials as hyperbolic functions, and the other way round. */
export const exponentialPairs = (store: Store, node: Sum): TensorNode | undefined =>
  pairwise(store, node, exponentialPair);

/** What two terms are together; undefined where they are no pair. */
type Pair = (store: Store, first: Term, second: Term) => Term | undefined;

/** Every pair that fits replaced; each replacement removes a term. */
function pairwise(store: Store, node: Sum, join: Pair): TensorNode | undefined {
  let terms = node.terms;
  for (let changed = true; changed;) {
    changed = false;
    search: for (const first of terms) {
      for (const second of terms) {
        const joined = first === second ? undefined : join(store, first, second);
        if (joined === undefined) continue;
        terms = [...terms.filter((term) => term !== first && term !== second), joined];
        changed = true;
        break search;
      }
    }
  }
  return terms === node.terms ? undefined : sum(store, terms, []);
}

const without = (store: Store, node: TensorNode, removed: readonly Factor[]): TensorNode =>
  einsum(
    store,
    Q.one,
    factorsOf(node).filter((factor) => !removed.some((gone) => gone.node === factor.node)),
    [],
    [],
  );

/** r·cos² − r·sin² = r·cos(2u), r·cosh² + r·sinh² = r·cosh(2u), r − 2r·sin² = r·cos(2u), 2r·cos² − r = r·cos(2u) */
const doubleAngle: Pair = (store, first, second) => {
  for (const factor of factorsOf(first.node)) {
    if (factor.node.kind !== "elementwise" || !Q.equals(factor.power, Q.two)) continue;
    const [operand] = factor.node.operands as readonly [TensorNode];
    const rest = without(store, first.node, [factor]);
    for (const rule of doubles[factor.node.name] ?? []) {
      const partner = rule.partner && elementwise(store, rule.partner, [operand]);
      const wanted =
        partner === undefined
          ? rest
          : einsum(store, Q.one, [{ node: rest, indices: [] }, { node: partner, indices: [], power: Q.two }], [], []); // prettier-ignore
      if (second.node !== wanted) continue;
      if (!Q.equals(second.coefficient, Q.multiply(first.coefficient, rule.ratio))) continue;
      const whole = elementwise(store, rule.result, [scale(store, Q.two, operand)]);
      return { coefficient: Q.multiply(first.coefficient, rule.scale), node: times2(store, rest, whole) };
    }
  }
  return undefined;
};

interface Double {
  /** The other square; the rest alone unless given. */
  readonly partner?: ElementwiseName;
  /** Coefficient of the other term over that of the square. */
  readonly ratio: Q.Rational;
  readonly scale: Q.Rational;
  readonly result: ElementwiseName;
}

const minusHalf = Q.rational(-1, 2);
const doubles: { readonly [N in ElementwiseName]?: readonly Double[] } = {
  cos: [
    { partner: "sin", ratio: Q.minusOne, scale: Q.one, result: "cos" },
    { ratio: minusHalf, scale: Q.half, result: "cos" },
  ],
  cosh: [
    { partner: "sinh", ratio: Q.one, scale: Q.one, result: "cosh" },
    { ratio: minusHalf, scale: Q.half, result: "cosh" },
  ],
  sin: [{ ratio: minusHalf, scale: minusHalf, result: "cos" }],
  sinh: [{ ratio: Q.half, scale: Q.half, result: "cosh" }],
};

const times2 = (store: Store, a: TensorNode, b: TensorNode): TensorNode =>
  einsum(store, Q.one, [{ node: a, indices: [] }, { node: b, indices: [] }], [], []); // prettier-ignore

/** r·cos a·cos b ∓ r·sin a·sin b = r·cos(a ± b), r·sin a·cos b ± r·cos a·sin b = r·sin(a ± b) */
const angleSum: Pair = (store, first, second) => {
  const sign = signOf(first, second);
  if (sign === undefined) return undefined;
  const [sines, cosines] = [callsOf(first, "sin"), callsOf(first, "cos")];
  const [otherSines, otherCosines] = [callsOf(second, "sin"), callsOf(second, "cos")];
  const match = (used: readonly Call[], other: readonly Call[]): boolean =>
    without(store, first.node, used) === without(store, second.node, other);
  for (const a of cosines) {
    for (const b of cosines) {
      const [x, y] = [a.node.operands[0]!, b.node.operands[0]!];
      if (x.id <= y.id) continue;
      const others = [x, y].map((angle) => otherSines.find((factor) => factor.node.operands[0] === angle));
      if (others.includes(undefined) || !match([a, b], others as Call[])) continue;
      const angle = sign > 0 ? minus(store, x, y) : plus(store, x, y);
      const rest = without(store, first.node, [a, b]);
      return {
        coefficient: first.coefficient,
        node: times2(store, rest, elementwise(store, "cos", [angle])),
      };
    }
  }
  for (const a of sines) {
    for (const b of cosines) {
      const [x, y] = [a.node.operands[0]!, b.node.operands[0]!];
      if (x === y) continue;
      const others = [
        otherCosines.find((factor) => factor.node.operands[0] === x),
        otherSines.find((factor) => factor.node.operands[0] === y),
      ];
      if (others.includes(undefined) || !match([a, b], others as Call[])) continue;
      const angle = sign > 0 ? plus(store, x, y) : minus(store, x, y);
      const rest = without(store, first.node, [a, b]);
      return {
        coefficient: first.coefficient,
        node: times2(store, rest, elementwise(store, "sin", [angle])),
      };
    }
  }
  return undefined;
};

/** Whether two terms have equal or opposite coefficients. */
const signOf = (first: Term, second: Term): 1 | -1 | undefined =>
  Q.equals(first.coefficient, second.coefficient)
    ? 1
    : Q.equals(first.coefficient, Q.negate(second.coefficient))
      ? -1
      : undefined;

const callsOf = (term: Term, name: ElementwiseName): readonly Call[] =>
  factorsOf(term.node).filter((factor): factor is Call => isCall(factor, name) && Q.isOne(factor.power));

/** r·cosh u ± r·sinh u = r·exp(±u); r·exp(u) ± r·exp(−u) = 2r·cosh(u) or 2r·sinh(u) */
const exponentialPair: Pair = (store, first, second) => {
  const sign = signOf(first, second);
  if (sign === undefined) return undefined;
  for (const a of [...callsOf(first, "cosh"), ...callsOf(first, "exp")]) {
    const [u] = a.node.operands as readonly [TensorNode];
    const opposite = scale(store, Q.minusOne, u);
    const hyperbolic = a.node.name === "cosh";
    const wanted = hyperbolic ? elementwise(store, "sinh", [u]) : elementwise(store, "exp", [opposite]);
    const split = factorsOf(second.node).find((factor) => factor.node === wanted && Q.isOne(factor.power));
    if (split === undefined || without(store, first.node, [a]) !== without(store, second.node, [split]))
      continue;
    const rest = without(store, first.node, [a]);
    const whole = hyperbolic
      ? elementwise(store, "exp", [sign > 0 ? u : opposite])
      : elementwise(store, sign > 0 ? "cosh" : "sinh", [u]);
    const coefficient = hyperbolic ? first.coefficient : Q.multiply(Q.two, first.coefficient);
    return { coefficient, node: times2(store, rest, whole) };
  }
  return undefined;
};

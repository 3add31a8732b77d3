import { elementwise } from "../ir/elementwise.ts";
import type { Product, Sum, TensorNode } from "../ir/node.ts";
import { einsum, number, type LooseFactor } from "../ir/product.ts";
import * as Q from "../ir/rational.ts";
import { require, type Store } from "../ir/store.ts";
import { sum } from "../ir/sum.ts";
import type { ElementwiseName } from "../rules/elementwise.ts";
import { isCall, isScalarProduct, type Rewriting } from "./atoms.ts";

/** Names that belong together: sin/cos = tan. */
interface Family {
  readonly sine: ElementwiseName;
  readonly cosine: ElementwiseName;
  readonly tangent: ElementwiseName;
  /** tangent² = sign·(1/cosine² − 1) */
  readonly sign: 1 | -1;
}

const families: readonly Family[] = [
  { sine: "sin", cosine: "cos", tangent: "tan", sign: 1 },
  { sine: "sinh", cosine: "cosh", tangent: "tanh", sign: -1 },
];

/** Products of sines, cosines and tangents of one angle with other members of the family. */
export function trigonometricProducts(store: Store, node: TensorNode): readonly Rewriting[] {
  if (!isScalarProduct(node)) return [];
  return families.flatMap((family) =>
    anglesOf(node, family).flatMap((angle) => [
      ...exchanges(store, node, family, angle),
      () => doubled(store, node, family, angle),
      () => tangentSquares(store, node, family, angle),
    ]),
  );
}

function anglesOf(node: Product, family: Family): readonly TensorNode[] {
  const names = new Set<ElementwiseName>([family.sine, family.cosine, family.tangent]);
  const angles = new Set<TensorNode>();
  const look = (part: TensorNode): void => {
    if (part.kind === "elementwise" && names.has(part.name)) angles.add(part.operands[0]!);
  };
  for (const factor of node.factors) {
    look(factor.node);
    if (factor.node.kind === "sum")
      for (const { node: term } of factor.node.terms) {
        look(term);
        if (isScalarProduct(term)) for (const inner of term.factors) look(inner.node);
      }
  }
  return [...angles];
}

/** sin^a·cos^b·tan^c with another choice of two of the three: sin/cos² = tan/cos. Exponents only move. */
function exchanges(store: Store, node: Product, family: Family, angle: TensorNode): readonly Rewriting[] {
  const powerOf = (name: ElementwiseName): bigint =>
    node.factors.find((factor) => isCall(factor, name) && factor.node.operands[0] === angle)?.power
      .numerator ?? 0n;
  const t = powerOf(family.tangent);
  const [s, c] = [powerOf(family.sine) + t, powerOf(family.cosine) - t];
  if ((s === 0n || c === 0n) && t === 0n) return [];
  const choices = [
    { sine: s, cosine: c, tangent: 0n },
    { sine: 0n, cosine: s + c, tangent: s },
    { sine: s + c, cosine: 0n, tangent: -c },
  ];
  return choices.map(({ sine, cosine, tangent }) => () => {
    const call = (name: ElementwiseName): TensorNode => elementwise(store, name, [angle]);
    const others = node.factors.filter(
      (factor) =>
        factor.node.kind !== "elementwise" ||
        factor.node.operands[0] !== angle ||
        ![family.sine, family.cosine, family.tangent].includes(factor.node.name) ||
        !Q.isInteger(factor.power),
    );
    // tan has poles where cos is 0; cosh is never 0.
    if (family.sine === "sin" && (tangent < 0n || t !== 0n) && (cosine >= 0n || tangent < 0n))
      require(store, call(family.cosine), "~=", 0);
    if (t < 0n && sine >= 0n && tangent >= 0n) require(store, call(family.sine), "~=", 0);
    const power = (name: ElementwiseName, exponent: bigint): LooseFactor => ({
      node: call(name),
      indices: [],
      power: Q.rational(exponent),
    });
    return einsum(
      store,
      node.coefficient,
      [...others, power(family.sine, sine), power(family.cosine, cosine), power(family.tangent, tangent)],
      [],
      [],
    );
  });
}

/** sin(u)·cos(u) = sin(2u)/2, sinh(u)·cosh(u) = sinh(2u)/2. Each use removes factors. */
function doubled(store: Store, node: Product, family: Family, angle: TensorNode): TensorNode | undefined {
  const [s, c] = [family.sine, family.cosine].map((name) =>
    node.factors.find((factor) => isCall(factor, name) && factor.node.operands[0] === angle),
  );
  if (s === undefined || c === undefined || Q.isNegative(s.power) || Q.isNegative(c.power)) return undefined;
  const count = Q.minimum(s.power, c.power);
  const twice = sum(store, [{ coefficient: Q.two, node: angle }], []);
  const factors: LooseFactor[] = [
    ...node.factors.filter((factor) => factor !== s && factor !== c),
    { ...s, power: Q.subtract(s.power, count) },
    { ...c, power: Q.subtract(c.power, count) },
    { node: elementwise(store, family.sine, [twice]), indices: [], power: count },
    { node: number(store, Q.two), indices: [], power: Q.negate(count) },
  ];
  return einsum(store, node.coefficient, factors, [], []);
}

/** (1 + tan²)^p = cos^(−2p), (1 − tanh²)^p = cosh^(−2p) as a factor of a product. */
function tangentSquares(
  store: Store,
  node: Product,
  { tangent, cosine, sign }: Family,
  angle: TensorNode,
): TensorNode | undefined {
  const square: LooseFactor = {
    node: elementwise(store, tangent, [angle]),
    indices: [],
    power: Q.two,
  };
  const terms = [
    { coefficient: Q.one, node: number(store, Q.one) },
    { coefficient: Q.rational(sign), node: einsum(store, Q.one, [square], [], []) },
  ];
  const known = sum(store, terms, []) as Sum;
  const reversed = sum(store, [{ coefficient: Q.minusOne, node: known }], []);
  const found = node.factors.find(
    (factor) => (factor.node === known || factor.node === reversed) && Q.isInteger(factor.power),
  );
  if (found === undefined) return undefined;
  const flips = found.node === reversed && !Q.isEven(found.power);
  const power = Q.multiply(found.power, Q.rational(-2));
  if (!Q.isNegative(power) && sign === 1) require(store, elementwise(store, cosine, [angle]), "~=", 0);
  const factors: LooseFactor[] = [
    ...node.factors.filter((factor) => factor !== found),
    { node: elementwise(store, cosine, [angle]), indices: [], power },
  ];
  return einsum(store, flips ? Q.negate(node.coefficient) : node.coefficient, factors, [], []);
}

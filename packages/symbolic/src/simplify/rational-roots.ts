import type { Sum, TensorNode } from "../ir/node.ts";
import { einsum, number, numberOf, type LooseFactor } from "../ir/product.ts";
import * as Q from "../ir/rational.ts";
import type { Store } from "../ir/store.ts";
import { sum } from "../ir/sum.ts";
import { factorsOf } from "./atoms.ts";

/** Highest degree of a polynomial whose roots are sought, and the largest numerator and denominator of a root. */
const DEGREE_LIMIT = 10;
const ROOT_LIMIT = 12n;

/** A polynomial in one atom as the product of its factors with rational roots: x^2 + 2*x + 1 = (x + 1)^2. */
export function rationalRoots(store: Store, node: Sum): TensorNode | undefined {
  const polynomial = univariate(node);
  if (polynomial === undefined) return undefined;
  const { atom } = polynomial;
  let coefficients = polynomial.coefficients;
  const factors: LooseFactor[] = [];
  for (const root of candidateRoots(coefficients)) {
    for (let rest = divided(coefficients, root); rest !== undefined; rest = divided(coefficients, root)) {
      coefficients = rest;
      const terms = [
        { coefficient: Q.rational(root.denominator), node: atom },
        { coefficient: Q.rational(-root.numerator), node: number(store, Q.one) },
      ];
      factors.push({ node: sum(store, terms, []), indices: [] });
      coefficients = coefficients.map((coefficient) => Q.divide(coefficient, Q.rational(root.denominator)));
    }
  }
  if (factors.length === 0) return undefined;
  const terms = coefficients.map((coefficient, k) => ({
    coefficient,
    node: einsum(store, Q.one, [{ node: atom, indices: [], power: Q.rational(k) }], [], []),
  }));
  return einsum(store, Q.one, [...factors, { node: sum(store, terms, []), indices: [] }], [], []);
}

interface Univariate {
  readonly atom: TensorNode;
  /** From the constant term upwards. */
  readonly coefficients: readonly Q.Rational[];
}

/** The sum as a polynomial in the one thing that its terms are powers of. */
function univariate(node: Sum): Univariate | undefined {
  if (node.dims.length > 0 || node.terms.length < 3) return undefined;
  let atom: TensorNode | undefined;
  const coefficients: Q.Rational[] = [];
  for (const term of node.terms) {
    const value = numberOf(term.node);
    const factors = value === undefined ? factorsOf(term.node) : [];
    if (factors.length > 1) return undefined;
    const [only] = factors;
    if (only !== undefined) {
      atom ??= only.node;
      if (only.node !== atom || !Q.isInteger(only.power) || Q.isNegative(only.power)) return undefined;
    }
    const degree = Number(only?.power.numerator ?? 0n);
    if (degree > DEGREE_LIMIT) return undefined;
    coefficients[degree] = Q.multiply(term.coefficient, value ?? Q.one);
  }
  if (atom === undefined || atom.kind === "sum" || coefficients.length < 3) return undefined;
  return { atom, coefficients: Array.from(coefficients, (coefficient) => coefficient ?? Q.zero) };
}

/** Fractions ±p/q where p divides the lowest and q the highest coefficient; none if 0 is a root. */
function candidateRoots(coefficients: readonly Q.Rational[]): readonly Q.Rational[] {
  if (Q.isZero(coefficients[0]!)) return [];
  const content = coefficients.filter((coefficient) => !Q.isZero(coefficient)).reduce(Q.commonContent);
  const [lowest, highest] = [coefficients[0]!, coefficients.at(-1)!].map(
    (coefficient) => Q.absolute(Q.divide(coefficient, content)).numerator,
  ) as [bigint, bigint];
  return divisors(lowest).flatMap((p) =>
    divisors(highest)
      .filter((q) => Q.gcd(p, q) === 1n)
      .flatMap((q) => [Q.rational(p, q), Q.rational(-p, q)]),
  );
}

const divisors = (n: bigint): readonly bigint[] =>
  Array.from({ length: Number(ROOT_LIMIT) }, (_, k) => BigInt(k + 1)).filter((d) => n % d === 0n);

/** The quotient by (t − root); undefined if there is a remainder. */
function divided(coefficients: readonly Q.Rational[], root: Q.Rational): readonly Q.Rational[] | undefined {
  if (coefficients.length < 2) return undefined;
  const quotient: Q.Rational[] = [];
  let carry = Q.zero;
  for (let k = coefficients.length - 1; k >= 0; k--) {
    const value = Q.add(coefficients[k]!, Q.multiply(carry, root));
    if (k === 0) return Q.isZero(value) ? quotient : undefined;
    quotient[k - 1] = value;
    carry = value;
  }
  return undefined;
}

import { spend } from "../effort.ts";
import type { ElementwiseName } from "../rules/elementwise.ts";
import { elementwise } from "./elementwise.ts";
import type { Factor, TensorNode, Term } from "./node.ts";
import { axes, einsum } from "./product.ts";
import * as Q from "./rational.ts";
import type { Store } from "./store.ts";

/**
 * c·r·sin²u + c·r·cos²u = c·r, c·r·cosh²u − c·r·sinh²u = c·r, and c·r − c·r·sin²u = c·r·cos²u with its like; undefined
 * where no pair fits. Each use removes a term.
 */
export function pythagoras(store: Store, terms: readonly Term[]): readonly Term[] | undefined {
  const squares = terms.flatMap((term) => squaresOf(store, term.node).map((square) => ({ term, ...square })));
  if (squares.length === 0) return undefined;
  spend(squares.length);
  // By what is left of the term, since comparing every two squares of a long sum takes longest.
  const byRest = new Map<TensorNode, (typeof squares)[number][]>();
  for (const square of squares) byRest.set(square.rest, [...(byRest.get(square.rest) ?? []), square]);
  const left = new Map<TensorNode, Term>();
  for (const term of [...terms].reverse()) left.set(term.node, term);
  for (const { term: first, factor, rest } of squares) {
    const complement = complementOf(store, terms, left.get(rest), first, factor, rest);
    if (complement !== undefined) return complement;
    const { node } = factor;
    const partner = node.kind === "elementwise" ? PARTNER[node.name] : undefined;
    if (partner === undefined || node.kind !== "elementwise") continue;
    const wanted = partner.sign === 1 ? first.coefficient : Q.negate(first.coefficient);
    const second = byRest
      .get(rest)!
      .find(
        ({ term, factor: other }) =>
          term !== first &&
          Q.equals(term.coefficient, wanted) &&
          other.node.kind === "elementwise" &&
          other.node.name === partner.name &&
          other.node.operands[0] === node.operands[0],
      );
    if (second === undefined) continue;
    return [
      ...terms.filter((term) => term !== first && term !== second.term),
      { coefficient: first.coefficient, node: rest },
    ];
  }
  return undefined;
}

/** r·f² and ∓r: 1 − sin² = cos², 1 − cos² = sin², cosh² − 1 = sinh², sinh² + 1 = cosh². */
function complementOf(
  store: Store,
  terms: readonly Term[],
  other: Term | undefined,
  square: Term,
  { node, indices, power }: Factor,
  rest: TensorNode,
): readonly Term[] | undefined {
  if (node.kind !== "elementwise") return undefined;
  const { name, squareSign, restSign } = COMPLEMENT[node.name]!;
  const unit = squareSign === 1 ? square.coefficient : Q.negate(square.coefficient);
  const wanted = restSign === 1 ? unit : Q.negate(unit);
  if (other === undefined || !Q.equals(other.coefficient, wanted) || !Q.equals(power, Q.two))
    return undefined;
  const partner = elementwise(store, name, node.operands);
  const out = axes(rest.dims.length);
  const factors = [{ node: rest, indices: out }, { node: partner, indices, power: Q.two }]; // prettier-ignore
  return [
    ...terms.filter((term) => term !== square && term !== other),
    { coefficient: unit, node: einsum(store, Q.one, factors, out, rest.dims) },
  ];
}

/** name² = squareSign·f² + restSign·1 */
const COMPLEMENT: Readonly<
  Record<string, { readonly name: ElementwiseName; readonly squareSign: 1 | -1; readonly restSign: 1 | -1 }>
> = {
  sin: { name: "cos", squareSign: -1, restSign: 1 },
  cos: { name: "sin", squareSign: -1, restSign: 1 },
  sinh: { name: "cosh", squareSign: 1, restSign: 1 },
  cosh: { name: "sinh", squareSign: 1, restSign: -1 },
};

const PARTNER: Readonly<Record<string, { readonly name: string; readonly sign: 1 | -1 } | undefined>> = {
  cos: { name: "sin", sign: 1 },
  cosh: { name: "sinh", sign: -1 },
};

/** The squared elementwise factors of a term without bound indices, each with what is left of the term. */
function squaresOf(store: Store, node: TensorNode): readonly { factor: Factor; rest: TensorNode }[] {
  if (node.kind !== "product" || node.bound.length > 0) return [];
  return node.factors
    .filter(
      (factor) =>
        factor.node.kind === "elementwise" &&
        Q.compare(factor.power, Q.two) >= 0 &&
        SQUARED.has(factor.node.name),
    )
    .map((factor) => ({
      factor,
      rest: einsum(
        store,
        node.coefficient,
        node.factors.map((other) =>
          other === factor ? { ...other, power: Q.subtract(other.power, Q.two) } : other,
        ),
        axes(node.dims.length),
        node.dims,
      ),
    }));
}

const SQUARED: ReadonlySet<string> = new Set(["sin", "cos", "sinh", "cosh"]);

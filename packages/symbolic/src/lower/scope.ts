import {
  notationError,
  type FluxionError,
  type FluxionErrorCode,
  type NotationNode,
  type Span,
} from "@fluxion/core";
import { isSymmetricAssumption, type Assumption, type Dimension, type Dimensions, type TensorNode } from "../ir/node.ts"; // prettier-ignore
import type { Store } from "../ir/store.ts";

/** The shape of each variable; what is not named is a scalar. */
export type Shapes = Readonly<Record<string, Dimensions>>;
/** What a variable is assumed to be. */
export type Assumptions = Readonly<Record<string, Assumption | readonly Assumption[]>>;

/** A tensor as it stands in a formula: vectors are columns or rows. */
export interface Value {
  readonly kind: "scalar" | "column" | "row" | "matrix";
  readonly node: TensorNode;
}

/** What names mean while a text is read. */
export interface Scope {
  readonly store: Store;
  readonly source: string;
  readonly shapes: ReadonlyMap<string, Dimensions>;
  readonly assumptions: ReadonlyMap<string, readonly Assumption[]>;
  /** Names of axes, usable as scalars. */
  readonly dimensions: ReadonlySet<string>;
  /** How the user wrote scalars that are sums over indices, x'*w rather than w'*x, and sums of arrays. */
  readonly origins: Map<
    number,
    { readonly node: TensorNode; readonly tree: NotationNode; readonly form: Value["kind"] }
  >;
}

export const scalar = (node: TensorNode): Value => ({ kind: "scalar", node });
export const column = (node: TensorNode): Value => ({ kind: "column", node });
export const row = (node: TensorNode): Value => ({ kind: "row", node });
export const matrix = (node: TensorNode): Value => ({ kind: "matrix", node });

/** How a tensor of at most two axes stands in a formula unless something else is said. */
export const kindOf = ({ dims }: TensorNode): Value["kind"] =>
  dims.length === 0 ? "scalar" : dims.length === 1 ? "column" : "matrix";

/** An error that points into the text. */
export const failure = (scope: Scope, code: FluxionErrorCode, message: string, span: Span): FluxionError =>
  notationError(code, message, scope.source, span);

/** A shape in words: "a column of length n", "an m×n matrix". */
export function describe({ kind, node }: Value): string {
  const [first, second] = node.dims as readonly [Dimension, Dimension];
  if (kind === "scalar") return "a scalar";
  if (kind === "matrix") return `a ${first}×${second} matrix`;
  return `a ${kind} vector of length ${first}`;
}

export const sameShape = (a: Value, b: Value): boolean =>
  a.kind === b.kind && a.node.dims.every((dimension, k) => dimension === b.node.dims[k]);

/** The names of the matrices that are assumed to equal their transposes. */
export const symmetricNames = ({ assumptions }: Pick<Scope, "assumptions">): ReadonlySet<string> =>
  new Set([...assumptions].filter(([, list]) => list.some(isSymmetricAssumption)).map(([name]) => name));

import type { Shape, Tensor } from "@fluxion/core";
import type { Pullback } from "./pullback.ts";

/** The parent of an operand that doesn't depend on the inputs. */
export const CONSTANT = -1;

/**
 * One operator that ran: whose cotangents its own feeds, and what its rule needs for that. Primal values are kept only
 * where the rule reads them; then the operands' shapes are theirs, and are not kept again.
 */
export class Entry {
  /** For every operand its entry's position, or CONSTANT. */
  readonly parents: readonly number[];
  /** Null for an input of f. */
  readonly pullback: Pullback | null;
  readonly inputs: readonly Tensor[] | null;
  readonly output: Tensor | null;
  readonly attributes: object;
  private readonly operandShapes: readonly Shape[] | null;

  constructor(
    parents: readonly number[],
    pullback: Pullback | null,
    inputs: readonly Tensor[] | null,
    output: Tensor | null,
    operandShapes: readonly Shape[] | null,
    attributes: object,
  ) {
    this.parents = parents;
    this.pullback = pullback;
    this.inputs = inputs;
    this.output = output;
    this.operandShapes = operandShapes;
    this.attributes = attributes;
  }

  shapeOf(operand: number): Shape {
    return this.inputs === null ? this.operandShapes![operand]! : this.inputs[operand]!.shape;
  }

  /** The shapes of all operands, as rules read them. */
  get shapes(): readonly Shape[] {
    return this.operandShapes ?? this.inputs!.map((x) => x.shape);
  }
}

/** What went wrong, in one word that a program can test. */
export type FluxionErrorCode =
  /** An argument has the wrong kind, range or count. */
  | "ARGUMENT"
  /** f is asynchronous: it returned a promise. */
  | "ASYNC"
  /** Two strategies, or a strategy and a reference, give different numbers. */
  | "DISAGREEMENT"
  /** A value outside the domain of an operator, where no number can stand for the result. */
  | "DOMAIN"
  /** A traced value was used after the f that it belongs to had returned. */
  | "ESCAPED"
  /** A budget (size, depth, time) was exceeded. */
  | "LIMIT"
  /** Numbers were read out of a traced value. */
  | "NOT_CONCRETE"
  /** A scalar was needed. */
  | "NOT_SCALAR"
  /** Text of the notation could not be read. */
  | "PARSE"
  /** Shapes do not fit together. */
  | "SHAPE_MISMATCH"
  /** A tree (nested arrays and objects of tensors) is malformed, or two trees differ in structure. */
  | "TREE"
  /** No rule exists for what was asked. */
  | "UNSUPPORTED"
  /** Two incompatible copies of `@fluxion/core` met. */
  | "VERSION";

/**
 * The one error that Fluxion throws: what was asked, what was found, what to do.
 *
 * @example
 * import { FluxionError, add, tensor } from "@fluxion/core";
 * try {
 *   add(tensor([1, 2, 3]), tensor([1, 2]));
 * } catch (error) {
 *   (error as FluxionError).code; // => SHAPE_MISMATCH
 * }
 */
export class FluxionError extends Error {
  readonly code: FluxionErrorCode;

  constructor(code: FluxionErrorCode, message: string) {
    super(message);
    this.name = "FluxionError";
    this.code = code;
  }
}

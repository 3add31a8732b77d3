import { FluxionError, type Strategy } from "@fluxion/core";
import { programText, tensorText } from "../programs/print.ts";
import { examine, type Found } from "./examine.ts";
import { locate } from "./locate.ts";
import { disagreementMessage } from "./message.ts";
import { type Quantity, quantities } from "./report.ts";
import { allStrategies } from "./strategies.ts";
import { type Subject, subjectOfFunction } from "./subject.ts";

/** How a function of yours is compared. */
export interface AgreementOptions {
  /** At least two; all four of Fluxion unless given. */
  readonly strategies?: readonly Strategy[];
  /** What is compared; everything that f has unless given. */
  readonly quantities?: readonly Quantity[];
}

/**
 * Throws `DISAGREEMENT` unless all strategies give the same derivatives of f at these arguments, within their own error
 * bounds. Every argument is differentiated. The message has f as a program, what each strategy says, who stands alone
 * and which operator's rule shows it. Works in any test runner.
 *
 * @example
 * import { log, sum, tensor, type Tensor } from "@fluxion/core";
 * import { expectAgreement } from "@fluxion/bench";
 * expectAgreement((x: Tensor) => sum(log(x)), [tensor([1, 2, 3])]);
 */
export function expectAgreement(
  f: (...args: never) => unknown,
  args: readonly unknown[],
  options: AgreementOptions = {},
): void {
  const { strategies = allStrategies, quantities: asked = quantities } = options;
  const subject = subjectOfFunction(f, args, 1);
  const { disagreement } = examine(subject, strategies, asked);
  if (disagreement) throw disagreementError(f, subject, disagreement, strategies, []);
}

/** A disagreement on a function of a user's. */
export function disagreementError(
  f: (...args: never) => unknown,
  subject: Subject,
  found: Found,
  strategies: readonly Strategy[],
  hints: readonly string[],
): FluxionError {
  const { graph, inputs } = subject;
  const dissenter = strategies.find(({ name }) => name === found.vote.dissenters[0]);
  const location =
    graph && dissenter ? locate(graph, subject, found.quantity, strategies, dissenter) : undefined;
  const text = graph
    ? programText({ graph, inputs })
    : `${String(f)}\n// at ${inputs.map(tensorText).join(", ")}`;
  return new FluxionError("DISAGREEMENT", disagreementMessage(found, text, location, hints));
}

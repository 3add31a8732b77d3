import type { Strategy } from "@fluxion/core";
import { compare, type Scale, type Verdict } from "../agreement/compare.ts";
import { exactNumbers } from "../agreement/outcome.ts";
import type { Computation } from "../agreement/quantities.ts";
import type { Subject } from "../agreement/subject.ts";

/** Something that holds for every right strategy by itself, without another one to compare with. */
export interface Law {
  readonly name: string;
  /** As a formula. */
  readonly statement: string;
  /** Null where the law says nothing about the subject. */
  readonly judge: (strategy: Strategy, subject: Subject, scale: Scale) => Verdict | null;
}

/** A law that says that two ways of computing are equal, up to their own rounding. */
export function equation(
  name: string,
  statement: string,
  applies: (subject: Subject) => boolean,
  left: Computation,
  right: Computation,
): Law {
  return {
    name,
    statement,
    judge: (strategy, subject, scale) =>
      strategy.exact && applies(subject)
        ? compare(exactNumbers(strategy, left, subject), exactNumbers(strategy, right, subject), scale)
            .verdict
        : null,
  };
}

export function always(): boolean {
  return true;
}

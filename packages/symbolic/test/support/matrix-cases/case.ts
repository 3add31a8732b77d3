import type { DeriveOptions } from "../../../src/index.ts";
import type { Kind, Shapes } from "../numeric.ts";

/** What a case declares beyond its group. */
export interface CaseOptions {
  readonly order?: number;
  readonly shapes?: Shapes;
  readonly assume?: NonNullable<DeriveOptions["assume"]>;
  readonly kinds?: Readonly<Record<string, Kind>>;
}

/** A formula, what it is differentiated by, and the derivative as a careful person writes it, where there is one way. */
export type CaseRow = readonly [
  text: string,
  wrt: string | readonly string[],
  expected?: string | undefined,
  options?: CaseOptions,
];

/** Cases from one place in the literature. */
export interface CaseGroup {
  readonly source: string;
  readonly shapes: Shapes;
  readonly rows: readonly CaseRow[];
}

const occurs = (name: string, text: string): boolean => new RegExp(`(?<!\\w)${name}(?!\\w)`).test(text);

/** The declarations of the group that the case needs, and its own. */
export function shapesOf({ shapes }: CaseGroup, [text, wrt, expected = "", options = {}]: CaseRow): Shapes {
  return Object.fromEntries(
    Object.entries({ ...shapes, ...options.shapes }).filter(
      ([name]) => [wrt].flat().includes(name) || occurs(name, `${text} ${expected}`),
    ),
  );
}

/** Where every variable of a case lies. */
export type Interval = readonly [least: number, most: number];

/** A derivative from the literature, with the form that a careful person writes. */
export interface ScalarCase {
  readonly text: string;
  /** The variable, or several to differentiate by one after the other. */
  readonly wrt: string | readonly string[];
  readonly order?: number;
  /** Written by hand, not copied from what this package prints. */
  readonly expected: string;
  readonly domain?: Interval;
  /** The book, table, standard or issue that it is from, or follows. */
  readonly source: string;
}

/** Text, variables, expected form; then, if they are not 1 and the default, the order and the interval. */
type Row = readonly [
  text: string,
  wrt: string | readonly string[],
  expected: string,
  order?: number | undefined,
  domain?: Interval,
];

/** Cases of one source. */
export const casesFrom = (source: string, rows: readonly Row[]): readonly ScalarCase[] =>
  rows.map(([text, wrt, expected, order, domain]) => ({
    text,
    wrt,
    expected,
    source,
    ...(order !== undefined && { order }),
    ...(domain !== undefined && { domain }),
  }));

export const positive: Interval = [0.3, 1.8];
export const unit: Interval = [-0.8, 0.8];
export const aboveOne: Interval = [1.2, 3];

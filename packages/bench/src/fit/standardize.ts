import type { Regression } from "../data/index.ts";

/** A regression whose columns have mean 0 and deviation 1, and the way back to the original units. */
export interface Standardized {
  readonly regression: Regression;
  /** Coefficients of the original columns, from those of the standardised ones. */
  readonly recover: (coefficients: Float64Array) => Float64Array;
}

/** Centres and scales every column but the first (the intercept), so that gradient methods converge quickly. */
export function standardize(regression: Regression): Standardized {
  const { X, rows, columns } = regression;
  const means = new Float64Array(columns);
  const deviations = new Float64Array(columns).fill(1);
  for (let j = 1; j < columns; j++) {
    for (let i = 0; i < rows; i++) means[j]! += X[i * columns + j]! / rows;
    let squares = 0;
    for (let i = 0; i < rows; i++) squares += (X[i * columns + j]! - means[j]!) ** 2;
    deviations[j] = Math.sqrt(squares / rows);
  }
  const scaled = X.map((value, index) => (value - means[index % columns]!) / deviations[index % columns]!);
  return {
    regression: { ...regression, X: scaled },
    recover: (coefficients) => {
      const original = coefficients.map((value, j) => value / deviations[j]!);
      for (let j = 1; j < columns; j++) original[0]! -= original[j]! * means[j]!;
      return original;
    },
  };
}

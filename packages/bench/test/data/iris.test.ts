import { expect, test } from "vitest";
import { petalWidth, virginica } from "../../src/data/index.ts";

test("petal width: 150 flowers, and the means that Fisher gives", () => {
  const { rows, columns, X, y, features } = petalWidth();
  expect([rows, columns, X.length, y.length, features.length]).toEqual([150, 4, 600, 150, 4]);
  const mean = (column: number) =>
    X.reduce((sum, v, i) => (i % columns === column ? sum + v : sum), 0) / rows;
  expect(mean(0)).toBe(1);
  expect(mean(1)).toBeCloseTo(5.843333, 6);
  expect(mean(2)).toBeCloseTo(3.057333, 6);
  expect(mean(3)).toBeCloseTo(3.758, 6);
  expect(y.reduce((sum, v) => sum + v, 0) / rows).toBeCloseTo(1.199333, 6);
});

test("virginica: 50 of each species, no setosa", () => {
  const { rows, columns, X, y } = virginica();
  expect([rows, columns, X.length]).toEqual([100, 5, 500]);
  expect(y.reduce((sum, v) => sum + v, 0)).toBe(50);
  expect(X.every((v) => v > 0)).toBe(true);
});

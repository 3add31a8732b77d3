import { describe, expect, test } from "vitest";
import { seeded } from "../../src/data/index.ts";
import {
  ackleyByHand,
  innerProductByHand,
  leastSquaresByHand,
  logisticByHand,
  logisticCurvatureByHand,
  matrixChainByHand,
  perceptronByHand,
  rosenbrockByHand,
  rosenbrockCurvatureByHand,
  tanhLayerByHand,
} from "../../src/reference/index.ts";
import { expectDerivative } from "./differences.ts";

const labels = (draws: Float64Array) => draws.map((v) => (v > 0 ? 1 : 0));

describe.each([1, 2, 7, 30])("(⟨x, w⟩ − y)² with n = %i", (n) => {
  const random = seeded(n);
  const [x, w] = [random.normal(n), random.normal(n)];

  test("gradient", () => expectDerivative(innerProductByHand(x, w, 0.7)));

  test("value", () => {
    const product = x.reduce((sum, v, i) => sum + v * w[i]!, 0);
    expect(innerProductByHand(x, w, 0.7).value()[0]).toBeCloseTo((product - 0.7) ** 2, 12);
  });
});

describe.each([
  [1, 1],
  [5, 3],
  [9, 6],
  [30, 11],
])("‖Xw − y‖² with X %i × %i", (m, n) => {
  const random = seeded(m);
  const [X, w, y] = [random.normal(m * n), random.normal(n), random.normal(m)];

  test("gradient", () => expectDerivative(leastSquaresByHand(X, w, y)));

  test("value", () => {
    const residual = (i: number) => w.reduce((sum, v, j) => sum + X[i * n + j]! * v, -y[i]!);
    const expected = y.reduce((sum, _, i) => sum + residual(i) ** 2, 0);
    expect(leastSquaresByHand(X, w, y).value()[0]! / expected).toBeCloseTo(1, 13);
  });
});

describe.each([
  [1, 1],
  [6, 3],
  [11, 5],
  [40, 10],
])("logistic regression with X %i × %i", (m, n) => {
  const random = seeded(m);
  const [X, w, y, v] = [random.normal(m * n), random.normal(n), labels(random.normal(m)), random.normal(n)];

  test("gradient", () => expectDerivative(logisticByHand(X, w, y)));

  test("value", () => {
    const likelihood = (i: number) => {
      const z = w.reduce((sum, coefficient, j) => sum + X[i * n + j]! * coefficient, 0);
      return Math.log(y[i] === 1 ? 1 / (1 + Math.exp(-z)) : 1 / (1 + Math.exp(z)));
    };
    const expected = y.reduce((sum, _, i) => sum - likelihood(i), 0) / m;
    expect(logisticByHand(X, w, y).value()[0]).toBeCloseTo(expected, 12);
  });

  test("Hessian times vector is the derivative of the gradient along v", () => {
    const along = (t: number) => {
      const moved = logisticByHand(
        X,
        w.map((value, j) => value + t * v[j]!),
        y,
      );
      return moved.derivative()[0]!.slice();
    };
    const h = 1e-3;
    const [far, farBack, near, nearBack] = [along(h), along(-h), along(h / 2), along(-h / 2)];
    const product = logisticCurvatureByHand(X, w, y, v).derivative()[0]!;
    product.forEach((found, j) => {
      const coarse = (far[j]! - farBack[j]!) / (2 * h);
      const fine = (near[j]! - nearBack[j]!) / h;
      expect(found).toBeCloseTo((4 * fine - coarse) / 3, 9);
    });
  });

  test("huge logits neither overflow nor give NaN", () => {
    const large = logisticByHand(
      X,
      w.map((value) => value * 1e4),
      y,
    );
    expect(large.value()[0]).toBeLessThan(Infinity);
    expect([...large.derivative()[0]!].every(Number.isFinite)).toBe(true);
  });
});

describe.each([2, 3, 10, 50])("Rosenbrock with n = %i", (n) => {
  const x = seeded(n).normal(n);

  test("gradient", () => expectDerivative(rosenbrockByHand(x)));

  test("Hessian", () => {
    const gradient = rosenbrockByHand(x);
    expectDerivative(rosenbrockCurvatureByHand(x), { observe: () => gradient.derivative()[0]! });
  });

  test("the minimum is at (1, …, 1)", () => {
    const minimum = rosenbrockByHand(new Float64Array(n).fill(1));
    expect(minimum.value()[0]).toBe(0);
    expect([...minimum.derivative()[0]!].every((v) => v === 0)).toBe(true);
  });
});

describe.each([1, 2, 10, 50])("Ackley with n = %i", (n) => {
  const x = seeded(n).uniform(n, 0.2, 2);

  test("gradient", () => expectDerivative(ackleyByHand(x)));

  test("is 0 at the origin", () => {
    expect(ackleyByHand(new Float64Array(n)).value()[0]).toBeCloseTo(0, 14);
  });
});

describe.each([
  [1, 1],
  [4, 6],
  [9, 5],
  [20, 20],
])("Jacobian of tanh(Ax) with A %i × %i", (m, n) => {
  const random = seeded(m + n);
  test("Jacobian", () => expectDerivative(tanhLayerByHand(random.normal(m * n, 0.3), random.normal(n))));
});

describe.each([1, 2, 5, 12])("sum(A·B·C) with n = %i", (n) => {
  const random = seeded(n);
  const [A, B, C] = [random.normal(n * n), random.normal(n * n), random.normal(n * n)];

  test("gradients by A, B and C", () => expectDerivative(matrixChainByHand(A, B, C, n)));

  test("value is (1ᵀA) B (C1)", () => {
    const left = Array.from({ length: n }, (_, j) => A.reduce((s, v, i) => (i % n === j ? s + v : s), 0));
    const right = Array.from({ length: n }, (_, i) => C.slice(i * n, i * n + n).reduce((s, v) => s + v, 0));
    const expected = B.reduce((s, v, i) => s + left[Math.floor(i / n)]! * v * right[i % n]!, 0);
    expect(matrixChainByHand(A, B, C, n).value()[0]).toBeCloseTo(expected, 10);
  });
});

describe.each([
  { batch: 1, inputs: 2, hidden: 3, classes: 2 },
  { batch: 5, inputs: 6, hidden: 7, classes: 4 },
  { batch: 8, inputs: 30, hidden: 12, classes: 10 },
])("perceptron $inputs-$hidden-$classes", (sizes) => {
  const random = seeded(sizes.inputs);
  const { batch, inputs, hidden, classes } = sizes;
  const X = random.normal(batch * inputs);
  const Y = new Float64Array(batch * classes);
  random.uniform(batch, 0, classes).forEach((draw, i) => (Y[i * classes + Math.floor(draw)] = 1));
  const weights = {
    W1: random.normal(inputs * hidden, 0.3),
    b1: random.normal(hidden, 0.3),
    W2: random.normal(hidden * classes, 0.3),
    b2: random.normal(classes, 0.3),
  };

  test("gradients by every weight", () =>
    expectDerivative(perceptronByHand(X, Y, weights, sizes), { stride: 3 }));

  test("equal logits cost log(classes)", () => {
    const zero = { ...weights, W2: new Float64Array(hidden * classes), b2: new Float64Array(classes) };
    expect(perceptronByHand(X, Y, zero, sizes).value()[0]).toBeCloseTo(Math.log(classes), 13);
  });
});

import { FluxionError, type Tensor, tensor } from "@fluxion/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { differentiate, numericFd } from "@fluxion/numeric-fd";
import { runs } from "./support/runs.ts";

/** f may throw what it likes; that error is its own. */
class Own extends Error {}

const anything = fc.anything({ maxDepth: 1, withBigInt: true, withDate: true, withTypedArray: true });
const number = fc.oneof(
  fc.double(),
  fc.constantFrom(0, -0, 1, NaN, Infinity, -Infinity, 5e-324, 1e308, 2 ** -1022),
);

/** A value that is right, or some number, or anything; half of the options are not given at all. */
const maybe = <T>(right: fc.Arbitrary<T>): fc.Arbitrary<unknown> =>
  fc.oneof(
    { weight: 12, arbitrary: right },
    { weight: 1, arbitrary: number },
    { weight: 1, arbitrary: anything },
  );

const scalarOptions = fc.record(
  {
    method: maybe(fc.constantFrom("adaptive", "central", "forward", "backward", "complexStep")),
    accuracyOrder: maybe(fc.integer({ min: 1, max: 20 })),
    derivativeOrder: maybe(fc.integer({ min: 1, max: 4 })),
    typical: maybe(fc.double({ min: 1e-300, max: 1e300, noNaN: true })),
    lower: maybe(fc.double({ max: 0, noNaN: true })),
    upper: maybe(fc.double({ min: 0, noNaN: true })),
    noise: maybe(fc.constantFrom(0, 1e-12, 1e-3, 1e300)),
    maximumEvaluations: maybe(fc.integer({ min: 24, max: 400 })),
    batch: maybe(fc.constant((xs: Float64Array) => xs.map(Math.sin))),
  },
  { requiredKeys: [] },
);

const tensorOptions = fc.record(
  {
    method: maybe(fc.constantFrom("adaptive", "central", "forward", "backward", "complexStep")),
    accuracyOrder: maybe(fc.integer({ min: 1, max: 6 })),
    typical: maybe(fc.constantFrom<unknown>(1, 1e-200, tensor([1, 2]), [1], { a: 1 })),
    lower: maybe(fc.constantFrom<unknown>(-1, -Infinity, tensor([-1, 0]))),
    upper: maybe(fc.constantFrom<unknown>(1, Infinity, tensor([1, 3]))),
    noise: maybe(fc.constantFrom(0, 1e-12)),
    maximumEvaluations: maybe(fc.integer({ min: 24, max: 200 })),
    batch: maybe(
      fc.constantFrom<unknown>(
        true,
        false,
        (ts: Tensor) => ts,
        () => 1,
      ),
    ),
    sparsity: maybe(
      fc.constantFrom<unknown>("detect", [[0, 0]], [], [[0, 1], [1, 0]], tensor([[1, 0], [0, 1]]), tensor([1, 0])), // prettier-ignore
    ),
    gradient: maybe(
      fc.constantFrom<unknown>(
        (t: Tensor) => t,
        () => 1,
        () => Promise.resolve(1),
      ),
    ),
    aux: maybe(fc.boolean()),
    argument: maybe(fc.constant(0)),
  },
  { requiredKeys: [] },
);

/** Functions of a number that nobody would write, most of the time: plain, steep, broken, full of surprises. */
const pieces: readonly ((t: number) => unknown)[] = [
  Math.sin,
  (t) => t * t,
  (t) => 1 / t,
  (t) => Math.exp(t * 1e3),
  (t) => t ** 301,
  (t) => 5e-324 * t,
  (t) => Math.sqrt(t),
  (t) => (t > 0 ? Infinity : 0),
  (t) => Math.floor(t * 1e9),
  () => NaN,
  () => Math.random(),
  (t) => (t === 0 ? 0 : Math.sin(1 / t)),
  (t) => (t > 0.1 ? raise() : t),
  (t) => (t > 0 ? String(t) : t),
  (t) => (t < 0 ? Promise.resolve(t) : t),
  (t) => (t < 0 ? undefined : t),
  (t) => tensor([t, t]),
  (t) => tensor([t]),
  () => raise(),
  () => 1e308,
];

function raise(): never {
  throw new Own("own");
}

/** The result, or nothing for an error that explains itself. Anything else is thrown on. */
function settled<T>(run: () => T): T | null {
  try {
    return run();
  } catch (error) {
    if (error instanceof FluxionError && error.message.length > 20) return null;
    if (error instanceof Own) return null;
    throw error;
  }
}

describe("whatever it is given", () => {
  test("differentiate gives an estimate that makes sense, or an error that explains itself", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...pieces),
        fc.oneof(fc.constantFrom(0, 1, -1, 0.1), number),
        scalarOptions,
        (f, x, options) => {
          let calls = 0;
          const counted = (t: number): number => {
            if (++calls > 3000) throw new Error("too many calls");
            return f(t) as number;
          };
          const estimate = settled(() => differentiate(counted, x, options as never));
          expect(calls).toBeLessThanOrEqual(1000);
          if (estimate === null) return;
          expect(estimate.error).toBeGreaterThanOrEqual(0);
          if (estimate.error < Infinity) expect(Number.isFinite(estimate.value)).toBe(true);
          expect(["kink", "unresolved", "nonFinite", "nondeterministic"].includes(estimate.status)).toBe(
            estimate.error === Infinity,
          );
          if (!("batch" in options) || options.batch === undefined) expect(estimate.evaluations).toBe(calls);
        },
      ),
      { numRuns: runs(400) },
    );
  });

  test.each(["gradient", "jacobian", "hessian", "jvp", "vjp", "hvp", "derivative"] as const)(
    "so does %s",
    (operator) => {
      fc.assert(
        fc.property(
          fc.constantFrom(...pieces),
          fc.constantFrom<unknown>(
            tensor([0, 1]),
            tensor([0.5]),
            0.3,
            tensor([]),
            tensor([NaN, 1]),
            { a: tensor(1) },
            [],
            "x",
            [tensor([1, 2]), 3],
          ),
          tensorOptions,
          (piece, x, options) => {
            const f = (t: Tensor): unknown => {
              const data = (t as Partial<Tensor>).data;
              if (data === undefined) return piece(1);
              const values = Array.from(data, piece);
              return operator === "jacobian" || operator === "jvp" || operator === "vjp"
                ? values.every((value) => typeof value === "number")
                  ? tensor(values)
                  : values
                : values.reduce(
                    (total: unknown, value) =>
                      typeof total === "number" && typeof value === "number" ? total + value : value,
                    0,
                  );
            };
            const last = operator === "jvp" || operator === "hvp" || operator === "vjp" ? [x] : [];
            const estimate = settled(() =>
              numericFd.estimate!(operator, f as never, options as never)(x, ...last),
            );
            if (estimate === null) return;
            expect(estimate.evaluations).toBeGreaterThan(0);
            JSON.stringify(estimate.details);
          },
        ),
        { numRuns: runs(120) },
      );
    },
  );
});

import { FluxionError, fromData, type Tensor } from "@fluxion/core";
import { reverseTape } from "@fluxion/reverse-tape";
import { derive, type Expression } from "@fluxion/symbolic";
import fc from "fast-check";
import { expect, it } from "vitest";
import { operatorsIn, type Program, programFunction, programs } from "../../src/programs/index.ts";
import { runs } from "../support/runs.ts";

const distance = (a: Tensor, b: Tensor): number =>
  a.data.reduce((most, entry, k) => Math.max(most, Math.abs(entry - b.data[k]!)), 0);
const largest = (x: Tensor): number => x.data.reduce((most, entry) => Math.max(most, Math.abs(entry)), 0);

/** derive takes functions with rules of their own as they compute, so it does not see the rules. */
const plain = programs({ maximumNodes: 6 }).filter(({ graph }) => !operatorsIn(graph).has("custom"));

/** The closed form of a program's derivative by its first input, or the code with which it is refused. */
function closedForm({ graph, inputs }: Program): Expression | string {
  const names = inputs.map((_, k) => `x${k}`);
  const f = programFunction({ graph });
  try {
    return derive((...args: readonly Tensor[]) => f(args), {
      arguments: names,
      shapes: Object.fromEntries(inputs.map(({ shape }, k) => [names[k]!, shape])),
      wrt: "x0",
    });
  } catch (error) {
    if (!(error instanceof FluxionError)) throw error;
    // The lengths of a formula's axes are positive.
    if (error.code === "ARGUMENT" && inputs.some(({ size }) => size === 0)) return "UNSUPPORTED";
    return error.code === "UNSUPPORTED" ? error.message : error.code;
  }
}

/** reverse-tape's derivative by the first input. */
function exact({ graph, inputs }: Program, x: Tensor): Tensor {
  const f = programFunction({ graph });
  return reverseTape.jacobian((moved: Tensor) => f([moved, ...inputs.slice(1)]))(x);
}

it("functions over core's operators have the closed form that reverse-tape finds in numbers", () => {
  const verdicts = { agree: 0, unsupported: 0, limit: 0, undefined: 0 };
  const count = runs(40);
  fc.assert(
    fc.property(plain, (program) => {
      const derived = closedForm(program);
      if (typeof derived === "string") {
        expect(derived, "a reason").toMatch(
          /^(LIMIT|DOMAIN|UNSUPPORTED|derive has no closed form for \w+|.*polygamma)/,
        );
        verdicts[derived === "LIMIT" || derived === "DOMAIN" ? "limit" : "unsupported"]++;
        return;
      }
      const x = program.inputs[0]!;
      const wanted = exact(program, x);
      const moved = fromData(x.data.map((entry, k) => entry * (1 + (k % 2 === 0 ? 1e-11 : -1e-11))), x.shape); // prettier-ignore
      const size = Math.max(1, largest(wanted));
      const wobble = distance(exact(program, moved), wanted);
      if (!program.smooth || !(wobble < 1e-5 * size)) {
        verdicts.undefined++;
        return;
      }
      const found = derived.evaluate(Object.fromEntries(program.inputs.map((input, k) => [`x${k}`, input])));
      expect(found.shape).toEqual(wanted.shape);
      expect(distance(found, wanted), `${derived}`).toBeLessThanOrEqual(1e-8 * size + 10 * wobble);
      verdicts.agree++;
    }),
    { numRuns: count },
  );
  // The check means something only if most cases come to a comparison: about 7 in 10 do.
  expect(verdicts.agree, JSON.stringify(verdicts)).toBeGreaterThan(0.4 * count);
});

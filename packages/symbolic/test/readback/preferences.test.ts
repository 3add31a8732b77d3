import fc from "fast-check";
import { expect, it } from "vitest";
import { cost } from "../../src/display/cost.ts";
import { nameTree } from "../../src/display/tree.ts";
import { createStore } from "../../src/ir/store.ts";
import { joinChain } from "../../src/readback/chain.ts";
import type { Edge, Network, Pendant } from "../../src/readback/network.ts";
import { preferencesFor, type Preference } from "../../src/readback/preferences.ts";
import { createReader } from "../../src/readback/reader.ts";
import { reduceNetwork } from "../../src/readback/reduce.ts";
import { readReduced } from "../../src/readback/reduced.ts";

const runs = Number(process.env["FLUXION_RUNS"] ?? 300);
const reader = createReader(createStore(), new Map(), new Set(["S", "T"]));

/** A product of matrices and vectors over at most five indices, of which some are the result's. */
const networks: fc.Arbitrary<Network> = fc.integer({ min: 1, max: 5 }).chain((count) => {
  const index = fc.nat(count - 1);
  const matrix = fc.tuple(index, index, fc.constantFrom("A", "B", "C", "S", "T"));
  const vector = fc.tuple(index, fc.constantFrom("x", "y", "z"));
  return fc
    .tuple(fc.nat(Math.min(2, count)), fc.array(matrix, { maxLength: 5 }), fc.array(vector, { maxLength: 4 }))
    .map(([rank, matrices, vectors]): Network => {
      const indices = Array.from({ length: count }, (_, k) => k);
      const edges = matrices
        .filter(([from, to]) => from !== to)
        .map(([from, to, name]): Edge => ({ from, to, chain: [nameTree(name)], under: false }));
      const pendants = indices.map((own): readonly [number, readonly Pendant[]] => [
        own,
        vectors.filter(([at]) => at === own).map(([, name]) => ({ chain: [nameTree(name)], under: false })),
      ]);
      return {
        pinned: indices.slice(0, rank),
        extent: new Map(indices.map((own) => [own, "n"])),
        edges,
        pendants: new Map(pendants),
      };
    });
});

const all: readonly Preference[] = [
  { parallelFirst: true, backwards: true, outer: false },
  { parallelFirst: true, backwards: false, outer: false },
  { parallelFirst: false, backwards: true, outer: false },
  { parallelFirst: false, backwards: false, outer: false },
  { parallelFirst: true, backwards: false, outer: true },
];

/** What the shortest way to write a network costs, if there is one. */
function least(network: Network, preferences: readonly Preference[]): number {
  const chains = preferences.flatMap((preference) => {
    const reduced = reduceNetwork(reader, network, preference);
    return reduced === undefined ? [] : readReduced(reader, reduced);
  });
  return Math.min(...chains.map((chain) => (chain.length === 0 ? 0 : cost(joinChain(reader, chain)))));
}

it("no preference that is left out leads to anything shorter", () => {
  fc.assert(
    fc.property(networks, (network) => {
      expect(least(network, preferencesFor(network))).toBeCloseTo(least(network, all), 9);
    }),
    { numRuns: runs },
  );
});

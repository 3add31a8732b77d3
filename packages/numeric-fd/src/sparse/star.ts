import { fewest, leastAllowed } from "./colouring.ts";
import type { Colouring } from "./colouring.ts";
import type { Adjacency } from "./orders.ts";
import type { Pattern } from "./pattern.ts";

/**
 * A star colouring of the columns of a symmetric pattern with a full diagonal: neighbours differ, and every path on four
 * vertices has at least three colours. Then of any place (i, j) of the matrix, column j is the only one of its colour in
 * row i, or column i the only one of its colour in row j: every entry is read directly from H·(sum of one colour), by
 * symmetry with fewer colours than `columnColouring` needs (Coleman and Moré 1984).
 */
export function starColouring(pattern: Pattern): Colouring {
  const graph = pattern.columnsOf.map((columns, row) => columns.filter((column) => column !== row));
  // An edge needs two colours; a path on four vertices three.
  const hasEdge = graph.some((neighbours) => neighbours.length > 0);
  const lowerBound = graph.length === 0 ? 0 : !hasEdge ? 1 : hasLongPath(graph) ? 3 : 2;
  return fewest(graph, greedyStar, lowerBound);
}

/**
 * The least colour that leaves a star colouring (Gebremedhin, Manne and Pothen, What color is your Jacobian?, SIAM Review
 * 47 (2005), algorithm 4.1): no neighbour's; none across a neighbour that has no colour yet; none that closes a path
 * vertex – neighbour – far – end in two colours.
 */
function greedyStar(graph: Adjacency, order: readonly number[]): number[] {
  const colours = new Array<number>(graph.length).fill(-1);
  const forbiddenFor = new Int32Array(graph.length + 1).fill(-1);
  for (const vertex of order) {
    for (const neighbour of graph[vertex]!) {
      const between = colours[neighbour]!;
      if (between >= 0) forbiddenFor[between] = vertex;
      for (const far of graph[neighbour]!) {
        const colour = colours[far]!;
        if (far === vertex || colour < 0 || forbiddenFor[colour] === vertex) continue;
        if (between < 0 || graph[far]!.some((end) => end !== neighbour && colours[end] === between))
          forbiddenFor[colour] = vertex;
      }
    }
    colours[vertex] = leastAllowed(forbiddenFor, vertex);
  }
  return colours;
}

/** Whether the graph has a path on four vertices: an edge whose ends have other neighbours, not both the same single one. */
function hasLongPath(graph: Adjacency): boolean {
  return graph.some((neighbours, a) =>
    neighbours.some((b) => {
      if (b < a || neighbours.length < 2 || graph[b]!.length < 2) return false;
      const [before, after] = [neighbours.filter((v) => v !== b), graph[b]!.filter((v) => v !== a)];
      return before.length > 1 || after.length > 1 || before[0] !== after[0];
    }),
  );
}

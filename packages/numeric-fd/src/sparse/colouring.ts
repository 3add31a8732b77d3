import type { Pattern } from "./pattern.ts";
import { vertexOrders } from "./orders.ts";
import type { Adjacency } from "./orders.ts";

/** A colour 0, 1, … for every column, how many there are, and a number that no colouring can stay below. */
export interface Colouring {
  readonly colours: readonly number[];
  readonly count: number;
  readonly lowerBound: number;
  /** The order of the vertices that led to it. */
  readonly order: string;
}

/** Colours the vertices of a graph in some order; what may not be used for a vertex is up to the rule. */
export type Greedy = (graph: Adjacency, order: readonly number[]) => number[];

/**
 * Columns of one colour share no row, so one difference along all of them gives every entry of each (Curtis, Powell and
 * Reid 1974): a distance-1 colouring of the column intersection graph, by first fit in several orders, fewest colours kept.
 * A row with k places needs k colours.
 */
export function columnColouring(pattern: Pattern): Colouring {
  const lowerBound = pattern.columnsOf.reduce((most, { length }) => Math.max(most, length), 0);
  return fewest(intersectionGraph(pattern), firstFit, lowerBound);
}

/** The columns that share a row with each column. */
export function intersectionGraph({ columnsOf, rowsOf }: Pattern): Adjacency {
  const seenBy = new Int32Array(rowsOf.length).fill(-1);
  return rowsOf.map((rows, column) => {
    seenBy[column] = column;
    const neighbours: number[] = [];
    for (const row of rows) {
      for (const other of columnsOf[row]!) {
        if (seenBy[other] === column) continue;
        seenBy[other] = column;
        neighbours.push(other);
      }
    }
    return neighbours;
  });
}

/** The colouring with fewest colours over several orders; the search ends where the lower bound is reached. */
export function fewest(graph: Adjacency, greedy: Greedy, lowerBound: number): Colouring {
  let best: Colouring | null = null;
  for (const [order, vertices] of vertexOrders(graph)) {
    const colours = greedy(graph, vertices);
    const count = 1 + colours.reduce((most, colour) => Math.max(most, colour), -1);
    if (best === null || count < best.count) best = { colours, count, lowerBound, order };
    if (best.count <= lowerBound) break;
  }
  return best!;
}

/** The least colour that no neighbour has. */
function firstFit(graph: Adjacency, order: readonly number[]): number[] {
  const colours = new Array<number>(graph.length).fill(-1);
  const forbiddenFor = new Int32Array(graph.length + 1).fill(-1);
  for (const vertex of order) {
    for (const neighbour of graph[vertex]!) {
      const colour = colours[neighbour]!;
      if (colour >= 0) forbiddenFor[colour] = vertex;
    }
    colours[vertex] = leastAllowed(forbiddenFor, vertex);
  }
  return colours;
}

export function leastAllowed(forbiddenFor: Int32Array, vertex: number): number {
  let colour = 0;
  while (forbiddenFor[colour] === vertex) colour++;
  return colour;
}

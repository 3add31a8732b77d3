/** The neighbours of every vertex of a graph. */
export type Adjacency = readonly (readonly number[])[];

/** Orders in which to colour the vertices of a graph one by one; none is best for all graphs. */
export function vertexOrders(graph: Adjacency): ReadonlyMap<string, readonly number[]> {
  const degrees = graph.map((neighbours) => neighbours.length);
  const none = graph.map(() => 0);
  return new Map([
    ["natural", [...graph.keys()]],
    ["largest first", takeMost(graph, degrees, 0)],
    ["dynamic largest first", takeMost(graph, degrees, -1)],
    // Of the vertices that are left the one with fewest neighbours among them comes last.
    [
      "smallest last",
      takeMost(
        graph,
        degrees.map((degree) => graph.length - degree),
        1,
      ).reverse(),
    ],
    // The vertex with most neighbours that are coloured already comes next.
    ["incidence degree", takeMost(graph, none, 1)],
  ]);
}

/**
 * Takes one vertex after the other, always one with the largest key (the first of them), and adds `change` to the keys of
 * its neighbours. Vertices wait in a bucket for each key; what is found in a bucket of another key is out of date.
 */
function takeMost(graph: Adjacency, initial: readonly number[], change: -1 | 0 | 1): number[] {
  const keys = initial.slice();
  const buckets: number[][] = [];
  const put = (vertex: number): void => void (buckets[keys[vertex]!] ??= []).push(vertex);
  for (let vertex = graph.length - 1; vertex >= 0; vertex--) put(vertex);
  const order: number[] = [];
  const isTaken = new Uint8Array(graph.length);
  let top = buckets.length - 1;
  while (order.length < graph.length) {
    const vertex = buckets[top]?.pop();
    if (vertex === undefined) {
      top--;
      continue;
    }
    if (isTaken[vertex] === 1 || keys[vertex] !== top) continue;
    isTaken[vertex] = 1;
    order.push(vertex);
    if (change === 0) continue;
    for (const neighbour of graph[vertex]!) {
      if (isTaken[neighbour] === 1) continue;
      keys[neighbour]! += change;
      put(neighbour);
      top = Math.max(top, keys[neighbour]!);
    }
  }
  return order;
}

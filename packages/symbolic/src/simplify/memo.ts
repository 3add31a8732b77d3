import { reachable, type TensorNode } from "../ir/node.ts";
import { withParts } from "../ir/rebuild.ts";
import { adopt, apart, type Condition, type Store } from "../ir/store.ts";

/** What became of a node, and the conditions under which it equals the node. */
interface Tidied {
  readonly node: TensorNode;
  readonly conditions: ReadonlyMap<string, Condition>;
}

/** What is remembered, by the nodes of a store: the next order of differentiation meets the same parts again. */
export type Memory = WeakMap<Store["nodes"], Map<number, Tidied>>;

/** Every node rewritten from its parts upwards, each once in the life of a store; conditions are noted every time. */
export function rewriteOnce(
  memory: Memory,
  store: Store,
  root: TensorNode,
  step: (rebuilt: TensorNode) => TensorNode,
): TensorNode {
  const known = memory.get(store.nodes) ?? new Map<number, Tidied>();
  memory.set(store.nodes, known);
  for (const part of reachable(root, (node) => known.has(node.id))) {
    if (known.has(part.id)) continue;
    const inherited = new Map<string, Condition>();
    const { result, conditions } = apart(store, () => {
      const rebuilt = withParts(store, part, (inner) => {
        const tidied = known.get(inner.id)!;
        for (const [key, condition] of tidied.conditions) inherited.set(key, condition);
        return tidied.node;
      });
      return step(rebuilt);
    });
    for (const [key, condition] of conditions) inherited.set(key, condition);
    known.set(part.id, { node: result, conditions: inherited });
  }
  const { node, conditions } = known.get(root.id)!;
  adopt(store, conditions);
  return node;
}

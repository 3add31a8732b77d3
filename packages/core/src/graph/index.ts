export { evaluate, evaluateFlat, evaluateNodes, operatorOf } from "./evaluate.ts";
export type { ConstantNode, CustomNode, Graph, GraphNode, InputNode, OperatorNode } from "./graph.ts";
export { traceFlat, traceFunction } from "./trace.ts";
export { type MermaidOptions, toMermaid } from "./to-mermaid.ts";
export { toTypeScript } from "./to-typescript.ts";

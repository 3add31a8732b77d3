export { evaluate, evaluateFlat, evaluateNodes, operatorOf } from "./evaluate.ts";
export type { ConstantNode, CustomNode, Graph, GraphNode, InputNode, OperatorNode } from "./graph.ts";
export { trace, traceFlat } from "./trace.ts";

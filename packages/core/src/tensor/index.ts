export { arange, eye, fromData, full, linspace, ones, tensor, zeros } from "./create.ts";
export { asTensor, isNumeric, type Numeric } from "./numeric.ts";
export { formatShape, sameShape, type Shape, sizeOf } from "./shape.ts";
export { isTensor, type NestedArray, scalar, Tensor, traced } from "./tensor.ts";

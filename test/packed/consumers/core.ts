import { FluxionError, matmul, type Tensor, tensor } from "@fluxion/core";
import * as domains from "@fluxion/core/domains";

const product: Tensor = matmul(tensor([[1, 2]]), tensor([[3], [4]]));
if (product.toString() !== "[[11]]") throw new Error(`found ${product}`);
if (Object.keys(domains).length === 0) throw new Error("@fluxion/core/domains is empty");
try {
  matmul(tensor([[1, 2]]), tensor([[1, 2]]));
  throw new Error("shapes that don't fit were accepted");
} catch (error) {
  if (!(error instanceof FluxionError) || error.code !== "SHAPE_MISMATCH") throw error;
}

import { forwardDual } from "@fluxion/forward-dual";
import type { Found } from "./found.ts";
import { probeStrategy } from "./strategy.ts";

export const probe = (): Found => probeStrategy(forwardDual);

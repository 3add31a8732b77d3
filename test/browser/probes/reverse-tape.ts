import { reverseTape } from "@fluxion/reverse-tape";
import type { Found } from "./found.ts";
import { probeStrategy } from "./strategy.ts";

export const probe = (): Found => probeStrategy(reverseTape);

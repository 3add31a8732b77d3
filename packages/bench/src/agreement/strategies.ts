import type { Strategy } from "@fluxion/core";
import { forwardDual } from "@fluxion/forward-dual";
import { numericFd } from "@fluxion/numeric-fd";
import { reverseTape } from "@fluxion/reverse-tape";
import { symbolic } from "@fluxion/symbolic";

/** The strategies that check each other unless others are named. */
export const allStrategies: readonly Strategy[] = [forwardDual, reverseTape, symbolic, numericFd];

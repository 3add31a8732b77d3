import { checkStrategy } from "@fluxion/bench";
import { forwardDual } from "@fluxion/forward-dual";
import { reverseTape } from "@fluxion/reverse-tape";

const { passed, programs } = checkStrategy(forwardDual, { strategies: [reverseTape], runs: 5, seed: 1 });
if (!passed || programs !== 5) throw new Error(`found ${programs} programs, passed: ${passed}`);

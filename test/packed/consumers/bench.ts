import { checkStrategy } from "@fluxion/bench";
import { forwardDual } from "@fluxion/forward-dual";

checkStrategy(forwardDual);

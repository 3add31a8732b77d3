#!/usr/bin/env node
import { main } from "../dist/command/main.js";

// A reader that has seen enough, as in `fluxion bench | head`, is no error.
process.stdout.on("error", (error) => {
  if (error.code !== "EPIPE") throw error;
  process.exit();
});
process.exitCode = await main(process.argv.slice(2));

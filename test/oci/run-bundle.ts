// `node run-bundle.ts BUNDLE OPTIONS`: runs a bundle in a process of its own, so that tests can capture its output,
// send it signals and be another user.
import { runInForeground } from "../../src/host/foreground-process.ts";
import { createNodeHost } from "../../src/host/node-host.ts";
import { type RunOptions, runBundle } from "../../src/oci/run.ts";

const [bundle, options] = process.argv.slice(2);
const host = Object.assign(createNodeHost(), { runInForeground });
try {
  process.exitCode = await runBundle(host, bundle!, JSON.parse(options!) as RunOptions);
} catch (error) {
  console.error(String(error));
  process.exitCode = 99;
}

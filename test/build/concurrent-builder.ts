// A process of its own for realise.test.ts: builds in a store that others build in at the same time.
import { builtinBuilders } from "../../src/build/builtin-builders.ts";
import { realise } from "../../src/build/realise.ts";
import { createNodeHost } from "../../src/host/node-host.ts";
import { LocalStore } from "../../src/store/local-store.ts";
import { VirtualStore } from "../../src/store/virtual-store.ts";
import { manyDerivations } from "./concurrent-derivations.ts";

const [dir] = process.argv.slice(2);
const host = createNodeHost();
const local = LocalStore.open(host, dir!);
const store = new VirtualStore({ files: host.files, local });
const drvPath = manyDerivations(store);
const results = realise([{ drvPath, outputs: [] }], { host, store, local, builders: builtinBuilders(host) });
process.stdout.write(`${results.get(drvPath)?.get("out")}\n`);
local.close();

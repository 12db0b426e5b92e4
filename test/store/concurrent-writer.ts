// A process of its own for local-store.test.ts: adds objects to a store that others write to at the same time.
import { createNodeHost } from "../../src/host/node-host.ts";
import { LocalStore } from "../../src/store/local-store.ts";
import { VirtualStore } from "../../src/store/virtual-store.ts";
import { concurrentObjects } from "./concurrent-objects.ts";

const [dir] = process.argv.slice(2);
const host = createNodeHost();
const local = LocalStore.open(host, dir!);
const store = new VirtualStore({ files: host.files, local });
for (const path of concurrentObjects(store)) store.materialise(path, local);
local.close();

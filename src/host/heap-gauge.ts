// How full V8's heap is. V8 ends the process when nothing fits in any more; who looks in time can do better.
import type { MemoryGauge } from "./host.ts";

/** In V8's limit are three of these, but it gives up when the rest is full: what lives long cannot go there. */
const semiSpace = Number(/--max-semi-space-size=(\d+)/.exec(process.execArgv.join(" "))?.[1] ?? 32) * 2 ** 20;

export const heapGauge: MemoryGauge = {
  share(more) {
    const { used_heap_size: used, heap_size_limit: limit } = process.getBuiltinModule("node:v8").getHeapStatistics();
    return (used + more) / (limit - 3 * semiSpace);
  },

  collect() {
    process.getBuiltinModule("node:v8").setFlagsFromString("--expose-gc");
    const collectGarbage = process.getBuiltinModule("node:vm").runInNewContext("gc") as () => void;
    collectGarbage();
  },
};

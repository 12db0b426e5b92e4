// How full V8's heap is. V8 ends the process when nothing fits in any more; who looks in time can do better.
import type { MemoryGauge } from "./host.ts";

export const heapGauge: MemoryGauge = {
  share(more) {
    const { used_heap_size: used, heap_size_limit: limit } = process.getBuiltinModule("node:v8").getHeapStatistics();
    return (used + more) / limit;
  },

  collect() {
    process.getBuiltinModule("node:v8").setFlagsFromString("--expose-gc");
    const collectGarbage = process.getBuiltinModule("node:vm").runInNewContext("gc") as () => void;
    collectGarbage();
  },
};

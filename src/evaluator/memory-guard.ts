// Ends an evaluation whose values do not fit into the memory, before V8 ends the process.
import type { MemoryGauge } from "../host/host.ts";
import { UntracedError } from "../source/nix-error.ts";

/** Calls, items of lists and the like between two looks; each look takes some microseconds. */
const interval = 2 ** 18;
/** About what each of them takes, in bytes. */
const unit = 64;
/** V8 gives up when it is not much fuller than this, and takes minutes until then. */
const full = 0.8;

export class MemoryGuard {
  private readonly gauge: MemoryGauge | undefined;
  private left = interval;
  /** So full it has to be before the garbage is collected to see what there really is. */
  private suspicious = full;

  constructor(gauge: MemoryGauge | undefined) {
    this.gauge = gauge;
  }

  /** To be called before as many values are made. Throws an error that `tryEval` does not catch. */
  spend(count: number): void {
    this.left -= count;
    if (this.left < 0) this.look(count * unit);
  }

  private look(more: number): void {
    this.left = interval;
    const { gauge } = this;
    if (gauge === undefined || gauge.share(more) < this.suspicious) return;
    gauge.collect();
    const share = gauge.share(more);
    if (share > full) throw new UntracedError("eval", "out of memory");
    this.suspicious = (share + 1) / 2;
  }
}

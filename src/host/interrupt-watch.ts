// Ctrl-C while the program is evaluated. That is synchronous, so no signal handler of this thread runs before it ends: a
// second thread waits for SIGINT and leaves a note in shared memory, which every call of the program looks at.
import { Worker } from "node:worker_threads";

/** The user wants to stop. No error of the program, so that what was being evaluated is as it was before. */
export class Interruption extends Error {
  readonly code = "interrupted";

  constructor() {
    super("interrupted by the user");
    this.name = "Interruption";
  }
}

/** What the shared memory says: nothing is evaluated, something is, and so many more signals have come meanwhile. */
const idle = 0;
const evaluating = 1;

export class InterruptWatch {
  private readonly state = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));

  /**
   * Starts the thread, which waits for SIGINT until the process ends and does not keep it alive. Until it is there, and
   * in the instant after a signal, a handler has to be installed elsewhere, or SIGINT ends the process. The third signal
   * in one evaluation, which then does not look, ends it in any case.
   */
  start(): void {
    const options = { eval: true, workerData: this.state, resourceLimits: { maxYoungGenerationSizeMb: 1 } };
    const worker = new Worker(`(${waitForSignals})()`, options);
    // Without it, Ctrl-C does nothing while the program is evaluated.
    worker.on("error", () => {});
    worker.unref();
  }

  /** Runs what can be interrupted. */
  during<T>(action: () => T): T {
    Atomics.store(this.state, 0, evaluating);
    try {
      return action();
    } finally {
      Atomics.store(this.state, 0, idle);
    }
  }

  /** Runs, in the middle of what can be interrupted, a program that has the terminal and its Ctrl-C. */
  outside<T>(action: () => T): T {
    const before = Atomics.exchange(this.state, 0, idle);
    try {
      return action();
    } finally {
      Atomics.store(this.state, 0, before);
    }
  }

  /** Throws Interruption when a signal has come. */
  check(): void {
    if (Atomics.load(this.state, 0) > evaluating) throw new Interruption();
  }
}

/**
 * The program of the thread, and alone there: nothing outside of it exists. A script that is to end on SIGINT is the one
 * thing for which Node sees the signal in any thread. When the last one ends, the signal ends the process again; so there
 * is always another around the one that waits.
 */
function waitForSignals(): void {
  const { Script } = process.getBuiltinModule("node:vm");
  const state: Int32Array = process.getBuiltinModule("node:worker_threads").workerData;
  const mostSignals = 3;

  const note = (): void => {
    const before = Atomics.load(state, 0);
    if (before === 0) return;
    Atomics.add(state, 0, 1);
    if (before < mostSignals) return;
    process.getBuiltinModule("node:fs").writeSync(2, "\nocinix: the evaluation does not stop, so all of ocinix does\n");
    process.kill(process.pid, "SIGTERM");
  };
  const runAgainAndAgain = (code: string): void => {
    const script = new Script(code);
    for (;;) {
      try {
        script.runInThisContext({ breakOnSigint: true });
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "ERR_SCRIPT_EXECUTION_INTERRUPTED") throw error;
        note();
      }
    }
  };
  const wait = "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)";
  Object.assign(globalThis, { waitAgainAndAgain: () => runAgainAndAgain(wait) });
  runAgainAndAgain("waitAgainAndAgain()");
}

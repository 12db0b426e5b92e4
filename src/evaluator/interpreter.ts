// The state that everything in one evaluation shares. It knows no syntax and calls nothing; the modules around it do.
import type { Host } from "../host/host.ts";
import { NixError } from "../source/nix-error.ts";
import { type Pos, PositionTable } from "../source/position.ts";
import type { EvalStore } from "../store/eval-store.ts";
import { describeType, errorPrintOptions, printValue } from "../value/print.ts";
import type { Value } from "../value/value.ts";
import type { Settings } from "./settings.ts";

export class Interpreter {
  readonly host: Host;
  readonly store: EvalStore;
  readonly settings: Settings;
  readonly positions = new PositionTable();
  /** Nested calls at the moment. Whoever catches an error and goes on must put back the depth it found. */
  callDepth = 0;
  /** Paths that were copied to the store already, by source path. */
  readonly copiedPaths = new Map<string, string>();

  constructor(host: Host, store: EvalStore, settings: Settings) {
    this.host = host;
    this.store = store;
    this.settings = settings;
  }

  /** Counts one more nested call; the caller subtracts it again when it returns normally. */
  enterCall(pos: Pos): void {
    if (this.callDepth > this.settings.maxCallDepth) {
      throw new NixError("stackOverflow", "stack overflow; max-call-depth exceeded", pos);
    }
    this.callDepth++;
  }

  /** `an integer: 1`, for messages. */
  describe(value: Value): string {
    return `${describeType(value)}: ${this.show(value)}`;
  }

  /** The value as messages show it: bounded, nothing forced. */
  show(value: Value): string {
    return printValue(value, this.positions, errorPrintOptions);
  }

  /** Whether the experimental feature is on; throws Nix's message when it is not. */
  requireFeature(feature: string, pos?: Pos): void {
    if (this.settings.experimentalFeatures.has(feature)) return;
    throw new NixError(
      "missingFeature",
      `experimental Nix feature '${feature}' is disabled; add '--extra-experimental-features ${feature}' to enable it`,
      pos,
    );
  }
}

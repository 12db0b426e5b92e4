// Derivations as data; the ATerm form of `.drv` files is in derivation-aterm.ts. All texts are byte strings.

export interface DerivationOutput {
  /** The store path; empty for deferred and content-addressed outputs, whose paths are not known before the build. */
  readonly path: string;
  /** `sha256`, `r:sha256`, `text:sha256` …; empty for input-addressed outputs. */
  readonly hashAlgo: string;
  /** base16; empty for input-addressed outputs, `impure` for impure ones. */
  readonly hash: string;
}

/** What is wanted of the outputs of a derivation, and of outputs that are derivations themselves. */
export interface DynamicInput {
  /** Sorted. */
  readonly outputs: readonly string[];
  /** Sorted by output name. */
  readonly dynamic: DynamicInputs;
}

/** Output name -> what is wanted of the derivation that the output is. */
export type DynamicInputs = ReadonlyMap<string, DynamicInput>;

export interface Derivation {
  /** The name without hash and `.drv`. */
  readonly name: string;
  /** Sorted by output name. */
  readonly outputs: ReadonlyMap<string, DerivationOutput>;
  /** drvPath -> sorted output names; sorted by drvPath. */
  readonly inputDrvs: ReadonlyMap<string, readonly string[]>;
  /** Members of `inputDrvs` some of whose outputs are derivations, outputs of which are inputs (dynamic derivations). */
  readonly dynamicInputs?: ReadonlyMap<string, DynamicInputs>;
  /** Sorted store paths. */
  readonly inputSrcs: readonly string[];
  readonly system: string;
  readonly builder: string;
  readonly args: readonly string[];
  /** Sorted by name. */
  readonly env: ReadonlyMap<string, string>;
}

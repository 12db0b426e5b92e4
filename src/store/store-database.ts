// The database of a physical store, in the schema of C++ Nix (version 10), so that either program can use what the
// other wrote. SQLite is loaded when the first store is opened: evaluations that write nothing never pay for it.
import { createRequire } from "node:module";
import type { DatabaseSync, StatementSync } from "node:sqlite";
import { sortedUnique } from "./byte-order.ts";
import type { StorePath } from "./eval-store.ts";
import type { PathInfo } from "./path-info.ts";
import { StoreError } from "./store-error.ts";
import { storeDir } from "./store-path.ts";

/** The number that C++ Nix keeps in `db/schema`. */
export const schemaVersion = 10;

const busyTimeoutMs = 120_000;

const schema = `
  create table if not exists ValidPaths (
    id integer primary key autoincrement not null,
    path text unique not null,
    hash text not null,
    registrationTime integer not null,
    deriver text,
    narSize integer,
    ultimate integer,
    sigs text,
    ca text
  );
  create table if not exists Refs (
    referrer integer not null,
    reference integer not null,
    primary key (referrer, reference),
    foreign key (referrer) references ValidPaths(id) on delete cascade,
    foreign key (reference) references ValidPaths(id) on delete restrict
  );
  create index if not exists IndexReference on Refs(reference);
  create trigger if not exists DeleteSelfRefs before delete on ValidPaths begin
    delete from Refs where referrer = old.id and reference = old.id;
  end;
  create table if not exists DerivationOutputs (
    drv integer not null,
    id text not null,
    path text not null,
    primary key (drv, id),
    foreign key (drv) references ValidPaths(id) on delete cascade
  );
  create index if not exists IndexDerivationOutputs on DerivationOutputs(path);
  create table if not exists SchemaMigrations (migration text primary key not null);
  insert or ignore into SchemaMigrations values ('20260309-drop-redundant-indexreferrer');
`;

export class StoreDatabase {
  private readonly path: string;
  private readonly database: DatabaseSync;
  private readonly statements = new Map<string, StatementSync>();

  /** Opens or makes the database at a path (a byte string) of the real file system. Throws StoreError `database`. */
  constructor(path: string) {
    this.path = path;
    const sqlite = this.guard(() => createRequire(import.meta.url)("node:sqlite") as typeof import("node:sqlite"));
    this.database = this.guard(() => new sqlite.DatabaseSync(Buffer.from(path, "latin1"), { timeout: busyTimeoutMs }));
    try {
      this.guard(() => this.prepareDatabase());
    } catch (error) {
      this.database.close();
      throw error;
    }
  }

  /** Runs the action while no other process can write. What it wrote is undone when it throws. */
  exclusively<Result>(action: () => Result): Result {
    this.guard(() => this.database.exec("begin immediate"));
    let result: Result;
    try {
      result = action();
      this.guard(() => this.database.exec("commit"));
    } catch (error) {
      if (this.database.isTransaction) this.database.exec("rollback");
      throw error;
    }
    return result;
  }

  isValid(path: StorePath): boolean {
    return this.idOf(path) !== undefined;
  }

  info(path: StorePath): PathInfo | undefined {
    const row = this.get("select * from ValidPaths where path = ?", path);
    if (row === undefined) return undefined;
    const hash = String(row["hash"]);
    if (!/^sha256:[0-9a-f]{64}$/.test(hash)) {
      throw new StoreError("database", `invalid-path entry for '${path}': hash '${hash}' is not a sha256 in base16`);
    }
    return {
      path,
      narHash: hash.slice("sha256:".length),
      narSize: Number(row["narSize"] ?? 0),
      references: this.references(Number(row["id"])),
      deriver: textOrNothing(row["deriver"]),
      ca: textOrNothing(row["ca"]),
      registrationTime: Number(row["registrationTime"]),
      ...(row["ultimate"] === 1 && { ultimate: true }),
      ...(textOrNothing(row["sigs"]) !== undefined && { sigs: sortedUnique(String(row["sigs"]).split(" ")) }),
    };
  }

  /** The valid path with this hash part. */
  pathWithHashPart(hashPart: string): StorePath | undefined {
    // What is next to it in the order of paths, so that the index is used.
    const start = `${storeDir}/${hashPart}-`;
    const row = this.get("select path from ValidPaths where path >= ? order by path limit 1", start);
    const path = row === undefined ? "" : String(row["path"]);
    return path.startsWith(start) ? path : undefined;
  }

  /** The references of a valid path, sorted; undefined when it is not valid. */
  referencesOf(path: StorePath): readonly StorePath[] | undefined {
    const id = this.idOf(path);
    return id === undefined ? undefined : this.references(id);
  }

  /** Inserts a path that is not valid yet; its references must be. To be called in `exclusively`. */
  register(info: PathInfo, outputs: ReadonlyMap<string, StorePath> | undefined): void {
    const { path, narHash, narSize, references, deriver, ca, sigs, ultimate, registrationTime } = info;
    this.run(
      "insert into ValidPaths (path, hash, registrationTime, deriver, narSize, ca, sigs, ultimate) values (?, ?, ?, ?, ?, ?, ?, ?)",
      path,
      `sha256:${narHash}`,
      registrationTime,
      deriver ?? null,
      narSize,
      ca ?? null,
      sigs === undefined || sigs.length === 0 ? null : sigs.join(" "),
      ultimate ? 1 : null,
    );
    const id = this.idOf(path)!;
    for (const reference of references) {
      const referenceId = this.idOf(reference);
      if (referenceId === undefined) throw missingReference(path, reference);
      this.run("insert or replace into Refs (referrer, reference) values (?, ?)", id, referenceId);
    }
    if (outputs !== undefined) this.addOutputs(id, outputs);
  }

  /** To be called in `exclusively`. Throws StoreError `invalid-path` unless the derivation is valid. */
  registerOutputs(drvPath: StorePath, outputs: ReadonlyMap<string, StorePath>): void {
    const id = this.idOf(drvPath);
    if (id === undefined) throw new StoreError("invalid-path", `path '${drvPath}' is not valid`);
    this.addOutputs(id, outputs);
  }

  /** Replaces the signatures of a valid path. To be called in `exclusively`. */
  setSignatures(path: StorePath, sigs: readonly string[]): void {
    this.run("update ValidPaths set sigs = ? where path = ?", sigs.join(" "), path);
  }

  validPaths(): readonly StorePath[] {
    return this.all("select path from ValidPaths order by path").map((row) => String(row["path"]));
  }

  referrers(path: StorePath): readonly StorePath[] {
    const rows = this.all(
      "select path from ValidPaths join Refs on referrer = id where reference = (select id from ValidPaths where path = ?) order by path",
      path,
    );
    return rows.map((row) => String(row["path"]));
  }

  derivers(path: StorePath): readonly StorePath[] {
    const rows = this.all(
      "select distinct v.path from DerivationOutputs d join ValidPaths v on d.drv = v.id where d.path = ? order by v.path",
      path,
    );
    return rows.map((row) => String(row["path"]));
  }

  /** To be called in `exclusively`. Throws StoreError `in-use`. */
  unregister(path: StorePath): void {
    const others = this.referrers(path).filter((referrer) => referrer !== path);
    if (others.length > 0) {
      throw new StoreError("in-use", `cannot delete path '${path}' because it is in use by '${others.join("', '")}'`);
    }
    this.run("delete from ValidPaths where path = ?", path);
  }

  outputs(drvPath: StorePath): ReadonlyMap<string, StorePath> {
    const rows = this.all(
      "select d.id, d.path from DerivationOutputs d join ValidPaths v on d.drv = v.id where v.path = ? order by d.id",
      drvPath,
    );
    return new Map(rows.map((row) => [String(row["id"]), String(row["path"])]));
  }

  close(): void {
    this.statements.clear();
    this.database.close();
  }

  private prepareDatabase(): void {
    // A rollback journal works as well, where the file system does not allow WAL.
    this.database.exec("pragma journal_mode = wal; pragma synchronous = normal");
    const made = this.get("select 1 from sqlite_master where name = 'SchemaMigrations'");
    if (made === undefined) this.exclusively(() => this.database.exec(schema));
  }

  private addOutputs(id: number, outputs: ReadonlyMap<string, StorePath>): void {
    for (const [name, path] of outputs) {
      this.run("insert or replace into DerivationOutputs (drv, id, path) values (?, ?, ?)", id, name, path);
    }
  }

  private idOf(path: StorePath): number | undefined {
    const row = this.get("select id from ValidPaths where path = ?", path);
    return row === undefined ? undefined : Number(row["id"]);
  }

  private references(id: number): readonly StorePath[] {
    const rows = this.all(
      "select path from Refs join ValidPaths on reference = id where referrer = ? order by path",
      id,
    );
    return rows.map((row) => String(row["path"]));
  }

  private get(sql: string, ...values: readonly (string | number)[]): Record<string, unknown> | undefined {
    return this.guard(() => this.statement(sql).get(...values));
  }

  private all(sql: string, ...values: readonly (string | number)[]): readonly Record<string, unknown>[] {
    return this.guard(() => this.statement(sql).all(...values));
  }

  private run(sql: string, ...values: readonly (string | number | null)[]): void {
    this.guard(() => this.statement(sql).run(...values));
  }

  private statement(sql: string): StatementSync {
    let statement = this.statements.get(sql);
    if (statement === undefined) {
      statement = this.database.prepare(sql);
      this.statements.set(sql, statement);
    }
    return statement;
  }

  private guard<Result>(action: () => Result): Result {
    try {
      return action();
    } catch (error) {
      if (error instanceof StoreError || !(error instanceof Error)) throw error;
      throw new StoreError(
        "database",
        `cannot use the store database '${this.path}': ${error.message}. ` +
          "Objects that are registered in it are kept; choose another store folder if it is damaged.",
        { cause: error },
      );
    }
  }
}

/** The error of an object that comes before what it refers to. */
export function missingReference(path: StorePath, reference: StorePath): StoreError {
  return new StoreError(
    "missing-reference",
    `cannot add '${path}' to the store: it refers to '${reference}', which is not valid. Nothing was added.`,
  );
}

function textOrNothing(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

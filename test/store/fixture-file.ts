// Reads what scripts/make-store-fixtures.ts wrote.
import fs from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import { StoreError, type StoreErrorCode } from "../../src/store/store-error.ts";

const folder = path.join(import.meta.dirname, "fixtures");

export function readFixture(name: string): Buffer {
  return fs.readFileSync(path.join(folder, name));
}

/** A JSON fixture; the type says what the script puts there. */
export function readJsonFixture<Shape>(name: string): Shape {
  return JSON.parse(readFixture(name).toString("utf8")) as Shape;
}

export function fixtureNames(name: string): string[] {
  return fs.readdirSync(path.join(folder, name)).sort();
}

/** Runs something that has to fail with a StoreError, and gives the error. */
export function storeErrorOf(action: () => unknown): StoreError {
  try {
    action();
  } catch (error) {
    expect(error).toBeInstanceOf(StoreError);
    return error as StoreError;
  }
  return expect.fail("there was no error");
}

export function expectStoreError(action: () => unknown, code: StoreErrorCode, message: string | RegExp): void {
  const error = storeErrorOf(action);
  expect(error.message).toMatch(message);
  expect(error.code).toBe(code);
}

// Environments at run time: arrays whose slot 0 is the environment around them. They are made at their full length,
// with undefined in what is not computed yet, so that V8 keeps them packed.
import type { Value } from "../value/value.ts";

export type Environment = unknown[];
export type Code = (environment: Environment) => Value;

export function newEnvironment(size: number, parent: Environment): Environment {
  switch (size) {
    case 1:
      return [parent];
    case 2:
      return [parent, undefined];
    case 3:
      return [parent, undefined, undefined];
    case 4:
      return [parent, undefined, undefined, undefined];
    default:
      return pad([parent, undefined, undefined, undefined, undefined], size);
  }
}

export function environmentOfOne(size: number, parent: unknown, value: unknown): Environment {
  switch (size) {
    case 2:
      return [parent, value];
    case 3:
      return [parent, value, undefined];
    case 4:
      return [parent, value, undefined, undefined];
    default:
      return pad([parent, value, undefined, undefined, undefined], size);
  }
}

export function environmentOfTwo(size: number, parent: unknown, first: unknown, second: unknown): Environment {
  switch (size) {
    case 3:
      return [parent, first, second];
    case 4:
      return [parent, first, second, undefined];
    default:
      return pad([parent, first, second, undefined, undefined], size);
  }
}

/** Fills up to the size with undefined. */
export function pad(environment: Environment, size: number): Environment {
  while (environment.length < size) environment.push(undefined);
  return environment;
}

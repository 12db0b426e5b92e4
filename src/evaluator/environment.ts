// Environments at run time: arrays whose slot 0 is the environment around them. They are made at their full length,
// with undefined in what is not computed yet, so that V8 keeps them packed and gives them no room to grow.
import type { Value } from "../value/value.ts";

export type Environment = unknown[];
export type Code = (environment: Environment) => Value;

export function newEnvironment(size: number, parent: unknown): Environment {
  switch (size) {
    case 1:
      return [parent];
    case 2:
      return [parent, undefined];
    case 3:
      return [parent, undefined, undefined];
    case 4:
      return [parent, undefined, undefined, undefined];
    case 5:
      return [parent, undefined, undefined, undefined, undefined];
    case 6:
      return [parent, undefined, undefined, undefined, undefined, undefined];
    case 7:
      return [parent, undefined, undefined, undefined, undefined, undefined, undefined];
    case 8:
      return [parent, undefined, undefined, undefined, undefined, undefined, undefined, undefined];
    default: {
      const environment = emptyOf(size);
      environment[0] = parent;
      return environment;
    }
  }
}

export function environmentOfOne(size: number, parent: unknown, value: unknown): Environment {
  if (size === 2) return [parent, value];
  if (size === 3) return [parent, value, undefined];
  const environment = newEnvironment(size, parent);
  environment[1] = value;
  return environment;
}

export function environmentOfTwo(size: number, parent: unknown, first: unknown, second: unknown): Environment {
  if (size === 3) return [parent, first, second];
  if (size === 4) return [parent, first, second, undefined];
  const environment = newEnvironment(size, parent);
  environment[1] = first;
  environment[2] = second;
  return environment;
}

export function environmentOfAll(size: number, parent: unknown, values: readonly unknown[]): Environment {
  const environment = newEnvironment(size, parent);
  for (let i = 0; i < values.length; i++) environment[i + 1] = values[i];
  return environment;
}

/** By size. */
const empties: Environment[] = [];
const largestKept = 256;

/** Up to a size a copy: it has just the room it needs. */
function emptyOf(size: number): Environment {
  if (size > largestKept) return newEmpty(size);
  empties[size] ??= newEmpty(size);
  return empties[size].slice();
}

function newEmpty(size: number): Environment {
  const empty: Environment = [];
  while (empty.length < size) empty.push(undefined);
  return empty;
}

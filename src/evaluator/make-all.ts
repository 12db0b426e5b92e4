// Lists of what several makers give. Small ones are written out, because a list that grows by pushing gets room for
// seventeen at once, and most sets and lists are small.
import type { Lazy } from "../value/value.ts";

/** From an environment and one more argument, for those that need it. */
type AnyMaker<Environment, Extra> = (environment: Environment, extra: Extra) => Lazy;

export function makeAll<Environment, Extra>(
  makers: readonly AnyMaker<Environment, Extra>[],
): (environment: Environment, extra: Extra) => Lazy[] {
  const count = makers.length;
  const [a, b, c, d, e, f] = makers as readonly [
    AnyMaker<Environment, Extra>,
    AnyMaker<Environment, Extra>,
    AnyMaker<Environment, Extra>,
    AnyMaker<Environment, Extra>,
    AnyMaker<Environment, Extra>,
    AnyMaker<Environment, Extra>,
  ];
  switch (count) {
    case 1:
      return (environment, extra) => [a(environment, extra)];
    case 2:
      return (environment, extra) => [a(environment, extra), b(environment, extra)];
    case 3:
      return (environment, extra) => [a(environment, extra), b(environment, extra), c(environment, extra)];
    case 4:
      return (environment, extra) => [
        a(environment, extra),
        b(environment, extra),
        c(environment, extra),
        d(environment, extra),
      ];
    case 5:
      return (environment, extra) => [
        a(environment, extra),
        b(environment, extra),
        c(environment, extra),
        d(environment, extra),
        e(environment, extra),
      ];
    case 6:
      return (environment, extra) => [
        a(environment, extra),
        b(environment, extra),
        c(environment, extra),
        d(environment, extra),
        e(environment, extra),
        f(environment, extra),
      ];
    default:
      return (environment, extra) => {
        const made = new Array<Lazy>(count);
        for (let i = 0; i < count; i++) made[i] = (makers[i] as AnyMaker<Environment, Extra>)(environment, extra);
        return made;
      };
  }
}

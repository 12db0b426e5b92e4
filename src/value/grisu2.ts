// The decimal digits of a float as nlohmann::json finds them: by Grisu2 (F. Loitsch, "Printing Floating-Point Numbers
// Quickly and Accurately with Integers", 2010). They read back as the same number, but once in a while they are not the
// shortest or closest that do.

/** `fraction * 2 ** exponent`, with 64 bits in the fraction. */
interface Scaled {
  readonly fraction: bigint;
  readonly exponent: number;
}

interface CachedPower extends Scaled {
  /** The power of ten that it is. */
  readonly decimal: number;
}

export interface DecimalDigits {
  readonly digits: string;
  /** The first digit counts `10 ** exponent`. */
  readonly exponent: number;
}

const bits = 64n;
const ones = (1n << bits) - 1n;
const firstPower = -300;
const powerStep = 8;
/** Digits are generated from numbers whose binary exponent is between this one and -32. */
const lowestExponent = -60;

/** The digits of a finite number greater than zero. */
export function grisu2(value: number): DecimalDigits {
  const { middle, below, above } = neighbourhood(value);
  const power = powerFor(above.exponent);
  const digits = generate(
    multiply(below, power).fraction + 1n,
    multiply(middle, power).fraction,
    multiply(above, power).fraction - 1n,
    BigInt(-(above.exponent + power.exponent + Number(bits))),
  );
  return { digits: digits.text, exponent: digits.exponent - power.decimal + digits.text.length - 1 };
}

/** The number and the ends of the interval whose numbers are rounded to it, all with the exponent of the upper end. */
function neighbourhood(value: number): { readonly middle: Scaled; readonly below: Scaled; readonly above: Scaled } {
  const memory = new DataView(new ArrayBuffer(8));
  memory.setFloat64(0, value);
  const pattern = memory.getBigUint64(0);
  const stored = pattern & ((1n << 52n) - 1n);
  const biased = Number(pattern >> 52n);
  const fraction = biased === 0 ? stored : stored | (1n << 52n);
  const exponent = Math.max(1, biased) - 1075;
  const above = normalise(2n * fraction + 1n, exponent - 1);
  const isCloserBelow = stored === 0n && biased > 1;
  const lower = isCloserBelow ? 4n * fraction - 1n : 2n * fraction - 1n;
  const lowerExponent = exponent - (isCloserBelow ? 2 : 1);
  return {
    middle: normalise(fraction, exponent),
    below: { fraction: lower << BigInt(lowerExponent - above.exponent), exponent: above.exponent },
    above,
  };
}

function normalise(fraction: bigint, exponent: number): Scaled {
  const shift = Number(bits) - fraction.toString(2).length;
  return { fraction: fraction << BigInt(shift), exponent: exponent - shift };
}

/** The upper 64 bits of the product, rounded. */
function multiply(a: Scaled, b: Scaled): Scaled {
  const product = a.fraction * b.fraction + (1n << (bits - 1n));
  return { fraction: product >> bits, exponent: a.exponent + b.exponent + Number(bits) };
}

const powers = new Map<number, CachedPower>();

/** The power of ten that brings a binary exponent into the range that digits are generated from. */
function powerFor(exponent: number): CachedPower {
  const distance = lowestExponent - exponent - 1;
  const least = Math.trunc((distance * 78913) / 2 ** 18) + (distance > 0 ? 1 : 0);
  const decimal = firstPower + powerStep * Math.trunc((least - firstPower + powerStep - 1) / powerStep);
  let power = powers.get(decimal);
  if (power === undefined) {
    power = { ...powerOfTen(decimal), decimal };
    powers.set(decimal, power);
  }
  return power;
}

function powerOfTen(decimal: number): Scaled {
  const ten = 10n ** BigInt(Math.abs(decimal));
  const extra = BigInt(ten.toString(2).length) + bits + 2n;
  const [exact, exponent] = decimal < 0 ? [(1n << (2n * extra)) / ten, -2n * extra] : [ten << extra, -extra];
  const shift = BigInt(exact.toString(2).length) - bits;
  const fraction = (exact + (1n << (shift - 1n))) >> shift;
  return { fraction, exponent: Number(exponent + shift) };
}

/** The digits of a number between two others; the point is `shift` bits from the right. */
function generate(
  below: bigint,
  middle: bigint,
  above: bigint,
  shift: bigint,
): { readonly text: string; readonly exponent: number } {
  const mask = (1n << shift) - 1n;
  let room = above - below;
  let distance = above - middle;
  let fraction = above & mask;
  const whole = String(above >> shift);
  for (let length = 1; length <= whole.length; length++) {
    const unit = 10n ** BigInt(whole.length - length);
    const rest = (((above >> shift) % unit) << shift) + fraction;
    if (rest > room) continue;
    const text = round(whole.slice(0, length), distance, room, rest, unit << shift);
    return { text, exponent: whole.length - length };
  }
  let text = whole;
  let exponent = 0;
  do {
    fraction *= 10n;
    text += String(fraction >> shift);
    fraction &= mask;
    exponent--;
    room = (room * 10n) & ones;
    distance = (distance * 10n) & ones;
  } while (fraction > room);
  return { text: round(text, distance, room, fraction, 1n << shift), exponent };
}

/** Lowers the last digit while that brings the number closer. */
function round(digits: string, distance: bigint, room: bigint, start: bigint, unit: bigint): string {
  let last = Number(digits.at(-1));
  let rest = start;
  while (
    rest < distance &&
    room - rest >= unit &&
    (rest + unit < distance || distance - rest > rest + unit - distance)
  ) {
    last--;
    rest += unit;
  }
  return digits.slice(0, -1) + String(last);
}

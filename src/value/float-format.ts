// The three ways C++ Nix writes a float: iostream's six significant digits, std::to_string, and JSON's.
import { grisu2 } from "./grisu2.ts";
import { NixFloat } from "./value.ts";

/** `1.0` -> `1`, `1234567.0` -> `1.23457e+06`: printf's `%g`, for `--eval`, errors and toXML. */
export function formatSignificant(float: NixFloat): string {
  const { value } = float;
  if (!Number.isFinite(value)) return nonFinite(float);
  if (value === 0) return zero(value);
  if (isShortAndExact(value) && Math.abs(value) < 1e6) {
    const text = String(value);
    if (text.length <= 6) return text;
  }
  const [digits, exponentText] = value.toExponential(5).split("e") as [string, string];
  const exponent = Number(exponentText);
  const decimals = 5 - exponent;
  const isScientific = exponent < -4 || exponent >= 6;
  const rounded = tieToEven(isScientific ? digits : value.toFixed(decimals), value, decimals);
  return isScientific ? `${trimZeros(rounded)}e${signedTwoDigits(exponent)}` : trimZeros(rounded);
}

/** Always six decimals: `toString 1.0` is `1.000000`. */
export function formatFixed(float: NixFloat): string {
  const { value } = float;
  if (!Number.isFinite(value)) return nonFinite(float);
  if (value === 0) return `${zero(value)}.000000`;
  if (Math.abs(value) < 1e21) return tieToEven(value.toFixed(6), value, 6);
  return `${BigInt(value)}.000000`;
}

/** JavaScript rounds away from zero what is in the middle of two texts with so many decimals; C takes the even one. */
function tieToEven(rounded: string, value: number, decimals: number): string {
  const last = Number(rounded.at(-1));
  if (last % 2 === 0 || !isTie(value, decimals)) return rounded;
  return rounded.slice(0, -1) + String(last - 1);
}

function isTie(value: number, decimals: number): boolean {
  if (decimals >= 0) return Math.abs(value * 2 ** (decimals + 1)) % 2 === 1;
  if (!Number.isInteger(value)) return false;
  const unit = 10n ** BigInt(-decimals);
  const rest = BigInt(Math.abs(value)) % unit;
  return 2n * rest === unit;
}

function zero(value: number): string {
  return Object.is(value, -0) ? "-0" : "0";
}

/** A text that reads back as the same number, with `.0` for whole ones: toJSON, `--json`, `__structuredAttrs`. */
export function formatJsonFloat(value: number): string {
  if (!Number.isFinite(value)) return "null";
  if (value === 0) return `${zero(value)}.0`;
  if (isShortAndExact(value)) {
    const text = String(value);
    return text.includes(".") ? text : `${text}.0`;
  }
  const sign = value < 0 ? "-" : "";
  const { digits, exponent } = grisu2(Math.abs(value));
  // nlohmann::json: plain notation for decimal exponents from -4 to 14.
  if (exponent < -4 || exponent >= 15) {
    const [first, rest] = [digits[0], digits.slice(1)];
    return `${sign}${first}${rest === "" ? "" : `.${rest}`}e${signedTwoDigits(exponent)}`;
  }
  if (exponent < 0) return `${sign}0.${"0".repeat(-exponent - 1)}${digits}`;
  if (digits.length <= exponent + 1) return `${sign}${digits.padEnd(exponent + 1, "0")}.0`;
  return `${sign}${digits.slice(0, exponent + 1)}.${digits.slice(exponent + 1)}`;
}

function nonFinite(float: NixFloat): string {
  if (Number.isNaN(float.value)) return float === NixFloat.negativeNaN ? "-nan" : "nan";
  return float.value < 0 ? "-inf" : "inf";
}

function trimZeros(digits: string): string {
  return digits.includes(".") ? digits.replace(/\.?0*$/, "") : digits;
}

function signedTwoDigits(exponent: number): string {
  return `${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(2, "0")}`;
}

/** Whether its decimal digits are few and all of them: then every algorithm finds the same. */
function isShortAndExact(value: number): boolean {
  return Math.abs(value) < 1e12 && Number.isInteger(value * 8);
}

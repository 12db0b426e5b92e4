// The three ways C++ Nix writes a float: iostream's six significant digits, std::to_string, and JSON's shortest form.

/** `1.0` -> `1`, `1234567.0` -> `1.23457e+06`: printf's `%g`, for `--eval`, errors and toXML. */
export function formatSignificant(value: number): string {
  if (!Number.isFinite(value)) return nonFinite(value);
  if (value === 0) return Object.is(value, -0) ? "-0" : "0";
  const [digits, exponentText] = value.toExponential(5).split("e") as [string, string];
  const exponent = Number(exponentText);
  if (exponent < -4 || exponent >= 6) return `${trimZeros(digits)}e${signedTwoDigits(exponent)}`;
  return trimZeros(value.toFixed(5 - exponent));
}

/** Always six decimals: `toString 1.0` is `1.000000`. */
export function formatFixed(value: number): string {
  if (!Number.isFinite(value)) return nonFinite(value);
  if (Math.abs(value) < 1e21) return value.toFixed(6);
  return `${BigInt(value)}.000000`;
}

/** The shortest text that reads back as the same number, with `.0` for whole ones: toJSON, `--json`, `__structuredAttrs`. */
export function formatJsonFloat(value: number): string {
  if (!Number.isFinite(value)) return "null";
  if (value === 0) return Object.is(value, -0) ? "-0.0" : "0.0";
  const [digits, exponentText] = value.toExponential().split("e") as [string, string];
  const exponent = Number(exponentText);
  // nlohmann::json: plain notation for decimal exponents from -4 to 14.
  if (exponent < -4 || exponent >= 15) return `${digits}e${signedTwoDigits(exponent)}`;
  const negative = value < 0 ? "-" : "";
  const bare = digits.replace(/[-.]/g, "");
  if (exponent < 0) return `${negative}0.${"0".repeat(-exponent - 1)}${bare}`;
  if (bare.length <= exponent + 1) return `${negative}${bare.padEnd(exponent + 1, "0")}.0`;
  return `${negative}${bare.slice(0, exponent + 1)}.${bare.slice(exponent + 1)}`;
}

function nonFinite(value: number): string {
  if (Number.isNaN(value)) return "nan";
  return value < 0 ? "-inf" : "inf";
}

function trimZeros(digits: string): string {
  return digits.includes(".") ? digits.replace(/\.?0+$/, "") : digits;
}

function signedTwoDigits(exponent: number): string {
  return `${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(2, "0")}`;
}

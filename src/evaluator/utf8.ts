// UTF-8 in byte strings, by the letter of the standard: no overlong forms, no surrogates, nothing above U+10FFFF.

/**
 * How many bytes the character at `at` has, a byte of 0x80 or more; negative when it is not one: ~(the offset of the
 * first byte that is wrong or missing).
 */
export function utf8Length(bytes: string, at: number): number {
  const first = bytes.charCodeAt(at);
  let length = 0;
  let low = 0x80;
  let high = 0xbf;
  if (first >= 0xc2 && first <= 0xdf) length = 2;
  else if (first >= 0xe0 && first <= 0xef) {
    length = 3;
    if (first === 0xe0) low = 0xa0;
    else if (first === 0xed) high = 0x9f;
  } else if (first >= 0xf0 && first <= 0xf4) {
    length = 4;
    if (first === 0xf0) low = 0x90;
    else if (first === 0xf4) high = 0x8f;
  } else return ~0;
  for (let i = 1; i < length; i++) {
    const byte = bytes.charCodeAt(at + i);
    // NaN at the end of the text is not in any range.
    if (!(byte >= low && byte <= high)) return ~i;
    low = 0x80;
    high = 0xbf;
  }
  return length;
}

/** What nlohmann::json says of a text that is not UTF-8; undefined when it is. */
export function findUtf8Fault(bytes: string): string | undefined {
  for (let at = 0; at < bytes.length; ) {
    if (bytes.charCodeAt(at) < 0x80) {
      at++;
      continue;
    }
    const length = utf8Length(bytes, at);
    if (length < 0) {
      const fault = at + ~length;
      if (fault >= bytes.length)
        return `incomplete UTF-8 string; last byte: 0x${hex(bytes.charCodeAt(bytes.length - 1))}`;
      return `invalid UTF-8 byte at index ${fault}: 0x${hex(bytes.charCodeAt(fault))}`;
    }
    at += length;
  }
  return undefined;
}

function hex(byte: number): string {
  return byte.toString(16).toUpperCase().padStart(2, "0");
}

// Which bytes may be part of what: one set of bits per byte, so that a test is a load and a mask.

export const whitespace = 1;
export const identifierStart = 2;
export const identifierPart = 4;
export const digit = 8;
export const pathPart = 16;
export const schemePart = 32;
export const uriPart = 64;

export const charClasses = new Uint8Array(256);

function add(bit: number, units: string): void {
  for (let i = 0; i < units.length; i++) charClasses[units.charCodeAt(i)]! |= bit;
}

const digits = "0123456789";
const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
add(whitespace, " \t\r\n");
add(identifierStart, `${letters}_`);
add(identifierPart, `${letters}${digits}_'-`);
add(digit, digits);
add(pathPart, `${letters}${digits}._-+`);
add(schemePart, `${letters}${digits}+-.`);
add(uriPart, `${letters}${digits}%/?:@&=+$,-_.!~*'`);

/** The offset of the first byte from `offset` on that is not in the class. The text ends with a zero byte. */
export function endOfRun(text: string, offset: number, bit: number): number {
  let end = offset;
  while ((charClasses[text.charCodeAt(end)]! & bit) !== 0) end++;
  return end;
}

// Writes an /etc/ld.so.cache, in glibc's current format.

export function loaderCache(
  libraries: Readonly<Record<string, string>>,
  { flags = 0x0303, hwcap = 0 }: { readonly flags?: number; readonly hwcap?: number } = {},
): Buffer {
  const entries = Object.entries(libraries);
  const header = Buffer.alloc(48);
  header.write("glibc-ld.so.cache1.1", "latin1");
  header.writeUInt32LE(entries.length, 20);
  const table = Buffer.alloc(entries.length * 24);
  let strings = "";
  const place = (text: string): number => {
    const at = header.length + table.length + strings.length;
    strings += `${text}\0`;
    return at;
  };
  entries.forEach(([name, path], i) => {
    table.writeUInt32LE(flags, i * 24);
    table.writeUInt32LE(place(name), i * 24 + 4);
    table.writeUInt32LE(place(path), i * 24 + 8);
    table.writeUInt32LE(hwcap, i * 24 + 16);
  });
  header.writeUInt32LE(strings.length, 24);
  return Buffer.concat([header, table, Buffer.from(strings, "latin1")]);
}

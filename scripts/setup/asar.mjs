/**
 * An archive in Electron's format: a header with the position of each file, then the files.
 * @param {Record<string, Buffer>} files by name
 */
export function asar(files) {
  let offset = 0;
  const entries = Object.entries(files).map(([name, { length: size }]) => {
    const entry = [name, { size, offset: String(offset) }];
    offset += size;
    return entry;
  });
  const header = Buffer.from(JSON.stringify({ files: Object.fromEntries(entries) }));
  const padded = Buffer.alloc(Math.ceil(header.length / 4) * 4);
  header.copy(padded);
  // Four sizes, each of what follows: the next number, the header with two sizes, the header with one,
  // the header's text.
  const sizes = Buffer.alloc(16);
  [4, padded.length + 8, padded.length + 4, header.length].forEach((size, index) => {
    sizes.writeUInt32LE(size, index * 4);
  });
  return Buffer.concat([sizes, padded, ...Object.values(files)]);
}

/**
 * An archive as Electron reads it: a header that says where each file is, then the files in a row.
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
  // Four sizes, each of what comes after it: of the next number, the header with its own two sizes,
  // the header with one, the header's text.
  const sizes = Buffer.alloc(16);
  [4, padded.length + 8, padded.length + 4, header.length].forEach((size, index) => {
    sizes.writeUInt32LE(size, index * 4);
  });
  return Buffer.concat([sizes, padded, ...Object.values(files)]);
}

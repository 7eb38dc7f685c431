/** The keys of a record, in their order. */
export function keysOf<Key extends string>(record: Readonly<Record<Key, unknown>>): Key[] {
  // The type leaves no room for another key.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return Object.keys(record) as Key[];
}

import { isDeepStrictEqual } from 'node:util';

/** Nothing, or in words what is otherwise than it should be. */
export function differences(what: string, is: unknown, shouldBe: unknown): string[] {
  if (isDeepStrictEqual(is, shouldBe)) return [];
  return [`${what}: ${JSON.stringify(is)} instead of ${JSON.stringify(shouldBe)}`];
}

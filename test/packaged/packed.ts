import { inject } from 'vitest';
import type { Packed } from './global-setup.ts';

/** The app as it is handed out, packed once for all of these tests. */
export function packedApp(): Packed {
  const packed = inject('packed');
  if ('problem' in packed) throw new Error(packed.problem);
  return packed;
}

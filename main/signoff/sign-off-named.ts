import type { Coordinator } from './coordinator.ts';

/**
 * Signs off what people ask for: sessions by their ids, whichever machine holds them; `all` means this
 * machine's.
 */
export function signOffNamed(
  own: Pick<Coordinator, 'signOff'>,
  elsewhere: Pick<Coordinator, 'signOff'>,
): Pick<Coordinator, 'signOff'> {
  return {
    async signOff(request) {
      const here = own.signOff(request);
      // Each ignores the other's ids.
      const there = request.ids === 'all' ? [] : elsewhere.signOff(request);
      return [...(await here), ...(await there)];
    },
  };
}

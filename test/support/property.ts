import fc from 'fast-check';

/** Always the same in `npm test`; `npm run torture` tries another each time, and prints it. */
const SEED = Number(process.env['SIGNOFF_PROPERTY_SEED'] ?? 20_261_122);

fc.configureGlobal({ seed: SEED });

/** fast-check on that seed. */
export { default } from 'fast-check';

/** Plays a story once, however many properties look at it: they all have the same ones. */
export function once<Story, Played>(
  play: (story: Story) => Promise<Played>,
): (story: Story) => Promise<Played> {
  const known = new Map<string, Promise<Played>>();
  return (story) => {
    const key = JSON.stringify(story);
    const playing = known.get(key) ?? play(story);
    known.set(key, playing);
    return playing;
  };
}

/** Drawn on a 16 × 16 grid with a stroke of 1.5. */
const PATHS = {
  held: 'M8 1.75a6.25 6.25 0 1 0 0 12.5a6.25 6.25 0 0 0 0-12.5M8 5.5a2.5 2.5 0 1 0 0 5a2.5 2.5 0 0 0 0-5',
  nothing: 'M8 1.75a6.25 6.25 0 1 0 0 12.5a6.25 6.25 0 0 0 0-12.5',
  done: 'M8 1.75a6.25 6.25 0 1 0 0 12.5a6.25 6.25 0 0 0 0-12.5M5.25 8.25l2 2l3.5-4',
  before: 'M14.2 7.2a6.25 6.25 0 1 1-3-4.5M5.25 8l2.25 2.25L14 3.5',
  stop: 'M5.4 1.75h5.2l3.65 3.65v5.2l-3.65 3.65H5.4L1.75 10.6V5.4zM5 8h6',
  unknown:
    'M8 1.75a6.25 6.25 0 1 0 0 12.5a6.25 6.25 0 0 0 0-12.5M6.2 6.3a1.85 1.85 0 1 1 2.6 1.7q-.8.4-.8 1.2M8 11.2v.1',
  warning: 'M8 2l6.4 11.75H1.6zM8 6.5v3.25M8 11.7v.1',
  cut: 'M6.5 9.5l-1.8 1.8a2.1 2.1 0 0 1-3-3l1.8-1.8M9.5 6.5l1.8-1.8a2.1 2.1 0 0 1 3 3l-1.8 1.8M5.5 2v1.5M2 5.5h1.5M10.5 14v-1.5M14 10.5h-1.5',
  clock: 'M8 1.75a6.25 6.25 0 1 0 0 12.5a6.25 6.25 0 0 0 0-12.5M8 4.5V8l2.25 1.75',
  info: 'M8 1.75a6.25 6.25 0 1 0 0 12.5a6.25 6.25 0 0 0 0-12.5M8 7.25v3.5M8 5v.1',
  add: 'M8 3v10M3 8h10',
  close: 'M4 4l8 8M12 4l-8 8',
  more: 'M4 6l4 4l4-4',
  show: 'M1.5 8Q4 3.75 8 3.75T14.5 8Q12 12.25 8 12.25T1.5 8M8 6.1a1.9 1.9 0 1 0 0 3.8a1.9 1.9 0 0 0 0-3.8',
  hide: 'M1.5 8Q4 3.75 8 3.75T14.5 8Q12 12.25 8 12.25T1.5 8M8 6.1a1.9 1.9 0 1 0 0 3.8a1.9 1.9 0 0 0 0-3.8M2.5 13.5l11-11',
  busy: 'M8 1.75a6.25 6.25 0 1 1-6.25 6.25',
} as const;

export type IconName = keyof typeof PATHS;

/** Decoration beside words that say the same; never read out. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg class={`icon icon-${name}`} viewBox="0 0 16 16" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}

/** An item of a virtual list: a row, or a gap in place of several. */
export type ListItem =
  { readonly row: number } | { readonly gapBefore: number; readonly rows: number };

export interface Range {
  readonly first: number;
  /** Not included. */
  readonly end: number;
}

/** Rows kept above and below the visible ones, so that none is missing while scrolling. */
const OVERSCAN_ROWS = 8;

/** The visible rows, and some around them. Lengths in pixels. */
export function visibleRange({
  count,
  rowHeight,
  scrollTop,
  viewHeight,
}: Record<'count' | 'rowHeight' | 'scrollTop' | 'viewHeight', number>): Range {
  const first = Math.floor(scrollTop / rowHeight) - OVERSCAN_ROWS;
  const end = Math.ceil((scrollTop + viewHeight) / rowHeight) + OVERSCAN_ROWS;
  return { first: clamp(first, 0, count), end: clamp(end, 0, count) };
}

/** The rows of the range and the focused row, with gaps in place of the others. */
export function rowsAndGaps(range: Range, focused: number, count: number): readonly ListItem[] {
  const rows: number[] = [];
  if (focused < range.first && focused >= 0) rows.push(focused);
  for (let row = range.first; row < range.end; row += 1) rows.push(row);
  if (focused >= range.end && focused < count) rows.push(focused);

  const items: ListItem[] = [];
  let next = 0;
  for (const row of rows) {
    if (row > next) items.push({ gapBefore: row, rows: row - next });
    items.push({ row });
    next = row + 1;
  }
  if (next < count) items.push({ gapBefore: count, rows: count - next });
  return items;
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}

/** What a list too long to be shown whole has in it: some rows, and the room that the others take. */
export type Piece =
  { readonly row: number } | { readonly gapBefore: number; readonly rows: number };

export interface Range {
  readonly first: number;
  /** Not included. */
  readonly end: number;
}

/** Rows above and below what can be seen, so that none is missing while it is scrolled. */
const SPARE_ROWS = 8;

/** Which of `count` rows can be seen. All in pixels; `above` is what of the list is scrolled away. */
export function visibleRange(place: {
  count: number;
  rowHeight: number;
  above: number;
  viewHeight: number;
}): Range {
  const { count, rowHeight, above, viewHeight } = place;
  const first = Math.floor(above / rowHeight) - SPARE_ROWS;
  const end = Math.ceil((above + viewHeight) / rowHeight) + SPARE_ROWS;
  return { first: clamp(first, 0, count), end: clamp(end, 0, count) };
}

/** The rows of the range in order, and the row that holds the focus wherever it is. */
export function piecesOf(range: Range, focused: number, count: number): readonly Piece[] {
  const rows: number[] = [];
  if (focused < range.first && focused >= 0) rows.push(focused);
  for (let row = range.first; row < range.end; row += 1) rows.push(row);
  if (focused >= range.end && focused < count) rows.push(focused);

  const pieces: Piece[] = [];
  let next = 0;
  for (const row of rows) {
    if (row > next) pieces.push({ gapBefore: row, rows: row - next });
    pieces.push({ row });
    next = row + 1;
  }
  if (next < count) pieces.push({ gapBefore: count, rows: count - next });
  return pieces;
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}

import type { ComponentChildren } from 'preact';

interface Props {
  readonly title: string;
  /** The table's head cells, and its body's rows. */
  readonly columns: readonly string[];
  readonly children: ComponentChildren;
}

/** A table that stands behind a chart, for screen readers and for copying. */
export function TableDisclosure({ title, columns, children }: Props) {
  return (
    <details class="disclosure">
      <summary>{title}</summary>
      {/* It scrolls, so the keyboard has to reach it. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div class="table-scroll" role="region" aria-label={title} tabIndex={0}>
        <table class="table">
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>{children}</tbody>
        </table>
      </div>
    </details>
  );
}

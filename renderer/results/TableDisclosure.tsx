import type { ComponentChildren } from 'preact';

interface Props {
  readonly title: string;
  readonly columns: readonly string[];
  /** The rows of the table's body. */
  readonly children: ComponentChildren;
}

/** The figures of a chart as a table, for screen readers and for copying. */
export function TableDisclosure({ title, columns, children }: Props) {
  return (
    <details class="disclosure">
      <summary>{title}</summary>
      {/* A scrollable region must be reachable by keyboard. */}
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

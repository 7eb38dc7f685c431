import { Icon } from '../../parts/Icon.tsx';
import type { ExportFormat, ResultsStore } from '../../stores/results-store.ts';
import { words } from '../../text/language.ts';

const FORMATS = [
  { format: 'csv', name: 'CSV' },
  { format: 'json', name: 'JSON' },
] as const;

/** The id of the element that starts an export. */
export const exportButtonId = (format: ExportFormat): string => `export-${format}`;

/** The number of results, and buttons to export them. */
export function ExportButtons({ results }: { results: ResultsStore }) {
  const { export: texts, list } = words.value.results;
  const { receipts, next } = results.list.value;
  const running = results.exporting.value.phase === 'running';
  const count = receipts.length;
  return (
    <div class="export">
      <p class="quiet" role="status">
        {next !== undefined && count > 0 && list.count(count, next !== null)}
      </p>
      {count > 0 &&
        FORMATS.map(({ format, name }) => (
          <button
            key={format}
            id={exportButtonId(format)}
            type="button"
            class="button button-plain button-small"
            title={texts.as(name)}
            aria-label={texts.as(name)}
            aria-disabled={running}
            onClick={() => void results.exportAs(format)}
          >
            <Icon name="save" />
            {name}
          </button>
        ))}
    </div>
  );
}

import { words } from '../../language.ts';
import type { ExportState, ResultsStore } from '../../results-store.ts';
import { Icon } from '../Icon.tsx';

/** How far the export is, and how it ended. */
export function ExportProgress({ results }: { results: ResultsStore }) {
  const { export: texts } = words.value.results;
  const state = results.exporting.value;
  return (
    <div class="export-progress" data-phase={state.phase}>
      {state.phase === 'running' && <Icon name="busy" />}
      <p role="status">{exportWords(state)}</p>
      {state.phase === 'running' && (
        <button
          type="button"
          class="button button-small"
          onClick={() => void results.cancelExport()}
        >
          {texts.cancel}
        </button>
      )}
      {state.phase === 'over' && (
        <button
          type="button"
          class="button button-icon button-small"
          aria-label={texts.dismiss}
          onClick={results.dismissExport}
        >
          <Icon name="close" />
        </button>
      )}
    </div>
  );
}

function exportWords(state: ExportState): string {
  const { export: texts } = words.value.results;
  if (state.phase === 'none') return '';
  if (state.phase === 'running') return texts.running(state.written);
  const { result } = state;
  if (result === null) return words.value.sessions.noReply;
  switch (result.end) {
    case 'saved':
      return texts.saved(result.count, result.fileName);
    case 'cancelled':
      return texts.cancelled;
    case 'failed':
      return texts.failed(
        result.why === 'other' ? texts.otherFault(result.code) : texts.faults[result.why],
      );
  }
}

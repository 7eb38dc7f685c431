import { type ReadonlySignal, useSignal } from '@preact/signals';
import { useLayoutEffect } from 'preact/hooks';
import { useFocusFallback } from '../../hooks/useFocusFallback.ts';
import { Icon } from '../../parts/Icon.tsx';
import type { MarkStyle } from '../../parts/Mark.tsx';
import type { ExportState, ResultsStore } from '../../stores/results-store.ts';
import { words } from '../../text/language.ts';
import { exportButtonId } from './ExportButtons.tsx';

/** Long enough for one announcement to be read out before the next. */
const ANNOUNCE_EVERY_MS = 5_000;

/** The export's progress and result. */
export function ExportProgress({ results }: { results: ResultsStore }) {
  const { export: texts } = words.value.results;
  const state = results.exporting.value;
  const mark = markOf(state);
  const announced = useThrottledStatus(results);
  const onFocusIn = useFocusFallback(() => document.getElementById(exportButtonId('csv')));
  return (
    <div
      class={`export-progress ${mark ? `tone-${mark.tone}` : ''}`}
      data-phase={state.phase}
      onFocusIn={onFocusIn}
    >
      {mark && <Icon name={mark.icon} />}
      <p aria-hidden="true">{exportWords(state)}</p>
      <p class="only-heard" role="status">
        {announced}
      </p>
      {state.phase === 'running' && (
        <button
          type="button"
          class="button button-small"
          onClick={() => void results.cancelExport()}
        >
          {words.value.sessions.cancel}
        </button>
      )}
      {state.phase === 'over' && state.result?.end === 'saved' && (
        <button
          type="button"
          class="button button-plain button-small"
          onClick={() => void results.showExport()}
        >
          {texts.showInFolder}
        </button>
      )}
      {state.phase === 'over' && (
        <button
          type="button"
          class="button button-icon button-small"
          aria-label={words.value.sessions.dismiss}
          onClick={results.dismissExport}
        >
          <Icon name="close" />
        </button>
      )}
    </div>
  );
}

/** Null before an export, and after one was cancelled. */
function markOf(state: ExportState): MarkStyle | null {
  if (state.phase === 'none') return null;
  if (state.phase === 'running') return { icon: 'busy', tone: 'accent' };
  if (state.result?.end === 'cancelled') return null;
  return state.result?.end === 'saved'
    ? { icon: 'done', tone: 'good' }
    : { icon: 'warning', tone: 'bad' };
}

/** The text to announce: start and end at once, progress only every few seconds. */
function useThrottledStatus({ exporting }: ResultsStore): ReadonlySignal<string> {
  const { phase } = exporting.value;
  const announced = useSignal('');
  useLayoutEffect(() => {
    const announce = (): void => void (announced.value = exportWords(exporting.peek()));
    announce();
    if (phase !== 'running') return undefined;
    const timer = setInterval(announce, ANNOUNCE_EVERY_MS);
    return () => clearInterval(timer);
  }, [phase, exporting, announced]);
  return announced;
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

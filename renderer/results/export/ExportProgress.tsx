import { type ReadonlySignal, useSignal } from '@preact/signals';
import { useLayoutEffect } from 'preact/hooks';
import { useFocusFallback } from '../../hooks/useFocusFallback.ts';
import { Icon, type IconName } from '../../parts/Icon.tsx';
import type { ExportState, ResultsStore } from '../../stores/results-store.ts';
import { words } from '../../text/language.ts';
import { exportButtonId } from './ExportButtons.tsx';

/** Milliseconds: long enough for one to be read out before the next. */
const SAID_EVERY_MS = 5_000;

/** How far the export is, and how it ended. */
export function ExportProgress({ results }: { results: ResultsStore }) {
  const { export: texts } = words.value.results;
  const state = results.exporting.value;
  const mark = markOf(state);
  const heard = useThrottledStatus(results);
  const onFocusIn = useFocusFallback(() => document.getElementById(exportButtonId('csv')));
  return (
    <div
      class={`export-progress ${mark?.tone ?? ''}`}
      data-phase={state.phase}
      onFocusIn={onFocusIn}
    >
      {mark && <Icon name={mark.icon} />}
      <p aria-hidden="true">{exportWords(state)}</p>
      <p class="only-heard" role="status">
        {heard}
      </p>
      {state.phase === 'running' && (
        <button
          type="button"
          class="button button-small"
          onClick={() => void results.cancelExport()}
        >
          {texts.cancel}
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
          aria-label={texts.dismiss}
          onClick={results.dismissExport}
        >
          <Icon name="close" />
        </button>
      )}
    </div>
  );
}

/** A shape for each end, so that nothing hangs on colour; none for an end that was asked for. */
function markOf(state: ExportState): { icon: IconName; tone: string } | null {
  if (state.phase === 'none') return null;
  if (state.phase === 'running') return { icon: 'busy', tone: 'tone-accent' };
  if (state.result?.end === 'cancelled') return null;
  return state.result?.end === 'saved'
    ? { icon: 'done', tone: 'tone-good' }
    : { icon: 'warning', tone: 'tone-bad' };
}

/** What is read out: how it begins and ends at once, and how far it is only now and then. */
function useThrottledStatus({ exporting }: ResultsStore): ReadonlySignal<string> {
  const { phase } = exporting.value;
  const heard = useSignal('');
  useLayoutEffect(() => {
    const say = (): void => void (heard.value = exportWords(exporting.peek()));
    say();
    if (phase !== 'running') return undefined;
    const saying = setInterval(say, SAID_EVERY_MS);
    return () => clearInterval(saying);
  }, [phase, exporting, heard]);
  return heard;
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
